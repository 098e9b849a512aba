/**
 * Whether anybody else could have changed a file: its own owner and mode, and those of every folder above it. A link is followed to what
 * it names, and that is judged. Windows has no such modes: there the user's own folders are closed to others by themselves.
 */
import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';

const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;
const ROOT = 0;

/** The first path that somebody else could change, or that is not there; null where all can be trusted. */
export function untrusted(files: readonly string[]): string | null {
  const self = process.getuid?.();
  for (const file of files) {
    // A file of ours is no link: somebody has put one there.
    if (!isPlain(file)) return file;
    if (self === undefined) continue;
    const found = [file, ...foldersAbove(realpathSync(path.dirname(file)))].find(
      (each, index) => !isOursAlone(statSync(each), self, index > 0),
    );
    if (found !== undefined) return found;
  }
  return null;
}

function isPlain(file: string): boolean {
  try {
    const stats = lstatSync(file);
    return stats.isFile() || stats.isDirectory();
  } catch {
    // Not there, or not to be looked at.
    return false;
  }
}

function foldersAbove(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersAbove(parent)];
}

function isOursAlone({ uid, gid, mode }: Stats, self: number, isFolder: boolean): boolean {
  if (uid !== self && uid !== ROOT) return false;
  // In a folder like /tmp nobody can rename what is another's.
  if (isFolder && (mode & STICKY) !== 0) return true;
  if ((mode & OTHERS_WRITE) !== 0) return false;
  // Some systems give each user a group of their own, of the same number, and folders that it can write.
  return (mode & GROUP_WRITES) === 0 || (isFolder && gid === uid && gid === process.getgid?.());
}

/** The doctor's look at the data directory and the disk below it. Reads and writes no data of the relay. */
import { constants } from 'node:fs';
import { access, lstat, readdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Finding } from './finding.ts';

const OTHERS = 0o077;
const MIB = 1_048_576;
const LOW_BYTES = 500 * MIB;
/** A database with its write-ahead log needs room to breathe. */
const FULL_BYTES = 50 * MIB;

export async function* checkDirectory(home: string): AsyncGenerator<Finding> {
  const values = { home };
  const stats = await lstat(home).catch(() => null);
  if (!stats) {
    yield { check: 'directory', level: 'warning', word: 'directoryMissing', values };
    return;
  }
  const writable = stats.isDirectory() && (await isAllowed(home, constants.W_OK | constants.X_OK));
  if (!writable) {
    yield { check: 'directory', level: 'failed', word: 'directoryNotOurs', values };
    return;
  }
  const open = process.platform === 'win32' ? null : await openToOthers(home);
  if (open) yield { check: 'directory', level: 'failed', word: 'directoryOpen', values: { path: open } };
  else yield { check: 'directory', level: 'ok', word: 'directory', values };
}

/** The first path that someone else may read. A closed directory guards all that is in it. */
async function openToOthers(home: string): Promise<string | null> {
  if (((await lstat(home)).mode & OTHERS) === 0) return null;
  const names = await readdir(home);
  for (const name of names) {
    const file = path.join(home, name);
    const stats = await lstat(file).catch(() => null);
    if (stats?.isFile() && (stats.mode & OTHERS) !== 0) return file;
  }
  return home;
}

export async function* checkDisk(home: string): AsyncGenerator<Finding> {
  const place = await nearestExisting(home);
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  const values = { free: writeBytes(free) };
  if (free < FULL_BYTES) yield { check: 'disk', level: 'failed', word: 'diskFull', values };
  else if (free < LOW_BYTES) yield { check: 'disk', level: 'warning', word: 'diskLow', values };
  else yield { check: 'disk', level: 'ok', word: 'disk', values };
}

async function nearestExisting(directory: string): Promise<string> {
  if (await isAllowed(directory, constants.F_OK)) return directory;
  const parent = path.dirname(directory);
  return parent === directory ? directory : nearestExisting(parent);
}

function writeBytes(bytes: number): string {
  const mib = Math.floor(bytes / MIB);
  return mib < 1_024 ? `${mib} MiB` : `${Math.floor(mib / 1_024)} GiB`;
}

async function isAllowed(file: string, mode: number): Promise<boolean> {
  try {
    await access(file, mode);
    return true;
  } catch {
    // The file is not there, or may not be read: both mean "no".
    return false;
  }
}

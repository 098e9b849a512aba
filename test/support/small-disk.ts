/** A disk of a few megabytes, of memory: it can be filled, and be well again. Needs root on Linux. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryDirectory } from './temporary-directory.ts';

export type SmallDisk = {
  /** A directory on it, of this user alone. */
  readonly home: string;
  fill(): void;
  makeRoom(): void;
};

const CHUNK = Buffer.alloc(65_536, 1);
const SMALLEST = 4_096;

export const CAN_MOUNT = process.platform === 'linux' && process.getuid?.() === 0 && canMount();

export function smallDisk(megabytes: number): SmallDisk {
  const place = temporaryDirectory();
  mount('-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', place);
  onTestFinished(() => {
    // Lazily: whatever a failed test left open there must not fail the next one.
    spawnSync('umount', ['-l', place]);
  });
  const filler = path.join(place, 'filler');
  const home = path.join(place, 'home');
  mkdirSync(home, { mode: 0o700 });
  return {
    home,
    fill: () => fillUp(filler),
    makeRoom: () => rmSync(filler, { force: true }),
  };
}

/** To the last page. */
function fillUp(file: string): void {
  const handle = openSync(file, 'a');
  try {
    for (let size = CHUNK.length; size >= SMALLEST; size /= 2) {
      for (;;) {
        try {
          writeSync(handle, CHUNK, 0, size);
        } catch (error) {
          if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') break;
          throw error;
        }
      }
    }
  } finally {
    closeSync(handle);
  }
}

function mount(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount failed: ${stderr}`);
}

/** Containers mostly forbid it, to root as well. */
function canMount(): boolean {
  return spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
}

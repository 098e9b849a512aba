/** Runs what a build needs, and says how large it came out. */
import { spawnSync } from 'node:child_process';

const MOST_OUTPUT_BYTES = 256_000_000;
const MEGABYTE = 1_000_000;

/** Runs a command to its end and returns what it has written. Throws with what it said where it failed. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT_BYTES,
    env: { ...process.env, ...environment },
    // npm is a script of the shell's on Windows.
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')}: ${error?.message ?? `${stdout}${stderr}`}`);
  return stdout;
}

export function megabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

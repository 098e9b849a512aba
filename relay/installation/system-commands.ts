/** The system's own commands by absolute paths, run with an empty search path: no file in a folder can take their place. */
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';

type RunResult = { readonly ok: boolean; readonly output: string };

/** Runs one command to its end. Never throws: a command that is not there has failed. */
export type Run = (command: string, args: readonly string[]) => RunResult;

/** As long as a login item may take to be registered. */
const PATIENCE_MS = 15_000;

export const SYSTEMCTL = '/usr/bin/systemctl';
export const LAUNCHCTL = '/bin/launchctl';

export function schtasks(environment: NodeJS.ProcessEnv): string {
  return inSystem32(environment, 'schtasks.exe');
}

export function reg(environment: NodeJS.ProcessEnv): string {
  return inSystem32(environment, 'reg.exe');
}

function inSystem32(environment: NodeJS.ProcessEnv, name: string): string {
  return path.win32.join(environment.SystemRoot ?? 'C:\\Windows', 'System32', name);
}

export const runSystem: Run = (command, args) => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { ok: status === 0, output: `${stdout ?? ''}${stderr ?? ''}` };
};

/** Starts a process that outlives this one and whoever started it, with nothing of theirs but the environment that is given. */
export function startDetached(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): void {
  const child = spawn(command, args, { detached: true, stdio: 'ignore', env: environment, windowsHide: true });
  // It has not started: whoever waits for the relay sees that it does not come.
  child.on('error', () => undefined);
  child.unref();
}

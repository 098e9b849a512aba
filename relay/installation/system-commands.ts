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

/** Windows has it since 2018. */
export function tarCommand(environment: NodeJS.ProcessEnv): string {
  return process.platform === 'win32' ? inSystem32(environment, 'tar.exe') : '/usr/bin/tar';
}

/** As `run`, with these variables besides, and with its output on this process's own. */
export function runWith(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): boolean {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
  return status === 0;
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

/** Windows: a folder that is deleted when this process has ended. */
export function removeLater(folder: string, environment: NodeJS.ProcessEnv): void {
  const shell = inSystem32(environment, 'cmd.exe');
  const wait = `"${inSystem32(environment, 'ping.exe')}" -n 4 127.0.0.1 >nul`;
  const line = `/d /s /c "${wait} & rmdir /s /q "${folder}""`;
  const child = spawn(shell, [line], {
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
    windowsVerbatimArguments: true,
  });
  child.on('error', () => undefined);
  child.unref();
}

/** A process that was left to itself; whether it has ended, as long as its starter is there. */
export type Detached = { isOver(): boolean };

/** Starts a process that outlives this one and whoever started it, with nothing of theirs but the environment that is given. */
export function startDetached(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): Detached {
  const child = spawn(command, args, { detached: true, stdio: 'ignore', env: environment, windowsHide: true });
  let isOver = false;
  const end = (): void => {
    isOver = true;
  };
  child.on('error', end);
  child.on('exit', end);
  child.unref();
  return { isOver: () => isOver };
}

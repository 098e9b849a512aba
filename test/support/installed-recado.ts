/** Recado installed for a user of its own: a home directory that is new, the program that is shipped, the command line as a process. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryDirectory } from './temporary-directory.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');

type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

export type InstalledRecado = {
  /** The user's home. */
  readonly home: string;
  /** What a process of this user's has, and nothing of this one's. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where Chromium keeps its profile for this user. */
  readonly profile: string;
  /** The program as it lies in the checkout. */
  unpacked(...args: readonly string[]): Ran;
  /** The command that the installation has put where a terminal finds it. */
  recado(...args: readonly string[]): Ran;
};

/** `settings`: of the relay's file. Everything is stopped and gone after the test. */
export function userHome(settings: Readonly<Record<string, string | number>> = {}): InstalledRecado {
  const home = temporaryDirectory();
  const data = path.join(home, '.local', 'share', 'recado');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(data, 'settings.json'), JSON.stringify({ port: 0, ...settings }), { mode: 0o600 });
  const environment = {
    HOME: home,
    PATH: process.env.PATH ?? '',
    LANG: 'pt_BR.UTF-8',
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local', 'share'),
  };
  const run = (command: string, args: readonly string[]): Ran => {
    const { status, stdout, stderr } = spawnSync(command, args, { env: environment, encoding: 'utf8' });
    return { code: status, out: stdout, err: stderr };
  };
  const recado = (...args: readonly string[]) => run(path.join(home, '.local', 'bin', 'recado'), args);
  onTestFinished(() => void recado('service', 'stop'));
  return {
    home,
    environment,
    profile: path.join(home, '.config', 'chromium'),
    unpacked: (...args) => run(process.execPath, [path.join(ROOT, 'recado-relay', 'main.js'), ...args]),
    recado,
  };
}

/** The build with its permission for the program given already, since no tool presses the browser's prompt. */
export function permittedBuild(browser: 'chrome' | 'firefox'): string {
  const folder = path.join(temporaryDirectory(), browser);
  cpSync(path.join(ROOT, 'recado-extension', browser), folder, { recursive: true });
  const file = path.join(folder, 'manifest.json');
  const { optional_permissions: wanted, permissions, ...manifest } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...manifest, permissions: [...permissions, ...wanted] }));
  return folder;
}

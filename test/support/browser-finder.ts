/** Which browsers this machine has, and how it gets one. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

export type BrowserName = 'chromium' | 'firefox';

type Known = {
  readonly variable: string;
  readonly commands: readonly string[];
  readonly places: readonly string[];
  readonly debian: string;
};

const KNOWN: Readonly<Record<BrowserName, Known>> = {
  chromium: {
    variable: 'RECADO_TEST_CHROMIUM',
    commands: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      'microsoft-edge',
      'microsoft-edge-stable',
    ],
    places: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
    debian: 'chromium',
  },
  firefox: {
    variable: 'RECADO_TEST_FIREFOX',
    commands: ['firefox-esr', 'firefox'],
    places: ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
    debian: 'firefox-esr',
  },
};

/** Letters on the screenshots need a font; a bare machine has none. */
const FONTS = 'fonts-dejavu-core';

/** Path of the program; null where there is none. A path in the environment goes first. */
export function findBrowser(name: BrowserName, environment: NodeJS.ProcessEnv = process.env): string | null {
  const { variable, commands, places } = KNOWN[name];
  const named = environment[variable];
  if (named) return named;
  const folders = (environment.PATH ?? '').split(path.delimiter);
  const candidates = commands.flatMap((command) => folders.map((folder) => path.join(folder, command)));
  return [...candidates, ...places].find(isProgram) ?? null;
}

/** One sentence for whoever runs the tests without one. */
export function howToGet(name: BrowserName): string {
  const { variable, debian } = KNOWN[name];
  return `install it (Debian: apt-get install ${debian}) or name its program in ${variable}`;
}

/** As root on Debian the tests help themselves: what is missing is installed. Elsewhere nothing is touched. */
export function installMissing(): void {
  const missing = (['chromium', 'firefox'] as const).filter((name) => findBrowser(name) === null);
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  const packages = [...missing.map((name) => KNOWN[name].debian), FONTS];
  process.stdout.write(`Installing what the browser tests need: ${packages.join(', ')}\n`);
  apt('update', '-q');
  apt('install', '-q', '-y', '--no-install-recommends', ...packages);
}

function apt(...args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync('apt-get', args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  // Not fatal: what could not be had is counted as not run, and this says why.
  if (status !== 0) process.stdout.write(`apt-get ${args[0]} failed: ${error?.message ?? `${stdout}${stderr}`}\n`);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Not there, or not to be run: not this one.
    return false;
  }
}

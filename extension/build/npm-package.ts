/**
 * `npm run pack`: what npm installs. The relay as one bundle with all that it needs, the extension for both browsers, and a command; besides
 * them npm brings Node alone. Prints how large it is.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');
const FOLDER = path.join(ROOT, '.output', 'npm');
const WXT = path.join(ROOT, 'node_modules', 'wxt', 'bin', 'wxt.mjs');
const VITE = path.join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
const MEGABYTE = 1_000_000;

const BUILDS = [
  [VITE, 'build', '-c', 'relay.config.ts'],
  [WXT, 'build'],
  [WXT, 'build', '-b', 'firefox'],
] as const;
/** As they lie here, and where they lie in the package. */
const FILES = [
  ['relay/npm-command.js', 'recado.js'],
  ['relay/node-starter.js', 'node-starter.js'],
  ['relay/node-packages.js', 'node-packages.js'],
  ['LICENSE', 'LICENSE'],
  ['CHANGELOG.md', 'CHANGELOG.md'],
  ['THIRD-PARTY-NOTICES.txt', 'THIRD-PARTY-NOTICES.txt'],
] as const;

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', RECADO_PACKAGED: '1' },
    // npm is a script of the shell's on Windows.
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')}: ${error?.message ?? `${stdout}${stderr}`}`);
  return stdout;
}

function manifest(): string {
  const { name, version, description, license, type, engines, optionalDependencies } = JSON.parse(
    readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
  );
  const bin = { recado: 'recado.js' };
  return `${JSON.stringify({ name, version, description, license, type, bin, engines, optionalDependencies }, null, 2)}\n`;
}

function sizeOf(folder: string): number {
  return globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
for (const args of BUILDS) run(process.execPath, args, ROOT);
for (const [from, to] of FILES) cpSync(path.join(ROOT, from), path.join(FOLDER, to));
chmodSync(path.join(FOLDER, 'recado.js'), 0o755);
writeFileSync(path.join(FOLDER, 'package.json'), manifest());
const packed = run('npm', ['pack', '--silent', '--pack-destination', ROOT], FOLDER).trim();
const mega = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(1)} MB`;
process.stdout.write(
  `${packed}: ${mega(statSync(path.join(ROOT, packed)).size)}, unpacked ${mega(sizeOf(FOLDER))}. It needs Node alone, which npm brings along.\n`,
);

/**
 * `npm run pack`: what npm installs. The relay as one bundle with all that it needs, the extension for both browsers, and a command; besides
 * them npm brings Node alone. Prints how large it is.
 */
import { chmodSync, cpSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { megabytes, run } from './command-run.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const FOLDER = path.join(ROOT, '.output', 'npm');
const WXT = path.join(ROOT, 'node_modules', 'wxt', 'bin', 'wxt.mjs');
const VITE = path.join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
/** Its pages show the lines of the package. */
const ENVIRONMENT = { NODE_ENV: 'production', NO_COLOR: '1', RECADO_PACKAGED: '1' };

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
for (const args of BUILDS) run(process.execPath, args, ROOT, ENVIRONMENT);
for (const [from, to] of FILES) cpSync(path.join(ROOT, from), path.join(FOLDER, to));
chmodSync(path.join(FOLDER, 'recado.js'), 0o755);
writeFileSync(path.join(FOLDER, 'package.json'), manifest());
const packed = run('npm', ['pack', '--silent', '--pack-destination', ROOT], FOLDER, ENVIRONMENT).trim();
process.stdout.write(
  `${packed}: ${megabytes(statSync(path.join(ROOT, packed)).size)}, unpacked ${megabytes(sizeOf(FOLDER))}. It needs Node alone, which npm brings along.\n`,
);

/** Builds the extension when it is missing or older than its sources. Run before the relay starts, and by the tests. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');
const WXT = path.join(ROOT, 'node_modules', 'wxt', 'bin', 'wxt.mjs');
/** What the builds that lie there were made of. */
const STAMP = path.join(ROOT, 'recado-extension', 'built-of');
const MADE_OF = ['extension/**/*', 'shared/**/*.ts', 'wxt.config.ts', 'package-lock.json'];
/** Each with what only a finished build has. */
const BUILDS = [
  { args: ['build'], manifest: 'recado-extension/chrome/manifest.json' },
  { args: ['build', '-b', 'firefox'], manifest: 'recado-extension/firefox/manifest.json' },
] as const;

export type BuildResult =
  | { readonly type: 'fresh' | 'built' }
  /** The last line of what the build said. */
  | { readonly type: 'failed'; readonly why: string };

/** `begins` is called where there is something to build, which takes some seconds. */
export function freshBuild(begins: () => void = () => undefined): BuildResult {
  const sources = digest();
  const there = BUILDS.every(({ manifest }) => existsSync(path.join(ROOT, manifest)));
  if (there && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return { type: 'fresh' };
  begins();
  for (const { args } of BUILDS) {
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [WXT, ...args], {
      cwd: ROOT,
      encoding: 'utf8',
      // Always as for people: a test runner's own mode would come along otherwise.
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    });
    if (status !== 0) return { type: 'failed', why: error?.message ?? reasonIn(`${stdout}${stderr}`) };
  }
  writeFileSync(STAMP, sources);
  return { type: 'built' };
}

/** Changes with any file's name or content, whatever its date: a fresh clone has new dates and the same sources. */
function digest(): string {
  const hash = createHash('sha256');
  const files = MADE_OF.flatMap((pattern) => globSync(pattern, { cwd: ROOT, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort((a, b) => (a < b ? -1 : 1));
  for (const file of files)
    hash
      .update(`${path.relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

function reasonIn(said: string): string {
  const lines = said.split('\n').map((line) => line.trim());
  return lines.find((line) => line.includes('ERROR')) ?? lines.findLast((line) => line !== '') ?? '';
}

/** Builds extension or relay where it is missing or older than its sources. Run before the relay starts, and by the tests. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');
const WXT = 'node_modules/wxt/bin/wxt.mjs';
const VITE = 'node_modules/vite/bin/vite.js';

export type Buildable = 'extension' | 'relay';

type Recipe = {
  readonly madeOf: readonly string[];
  /** Each with what only a finished build has. */
  readonly builds: readonly { readonly command: readonly string[]; readonly made: string }[];
  /** Says what the builds that lie there were made of. */
  readonly stamp: string;
};

const RECIPES: Readonly<Record<Buildable, Recipe>> = {
  extension: {
    madeOf: [
      'extension/**/*',
      'shared/**/*.ts',
      'docs/*.md',
      'docs/pictures/*.svg',
      'wxt.config.ts',
      'package-lock.json',
    ],
    builds: [
      { command: [WXT, 'build'], made: 'recado-extension/chrome/manifest.json' },
      { command: [WXT, 'build', '-b', 'firefox'], made: 'recado-extension/firefox/manifest.json' },
    ],
    stamp: 'recado-extension/built-of',
  },
  relay: {
    madeOf: ['relay/**/*', 'shared/**/*.ts', 'relay.config.ts', 'package-lock.json'],
    builds: [{ command: [VITE, 'build', '-c', 'relay.config.ts'], made: 'recado-relay/main.js' }],
    stamp: 'recado-relay/built-of',
  },
};

export type BuildResult =
  | { readonly type: 'fresh' | 'built' }
  /** The last line of what the build said. */
  | { readonly type: 'failed'; readonly why: string };

/** `begins` is called where there is something to build, which takes some seconds. */
export function freshBuild(what: Buildable, begins: () => void = () => undefined): BuildResult {
  const { madeOf, builds, stamp } = RECIPES[what];
  const sources = digest(madeOf);
  const there = builds.every(({ made }) => existsSync(path.join(ROOT, made)));
  const stampFile = path.join(ROOT, stamp);
  if (there && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sources) return { type: 'fresh' };
  begins();
  for (const { command } of builds) {
    const { status, stdout, stderr, error } = spawnSync(process.execPath, command, {
      cwd: ROOT,
      encoding: 'utf8',
      // Always as for people: a test runner's own mode would come along otherwise.
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    });
    if (status !== 0) return { type: 'failed', why: error?.message ?? reasonIn(`${stdout}${stderr}`) };
  }
  writeFileSync(stampFile, sources);
  return { type: 'built' };
}

/** Changes with any file's name or content, whatever its date: a fresh clone has new dates and the same sources. */
function digest(patterns: readonly string[]): string {
  const hash = createHash('sha256');
  const files = patterns
    .flatMap((pattern) => globSync(pattern, { cwd: ROOT, withFileTypes: true }))
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

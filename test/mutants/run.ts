/**
 * How strong the tests are: `npm run mutants -- --runs 80 [--seed 7] [--file relay/conversation/admission.ts]`. One random change at a time
 * is made in a copy of relay and shared, the tests that reach the file are run, the nearest first, and a change that no test notices is
 * printed. What a test spawns or a browser loads does not count as reached.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lineOf, type Mutation, mutated, mutationsOf } from './mutations.ts';
import { importersIn, testsOf } from './reach.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
/** Not copied: too large, or made anew. */
const NOT_COPIED = new Set(['node_modules', '.git', '.output', '.wxt']);
/** Tests that pass where nothing is wrong with the copy itself. */
const UNCHANGED = ['test/rules/answering.test.ts', 'test/store/ledgers.test.ts'];
/** Words, and what begins a process: neither is a decision. */
const LEFT_OUT = ['shared/locales/', 'relay/main.ts'];
/** The nearest tests are run first: mostly they notice. */
const NEAREST = 6;
const MOST_TESTS = 45;
/** A change that makes a test wait for ever has been noticed. */
const MOST_MS = 300_000;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '80' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    file: { type: 'string' },
  },
});

type Site = { readonly file: string; readonly mutation: Mutation };

/** A sequence that the seed alone decides (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function sites(): Site[] {
  const files = values.file ? [values.file] : globSync('{relay,shared}/**/*.ts', { cwd: ROOT });
  return files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !LEFT_OUT.some((each) => file.startsWith(each)))
    .sort()
    .flatMap((file) =>
      mutationsOf(file, readFileSync(path.join(ROOT, file), 'utf8')).map((mutation) => ({ file, mutation })),
    );
}

/** Whether some test fails, or never ends. */
function isNoticed(copy: string, tests: readonly string[]): boolean {
  const nearest = tests.slice(0, NEAREST);
  const others = tests.slice(NEAREST, MOST_TESTS);
  return [nearest, others].some((files) => {
    if (files.length === 0) return false;
    const { status } = spawnSync(
      process.execPath,
      [path.join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'relay', '--bail', '1', ...files],
      { cwd: copy, stdio: 'ignore', timeout: MOST_MS, killSignal: 'SIGKILL' },
    );
    return status !== 0;
  });
}

const all = sites();
const random = randomOf(Number(values.seed));
const copy = mkdtempSync(path.join(tmpdir(), 'recado-mutants-'));
try {
  for (const part of readdirSync(ROOT).filter((name) => !NOT_COPIED.has(name)))
    cpSync(path.join(ROOT, part), path.join(copy, part), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  if (isNoticed(copy, UNCHANGED)) throw new Error('The tests fail without a change: nothing would be measured.');
  const importers = importersIn(ROOT);
  const survivors: string[] = [];
  let tried = 0;
  while (tried < Number(values.runs) && all.length > 0) {
    const [site] = all.splice(Math.floor(random() * all.length), 1);
    if (!site) break;
    tried += 1;
    const { file, mutation } = site;
    const source = readFileSync(path.join(ROOT, file), 'utf8');
    const place = `${file}:${lineOf(source, mutation)}`;
    const change = `${mutation.what}: ${source.slice(mutation.start, mutation.end).slice(0, 60)} → ${mutation.replacement.slice(0, 60)}`;
    writeFileSync(path.join(copy, file), mutated(source, mutation));
    const noticed = isNoticed(copy, testsOf(file, importers));
    writeFileSync(path.join(copy, file), source);
    if (!noticed) survivors.push(`${place}  ${change}`);
    process.stdout.write(`${noticed ? 'noticed ' : 'SURVIVED'}  ${place}  ${change.replaceAll('\n', ' ')}\n`);
  }
  const share = Math.round((100 * (tried - survivors.length)) / Math.max(tried, 1));
  process.stdout.write(`${tried} changes, seed ${values.seed}: ${share} % noticed.\n`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}

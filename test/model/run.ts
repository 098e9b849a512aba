/**
 * The long form of the model: `npm run model -- --runs 10000 [--seed 7]`. With `--mutants` each of a list of faults is put into a copy of the
 * conversation, one after the other, and the model must find it: a rule that finds nothing proves nothing.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MUTANTS, type Mutant } from './mutants.ts';
import { playSequences } from './sequences.ts';
import { RULES } from './world.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
const PARTS = ['relay', 'shared', 'test/model', 'test/support', 'package.json', 'tsconfig.json'];
const MUTANT_RUNS = '1500';
const EACH = 500;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    mutants: { type: 'boolean', default: false },
  },
});

/** True where the model found the fault. */
function tryMutant({ file, find, replace }: Mutant): boolean {
  const copy = mkdtempSync(path.join(tmpdir(), 'recado-mutant-'));
  try {
    for (const part of PARTS) cpSync(path.join(ROOT, part), path.join(copy, part), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
    const text = readFileSync(path.join(copy, file), 'utf8');
    if (text.split(find).length !== 2) throw new Error(`"${find}" does not stand once in ${file}`);
    writeFileSync(path.join(copy, file), text.replace(find, replace));
    const { status } = spawnSync(
      process.execPath,
      [path.join(copy, 'test', 'model', 'run.ts'), '--runs', MUTANT_RUNS, '--seed', values.seed],
      { stdio: 'ignore' },
    );
    return status === 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function main(): Promise<boolean> {
  if (values.mutants) {
    let missed = 0;
    for (const mutant of MUTANTS) {
      const found = tryMutant(mutant);
      if (!found) missed += 1;
      process.stdout.write(`${found ? 'found ' : 'MISSED'}  ${mutant.fault}\n`);
    }
    return missed === 0;
  }
  const runs = Number(values.runs);
  const begun = performance.now();
  let played = 0;
  await playSequences({ runs, seed: Number(values.seed) }, () => {
    played += 1;
    if (played % EACH === 0) process.stdout.write(`${played} of ${runs}\n`);
  });
  const seconds = Math.round((performance.now() - begun) / 1_000);
  process.stdout.write(
    `${runs} sequences, seed ${values.seed}, ${seconds} s: none of ${Object.keys(RULES).length} rules is broken.\n`,
  );
  return true;
}

process.exitCode = await main().then(
  (fine) => (fine ? 0 : 1),
  (error: unknown) => {
    process.stdout.write(
      `${error instanceof Error ? `${error.message}\n${String(error.cause ?? '')}` : String(error)}\n`,
    );
    return 1;
  },
);

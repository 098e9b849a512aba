/** Whatever happens to a conversation in whatever order, the promises about who is answered hold. The long form is `npm run model`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MUTANTS } from './mutants.ts';
import { playSequences } from './sequences.ts';
import { RULES } from './world.ts';

const RUNS = 60;
const SEED = 20_261_126;

test(`${RUNS} sequences of what may happen break none of the ${Object.keys(RULES).length} rules`, async () => {
  let played = 0;
  await playSequences({ runs: RUNS, seed: SEED }, () => {
    played += 1;
  });
  expect(played).toBe(RUNS);
});

test('each fault that the model must find still fits the tree', () => {
  for (const { file, find } of MUTANTS)
    expect(
      readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8').split(find),
      `${file}: ${find}`,
    ).toHaveLength(2);
});

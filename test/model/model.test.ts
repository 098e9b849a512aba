/** Whatever happens to a conversation in whatever order, the promises about who is answered hold. The long form is `npm run model`. */
import { expect, test } from 'vitest';
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

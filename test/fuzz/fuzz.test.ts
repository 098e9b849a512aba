/** Whatever an agent says or a contact sends, nothing throws and nothing leaves that must not. The long form is `npm run fuzz`. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PROMISES } from './promises.ts';

const RUNS = 1_000;
const SEED = 20_261_126;

test.each(Object.entries(PROMISES))(`${RUNS} changed texts: %s`, (_name, promise) => {
  const details = fc.check<unknown[]>(promise as fc.IProperty<unknown[]>, { numRuns: RUNS, seed: SEED });
  expect(details.failed, JSON.stringify(details.counterexample) + String(details.errorInstance)).toBe(false);
});

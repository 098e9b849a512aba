/**
 * The long form: `npm run fuzz -- --runs 100000 [--seed 7]`. Says what was found, and how the time grows with the text: the slowest kinds of
 * text are made four times as long, and the time is given as a ratio.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { bounded, resultOf } from '../../relay/agents/answer-text.ts';
import { PROMISES } from './promises.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});

const LONG = 20_000;
const TIMES = 4;
const ROUNDS = 5;
/** Each repeated makes a text that some pattern or parser would have to look at again and again. */
const REPEATED = [
  '<',
  '<think',
  '<think>',
  '[',
  '](',
  '*',
  '**a',
  '_',
  '`',
  '```\n',
  '> ',
  '- ',
  '| a ',
  '\\',
  '<b>',
  '&',
  'a.',
  'a\n',
  '000201',
  '<|',
  '{"a":',
  '\u200b',
  'Oi! ',
];

function milliseconds(text: string): number {
  const bounds = { settings: { answerCharacters: 4_000, answerTexts: 5 }, secret: null };
  const times = Array.from({ length: ROUNDS }, () => {
    const begun = performance.now();
    bounded(resultOf(text, null), bounds);
    return performance.now() - begun;
  });
  return Math.min(...times);
}

function growth(): void {
  for (const piece of REPEATED) {
    const short = piece.repeat(LONG / piece.length);
    const once = milliseconds(short);
    const ratio = milliseconds(short.repeat(TIMES)) / once;
    process.stdout.write(
      `${JSON.stringify(piece).padEnd(12)} ${once.toFixed(1)} ms, ${TIMES} × the text: ${ratio.toFixed(1)} × the time\n`,
    );
  }
}

let failed = 0;
for (const [name, promise] of Object.entries(PROMISES)) {
  const begun = performance.now();
  const details = fc.check<unknown[]>(promise as fc.IProperty<unknown[]>, {
    numRuns: Number(values.runs),
    seed: Number(values.seed),
  });
  const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
  if (details.failed) failed += 1;
  const found = details.failed
    ? `BROKEN by ${JSON.stringify(details.counterexample)}: ${String(details.errorInstance)}`
    : 'held';
  process.stdout.write(`${name}: ${details.numRuns} runs, seed ${values.seed}, ${seconds} s: ${found}\n`);
}
growth();
process.exitCode = failed > 0 ? 1 : 0;

/** Every pattern of the product is linear: however long a foreign text is, reading it takes as long as the text, and no longer. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { checkSync } from 'recheck';
import { expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..');
const PRODUCT = ['relay/**/*.{ts,js}', 'shared/**/*.ts', 'extension/**/*.{ts,tsx}'];

type Pattern = { readonly file: string; readonly source: string; readonly flags: string };

function patternsOf(file: string): readonly Pattern[] {
  const { program, errors } = parseSync(file, readFileSync(path.join(ROOT, file), 'utf8'));
  expect(errors, file).toEqual([]);
  const found: Pattern[] = [];
  new Visitor({
    Literal: (literal) => {
      if ('regex' in literal) found.push({ file, source: literal.regex.pattern, flags: literal.regex.flags });
    },
    NewExpression: ({ callee }) => {
      // What is put together at run time could not be checked here.
      if (callee.type === 'Identifier' && callee.name === 'RegExp')
        throw new Error(`${file} makes a pattern at run time`);
    },
  }).visit(program);
  return found;
}

const QUICK = { checker: 'automaton', timeout: 2_000 } as const;
/** Its own limit is for one pattern; where it would take slow for endless, on a busy machine, there is none. */
const PATIENT = {
  timeout: 120_000,
  attackTimeout: null,
  incubationTimeout: null,
  recallTimeout: null,
  seedingTimeout: null,
} as const;
/** The tool thinks long, and longer beside others. */
const PATIENT_MS = 600_000;

test('no pattern takes longer than in proportion to its text', { timeout: PATIENT_MS }, () => {
  const found = PRODUCT.flatMap((files) => globSync(files, { cwd: ROOT })).flatMap(patternsOf);
  expect(found.length).toBeGreaterThan(40);
  const patterns = [...new Map(found.map((each) => [`${each.source}/${each.flags}`, each])).values()];
  const judged = patterns.map(({ file, source, flags }) => {
    // `safe` is constant or linear; what the tool cannot judge in time is not. An automaton proves it, and most quickly; searching for a text
    // that takes long is for what no automaton can be made of.
    const { status: proven } = checkSync(source, flags, QUICK);
    const { status } = proven === 'unknown' ? checkSync(source, flags, PATIENT) : { status: proven };
    return { file, pattern: `/${source}/${flags}`, status };
  });
  expect(judged.filter(({ status }) => status !== 'safe')).toEqual([]);
});

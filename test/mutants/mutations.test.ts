import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';
import { lineOf, mutated, mutationsOf } from './mutations.ts';
import { importersIn, testsOf } from './reach.ts';

const ROOT = path.join(import.meta.dirname, '../..');

test('a condition, an operator, a call and a constant are changed, one at a time', () => {
  const source = `export function f(a: number): boolean {
  note(a);
  if (a > 3 && a !== 7) return true;
  return \`\${a}\` + 'x' === 'x';
}`;
  const changes = mutationsOf('f.ts', source).map((each) => [lineOf(source, each), each.what, each.replacement]);
  expect(changes).toEqual([
    [2, 'dropped call', ';'],
    [3, 'negated condition', '!(a > 3 && a !== 7)'],
    [3, 'swapped operator', '>='],
    [3, 'changed constant', '4'],
    [3, 'swapped operator', '||'],
    [3, 'swapped operator', '==='],
    [3, 'changed constant', '8'],
    [3, 'changed constant', 'false'],
  ]);
});

test.each(['relay/conversation/admission.ts', 'relay/whatsapp/link/session.ts', 'relay/store/sqlite-messages.ts'])(
  'every change of %s is still a source',
  (file) => {
    const source = readFileSync(path.join(ROOT, file), 'utf8');
    const mutations = mutationsOf(file, source);
    expect(mutations.length).toBeGreaterThan(10);
    for (const mutation of mutations) {
      const changed = mutated(source, mutation);
      expect(changed).not.toBe(source);
      expect(parseSync(file, changed).errors, `${file}:${lineOf(source, mutation)}`).toEqual([]);
    }
  },
);

test('the tests that reach a file come with the nearest first', () => {
  const tests = testsOf('relay/conversation/admission.ts', importersIn(ROOT));
  expect(tests[0]).toBe('test/conversation/admission.test.ts');
  expect(tests).toContain('test/conversation/conversation.test.ts');
  expect(tests).not.toContain('test/agents/address.test.ts');
});

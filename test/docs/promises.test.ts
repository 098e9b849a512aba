/** A promise without a test is a wish: every one that this version keeps is cited in the title of a test that proves it. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** All but one: that no official API is used (S5) is a property of the whole, and nothing to run. */
const KEPT = Array.from({ length: 34 }, (_value, index) => index + 1).filter((id) => id !== 5);

/** `(S1, S14–S16)` in a test's title → 1, 14, 15, 16. */
function citedIn(source: string): readonly number[] {
  const titles = source.matchAll(/\b(?:test|inChromium|inFirefox)(?:\.\w+(?:\([^)]*\))?)?\(\s*(['"`])(.*?)\1,/gs);
  return [...titles].flatMap(([, , title = '']) =>
    [...title.matchAll(/\bS(\d+)(?:[–-]S?(\d+))?/g)].flatMap(([, from, to]) => {
      const first = Number(from);
      return Array.from({ length: Number(to ?? from) - first + 1 }, (_value, index) => first + index);
    }),
  );
}

test('every promise that is kept has a test that cites it, and is in docs/promises.md', () => {
  const files = globSync('test/**/*.test.ts', { cwd: ROOT });
  const cited = new Set(files.flatMap((file) => citedIn(readFileSync(path.join(ROOT, file), 'utf8'))));
  expect(KEPT.filter((id) => !cited.has(id))).toEqual([]);
  const page = readFileSync(path.join(ROOT, 'docs/promises.md'), 'utf8');
  expect(KEPT.filter((id) => !page.includes(`**S${id}**`))).toEqual([]);
});

/** What a trial of another library version prints: which gaps are closed, what broke, what is mended. */
import { expect, test } from 'vitest';
import { compareRuns, readReport } from './test-report.ts';

const report = (...rows: readonly (readonly [file: string, name: string, status: string, ms?: number])[]) =>
  readReport(
    JSON.stringify({
      testResults: rows.map(([file, fullName, status, duration = 1]) => ({
        name: `/tree/${file}`,
        assertionResults: [{ fullName, status, duration }],
      })),
    }),
    '/tree',
  );

test('a gap that is closed is told apart from what broke and what is mended', () => {
  const before = report(
    ['a.test.ts', 'stock Baileys drops it', 'passed'],
    ['a.test.ts', 'the relay takes it', 'passed', 100],
    ['b.test.ts', 'it is sent', 'passed'],
    ['b.test.ts', 'it is read', 'failed'],
    ['b.test.ts', 'later', 'skipped'],
  );
  const after = report(
    ['a.test.ts', 'stock Baileys drops it', 'failed'],
    ['a.test.ts', 'the relay takes it', 'passed', 150],
    ['b.test.ts', 'it is sent', 'failed'],
    ['b.test.ts', 'it is read', 'passed'],
  );
  expect(compareRuns(before, after)).toEqual({
    closedGaps: ['a.test.ts > stock Baileys drops it'],
    broken: ['b.test.ts > it is sent'],
    mended: ['b.test.ts > it is read'],
    timeRatio: 1.5,
  });
});

test('a test that the other version keeps from running at all counts as broken', () => {
  expect(compareRuns(report(['a.test.ts', 'it works', 'passed']), report()).broken).toEqual(['a.test.ts > it works']);
});

test('what is no report is said to be none', () => {
  expect(() => readReport('{}', '/tree')).toThrow();
});

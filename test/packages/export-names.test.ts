/** An exported name means one thing in the whole tree, so that a search for it finds that thing. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** Each language has the same words under the same names, a file each. */
const LANGUAGE = /^shared\/locales\/[^/]+\//;

test('no name is exported by two files', () => {
  const files = globSync('{relay,shared,extension}/**/*.{ts,tsx}', { cwd: ROOT })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.endsWith('.d.ts') && !LANGUAGE.test(file));
  expect(files.length).toBeGreaterThan(250);
  const exporters = new Map<string, string[]>();
  for (const file of files) {
    const { module } = parseSync(file, readFileSync(path.join(ROOT, file), 'utf8'));
    for (const { exportName } of module.staticExports.flatMap(({ entries }) => entries))
      if (exportName.kind === 'Name' && exportName.name !== null)
        exporters.set(exportName.name, [...(exporters.get(exportName.name) ?? []), file]);
  }
  expect(Object.fromEntries([...exporters].filter(([, where]) => where.length > 1))).toEqual({});
});

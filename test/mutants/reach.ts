/** Which tests reach a file through their imports, the nearest first. */
import { globSync } from 'node:fs';
import { importsOf } from '../packages/imports.ts';

/** By file of the tree: who imports it, not counting what is erased with the types. */
export function importersIn(root: string): ReadonlyMap<string, ReadonlySet<string>> {
  const importers = new Map<string, Set<string>>();
  const files = globSync('{relay,shared,extension,test}/**/*.{ts,tsx}', { cwd: root }).map((file) =>
    file.replaceAll('\\', '/'),
  );
  for (const { from, to, typeOnly } of files.flatMap((file) => importsOf(root, file)))
    if (!typeOnly) importers.set(to, (importers.get(to) ?? new Set()).add(from));
  return importers;
}

export function testsOf(file: string, importers: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const seen = new Set([file]);
  let ring = [file];
  const tests: string[] = [];
  while (ring.length > 0) {
    ring = ring.flatMap((each) => [...(importers.get(each) ?? [])]).filter((each) => !seen.has(each) && seen.add(each));
    tests.push(...ring.filter((each) => each.endsWith('.test.ts')));
  }
  return tests;
}

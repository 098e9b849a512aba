/** What a relay without a number loads when it starts: not Baileys, and not a model's packages. They cost as much memory as all the rest. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** Where the rest begins is loaded by `main.ts` when a relay is to be started. */
const STARTS = ['relay/main.ts', 'relay/app/start-relay.ts'];

/** Every file of ours and every package that is loaded before anything is asked for. */
function loadedBy(starts: readonly string[]): {
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
} {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = starts.map((file) => path.join(ROOT, file));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const { module } = parseSync(file, readFileSync(file, 'utf8'));
    const asked = [
      ...module.staticImports
        .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
        .map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) => entries.flatMap((each) => each.moduleRequest?.value ?? [])),
    ];
    for (const name of asked) {
      if (name.startsWith('.')) waiting.push(path.join(path.dirname(file), name));
      else packages.add(name);
    }
  }
  return { files, packages };
}

test('Baileys is not loaded before a number needs it', () => {
  const { files, packages } = loadedBy(STARTS);
  expect(files.size).toBeGreaterThan(100);
  expect([...packages]).toContain('ws');
  const loaded = [...packages].filter((name) => /baileys|libsignal/.test(name));
  expect(loaded).toEqual(['@whiskeysockets/baileys/lib/WABinary/jid-utils.js']);
});

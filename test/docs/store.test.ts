/** The store texts keep to what the stores allow, name every permission, and say the same in three languages. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const STORE = path.join(import.meta.dirname, '..', '..', 'extension', 'store');
const LANGUAGES = ['pt-BR', 'en', 'es'];
/** The shorter of what the Chrome Web Store and addons.mozilla.org take, in characters. */
const MOST = { Name: 45, Summary: 132, Description: 15_000 };

function sectionsOf(language: string): ReadonlyMap<string, string> {
  const [, ...parts] = readFileSync(path.join(STORE, `listing.${language}.md`), 'utf8').split(/^## /m);
  return new Map(
    parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n')).trim()] as const),
  );
}

test.each(LANGUAGES)('the texts in %s fit into the stores', (language) => {
  const sections = sectionsOf(language);
  expect([...sections.keys()]).toEqual([...sectionsOf('en').keys()]);
  for (const [name, most] of Object.entries(MOST)) {
    expect(sections.get(name)?.length, name).toBeGreaterThan(5);
    expect(sections.get(name)?.length, name).toBeLessThanOrEqual(most);
  }
});

test.each(LANGUAGES)('every permission that is asked for is explained in %s, and no other', (language) => {
  const config = readFileSync(path.join(STORE, '..', '..', 'wxt.config.ts'), 'utf8');
  const asked = /permissions: \[(.*)\]/.exec(config)?.[1]?.match(/\w+/g) ?? [];
  const explained = [...(sectionsOf(language).get('Permissions') ?? '').matchAll(/^- (\w+):/gm)].map(
    ([, name]) => name,
  );
  expect(asked.length).toBeGreaterThan(0);
  expect(explained).toEqual(asked);
});

test.each(LANGUAGES)('the privacy statement in %s names where things are kept and what goes out', (language) => {
  const text = readFileSync(path.join(STORE, `privacy.${language}.md`), 'utf8');
  for (const said of ['127.0.0.1', '30', 'WhatsApp', 'relay']) expect(text).toContain(said);
});

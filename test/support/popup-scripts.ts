/** The scripts that the built popup opens with, as they lie on the disk: what comes later, when something is wrong or asked for, is not among them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Language } from '../../shared/locales/languages.ts';

const BUILT = path.join(import.meta.dirname, '..', '..', 'recado-extension', 'chrome');

/** Gzip at its best, in bytes. */
export const MOST_SCRIPT = 30_000;

/** The entry, the page that it loads, whatever these import, and the words of one language. Bytes of gzip. */
export function popupScriptBytes(language: Language): number {
  const entry = /src="\/chunks\/([^"]+)"/.exec(readFileSync(path.join(BUILT, 'popup.html'), 'utf8'))?.[1] ?? '';
  const found = new Set<string>();
  const take = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const [, imported = ''] of sourceOf(file).matchAll(/(?:from|import)\s*["`]\.\/([^"`]+\.js)["`]/g))
      take(imported);
  };
  take(entry);
  for (const loaded of ['popup-page.js', `${language}-popup.js`]) {
    const isLoaded = [...found].some((file) => sourceOf(file).includes(`import(\`./${loaded}\`)`));
    if (!isLoaded) throw new Error(`the popup does not load ${loaded}`);
    take(loaded);
  }
  return [...found].reduce((sum, file) => sum + gzipSync(sourceOf(file), { level: 9 }).length, 0);
}

function sourceOf(file: string): string {
  return readFileSync(path.join(BUILT, 'chunks', file), 'utf8');
}

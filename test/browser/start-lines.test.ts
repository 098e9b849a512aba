/** The line that starts the relay, as the popup of a build shows it: whole where the build knows its folder. */
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writePlaceFiles } from '../../extension/build/place-file.ts';
import { inChromium, startChromium } from '../support/chromium.ts';
import { PopupDriver } from '../support/popup-driver.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const BUILT = path.join(import.meta.dirname, '..', '..', 'recado-extension', 'chrome');

inChromium('a build that knows its folder shows a line that works wherever the Terminal is', async () => {
  const root = path.join(temporaryDirectory(), 'my programs');
  const extension = path.join(root, 'recado-extension', 'chrome');
  cpSync(BUILT, extension, { recursive: true });
  writePlaceFiles(root);
  const chromium = await startChromium({ extension });
  const popup = new PopupDriver(await chromium.openPopup());
  await popup.byCode();
  await popup.shows(`npm --prefix "${root}" start`, 'Cole esta linha no Terminal');
});

test('a folder whose name a shell would read otherwise is left out', () => {
  for (const name of ['a$b', 'a"b', 'it’s', "it's"]) {
    const root = path.join(temporaryDirectory(), name);
    mkdirSync(path.join(root, 'recado-extension', 'firefox'), { recursive: true });
    writePlaceFiles(root);
    const text = readFileSync(path.join(root, 'recado-extension', 'firefox', 'place.js'), 'utf8');
    expect(text.includes('null'), name).toBe(name !== 'it’s');
  }
});

/** Every screen of the popup, and the options, as pictures, in each language and colour scheme, and one sheet of all of them. */

import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { expect } from 'vitest';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
import { inChromium, startChromium } from '../support/chromium.ts';
import { PopupDriver } from '../support/popup-driver.ts';
import { walkScreens } from '../support/screens.ts';
import { startToolbar, type ToolbarBench } from '../support/toolbar-bench.ts';

const FOLDER = path.join(import.meta.dirname, '..', '..', '.output', 'gallery');
const SIZE = { width: 360, height: 600 };
const GAP = 16;
const COLUMNS = 6;

for (const language of LANGUAGE_CODES) {
  for (const dark of [false, true]) {
    const title = `${language}-${dark ? 'dark' : 'light'}`;
    inChromium(`the gallery of ${title}`, async () => {
      const folder = path.join(FOLDER, title);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      const pictures: string[] = [];
      const look = async ({ page }: PopupDriver, name: string): Promise<void> => {
        const file = path.join(folder, `${String(pictures.length + 1).padStart(2, '0')}-${name}.png`);
        await page.screenshot({ path: file });
        pictures.push(file);
      };
      const fresh = await startChromium({ language, dark });
      const unpaired = new PopupDriver(await fresh.openTab());
      await unpaired.page.locator('.by-code').wait();
      await look(unpaired, 'not-paired');
      await unpaired.byCode();
      await look(unpaired, 'by-code');
      await unpaired.page.locator('#code').fill('12345');
      await unpaired.page.keyboard.press('Enter');
      await unpaired.page.locator('[role="alert"] svg').wait();
      await look(unpaired, 'wrong-code');

      const bench = await startToolbar({ language, dark, inTab: true, settings: { backoffFirstSeconds: 1 } });
      await drawOptions(bench, path.join(folder, 'options.png'));
      await walkScreens(bench, (name) => look(bench.popup, name));
      await drawSheet(pictures, path.join(FOLDER, `${title}.png`), dark);
      expect(pictures.length).toBeGreaterThan(15);
    });
  }
}

/** The whole page, however long. */
async function drawOptions({ chromium: { browser, extensionId } }: ToolbarBench, file: string): Promise<void> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1_000, height: 800 });
  await page.goto(`chrome-extension://${extensionId}/options.html`);
  await page.waitForSelector('main section .switch, main section .list');
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
}

async function drawSheet(pictures: readonly string[], file: string, dark: boolean): Promise<void> {
  const rows = Math.ceil(pictures.length / COLUMNS);
  const sheet = sharp({
    create: {
      width: GAP + COLUMNS * (SIZE.width + GAP),
      height: GAP + rows * (SIZE.height + GAP),
      channels: 3,
      background: dark ? '#000' : '#ddd9d0',
    },
  });
  const placed = pictures.map((input, index) => ({
    input,
    left: GAP + (index % COLUMNS) * (SIZE.width + GAP),
    top: GAP + Math.floor(index / COLUMNS) * (SIZE.height + GAP),
  }));
  await sheet.composite(placed).png().toFile(file);
}

/** A real Firefox with the built extension in it. Its popup is opened as a tab: no tool can press the toolbar's button there. */
import path from 'node:path';
import puppeteer, { type Page } from 'puppeteer-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { ChromiumOptions } from './chromium.ts';

const BUILT = path.join(import.meta.dirname, '..', '..', 'recado-extension', 'firefox');
/** One per profile; fixed, so that the extension's pages have an address that is known. */
const UUID = '6f1f6f0e-3f6a-4c0e-9d53-2b7c1d0a9e11';

/** Not run, and counted as such, where no Firefox is. */
export const inFirefox = test.skipIf(inject('firefox') === null);

export type Firefox = { openPopup(): Promise<Page> };

export async function startFirefox(
  extensionId: string,
  { extension = BUILT, environment }: Pick<ChromiumOptions, 'extension' | 'environment'> = {},
): Promise<Firefox> {
  const executablePath = inject('firefox');
  if (executablePath === null) throw new Error('no Firefox');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    ...(environment && { env: { ...process.env, ...environment } }),
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: UUID }),
      'intl.accept_languages': 'pt-BR, en',
      'ui.prefersReducedMotion': 1,
    },
  });
  onTestFinished(() => browser.close());
  const before = (await browser.pages()).length;
  await browser.installExtension(extension);
  // The page that opens with a new extension would come to the front later, and what is behind it is not laid out.
  await expect.poll(async () => (await browser.pages()).length, { timeout: 60_000 }).toBeGreaterThan(before);
  return {
    openPopup: async () => {
      const page = await browser.newPage();
      page.setDefaultTimeout(60_000);
      // Never resolves for an extension's page; whoever waits for something on it sees that it is there.
      page.goto(`moz-extension://${UUID}/popup.html`).catch(() => undefined);
      return page;
    },
  };
}

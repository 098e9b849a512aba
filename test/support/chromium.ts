/** A real Chromium with the built extension in it, and its real toolbar popup. */
import type { Browser, Page, Target, WebWorker } from 'puppeteer-core';
import { inject, onTestFinished, test } from 'vitest';
import type { Language } from '../../shared/locales/languages.ts';
import { launchChromium } from './chromium-launch.ts';

const POPUP_MS = 60_000;

/** Not run, and counted as such, where no Chromium is. */
export const inChromium = test.skipIf(inject('chromium') === null);

/** Nothing that moves a pixel from one run to the next. */
const FLAGS = [
  '--disable-gpu',
  '--force-device-scale-factor=1',
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-prefers-reduced-motion',
  // Room for a popup of its full size.
  '--window-size=1280,900',
];

export type Chromium = {
  readonly browser: Browser;
  readonly extensionId: string;
  /** As a click on the toolbar's button: a new popup, the former one is gone. `of`: another extension's id. */
  openPopup(of?: string): Promise<Page>;
  /** The one that is open, or that something else opens. */
  openedPopup(): Promise<Page>;
  /** The same page in a tab, in the popup's full size: without a display the browser gives popups a size of its own. */
  openTab(): Promise<Page>;
  /** The extension's background, woken if the browser has ended it; `of`: another extension's id. */
  background(of?: string): Promise<WebWorker>;
};

export type ChromiumOptions = {
  readonly language?: Language;
  readonly dark?: boolean;
  /** The folder of another build than the one that is shipped. */
  readonly extension?: string;
  readonly flags?: readonly string[];
  /** Of the browser's process. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly profile?: string;
  readonly keepsFirstPage?: boolean;
};

export async function startChromium(options: ChromiumOptions = {}): Promise<Chromium> {
  const {
    language = 'pt-BR',
    dark = false,
    extension,
    flags = [],
    environment,
    profile,
    keepsFirstPage = false,
  } = options;
  const executablePath = inject('chromium');
  if (executablePath === null) throw new Error('no Chromium');
  const { browser, extensionId, background } = await launchChromium(executablePath, {
    language,
    headless: true,
    ...(extension === undefined ? {} : { extension }),
    ...(environment && { environment }),
    keepsFirstPage,
    ...(profile !== undefined && { profile }),
    flags: [...FLAGS, ...flags, ...(dark ? ['--force-dark-mode'] : [])],
  });
  onTestFinished(() => browser.close());
  const openedPopup = async (of = extensionId): Promise<Page> => {
    const isPopup = (each: Target): boolean => each.url().endsWith(`${of}/popup.html`) && each.type() !== 'other';
    const page = await (await browser.waitForTarget(isPopup, { timeout: POPUP_MS })).asPage();
    page.setDefaultTimeout(POPUP_MS);
    return page;
  };
  return {
    browser,
    extensionId,
    background: (of) => background(of),
    openTab: async () => {
      const page = await browser.newPage();
      await page.setViewport({ width: 360, height: 600 });
      await page.goto(`chrome-extension://${extensionId}/popup.html`);
      page.setDefaultTimeout(POPUP_MS);
      return page;
    },
    openedPopup: () => openedPopup(),
    openPopup: async (of) => {
      await (await background(of)).evaluate('chrome.action.openPopup()');
      return openedPopup(of);
    },
  };
}

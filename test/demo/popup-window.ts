/** The hand on the real extension's popup, in a small window of a browser with the built extension. */
import type { Page } from 'puppeteer-core';
import type { Language } from '../../shared/locales/languages.ts';
import { type LaunchedChromium, launchChromium } from '../support/chromium-launch.ts';
import type { Demo } from './demo.ts';
import { HAND_MS, type Hand } from './hand.ts';

/** As the browser opens it from the toolbar, with its window's frame around it. */
const SIZE = { width: 360, height: 560 };
const FRAME = { width: 0, height: 40 };
const PAGE_WINDOW = { left: 0, top: 0, width: 860, height: 900 };
const POPUP_WINDOW = {
  left: PAGE_WINDOW.width,
  top: 0,
  width: SIZE.width + FRAME.width,
  height: SIZE.height + FRAME.height,
};

export class PopupWindow implements Hand {
  readonly chromium: LaunchedChromium;
  readonly #headless: boolean;
  #page: Page | null = null;

  constructor(chromium: LaunchedChromium, headless: boolean) {
    this.chromium = chromium;
    this.#headless = headless;
  }

  /** Starts the browser, and pairs its extension with the demo's relay. */
  static async start(executablePath: string, demo: Demo, headless: boolean): Promise<PopupWindow> {
    const chromium = await launchChromium(executablePath, {
      language: demo.language,
      headless,
      // Nobody wants the page translated, or to be told that it is shown by a program.
      flags: ['--disable-features=Translate', '--disable-infobars'],
      withoutFlags: ['--enable-automation'],
    });
    const popup = new PopupWindow(chromium, headless);
    try {
      const page = await popup.#shown();
      await page.locator('.by-code').click();
      await page.locator('#code').fill(await demo.pairingCode());
      await page.locator('summary:has(+ label[for="port"])').click();
      await page.locator('#port').fill(String(demo.port));
      await page.focus('#port');
      await page.keyboard.press('Enter');
      await page.locator('.note').wait();
      return popup;
    } catch (error) {
      await chromium.browser.close();
      throw error;
    }
  }

  async press(place: string): Promise<void> {
    await (await this.#shown()).locator(place).click();
  }

  async waitFor(place: string): Promise<void> {
    await (await this.#shown()).locator(place).wait();
  }

  async picture(): Promise<Uint8Array | null> {
    const page = await this.#shown();
    return (await page.$('.qr svg')) ? page.screenshot({ type: 'png' }) : null;
  }

  async open(language: Language): Promise<void> {
    const page = await this.#shown();
    await page.evaluate(chooseLanguage, language);
    await page.reload();
    await page.bringToFront();
  }

  /** Opened anew where somebody has closed it. */
  async #shown(): Promise<Page> {
    if (this.#page && !this.#page.isClosed()) return this.#page;
    const address = `chrome-extension://${this.chromium.extensionId}/popup.html`;
    const page = await (this.#headless ? this.chromium.browser.newPage() : this.#window(address));
    if (this.#headless) {
      await page.setViewport(SIZE);
      await page.goto(address);
    }
    page.setDefaultTimeout(HAND_MS);
    this.#page = page;
    return page;
  }

  async #window(address: string): Promise<Page> {
    const { browser, background } = this.chromium;
    const worker = await background();
    await worker.evaluate(`chrome.windows.create(${JSON.stringify({ url: address, type: 'popup' })})`);
    const target = await browser.waitForTarget((each) => each.url() === address && each.type() === 'page');
    const page = await target.asPage();
    await place(page, POPUP_WINDOW);
    return page;
  }

  /** The demo's page, in the window that the browser has opened, beside the popup's. */
  async showPage(url: string): Promise<void> {
    const { browser } = this.chromium;
    const pages = await browser.pages();
    const page = pages.find((each) => each !== this.#page) ?? (await browser.newPage());
    await place(page, PAGE_WINDOW);
    await page.goto(url);
  }
}

type Bounds = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

async function place(page: Page, bounds: Bounds): Promise<void> {
  const session = await page.createCDPSession();
  const { windowId } = await session.send('Browser.getWindowForTarget');
  await session.send('Browser.setWindowBounds', { windowId, bounds });
  await session.detach();
}

/** As the options page keeps it. Runs in the popup's page. */
function chooseLanguage(language: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('recado');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const work = opening.result.transaction('preferences', 'readwrite');
      const preferences = work.objectStore('preferences');
      const asked = preferences.get('all');
      asked.onsuccess = () => preferences.put({ ...asked.result, language }, 'all');
      work.oncomplete = () => {
        opening.result.close();
        resolve();
      };
      work.onerror = () => reject(work.error);
    };
  });
}

/** The hand on the real extension's popup, in a small window of a browser with the built extension. */
import type { Page } from 'puppeteer-core';
import type { Language } from '../../shared/locales/languages.ts';
import { type LaunchedChromium, launchChromium } from '../support/chromium-launch.ts';
import type { Demo } from './demo.ts';
import { HAND_MS, type Hand } from './hand.ts';

/** As the browser opens it from the toolbar, with its window's frame around it. */
const SIZE = { width: 360, height: 560 };
const FRAME_HEIGHT = 40;
const PAGE = { width: 860, height: 900 };

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
      flags: [`--window-size=${PAGE.width},${PAGE.height}`, '--window-position=0,0'],
    });
    const popup = new PopupWindow(chromium, headless);
    try {
      const page = await popup.#shown();
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
    const window = {
      url: address,
      type: 'popup',
      left: PAGE.width,
      top: 0,
      ...SIZE,
      height: SIZE.height + FRAME_HEIGHT,
    };
    await worker.evaluate(`chrome.windows.create(${JSON.stringify(window)})`);
    const target = await browser.waitForTarget((each) => each.url() === address && each.type() === 'page');
    return target.asPage();
  }
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

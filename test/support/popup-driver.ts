/** The popup as a person uses it: by the words on it. */
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { codeIn } from './camera.ts';

export class PopupDriver {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** What can be read on it now. */
  text(): Promise<string> {
    return this.page.evaluate('document.body.innerText') as Promise<string>;
  }

  async shows(...texts: readonly string[]): Promise<void> {
    for (const text of texts) await expect.poll(() => this.text(), { timeout: 60_000 }).toContain(text);
  }

  async hides(text: string): Promise<void> {
    await expect.poll(() => this.text(), { timeout: 60_000 }).not.toContain(text);
  }

  /** A button, a menu's entry, whatever bears that name. */
  async click(name: string): Promise<void> {
    await this.page.locator(`::-p-aria(${name})`).click();
  }

  /** The popup closes when the focus moves. Resolves when it is gone. */
  async close(): Promise<void> {
    await this.page.close();
  }

  /** By its place, where a browser's driver knows no names; `name` is what must be written on it. */
  async press(place: string, name: string): Promise<void> {
    const button = await this.page.locator(place).waitHandle();
    expect(await button.evaluate(({ textContent }) => textContent)).toContain(name);
    await this.page.locator(place).click();
  }

  /** By its position, whatever it is called then. */
  async flip(): Promise<void> {
    await this.page.locator('input[role="switch"]:enabled').click();
  }

  async isOn(): Promise<boolean> {
    return (await this.page.$('input[role="switch"]:checked')) !== null;
  }

  /** The way by a code, where the page begins with its one button. */
  async byCode(): Promise<void> {
    const way = await this.page.locator('.by-code, #code').waitHandle();
    if (await way.evaluate((each) => each.matches('.by-code'))) await this.page.locator('.by-code').click();
    await this.page.locator('#code').wait();
  }

  async pair(code: string, port: number): Promise<void> {
    await this.byCode();
    await this.page.locator('#code').fill(code);
    await this.page.locator('summary:has(+ label[for="port"])').click();
    await this.page.locator('#port').fill(String(port));
    // A field that has its text already is left as it is, without the focus.
    await this.page.focus('#port');
    await this.page.keyboard.press('Enter');
  }

  /** The code as a phone's camera sees it. Null while none is on show. */
  async codeInSight(): Promise<string | null> {
    if (!(await this.page.$('.qr svg'))) return null;
    return codeIn(await this.page.screenshot({ type: 'png' }));
  }

  /** Waits for a code that can be read, and reads it. */
  async readCode(): Promise<string> {
    let code: string | null = null;
    await expect
      .poll(
        async () => {
          code = await this.codeInSight();
          return code;
        },
        { timeout: 60_000 },
      )
      .not.toBeNull();
    return code ?? '';
  }
}

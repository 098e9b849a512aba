/** Nobody is left out: axe finds nothing on any screen, in any language and colour scheme; fingers hit what they aim at. */

import { expect } from 'vitest';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
import { barriersOf, tooSmallOf } from '../support/accessibility.ts';
import { inChromium } from '../support/chromium.ts';
import { walkScreens } from '../support/screens.ts';
import { startToolbar } from '../support/toolbar-bench.ts';

for (const language of LANGUAGE_CODES) {
  for (const dark of [false, true]) {
    inChromium(`every screen can be used by everyone: ${language}, ${dark ? 'dark' : 'light'}`, async () => {
      const bench = await startToolbar({ language, dark, settings: { backoffFirstSeconds: 1 } });
      const found: string[] = [];
      await walkScreens(bench, async (name) => {
        found.push(...(await barriersOf(bench.popup.page)).map((barrier) => `${name}: ${barrier}`));
      });
      expect(found).toEqual([]);
    });
  }
}

inChromium('on a phone’s screen every control is as large as a finger, and the page fills the screen', async () => {
  const bench = await startToolbar({ inTab: true, settings: { backoffFirstSeconds: 1 } });
  const { page } = bench.popup;
  await page.setViewport({ width: 412, height: 820, hasTouch: true, isMobile: true });
  await page.reload();
  await page.locator('.note').wait();
  const found = new Set<string>();
  await walkScreens(bench, async (name) => {
    for (const each of await tooSmallOf(page)) found.add(`${name}: ${each}`);
    const { bottom, wide } = await page.evaluate(() => ({
      bottom: document.querySelector('#popup')?.getBoundingClientRect().bottom,
      wide: document.documentElement.scrollWidth,
    }));
    expect({ bottom, wide }, name).toEqual({ bottom: 820, wide: 412 });
  });
  expect([...found]).toEqual([]);
});

/** Nobody is left out: axe finds nothing on any screen in either colour scheme, no language is too wide, fingers hit what they aim at. */

import { expect } from 'vitest';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
import { barriersOf, COLOUR_SCHEMES, showIn, tooSmallOf } from '../support/accessibility.ts';
import { inChromium } from '../support/chromium.ts';
import { walkScreens } from '../support/screens.ts';
import { startToolbar } from '../support/toolbar-bench.ts';

inChromium('every screen can be used by everyone, light and dark', async () => {
  const bench = await startToolbar({ settings: { backoffFirstSeconds: 1 } });
  const found: string[] = [];
  await walkScreens(bench, async (name) => {
    for (const scheme of COLOUR_SCHEMES) {
      await showIn(bench.popup.page, scheme);
      found.push(...(await barriersOf(bench.popup.page)).map((barrier) => `${scheme} ${name}: ${barrier}`));
    }
  });
  expect(found).toEqual([]);
});

for (const language of LANGUAGE_CODES.filter((code) => code !== 'pt-BR')) {
  inChromium(`no screen is wider than the popup: ${language}`, async () => {
    const bench = await startToolbar({ language, settings: { backoffFirstSeconds: 1 } });
    await walkScreens(bench, async (name) => {
      const { lang, wide, room } = await bench.popup.page.evaluate(() => ({
        lang: document.documentElement.lang,
        wide: document.documentElement.scrollWidth,
        room: window.innerWidth,
      }));
      expect(lang).toBe(language);
      expect(wide, name).toBeLessThanOrEqual(room);
    });
  });
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

/** Nobody is left out: axe finds nothing on any screen in either colour scheme, no language is too wide, fingers hit what they aim at. */

import { expect } from 'vitest';
import type { Language } from '../../shared/locales/languages.ts';
import { barriersOf, COLOUR_SCHEMES, showIn, tooSmallOf } from '../support/accessibility.ts';
import { inChromium } from '../support/chromium.ts';
import { walkScreens } from '../support/screens.ts';
import { startToolbar, type ToolbarBench } from '../support/toolbar-bench.ts';

async function expectFitting({ popup }: ToolbarBench, language: Language, name: string): Promise<void> {
  const { lang, wide, room } = await popup.page.evaluate(() => ({
    lang: document.documentElement.lang,
    wide: document.documentElement.scrollWidth,
    room: window.innerWidth,
  }));
  expect(lang).toBe(language);
  expect(wide, name).toBeLessThanOrEqual(room);
}

inChromium('every screen can be used by everyone, light and dark, and none is wider than the popup: en', async () => {
  const bench = await startToolbar({ language: 'en', settings: { backoffFirstSeconds: 1 } });
  const found: string[] = [];
  await walkScreens(bench, async (name) => {
    await expectFitting(bench, 'en', name);
    for (const scheme of COLOUR_SCHEMES) {
      await showIn(bench.popup.page, scheme);
      found.push(
        ...(await barriersOf(bench.popup.page, scheme === 'dark' ? 'colours' : null)).map(
          (barrier) => `${scheme} ${name}: ${barrier}`,
        ),
      );
    }
  });
  expect(found).toEqual([]);
});

inChromium('on a phone’s screen every control is as large as a finger, and the page fills the screen: es', async () => {
  const bench = await startToolbar({ inTab: true, language: 'es', settings: { backoffFirstSeconds: 1 } });
  const { page } = bench.popup;
  const show = (width: number) => page.setViewport({ width, height: 820, hasTouch: true, isMobile: true });
  await show(412);
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
    // As wide as the popup.
    await show(360);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(360);
    await show(412);
  });
  expect([...found]).toEqual([]);
});

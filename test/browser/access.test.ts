/** Nobody is left out: axe finds nothing on any screen, in any language and colour scheme. */

import axe from 'axe-core';
import { expect } from 'vitest';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
import { inChromium } from '../support/chromium.ts';
import { walkScreens } from '../support/screens.ts';
import { startToolbar } from '../support/toolbar-bench.ts';

for (const language of LANGUAGE_CODES) {
  for (const dark of [false, true]) {
    inChromium(`every screen can be used by everyone: ${language}, ${dark ? 'dark' : 'light'}`, async () => {
      const bench = await startToolbar({ language, dark, settings: { backoffFirstSeconds: 1 } });
      const { page } = bench.popup;
      const found: string[] = [];
      await walkScreens(bench, async (name) => {
        await page.evaluate(axe.source);
        const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
        for (const { id, nodes } of violations)
          found.push(
            ...nodes.map(({ target, failureSummary }) => `${name}: ${id}: ${target.join(' ')} ${failureSummary}`),
          );
      });
      expect(found).toEqual([]);
    });
  }
}

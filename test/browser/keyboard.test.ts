/** The toolbar by keyboard alone: the switch has the focus, and nothing is further than three keys from it. */
import { expect } from 'vitest';
import { inChromium } from '../support/chromium.ts';
import { startToolbar } from '../support/toolbar-bench.ts';

type Key = 'Space' | 'Delete' | 'Tab' | 'Shift+Tab' | 'Enter' | 'q' | 'h' | 'd' | 'a' | 'o' | 'e' | 's';

inChromium('every goal is at most three keys away from the switch, which has the focus', async () => {
  const { popup, relay, whatsapp, chromium } = await startToolbar({ inTab: true });
  const { page } = popup;
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await relay.link('Recado', ana);
  await relay.client.ask('scope', { scope: 'everyone' });
  /** From the opened popup; a person waits for what a key brings, too. */
  const press = async (...keys: readonly (Key | { readonly see: string })[]): Promise<void> => {
    expect(keys.filter((key) => typeof key === 'string').length).toBeLessThanOrEqual(3);
    await page.reload();
    await page.locator('input[role="switch"]:enabled:focus').wait();
    for (const key of keys) {
      if (typeof key === 'object') {
        await page.locator(key.see).wait();
      } else if (key === 'Shift+Tab') {
        await page.keyboard.down('Shift');
        await page.keyboard.press('Tab');
        await page.keyboard.up('Shift');
      } else {
        await page.keyboard.press(key);
      }
    }
  };
  const status = () => relay.status('Recado');
  const opened = { see: '[role="menuitem"]:focus' };

  // Letters are shown to those who hold Alt.
  await press('Shift+Tab', 'Enter', opened);
  const letters = () =>
    page.$$eval('.menu u', (all) => all.map((letter) => getComputedStyle(letter).textDecorationLine));
  expect(new Set(await letters())).toEqual(new Set(['none']));
  await page.keyboard.down('Alt');
  await expect.poll(async () => new Set(await letters())).toEqual(new Set(['underline']));
  await page.keyboard.up('Alt');
  await expect.poll(async () => new Set(await letters())).toEqual(new Set(['none']));

  await press('Space');
  await expect.poll(async () => (await status()).on).toBe(true);
  await press('Shift+Tab', 'Enter', opened, 'q');
  await popup.shows('Quem é respondido');
  await press('Shift+Tab', 'Enter', opened, 'h');
  await popup.shows('Horário');
  await press('Shift+Tab', 'Enter', opened, 'd');
  await popup.shows('só você responde', 'Depois liga sozinho');
  await press('Space');
  await expect.poll(async () => (await status()).on).toBe(true);
  await press('Shift+Tab', 'Enter', opened, 'a');
  await expect.poll(async () => (await status()).on).toBe(false);
  // With two entries less another one has the letter.
  await press('Shift+Tab', 'Enter', opened, 'a');
  await popup.shows('Ajuda e limites');
  await press('Shift+Tab', 'Enter', opened, 'o');
  await chromium.browser.waitForTarget((target) => target.url().endsWith('/options.html'));
  await page.bringToFront();
  await press('Delete', { see: 'dialog[open]' });
  await popup.shows('Desconectar +55');
  expect((await status()).link.account).not.toBeNull();
  await press('Delete', { see: 'dialog[open]' }, 'Tab', 'Enter');
  await expect.poll(async () => (await status()).link.account).toBeNull();
});

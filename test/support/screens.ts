/** Every screen of the toolbar, one after the other, by what a person does to get there. Whoever walks looks at each. */
import { expect } from 'vitest';
import { startFakeOpenAi } from './fake-openai.ts';
import type { ToolbarBench } from './toolbar-bench.ts';

/** Called on each screen, with a name that sorts in the order of the walk. */
export type Look = (name: string) => Promise<void>;

/** From the offline card on; the first screens, before pairing, are looked at by whoever pairs. */
export async function walkScreens({ popup, relay, whatsapp }: ToolbarBench, look: Look): Promise<void> {
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  const { page } = popup;
  const menu = async (position: number): Promise<void> => {
    await page.locator('.icon-btn[aria-haspopup="menu"]').click();
    await page.locator(`[role="menuitem"]:nth-of-type(${position})`).click();
  };
  const back = (): Promise<void> => page.locator('.bar > .icon-btn').click();

  await look('offline');
  await page.locator('.act .primary').click();
  const code = await popup.readCode();
  await look('linking');
  await ana.scan(code);
  await page.locator('.switch').wait();
  await look('connected-off');
  await page.locator('.switch').click();
  await page.locator('dialog[open]').wait();
  await look('first-switch-on');
  await page.locator('dialog .btn:nth-of-type(3)').click();
  await page.locator('.note[data-lit]').wait();
  await caio.write(ana, 'obrigado');
  await expect.poll(() => page.$eval('.today dd', (count) => count.textContent)).toBe('1');
  await look('connected-on');
  await relay.client.ask('scope', { scope: 'listed' });
  await page.locator('.truth .in-line').wait();
  await look('nobody-chosen');
  await relay.client.ask('scope', { scope: 'everyone' });
  const model = await startFakeOpenAi({ key: 'another-key' });
  const backEnd = { adapter: 'openai-compatible', settings: { baseUrl: model.baseUrl, model: 'small' } };
  await relay.client.ask('agents.edit', { ...backEnd, key: 'wrong-key' });
  await caio.write(ana, 'tem bolo?');
  await page.locator('.fault').wait();
  await look('key-refused');
  await relay.client.ask('agents.edit', { adapter: 'built-in', settings: {}, key: null });
  await page.locator('.note[data-lit]').wait();
  await page.locator('.icon-btn[aria-haspopup="menu"]').click();
  await page.locator('[role="menu"]').wait();
  await look('menu');
  await page.keyboard.press('Escape');

  await menu(1);
  await page.locator('.chats li').wait();
  await look('who-is-answered');
  await back();
  await menu(2);
  await page.locator('.times').wait();
  await page.locator('.times .actions .btn:first-child').click();
  await look('schedule');
  await back();
  await menu(6);
  await page.locator('.topics').wait();
  await page.$$eval('details', (topics) => {
    for (const topic of topics) topic.open = true;
  });
  await look('help');
  await back();
  await menu(3);
  await page.locator('.switch:not(:checked)').wait();
  await caio.write(ana, 'alguém aí?');
  await expect.poll(async () => (await relay.status('Recado')).ignoredWhileOff).toBe(1);
  await look('off-for-an-hour');
  await page.locator('.go').click();
  await page.locator('.reasons li').wait();
  await look('reasons');
  await back();
  await menu(5);
  await page.locator('dialog[open]').wait();
  await look('unlink');
  await page.locator('dialog .btn:not(.danger)').click();
  await page.locator('.switch').click();
  await page.locator('.note[data-lit]').wait();
  for (let fall = 1; fall <= 3; fall++) {
    await page.locator('.status[data-is="connected"]').wait();
    whatsapp.cut(ana);
    await page.locator('.status[data-is="reconnecting"]').wait();
  }
  await look('reconnecting');
  await page.locator('.note[data-lit]').wait();

  await relay.client.ask('agents.add', { name: 'Loja', adapter: 'built-in', settings: {} });
  await back();
  await page.locator('.agents').wait();
  await look('several-agents');
  await page.locator('.agents .btn').click();
  await ana.scan(await popup.readCode());
  await page.locator('.note[role="alert"]').wait();
  await look('number-in-use');
  await relay.client.ask('agents.remove', { agent: 'Loja' });
  await page.locator('.note[data-lit]').wait();
  ana.unlink();
  await page.locator('.status[data-is="offline"]').wait();
  await look('unlinked-on-phone');
  await relay.stop();
  await page.locator('.note[data-stale]').wait();
  await look('no-relay');
}

/** Every screen of the toolbar, one after the other, by what a person does to get there. Whoever walks looks at each. */
import { expect } from 'vitest';
import type { AdapterName } from '../../shared/contract/agent.ts';
import { startFakeOpenAi } from './fake-openai.ts';
import type { PopupDriver } from './popup-driver.ts';
import type { ToolbarBench } from './toolbar-bench.ts';

/** Called on each screen, with a name that sorts in the order of the walk. */
export type Look = (name: string) => Promise<void>;

/** As long as a name may be. */
const LONG_NAME = 'Atendimento da loja de bolos e doces da Maria, Campinas e SP';

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
  await page.locator('.primary').click();
  const code = await popup.readCode();
  await look('linking');
  await back();
  await page.locator('.primary').wait();
  await look('linking-from-the-card');
  await page.locator('.primary').click();
  expect(await popup.readCode()).toBe(code);
  ana.refreshes = 1;
  await expect(ana.scan(code)).rejects.toThrow('another secret');
  await expect.poll(async () => ((await popup.codeInSight()) ?? code) !== code, { timeout: 5_000 }).toBe(true);
  await look('linking-scan-again');
  await page.locator('summary').click();
  await page.locator('#number').fill(`+${ana.number}`);
  await page.keyboard.press('Enter');
  await page.locator('.compared').wait();
  await look('linking-letters');
  whatsapp.server.linking.refreshCode(ana.number, true);
  await page.locator('.primary').wait();
  await look('linking-code-worn');
  await page.locator('.primary').click();
  await page.locator('.compared').wait();
  await ana.enterCode(await page.$eval('.compared', (shown) => shown.textContent ?? ''));
  await page.locator('.switch').wait();
  await look('connected-off');
  await page.locator('.switch').click();
  await page.locator('dialog[open]').wait();
  await look('first-switch-on');
  await page.locator('dialog .btn:nth-of-type(3)').click();
  await page.locator('.note[data-lit]').wait();
  await caio.write(ana, 'obrigado');
  await page.locator('.latest li').wait();
  await look('connected-on');
  await relay.client.ask('scope', { scope: 'listed' });
  await page.locator('.rows [data-wrong] .icon').wait();
  await look('nobody-chosen');
  await relay.client.ask('scope', { scope: 'everyone' });
  const model = await startFakeOpenAi({ key: 'another-key' });
  const backEnd = { adapter: 'openai-compatible', settings: { baseUrl: model.baseUrl, model: 'small' } };
  await relay.client.ask('agents.edit', { ...backEnd, key: 'wrong-key' });
  await caio.write(ana, 'tem bolo?');
  await page.locator('.rows [data-is="attention"]').wait();
  await look('key-refused');
  await relay.client.ask('agents.edit', { adapter: 'built-in', settings: {}, key: null });
  await page.locator('.note[data-lit]').wait();
  await page.locator('.icon-btn[aria-haspopup="menu"]').click();
  await page.locator('[role="menuitem"]:focus').wait();
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
  await page.locator('.causes li').wait();
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

  await relay.client.ask('agents.add', { name: LONG_NAME, adapter: 'built-in', settings: {} });
  await back();
  await page.locator('.agents').wait();
  await look('several-agents');
  await page.locator('.agents .btn').click();
  const second = await popup.readCode();
  await look('linking-one-of-several');
  await ana.scan(second);
  await page.locator('.note[role="alert"]').wait();
  await look('number-in-use');
  await relay.client.ask('agents.remove', { agent: LONG_NAME });
  await page.locator('.note[data-lit]').wait();
  ana.unlink();
  await page.locator('.status[data-is="offline"]').wait();
  await look('unlinked-on-phone');
  await relay.stop();
  await page.locator('.note[data-stale]').wait();
  await look('no-relay');
}

/** A preset that leads to each back end. */
const PRESET_OF: Readonly<Record<AdapterName, string>> = {
  'built-in': 'rules',
  'openai-compatible': 'other',
  anthropic: 'anthropic',
  gemini: 'gemini',
  sippulse: 'sippulse',
  dify: 'dify',
  flowise: 'flowise',
  webhook: 'webhook',
};

/** Every state of the options that is more than the page as it opens: menus, forms with what is wrong in them, a talk, questions. */
export async function walkOptions({ page }: PopupDriver, { relay }: ToolbarBench, look: Look): Promise<void> {
  const settings = { baseUrl: 'http://127.0.0.1:9/v1', model: 'small' };
  const { id } = await relay.client.ask<{ id: string }>('agents.add', {
    name: LONG_NAME,
    adapter: 'openai-compatible',
    settings,
    key: 'planted-key',
  });
  await page.locator('#agents .who li:nth-of-type(2)').wait();
  await look('options-page');
  await page.locator('#agents .who li:nth-of-type(2) [aria-haspopup]').click();
  await page.locator('[role="menuitem"]:focus').wait();
  await look('options-menu');
  await page.locator('[role="menuitem"].cut').click();
  await page.locator('dialog[open]').wait();
  await look('options-remove-agent');
  await page.locator('dialog [data-first]').click();
  await page.locator('#agents .who li:nth-of-type(2) [aria-haspopup]').click();
  await page.locator('[role="menuitem"]:nth-of-type(3)').click();
  await page.locator('#cost-dayMoney').fill('1');
  await page.locator('.costs [type="submit"]').click();
  await page.locator('.costs [role="alert"] svg').wait();
  await page.locator('#cost-dayMoney').fill('many');
  await page.locator('.costs [type="submit"]').click();
  await page.locator('.costs [aria-invalid="true"]').wait();
  await look('options-costs');
  await page.locator('.costs [type="button"]').click();
  await page.locator('#agents > .actions .btn, #agents .actions .btn').click();
  await page.locator('.presets button').wait();
  await look('options-presets');
  for (const [adapter, preset] of Object.entries(PRESET_OF)) {
    await page.locator(`[data-preset="${preset}"]`).click();
    await page.locator('#agent-name').fill('Recado');
    await page.locator('form button[type="submit"]').click();
    // Nothing is missing in the first, and its name is taken.
    await page.locator('form [aria-invalid="true"], form [role="alert"] svg').wait();
    await look(`options-form-${adapter}`);
    await page.locator('.chosen .btn').click();
  }
  await page.locator('.gallery .btn.quiet').click();
  await page.evaluate(`location.hash = 'agent=${id}&fault=key-refused'`);
  await page.locator('#agent-key').wait();
  await look('options-key');
  await page.locator('form .btn.quiet').click();
  await page.locator('#test input').fill('oi');
  await page.locator('#test button[type="submit"]').click();
  await page.locator('.talk [data-by="agent"]').wait();
  await look('options-talk');
  const questions = [
    ['options-remove-browser', '#browsers .list .btn'],
    ['options-forget-texts', '#data li:nth-of-type(2) .btn'],
    ['options-forget-all', '#data li:nth-of-type(3) .btn'],
  ] as const;
  for (const [name, button] of questions) {
    await page.locator(button).click();
    await page.locator('dialog[open]').wait();
    await look(name);
    await page.locator('dialog [data-first]').click();
    await page.waitForFunction(() => document.querySelector('dialog') === null);
  }
  await relay.client.ask('agents.remove', { agent: id });
  // A walk that begins at once would meet the agent that is just going.
  await page.waitForFunction(() => document.querySelector('#agents .who li:nth-of-type(2)') === null);
}

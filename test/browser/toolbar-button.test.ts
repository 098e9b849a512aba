/** The toolbar's button tells the truth while no popup is open: tooltip and badge as the browser itself has them. */
import { createServer } from 'node:net';
import { expect } from 'vitest';
import type { Chromium } from '../support/chromium.ts';
import { inChromium } from '../support/chromium.ts';
import { PopupDriver } from '../support/popup-driver.ts';
import { startRelayBench } from '../support/running-relay.ts';
import { startToolbar } from '../support/toolbar-bench.ts';

/** Within which a change is told while the connection stands. */
const AT_ONCE = { timeout: 2_000 };
/** Within which the background is back after the browser has ended it, or the relay after it was gone. */
const REVIVED = { timeout: 40_000 };

async function button({ background }: Chromium): Promise<unknown> {
  return (await background()).evaluate(
    '(async () => [await chrome.action.getTitle({}), await chrome.action.getBadgeText({})])()',
  );
}

inChromium('tooltip and badge follow the link and the switch while no popup is open (S23, S27)', async () => {
  const { popup, relay, whatsapp, chromium } = await startToolbar();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await popup.close();
  await expect.poll(() => button(chromium), AT_ONCE).toEqual(['Recado: Offline', '']);
  await relay.link('Recado', ana);
  await expect.poll(() => button(chromium), AT_ONCE).toEqual(['Recado: Conectado, Desligado', '']);
  await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
  await expect.poll(() => button(chromium), AT_ONCE).toEqual(['Recado: Conectado, Ligado', '']);
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  await caio.write(ana, 'quero falar com uma pessoa');
  const asking = ['Recado: Conectado, Ligado\n1 conversa pede você', '1'];
  await expect.poll(() => button(chromium), { timeout: 30_000 }).toEqual(asking);
  await relay.client.ask('chats.release', { agent: 'Recado', chat: '+5511988880001' });
  await expect.poll(() => button(chromium), AT_ONCE).toEqual(['Recado: Conectado, Ligado', '']);
  ana.unlink();
  await expect.poll(() => button(chromium), AT_ONCE).toEqual(['Recado: O número foi desconectado pelo celular.', '!']);
});

inChromium('a relay that is gone is not shown as if it were there, and is found when it is back', async () => {
  const { popup, relay, whatsapp, chromium } = await startToolbar();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await popup.close();
  await relay.link('Recado', ana);
  await expect.poll(() => button(chromium), AT_ONCE).toEqual(['Recado: Conectado, Desligado', '']);
  await relay.stop();
  await expect.poll(() => button(chromium), AT_ONCE).toEqual(['Recado: sem contato com o relay', '']);
  await startRelayBench(whatsapp, { home: relay.home, settings: { port: relay.port } });
  await expect.poll(() => button(chromium), REVIVED).toEqual(['Recado: Conectado, Desligado', '']);
});

inChromium('after a restart of the relay the popup and the toolbar are true together', async () => {
  const { popup, relay, whatsapp, chromium } = await startToolbar({ inTab: true });
  await relay.link('Recado', whatsapp.account({ number: '5511999990001', name: 'Ana' }));
  await popup.shows('Conectado com sucesso');
  await relay.stop();
  await popup.shows('Sem contato com o relay');
  // Tried so often, both wait for several seconds between two tries, each from a moment of its own.
  let tries = 0;
  const deaf = createServer((socket) => {
    tries += 1;
    socket.on('error', () => undefined).destroy();
  }).listen(relay.port, '127.0.0.1');
  await expect.poll(() => tries, { timeout: 60_000 }).toBeGreaterThan(8);
  await new Promise((resolve) => deaf.close(resolve));
  await startRelayBench(whatsapp, { home: relay.home, settings: { port: relay.port } });
  // A popup whose next try has just come needs no press.
  await popup.page.evaluate(() => document.querySelector<HTMLElement>('.primary')?.click());
  await popup.shows('Conectado com sucesso');
  await expect.poll(() => button(chromium), { timeout: 1_000 }).toEqual(['Recado: Conectado, Desligado', '']);
});

inChromium('a background that the browser has ended is back by itself, and right', async () => {
  const { popup, relay, chromium } = await startToolbar();
  await popup.close();
  await expect.poll(() => button(chromium), AT_ONCE).toEqual(['Recado: Offline', '']);
  await (await chromium.background()).close();
  await relay.client.ask('agents.edit', { agent: 'Recado', name: 'Loja' });
  await relay.client.ask('agents.add', { name: 'Aulas', adapter: 'built-in', settings: {} });
  await expect.poll(() => button(chromium), REVIVED).toEqual(['Loja: Offline\nAulas: Offline', '']);
});

inChromium('the menu asks about unlinking in the popup, and unlinks nothing by itself (S28)', async () => {
  const { popup, relay, whatsapp, chromium } = await startToolbar();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await relay.link('Recado', ana);
  await popup.shows('Conectado com sucesso');
  await popup.close();
  const { id } = await relay.status('Recado');
  // As the browser tells the extension of a chosen entry: no tool can open its menu.
  await (await chromium.background()).evaluate(
    `chrome.contextMenus.onClicked.dispatch({ menuItemId: '${id} unlink' })`,
  );
  const asked = new PopupDriver(await chromium.openedPopup());
  await asked.shows('Desconectar +55\u00a011\u00a099999\u20110001?');
  expect((await relay.status('Recado')).link.account).not.toBeNull();
});

inChromium('the menu switches off for an hour, and the popup says until when', async () => {
  const { popup, relay, whatsapp, chromium, reopen } = await startToolbar();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
  await popup.shows('O agente responde por você');
  await popup.close();
  const { id } = await relay.status('Recado');
  await (await chromium.background()).evaluate(
    `chrome.contextMenus.onClicked.dispatch({ menuItemId: '${id} off-hour' })`,
  );
  await expect.poll(async () => (await relay.status('Recado')).on, AT_ONCE).toBe(false);
  await (await reopen()).shows('só você responde', 'Depois liga sozinho', 'Mais 1 hora');
});

inChromium('the space bar flips the switch as soon as the popup is open', async () => {
  const { popup, relay, whatsapp, reopen } = await startToolbar();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
  await popup.close();
  const opened = await reopen();
  await opened.shows('O agente responde por você');
  await expect.poll(() => opened.page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('switch');
  await opened.page.keyboard.press('Space');
  await opened.shows('Só você responde');
});

inChromium('for ears: of several agents the one that changed is told, and linking says for whom', async () => {
  const { popup, relay, whatsapp } = await startToolbar();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const told = () => popup.page.$eval('.sr[role="status"]', (region) => region.textContent);
  await relay.link('Recado', ana);
  await relay.client.ask('agents.add', { name: 'Loja', adapter: 'built-in', settings: {} });
  await expect.poll(told).toContain('Loja: ');
  await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
  await expect.poll(told).toBe('Recado: Conectado. O agente responde por você.');
  await popup.click('Escanear QR Code');
  await expect.poll(() => popup.page.$eval('h1', (title) => title.textContent)).toBe('Escanear QR Code: Loja');
});

/** Why a number is not online, in the popup's words, and what is offered then: a scan only where it would help. */
import { expect } from 'vitest';
import { inChromium } from '../support/chromium.ts';
import { startToolbar } from '../support/toolbar-bench.ts';

inChromium(
  'replaced by another program: said so, and the connection can be taken back, without a new scan',
  async () => {
    const { popup, relay, whatsapp } = await startToolbar();
    const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
    await relay.link('Recado', ana);
    await popup.shows('Conectado com sucesso e recebendo mensagens.');
    whatsapp.endWith('replaced', ana);
    await popup.shows('Outro programa assumiu esta conexão', 'Retomar a conexão');
    await popup.hides('Escanear QR Code');
    await popup.click('Retomar a conexão');
    await popup.shows('Conectado com sucesso e recebendo mensagens.');
  },
);

inChromium('a temporary ban: until when, and no scan is offered', async () => {
  const { popup, relay, whatsapp } = await startToolbar({ settings: { backoffFirstSeconds: 0.05 } });
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await relay.link('Recado', ana);
  await popup.shows('Conectado com sucesso e recebendo mensagens.');
  whatsapp.faults.refuseLogins('402', { expire: 3_600 });
  whatsapp.cut(ana);
  await popup.shows('O WhatsApp suspendeu esta conta até', 'Escanear de novo não ajuda.');
  await popup.shows('Tentar agora');
  await popup.hides('Escanear QR Code');
});

inChromium.each([
  ['405', 'esta versão do Recado', 'Tentar de novo'],
  ['411', 'aparelhos conectados', 'Tentar de novo'],
  ['403', 'bloqueou', 'Tentar de novo'],
])(
  'a pairing that WhatsApp refuses with %s says why, and the button beside it tries again',
  async (reason, cause, again) => {
    const { popup, whatsapp } = await startToolbar();
    whatsapp.faults.refuseLogins(reason);
    await popup.click('Escanear QR Code');
    await popup.shows('Offline', cause, again);
    await popup.hides('Escanear QR Code');
    whatsapp.faults.clear();
    await popup.press('.primary', again);
    await popup.shows('QR Code gerado, aguardando escaneamento.');
    expect(await popup.readCode()).not.toBe('');
  },
);

inChromium('a window half as high: what does not fit scrolls, and the action stays in sight', async () => {
  const { chromium, popup, relay } = await startToolbar({ inTab: true });
  expect(chromium.extensionId).toMatch(/^[a-p]{32}$/);
  expect((await relay.status('Recado')).link.status).toBe('offline');
  await popup.page.setViewport({ width: 360, height: 280 });
  const box = await (await popup.page.waitForSelector('.primary'))?.boundingBox();
  expect(box && box.y >= 0 && box.y + box.height <= 280).toBe(true);
  expect(await popup.page.$eval('main', (main) => main.scrollHeight > main.clientHeight)).toBe(true);
  // An edge says that there is more, until the end.
  const below = () => popup.page.$eval('main', (main) => getComputedStyle(main).getPropertyValue('--below'));
  await expect.poll(below).toBe('28px');
  await popup.page.$eval('main', (main) => main.scrollTo(0, main.scrollHeight));
  await expect.poll(below).toBe('0px');
  await popup.page.setViewport({ width: 360, height: 900 });
  await expect.poll(below).toBe('0px');
});

inChromium(
  'with colours of the reader’s own the lit note is known by its border, and nothing moves where nothing may',
  async () => {
    const { popup, relay, whatsapp } = await startToolbar({ inTab: true });
    const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
    await relay.link('Recado', ana);
    await popup.shows('Desligado');
    const border = () => popup.page.$eval('.note', (note) => Number.parseFloat(getComputedStyle(note).borderTopWidth));
    const session = await popup.page.createCDPSession();
    await session.send('Emulation.setEmulatedMedia', {
      features: [
        { name: 'forced-colors', value: 'active' },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ],
    });
    const plain = await border();
    await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
    await popup.page.locator('.note[data-lit]').wait();
    expect(await border()).toBeGreaterThan(plain);
    whatsapp.faults.refuseLogins('503');
    whatsapp.cut(ana);
    await popup.page.locator('.status[data-is="reconnecting"]').wait();
    // What scrolls by itself moves nothing; all else would have a duration.
    const moving = await popup.page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ timeline }) => timeline === document.timeline)
        .map(({ effect }) => effect?.getComputedTiming().duration)
        .filter((duration) => duration !== 0),
    );
    expect(moving).toEqual([]);
  },
);

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
    await popup.shows('Outro programa assumiu esta conexão.', 'Retomar a conexão');
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

inChromium('a window half as high: what does not fit scrolls, and the action stays in sight', async () => {
  const { chromium, popup, relay } = await startToolbar({ inTab: true });
  expect(chromium.extensionId).toMatch(/^[a-p]{32}$/);
  expect((await relay.status('Recado')).link.status).toBe('offline');
  await popup.page.setViewport({ width: 360, height: 280 });
  const box = await (await popup.page.$('.act .primary'))?.boundingBox();
  expect(box && box.y >= 0 && box.y + box.height <= 280).toBe(true);
  expect(await popup.page.$eval('main', (main) => main.scrollHeight > main.clientHeight)).toBe(true);
});

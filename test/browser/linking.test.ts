/** The linking panel in the real popup: codes that run out, a panel that is closed, a number in use, an end on the phone. */
import { expect } from 'vitest';
import { barriersOf } from '../support/accessibility.ts';
import { inChromium } from '../support/chromium.ts';
import { beginPace } from '../support/machine-pace.ts';
import { startToolbar } from '../support/toolbar-bench.ts';

const NUMBER = '+55\u00a011\u00a099999\u20110001';
/** `codeChanged`: when the picture of the code is drawn anew, epoch milliseconds. */
const WATCH_CODE = `
  globalThis.codeChanged = new Promise((resolve) => {
    const path = document.querySelector('.qr path');
    new MutationObserver(() => resolve(Date.now())).observe(path, { attributes: true });
  });
  undefined`;
const IN_USE = 'Este número de telefone já está conectado a outro agente.';

inChromium('all ten codes pass unread, each a new one, and then the attempt has ended (S15–S18)', async () => {
  const { popup, relay } = await startToolbar({ settings: { qrSeconds: 1, qrGraceSeconds: 0.2 } });
  await popup.click('Escanear QR Code');
  const codes = new Set<string>();
  for (let number = 1; number <= 10; number++) {
    await popup.shows(`Código ${number} de 10`);
    const code = await popup.codeInSight();
    if (code !== null) codes.add(code);
  }
  // One may change while it is looked at; that they are ten different ones the relay's own scenes count.
  expect(codes.size).toBeGreaterThan(5);
  await popup.shows('Offline', 'Os QR Codes desta tentativa expiraram sem serem escaneados');
  expect(await popup.page.$('.qr')).toBeNull();
  expect((await relay.status('Recado')).link).not.toHaveProperty('qr');

  await popup.click('Escanear QR Code');
  await popup.shows('Código 1 de 10');
});

inChromium('where nothing can be scanned: letters that are typed into the phone, asked for in the panel', async () => {
  const { popup, whatsapp } = await startToolbar({ inTab: true });
  const { page } = popup;
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await popup.click('Escanear QR Code');
  await popup.readCode();
  await popup.click('Sem câmera? Use um código');
  await page.locator('#number').fill('011 9999');
  await page.keyboard.press('Enter');
  await popup.shows('Comece pelo código do país.');
  await page.locator('#number').fill('+55 11 99999-0001');
  await page.keyboard.press('Enter');
  await popup.shows(
    'Conectar com número de telefone',
    'Código pronto. Digite-o no WhatsApp do celular.',
    'Código 1 de 10',
  );
  expect(await barriersOf(page)).toEqual([]);
  const letters = await page.$eval('.compared', (shown) => shown.textContent ?? '');
  await ana.enterCode(letters);
  await popup.shows('Conectado', NUMBER);
});

inChromium(
  'WhatsApp asks for another secret: the code is drawn anew within 300 ms, it is said, and it links',
  async () => {
    const { popup, whatsapp } = await startToolbar({ inTab: true });
    const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
    await popup.click('Escanear QR Code');
    const first = await popup.readCode();
    ana.refreshes = 1;
    await expect(ana.scan(first)).rejects.toThrow('another secret');
    await popup.shows('O WhatsApp pediu um código novo: escaneie mais uma vez.', 'Código 1 de 10');
    expect(await popup.page.$eval('[role="status"]', (told) => told.textContent)).toContain('escaneie mais uma vez');
    expect(await barriersOf(popup.page)).toEqual([]);
    const took: number[] = [];
    const pace = beginPace();
    for (let time = 0; time < 5; time++) {
      await popup.page.evaluate(WATCH_CODE);
      const asked = Date.now();
      for (const connection of whatsapp.server.linking.waiting) whatsapp.server.linking.refresh(connection);
      took.push(Number(await popup.page.evaluate('codeChanged')) - asked);
    }
    // These machines have pauses of their own.
    expect(took.sort((one, other) => one - other)[2]).toBeLessThan(pace.within(300));
    const last = await popup.readCode();
    expect(last.split(',')[0]).toBe(first.split(',')[0]);
    expect(last).not.toBe(first);
    await ana.scan(last);
    await popup.shows('Conectado', NUMBER);
  },
);

inChromium('WhatsApp wants a person to ask for other letters: a button does', async () => {
  const { popup, whatsapp } = await startToolbar({ inTab: true });
  const { page } = popup;
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await popup.click('Escanear QR Code');
  await popup.readCode();
  await popup.click('Sem câmera? Use um código');
  await page.locator('#number').fill('+55 11 99999-0001');
  await page.keyboard.press('Enter');
  await popup.shows('Código pronto. Digite-o no WhatsApp do celular.');
  const worn = await page.$eval('.compared', (shown) => shown.textContent ?? '');
  whatsapp.server.linking.refreshCode(ana.number, true);
  await popup.shows('O código não vale mais. O WhatsApp quer que você peça outro.');
  expect(await barriersOf(page)).toEqual([]);
  await popup.click('Pedir outro código');
  await popup.shows('Código 2 de 10');
  const letters = await page.$eval('.compared', (shown) => shown.textContent ?? '');
  expect(letters).not.toBe(worn);
  await ana.enterCode(letters);
  await popup.shows('Conectado', NUMBER);
});

inChromium('a panel that was closed and reopened within its grace shows the same attempt by itself (S18)', async () => {
  const { popup, reopen, relay, whatsapp } = await startToolbar({ settings: { qrSeconds: 30 } });
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await popup.click('Escanear QR Code');
  const code = await popup.readCode();
  await popup.close();
  const again = await reopen();
  await again.shows('Código 1 de 10');
  expect(await again.readCode()).toBe(code);
  await ana.scan(code);
  await again.shows('Conectado', NUMBER);
  expect((await relay.status('Recado')).link.status).toBe('connected');
});

inChromium('a panel that stays closed ends the attempt: no code lives on (S18)', async () => {
  const { popup, reopen, relay } = await startToolbar({ settings: { qrSeconds: 30, panelGraceSeconds: 0.3 } });
  await popup.click('Escanear QR Code');
  await popup.readCode();
  await popup.close();
  await expect.poll(async () => (await relay.status('Recado')).link.status).toBe('offline');
  const again = await reopen();
  await again.shows('Offline', 'Escanear QR Code');
  expect(await again.page.$('.qr')).toBeNull();
});

inChromium('a panel that is closed after the scan changes nothing: linking ends well', async () => {
  const { popup, reopen, whatsapp, relay } = await startToolbar({ settings: { panelGraceSeconds: 0 } });
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await popup.click('Escanear QR Code');
  const code = await popup.readCode();
  await Promise.all([ana.scan(code), popup.close()]);
  await expect.poll(async () => (await relay.status('Recado')).link.status, { timeout: 60_000 }).toBe('connected');
  await (await reopen()).shows('Conectado', NUMBER, 'Desligado');
});

inChromium(
  'a number that another agent holds is refused in so many words, and that agent keeps it (S10, S11, S33)',
  async () => {
    const { popup, relay, whatsapp } = await startToolbar();
    const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
    await relay.link('Recado', ana);
    await relay.client.ask('agents.add', { name: 'Loja', adapter: 'built-in', settings: {} });
    await popup.shows('Nenhum dos 2 agentes responde agora', 'Um número por agente');
    await popup.click('Escanear QR Code');
    await ana.scan(await popup.readCode());
    await popup.shows(
      'Não deu para conectar',
      IN_USE,
      'Número de Telefone Já em Uso',
      `O agente Recado continua com ${NUMBER}`,
    );
    expect(await popup.page.$eval('[role="alert"] .truth', (truth) => truth.textContent)).toBe(IN_USE);
    expect((await relay.status('Recado')).link).toMatchObject({ status: 'connected', account: { number: ana.number } });
    await popup.click('Abrir Recado');
    await popup.shows('Conectado', NUMBER);
  },
);

inChromium('a number in use is handed over on the spot, without another scan', async () => {
  const { popup, relay, whatsapp } = await startToolbar();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await relay.link('Recado', ana);
  await relay.client.ask('agents.add', { name: 'Loja', adapter: 'built-in', settings: {} });
  await popup.click('Escanear QR Code');
  await ana.scan(await popup.readCode());
  await popup.shows(IN_USE);
  await popup.click('Passar o número para Loja');
  await popup.shows('Loja', 'Conectado', NUMBER, 'Desligado');
  expect((await relay.status('Loja')).link).toMatchObject({ status: 'connected', account: { number: ana.number } });
  expect((await relay.status('Recado')).link.account).toBeNull();
});

inChromium('unlinking on the phone is seen without a click (S29)', async () => {
  const { popup, relay, whatsapp } = await startToolbar();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await relay.link('Recado', ana);
  await popup.shows('Conectado', NUMBER);
  ana.unlink();
  await popup.shows('Offline', 'O número foi desconectado pelo celular', 'Escanear QR Code');
  await popup.hides(NUMBER);
});

inChromium('a linking begun in the Terminal is shown at once; who goes back finds its code on the card', async () => {
  const { popup, relay, whatsapp } = await startToolbar({ inTab: true });
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await popup.shows('Escanear QR Code');
  const linked = relay.client.ask('link', { agent: 'Recado' });
  await popup.shows('Código 1 de 10');
  const code = await popup.readCode();
  await popup.click('Voltar');
  await popup.shows('Conectando', 'Mostrar o código');
  expect(await popup.page.$('.qr')).toBeNull();
  expect(await barriersOf(popup.page)).toEqual([]);
  await popup.click('Mostrar o código');
  expect(await popup.readCode()).toBe(code);
  await ana.scan(code);
  await popup.shows('Conectado', NUMBER);
  expect(await linked).toMatchObject({ status: 'connected' });
});

inChromium(
  'a linking begun in the Terminal that asks for a passkey leads to the tab, from panel and card',
  async () => {
    const { popup, relay, whatsapp, chromium } = await startToolbar({ inTab: true });
    const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
    ana.needsPasskey = true;
    relay.client.ask('link', { agent: 'Recado' }).catch(() => undefined);
    const scanned = ana.scan(await popup.readCode());
    scanned.catch(() => undefined);
    await popup.shows('O WhatsApp pede mais um passo, no navegador: uma chave de acesso.', 'Continuar numa aba');
    await popup.click('Voltar');
    await popup.shows('Conectando', 'Continuar numa aba');
    expect(
      await popup.page.$$eval('.note-act .btn', (buttons) => buttons.map(({ textContent }) => textContent)),
    ).toEqual(['Continuar numa aba']);
    await popup.click('Continuar numa aba');
    await chromium.browser.waitForTarget((each) => each.url().includes('/passkey.html'), { timeout: 60_000 });
  },
);

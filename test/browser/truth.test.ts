/** What the popup shows is true: a relay that is gone, another one in its place, a lost connection, other windows, other pages. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import * as v from 'valibot';
import { expect, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { barriersOf } from '../support/accessibility.ts';
import { inChromium, startChromium } from '../support/chromium.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { PopupDriver } from '../support/popup-driver.ts';
import { startRelayProcess } from '../support/relay-process.ts';
import { startRelayBench } from '../support/running-relay.ts';
import { codeOf, startToolbar } from '../support/toolbar-bench.ts';

const NUMBER = '+55\u00a011\u00a099999\u20110001';

inChromium(
  'a relay that stops under an open popup is said to be gone, what was is past, and it comes back by itself',
  async () => {
    const { popup, relay, whatsapp } = await startToolbar();
    const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
    await relay.link('Recado', ana);
    await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
    await popup.shows('O agente responde por você');
    await relay.stop();
    await popup.shows(
      'Sem contato com o relay',
      'Não dá para saber como está agora',
      'Última situação conhecida',
      NUMBER,
    );
    // The past has nothing to press, and is not lit.
    expect(await popup.page.$('input[role="switch"]')).toBeNull();
    expect(await popup.page.$('[data-lit]')).toBeNull();

    await startRelayBench(whatsapp, { home: relay.home, settings: { port: relay.port } });
    await popup.shows('O agente responde por você', 'Conectado', NUMBER);
  },
);

inChromium(
  'a line that falls is told as such, the switch stays, and help is offered when it falls again and again (S27, S34)',
  async () => {
    const { popup, relay, whatsapp } = await startToolbar({ settings: { backoffFirstSeconds: 2 } });
    const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
    await relay.link('Recado', ana);
    await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
    await popup.shows('O agente responde por você');
    whatsapp.cut(ana);
    await popup.shows('Reconectando', 'Conexão perdida, tentando restaurar automaticamente.', 'Agora só você responde');
    await popup.shows('Depois responde ao que for recente');
    await popup.hides('Conectado com sucesso');
    expect(await popup.page.$('[data-lit]')).toBeNull();
    expect(await popup.text()).not.toContain('Conexão Fica Reconectando');
    for (let fall = 2; fall <= 3; fall++) {
      await popup.shows('Conectado com sucesso e recebendo mensagens.');
      whatsapp.cut(ana);
      await popup.shows('Conexão perdida, tentando restaurar automaticamente.');
    }
    await popup.shows(
      'Conexão Fica Reconectando',
      'Caiu 3 vezes na última hora',
      'Veja se o celular está com internet',
      'Deixe o WhatsApp rodando em segundo plano',
      'Desconecte e escaneie o QR Code de novo',
      'Feche e abra o WhatsApp no celular',
    );
  },
);

inChromium('a second window and a second browser show the same, and the switch of one moves the other', async () => {
  const { relay, whatsapp, chromium, reopen } = await startToolbar();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
  const tab = await chromium.browser.newPage();
  await tab.goto(`chrome-extension://${chromium.extensionId}/popup.html`);
  const other = await startChromium();
  const second = new PopupDriver(await other.openPopup());
  // A browser that was never paired, or was installed anew, has one clear screen with a way in.
  await second.shows('Um agente responde no seu WhatsApp', 'Começar');
  await second.byCode();
  await second.shows('Primeiro, ligue o relay');
  await second.pair(await codeOf(relay), relay.port);
  await second.shows('O agente responde por você');
  await second.flip();
  await second.shows('Só você responde');
  await new PopupDriver(tab).shows('Só você responde', 'Desligado');
  await tab.close();
  await (await reopen()).shows('Só você responde', 'Desligado');
});

inChromium('a browser that was removed is told so, and can pair again', async () => {
  const { popup, relay } = await startToolbar();
  const { clients } = await relay.client.ask<{ clients: { id: string }[] }>('clients.list');
  await relay.client.ask('clients.revoke', { client: clients[0]?.id });
  await popup.shows('O relay não reconhece mais este navegador. Pareie de novo.');
  await popup.pair(await codeOf(relay), relay.port);
  await popup.shows('Nenhum número conectado');
});

inChromium('another program on the port is told nothing, and is not taken for the relay', async () => {
  const { popup, relay, reopen } = await startToolbar();
  await popup.shows('Nenhum número conectado');
  await relay.stop();
  const heard: string[] = [];
  const stranger = new WebSocketServer({ port: relay.port, host: '127.0.0.1' });
  onTestFinished(() => stranger.close());
  stranger.on('connection', (socket) => {
    socket.on('message', (data) => {
      heard.push(String(data));
      const nonce = 'A'.repeat(43);
      socket.send(JSON.stringify({ type: 'challenge', nonce, signature: 'A'.repeat(86) }));
    });
  });
  await once(stranger, 'listening');
  await popup.shows('Este relay não é o que você pareou. Nada foi enviado a ele.');
  await popup.close();
  await (await reopen()).shows('Este relay não é o que você pareou. Nada foi enviado a ele.');
  // Who the browser is to its relay, and that it wants a code: nothing that is worth anything elsewhere.
  const told = { hello: ['type', 'version', 'clientId', 'nonce'], 'ask-code': ['type', 'version'] } as const;
  for (const frame of heard.map((text) => JSON.parse(text) as { readonly type: keyof typeof told }))
    expect(new Set(Object.keys(frame))).toEqual(new Set(told[frame.type]));
});

inChromium('a page of another origin gets nothing from the relay, over WebSocket or HTTP', async () => {
  const { relay, chromium } = await startToolbar();
  const site = createServer((_request, response) => response.end('<!doctype html><title>evil</title>'));
  site.listen(0, '127.0.0.1');
  onTestFinished(() => void site.close());
  await once(site, 'listening');
  const address = site.address();
  if (typeof address !== 'object' || !address) throw new Error('the site has no port');
  const page = await chromium.browser.newPage();
  await page.goto(`http://localhost:${address.port}/`);
  const tried = await page.evaluate(async (port) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/wire`);
    const opened = await new Promise((resolve) => {
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    });
    const read = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (response) => response.text(),
      () => 'refused',
    );
    return [opened, read];
  }, relay.port);
  expect(tried).toEqual(['refused', 'refused']);
});

inChromium('a switch that the relay does not confirm within three seconds goes back and says why', async () => {
  const whatsapp = await loopbackWhatsApp();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const relay = await startRelayProcess(whatsapp);
  const started = v.parse(v.object({ port: v.number() }), relay.relay.lines[0]);
  const link = relay.begin('link', '--json');
  await whatsapp.until(() => link.lines.some(({ event }) => event === 'qr'), 'a code was shown');
  await ana.scan(String(link.lines.find(({ event }) => event === 'qr')?.text));
  await link.ended();
  await relay.recado('on', '--answer', 'everyone');
  const { out } = await relay.recado('pair', '--json');
  const { code } = v.parse(v.object({ code: v.string() }), JSON.parse(out));
  const chromium = await startChromium();
  const popup = new PopupDriver(await chromium.openPopup());
  await popup.pair(code, started.port);
  await popup.shows('O agente responde por você');

  relay.relay.child.kill('SIGSTOP');
  await popup.flip();
  await popup.page.locator('input[role="switch"][aria-busy="true"]').wait();
  await popup.shows('O relay não confirmou a mudança em 3 segundos.');
  expect(await popup.isOn()).toBe(true);
  expect(await barriersOf(popup.page)).toEqual([]);
  // A relay that says nothing at all is not shown as if it did, and a command does not wait for it.
  await popup.shows('Não dá para saber como está agora');
  const asked = await relay.recado('status', '--json');
  expect(asked).toMatchObject({ code: 3 });
  expect(JSON.parse(asked.out)).toMatchObject({ error: { code: 'relay-silent' } });
  // Awake again it does what it was asked, and the popup follows.
  relay.relay.child.kill('SIGCONT');
  await popup.shows('Só você responde', 'Desligado');
});

inChromium("a limit of the day switches off, says so, and a person's switch is what brings it back", async () => {
  const { popup, relay, whatsapp } = await startToolbar({ settings: { dailyAnswers: 1 } });
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
  await caio.write(ana, 'obrigado');
  await expect.poll(() => caio.received.length, { timeout: 60_000 }).toBe(1);
  await popup.shows('Só você responde', '1 de 1 respostas hoje', 'Desligou sozinho às', 'Continuar hoje sem limite');
  await popup.flip();
  await popup.shows('O agente responde por você');
});

inChromium('another number begins off and asks who is answered, in the popup too', async () => {
  const { popup, relay, whatsapp } = await startToolbar();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const bia = whatsapp.account({ number: '5511999990002', name: 'Bia' });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
  await popup.shows('O agente responde por você');
  ana.unlink();
  await popup.shows('Nenhum número conectado');
  await relay.link('Recado', ana);
  await popup.shows('Só você responde', 'Desligado desde que o número saiu');
  await relay.client.ask('unlink', { agent: 'Recado' });
  await relay.link('Recado', bia);
  await popup.shows('Só você responde', 'Ainda não foi ligado');
  await popup.flip();
  await popup.shows('A quem o agente responde?');
});

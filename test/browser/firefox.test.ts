/** The main scene once more, in a real Firefox. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { expect } from 'vitest';
import { startFakeOpenAi } from '../support/fake-openai.ts';
import { inFirefox, startFirefox } from '../support/firefox.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { PopupDriver } from '../support/popup-driver.ts';
import { startRelayBench } from '../support/running-relay.ts';
import { codeOf } from '../support/toolbar-bench.ts';

const ManifestSchema = v.object({ browser_specific_settings: v.object({ gecko: v.object({ id: v.string() }) }) });
const MANIFEST = path.join(import.meta.dirname, '..', '..', '.output', 'firefox-mv2', 'manifest.json');

inFirefox('in Firefox: pair, scan, answer, off, on, unlink (S12–S14, S19, S23–S28)', async () => {
  const manifest = v.parse(ManifestSchema, JSON.parse(readFileSync(MANIFEST, 'utf8')));
  const whatsapp = await loopbackWhatsApp();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  const model = await startFakeOpenAi();
  model.reply(() => 'Abrimos às nove.');
  const relay = await startRelayBench(whatsapp);
  await relay.client.ask('agents.edit', {
    agent: 'Recado',
    adapter: 'openai-compatible',
    settings: { baseUrl: model.baseUrl, model: 'small' },
  });
  const firefox = await startFirefox(manifest.browser_specific_settings.gecko.id);
  const popup = new PopupDriver(await firefox.openPopup());

  await popup.shows('Primeiro, ligue o relay');
  await popup.pair(await codeOf(relay), relay.port);
  await popup.shows('Offline', 'Não conectado. Clique em "Escanear QR Code" para conectar.');
  await popup.page.locator('.act .primary').click();
  await popup.shows('Código 1 de 10', 'QR Code gerado, aguardando escaneamento.');
  await ana.scan(await popup.readCode());
  await popup.shows('Conectado com sucesso e recebendo mensagens.', 'Desligado');

  await popup.flip();
  await popup.page.locator('dialog .btn:nth-of-type(2)').click();
  await popup.shows('O agente responde por você', 'Ligado');
  await caio.write(ana, 'A que horas abrem?');
  await expect.poll(() => caio.received.map(({ text }) => text), { timeout: 20_000 }).toEqual(['Abrimos às nove.']);
  await popup.flip();
  await popup.shows('Só você responde', 'Desligado');
  await caio.write(ana, 'E no domingo?');
  await popup.shows('Mensagens ignoradas: 1.');
  expect(model.chats).toHaveLength(1);
  await popup.flip();
  await popup.shows('O agente responde por você');

  await popup.page.locator('.icon-btn[aria-haspopup="menu"]').click();
  await popup.page.locator('[role="menuitem"].cut').click();
  await popup.page.locator('dialog .danger').click();
  await popup.shows('Offline', 'O número foi desconectado aqui.');
});

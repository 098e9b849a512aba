/** The whole product from the toolbar: the real popup in a real Chromium, the real relay, and a WhatsApp on loopback. */
import { expect } from 'vitest';
import type { Person } from '../simulator/people/person.ts';
import { inChromium, startChromium } from '../support/chromium.ts';
import { startFakeOpenAi } from '../support/fake-openai.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { PopupDriver } from '../support/popup-driver.ts';
import { startRelayBench } from '../support/running-relay.ts';
import { codeOf } from '../support/toolbar-bench.ts';

inChromium(
  'pair, scan, answer, off, on, unlink: all of it from the toolbar (S1–S3, S9, S12–S14, S19, S23–S28)',
  async () => {
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
    const chromium = await startChromium();
    const popup = new PopupDriver(await chromium.openPopup());

    await popup.shows('Primeiro, ligue o relay');
    await popup.pair(await codeOf(relay), relay.port);
    await popup.shows(
      'WhatsApp Pessoal',
      'Recurso Beta',
      'Offline',
      'Não conectado. Clique em "Escanear QR Code" para conectar.',
      'Importante: Use um Número Dedicado',
      'família e trabalho incluídos',
      'biblioteca não oficial',
    );

    await popup.click('Escanear QR Code');
    await popup.shows('Configurações', 'Aparelhos Conectados', 'Conectar um aparelho', 'Código 1 de 10');
    await popup.shows('Conectando', 'QR Code gerado, aguardando escaneamento.');
    await ana.scan(await popup.readCode());
    await popup.shows(
      '+55\u00a011\u00a099999\u20110001',
      'Conectado',
      'Conectado com sucesso e recebendo mensagens.',
      'Desligado',
    );
    await popup.hides('QR Code gerado');

    // The first time asks who is answered.
    await popup.flip();
    await popup.click('Todos que escreverem');
    await popup.shows('O agente responde por você', 'Ligado', 'Responde na hora');
    await caio.write(ana, 'A que horas abrem?');
    await answered(caio, ['Abrimos às nove.']);
    await expect.poll(() => today(popup)).toEqual(['1', '1', '46']);

    await popup.flip();
    await popup.shows('Só você responde', 'Desligado', 'Ignora tudo e não gasta tokens');
    await caio.write(ana, 'E no domingo?');
    await popup.shows('Mensagens ignoradas: 1.');
    expect(model.chats).toHaveLength(1);

    await popup.flip();
    await popup.shows('O agente responde por você');
    await caio.write(ana, 'Obrigado');
    await answered(caio, ['Abrimos às nove.', 'Abrimos às nove.']);

    await popup.click('Mais opções');
    await popup.click('Desconectar');
    await popup.shows('Desconectar +55\u00a011\u00a099999\u20110001?');
    expect((await relay.status('Recado')).link.account).not.toBeNull();
    await popup.click('Desconectar');
    await popup.shows('Offline', 'O número foi desconectado aqui.');
    expect((await relay.status('Recado')).link.account).toBeNull();
  },
);

async function answered(person: Person, texts: readonly string[]): Promise<void> {
  await expect.poll(() => person.received.map(({ text }) => text), { timeout: 20_000 }).toEqual(texts);
}

/** Messages, answers and tokens as they stand on the card. */
function today({ page }: PopupDriver): Promise<readonly string[]> {
  return page.$$eval('.today dd', (counts) => counts.map(({ textContent }) => textContent ?? ''));
}

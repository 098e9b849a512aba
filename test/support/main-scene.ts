/** The main scene, whatever the browser: from the first code to the last click, by the words on the screen. */
import { expect } from 'vitest';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { type FakeOpenAi, startFakeOpenAi } from './fake-openai.ts';
import { loopbackWhatsApp } from './loopback-whatsapp.ts';
import type { PopupDriver } from './popup-driver.ts';
import { type RelayBench, startRelayBench } from './running-relay.ts';
import { codeOf } from './toolbar-bench.ts';

export type MainStage = { readonly whatsapp: WhatsApp; readonly relay: RelayBench; readonly model: FakeOpenAi };

const NUMBER = '+55\u00a011\u00a099999\u20110001';

/** A relay whose only agent is a model. */
export async function setMainStage(): Promise<MainStage> {
  const whatsapp = await loopbackWhatsApp();
  const model = await startFakeOpenAi();
  model.reply(() => 'Abrimos às nove.');
  const relay = await startRelayBench(whatsapp);
  await relay.client.ask('agents.edit', {
    agent: 'Recado',
    adapter: 'openai-compatible',
    settings: { baseUrl: model.baseUrl, model: 'small' },
  });
  return { whatsapp, relay, model };
}

export async function playMainScene(popup: PopupDriver, { whatsapp, relay, model }: MainStage): Promise<void> {
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });

  await popup.shows('Um agente responde no seu WhatsApp', 'Começar');
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

  await popup.press('.primary', 'Escanear QR Code');
  await popup.shows('Configurações', 'Aparelhos Conectados', 'Conectar um aparelho', 'Código 1 de 10');
  await popup.shows('Conectando', 'QR Code gerado, aguardando escaneamento.');
  await ana.scan(await popup.readCode());
  await popup.shows(NUMBER, 'Conectado', 'Conectado com sucesso e recebendo mensagens.', 'Desligado');
  await popup.hides('QR Code gerado');

  // The first time asks who is answered.
  await popup.flip();
  await popup.press('dialog .btn:nth-of-type(3)', 'Todos que escreverem');
  await popup.shows('O agente responde por você', 'Ligado', 'Ninguém escreveu ainda');
  await caio.write(ana, 'A que horas abrem?');
  await answered(caio, ['Abrimos às nove.']);
  await popup.shows('~Caio', 'Respondida às', '1 mensagem, 1 resposta hoje', '46 tokens');

  await popup.flip();
  await popup.shows('Só você responde', 'Desligado', 'Nada é guardado nem respondido depois');
  await caio.write(ana, 'E no domingo?');
  await popup.shows('1 ignorada, nada guardado');
  expect(model.chats).toHaveLength(1);

  await popup.flip();
  await popup.shows('O agente responde por você');
  model.reply(() => 'De nada.');
  await caio.write(ana, 'Obrigado');
  await answered(caio, ['Abrimos às nove.', 'De nada.']);

  await popup.press('.icon-btn[aria-haspopup="menu"]', '');
  await popup.press('[role="menuitem"].cut', 'Desconectar');
  await popup.shows(`Desconectar ${NUMBER}?`);
  expect((await relay.status('Recado')).link.account).not.toBeNull();
  await popup.press('dialog .danger', 'Desconectar');
  await popup.shows('Offline', 'O número foi desconectado aqui');
  expect((await relay.status('Recado')).link.account).toBeNull();
}

async function answered(person: Person, texts: readonly string[]): Promise<void> {
  await expect.poll(() => person.received.map(({ text }) => text), { timeout: 60_000 }).toEqual(texts);
}

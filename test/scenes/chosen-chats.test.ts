/** Only chosen chats are answered, and a person can be chosen before they have ever written. */
import { beforeEach, expect, test } from 'vitest';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { startRelayBench } from '../support/running-relay.ts';

let whatsapp: WhatsApp;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
});

test.each(['lid', 'pn'] as const)(
  'a number on the list is answered however its messages are addressed (%s), a stranger never',
  async (addressing) => {
    const relay = await startRelayBench(whatsapp);
    const ana = whatsapp.account({ number: '5511999990001' });
    const caio = whatsapp.contact({ number: '5511988880001', addressing });
    const davi = whatsapp.contact({ number: '5511988880002', addressing });
    await relay.client.ask('agents.edit', {
      settings: {
        away: '',
        greeting: '',
        rules: ['mais', 'pergunta'].map((word) => ({ words: [word], answer: `resposta: ${word}` })),
      },
    });
    await relay.client.ask('chats.rule', { chat: '+55 11 98888-0001', rule: 'answer' });
    await relay.link('Recado', ana);
    await relay.client.ask('switch', { on: true, scope: 'listed' });
    await davi.write(ana, 'pergunta de um desconhecido');
    await caio.write(ana, 'pergunta');
    await whatsapp.until(() => caio.received.length === 1, 'the chosen one was answered');
    await davi.write(ana, 'outra pergunta');
    await caio.write(ana, 'mais uma pergunta');
    await whatsapp.until(() => caio.received.length === 2, 'and again');
    expect(davi.received).toEqual([]);
    const { chats } = await relay.client.ask<{ chats: { chatId: string; rule: string | null }[] }>('chats.list');
    expect(chats.map(({ rule }) => rule).sort()).toEqual(['answer', null]);
  },
);

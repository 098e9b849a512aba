/** WhatsApp dates in whole seconds: within one, who wrote last is told by the order in which it delivers. */
import { expect, test } from 'vitest';
import { SecondOrder } from '../../relay/whatsapp/messages/second-order.ts';
import type { ChatId } from '../../shared/contract/chat.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { startRelayBench } from '../support/running-relay.ts';

test('where nothing is held, the last word of a second decides whether there is an answer', async () => {
  const whatsapp = await loopbackWhatsApp();
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const [caio, davi] = ['1', '2'].map((end) => whatsapp.contact({ number: `551198888000${end}` }));
  if (!caio || !davi) throw new Error('nobody writes');
  const relay = await startRelayBench(whatsapp, { settings: { takeoverMinutes: 0 } });
  await relay.link('Recado', ana);
  const settings = { away: '', greeting: '', rules: [{ words: ['preço'], answer: 'dez reais' }] };
  await relay.client.ask('agents.edit', { settings });
  await relay.client.ask('switch', { on: true, scope: 'everyone' });

  const sentAt = Date.now();
  await davi.write(ana, 'qual o preço?', { sentAt });
  await ana.write(davi, 'dez', { sentAt });
  await ana.write(caio, 'oi', { sentAt });
  await caio.write(ana, 'oi, e o preço?', { sentAt });
  const answers = () => caio.received.filter(({ text }) => text !== 'oi');
  await whatsapp.until(() => answers().length === 1, 'whose word was the last has an answer');
  const { outcomes } = await relay.client.ask<{ outcomes: { outcome: string }[] }>('outcomes.list');
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['answered', 'owner-wrote']);
  expect(davi.received.map(({ text }) => text)).toEqual(['dez']);
});

test('messages of one second are dated one after the other, chat by chat, and never into the next second', () => {
  const order = new SecondOrder();
  const [one, other] = ['1@lid', '2@lid'] as ChatId[] as [ChatId, ChatId];
  const dates = [5_000, 5_000, 5_000, 6_000].map((at) => order.dateOf(one, at));
  expect(dates).toEqual([5_000, 5_001, 5_002, 6_000]);
  expect(order.dateOf(other, 5_000)).toBe(5_000);
  const many = Array.from({ length: 3_000 }, () => order.dateOf(other, 7_000));
  expect(Math.max(...many)).toBe(7_998);
});

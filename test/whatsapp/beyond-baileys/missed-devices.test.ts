/** Contacts whose devices change: a new one, and a phone on which WhatsApp was installed anew. */
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { ChatId } from '../../../shared/contract/chat.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { type Bench, linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { linkStock, stockClient } from '../../support/stock-baileys.ts';

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
});

let sent = 0;
async function answer({ session }: Bench, text: string): Promise<void> {
  sent += 1;
  const messageId = `3EB0${String(sent).padStart(18, '0')}`;
  const chatId = caio.phone.address('lid') as ChatId;
  expect(await session.outgoing.send({ chatId, messageId, text }, { signal: new AbortController().signal })).toEqual({
    type: 'acked',
  });
}

const textsOf = ({ messages }: ReturnType<typeof stockClient>) =>
  messages.flatMap(({ message }) => message?.conversation ?? message?.extendedTextMessage?.text ?? []);

test('stock Baileys goes on with the devices that it knows, though WhatsApp says that one was missed', async () => {
  const client = stockClient(whatsapp);
  const desktop = stockClient(whatsapp);
  onTestFinished(() => {
    client.end();
    desktop.end();
  });
  await linkStock(whatsapp, client, ana);
  const to = caio.phone.address('lid');
  await client.socket.sendMessage(to, { text: 'um' });
  await linkStock(whatsapp, desktop, caio);
  await client.socket.sendMessage(to, { text: 'dois' });
  await client.socket.sendMessage(to, { text: 'três' });
  await whatsapp.until(() => caio.received.length === 3, 'the phone has them');
  expect(textsOf(desktop)).toEqual([]);
});

test("a contact's new device is missed once at most", async () => {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  await answer(bench, 'um');
  const desktop = stockClient(whatsapp);
  onTestFinished(() => desktop.end());
  await linkStock(whatsapp, desktop, caio);
  await answer(bench, 'dois');
  await answer(bench, 'três');
  await whatsapp.until(() => textsOf(desktop).includes('três'), 'the new device has it');
  expect(caio.received.map(({ text }) => text)).toEqual(['um', 'dois', 'três']);
});

test.each(['told', 'not told'] as const)(
  'a contact who has installed WhatsApp anew reads the answer, once, whether the relay was told (%s)',
  async (told) => {
    const bench = await startBench(whatsapp);
    await linkTo(whatsapp, bench, ana);
    await answer(bench, 'um');
    await whatsapp.until(() => caio.received.length === 1, 'the first arrived');
    caio.reinstall(told === 'told' ? [ana] : []);
    await answer(bench, 'dois');
    await whatsapp.until(() => caio.received.length === 2, 'the second arrived');
    await caio.write(ana, 'oi');
    await whatsapp.until(() => bench.taken.some(({ text }) => text === 'oi'), 'the contact can write too');
    await answer(bench, 'três');
    await whatsapp.until(() => caio.received.length === 3, 'the third arrived');
    expect(caio.received.map(({ text, copies }) => [text, copies])).toEqual([
      ['um', 1],
      ['dois', 1],
      ['três', 1],
    ]);
  },
);

/** A text is asked in its last moment whether it may leave, however long what comes before has taken. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { systemRandom } from '../../../relay/clock.ts';
import { newMessageId } from '../../../relay/whatsapp/socket/sending.ts';
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

const chatId = (): ChatId => `${caio.user.lid}@lid` as ChatId;
const answer = () => ({ chatId: chatId(), messageId: newMessageId(systemRandom), text: 'olá' });

async function linked(): Promise<Bench> {
  const bench = await startBench(whatsapp);
  await linkTo(whatsapp, bench, ana);
  await caio.write(ana, 'oi');
  await whatsapp.until(() => bench.taken.length === 1, 'the message was taken in');
  return bench;
}

test('stock Baileys sends what it was asked to, however late, and can only be cut', async () => {
  const client = stockClient(whatsapp);
  onTestFinished(() => client.end());
  await linkStock(whatsapp, client, ana);
  whatsapp.faults.answerDelayMs = 300;
  const sending = client.socket.sendMessage(chatId(), { text: 'olá' });
  expect(Object.keys(sending)).toEqual([]);
  await sending;
  await whatsapp.until(() => caio.received.length === 1, 'it left after its look-up');
});

test('what may leave leaves, and is asked once, with nothing on the wire before', async () => {
  const bench = await linked();
  const seen: number[] = [];
  const signal = new AbortController().signal;
  const mayLeave = (): boolean => {
    seen.push(whatsapp.recorded.sends.length);
    return true;
  };
  expect(await bench.session.outgoing.send(answer(), { signal, mayLeave })).toEqual({ type: 'acked' });
  expect(seen).toEqual([0]);
});

test('what may not leave any more when its look-up has ended does not', async () => {
  const bench = await linked();
  whatsapp.faults.answerDelayMs = 300;
  const signal = new AbortController().signal;
  expect(await bench.session.outgoing.send(answer(), { signal, mayLeave: () => false })).toEqual({ type: 'withdrawn' });
  whatsapp.faults.answerDelayMs = 0;
  expect(await bench.session.outgoing.send(answer(), { signal })).toEqual({ type: 'acked' });
  await whatsapp.until(() => caio.received.length === 1, 'the next one arrived');
  expect(whatsapp.recorded.sends).toHaveLength(1);
  expect(caio.undecryptable).toEqual([]);
});

test('what is taken back while its look-up hangs is withdrawn at once, and never leaves', async () => {
  const bench = await linked();
  whatsapp.faults.answerDelayMs = 500;
  const withdrawal = new AbortController();
  const signal = new AbortController().signal;
  const sending = bench.session.outgoing.send(answer(), { signal, withdrawal: withdrawal.signal });
  await nextTurn();
  withdrawal.abort();
  expect(await sending).toEqual({ type: 'withdrawn' });
  whatsapp.faults.answerDelayMs = 0;
  expect(await bench.session.outgoing.prepare(chatId())).toBe(true);
  expect(await bench.session.outgoing.send(answer(), { signal })).toEqual({ type: 'acked' });
  expect(whatsapp.recorded.sends).toHaveLength(1);
});

test('what has left is not taken back: its acknowledgement is waited for', async () => {
  const bench = await linked();
  whatsapp.faults.withholdAcks = true;
  const withdrawal = new AbortController();
  const sending = bench.session.outgoing.send(answer(), {
    signal: new AbortController().signal,
    withdrawal: withdrawal.signal,
  });
  await whatsapp.until(() => whatsapp.recorded.sends.length === 1, 'it left');
  withdrawal.abort();
  expect(await sending).toEqual({ type: 'unconfirmed' });
});

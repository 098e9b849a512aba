/** Only where the owner does not answer, on the whole relay: what a reading at the phone changes, and the owner's two words about it. */
import { beforeEach, expect, test } from 'vitest';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';

const MINUTE = 60_000;

let whatsapp: WhatsApp;
let relay: RelayBench;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  relay = await startRelayBench(whatsapp, { settings: { paceSeconds: 0 } });
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  await relay.client.ask('agents.edit', { settings: { away: '', greeting: 'olá' } });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
  expect(await relay.client.ask('owner-first', { minutes: 10 })).toMatchObject({ ownerMinutes: 10 });
});

type Standing = { chat: string; answersAt: number | null; heldUntil: number | null; outcome: string | null };

async function standing(): Promise<Standing | undefined> {
  const { agents } = await relay.client.ask<{ agents: { recent: Standing[] }[] }>('status');
  return agents[0]?.recent[0];
}

/** What was said waits for the owner. */
async function awaited(): Promise<{ readonly id: string; readonly answersAt: number; readonly chat: string }> {
  const { id } = await caio.write(ana, 'oi');
  await expect.poll(async () => (await standing())?.answersAt, { timeout: 30_000 }).toEqual(expect.any(Number));
  const { answersAt, chat } = (await standing()) ?? {};
  return { id, answersAt: answersAt ?? 0, chat: chat ?? '' };
}

test.each([
  ['is told of it', true],
  ['is not', false],
])('a reading at the phone gives the owner their time anew; whoever wrote %s', async (_whom, shows) => {
  ana.showsReads = shows;
  const { id, answersAt } = await awaited();
  expect(answersAt).toBeGreaterThan(Date.now() + 9 * MINUTE);
  await whatsapp.until(() => ana.received.length === 1, 'the phone has it');
  const before = Date.now();
  ana.showMessage(id);
  await expect.poll(async () => (await standing())?.answersAt, { timeout: 30_000 }).toBeGreaterThan(answersAt);
  expect((await standing())?.answersAt).toBeGreaterThanOrEqual(before + 10 * MINUTE - 1_000);
  const told = () => caio.receipts.some(({ type }) => type === 'read');
  if (shows) await whatsapp.until(told, 'Caio was told');
  expect(caio.receipts.filter(({ type }) => type === 'read')).toHaveLength(shows ? 1 : 0);
});

test('what Caio reads is nobody’s reading but his', async () => {
  await relay.client.ask('owner-first', { minutes: 0 });
  await caio.write(ana, 'oi');
  await whatsapp.until(() => caio.received.length === 1, 'he was answered');
  await relay.client.ask('owner-first', { minutes: 10 });
  const { answersAt } = await awaited();
  caio.showMessage(caio.received[0]?.id ?? '');
  await whatsapp.until(
    () => whatsapp.recorded.receipts.some(({ number, type }) => number === caio.number && type === 'read'),
    'his reading is out',
  );
  await ana.write(whatsapp.contact({ number: '5511988880002' }), 'something else');
  expect(Math.abs(((await standing())?.answersAt ?? 0) - answersAt)).toBeLessThan(1_000);
});

test('“answer now” answers at once', async () => {
  const { chat } = await awaited();
  expect(await relay.client.ask('chats.answer', { chat })).toMatchObject({ messages: 1 });
  await whatsapp.until(() => caio.received.length === 1, 'he was answered');
  expect((await standing())?.outcome).toBe('answered');
});

test('“leave it to me” keeps the chat, and an owner who writes has answered', async () => {
  const { chat } = await awaited();
  await relay.client.ask('chats.take', { chat });
  expect(await standing()).toMatchObject({ answersAt: null, heldUntil: expect.any(Number), outcome: 'owner-wrote' });
  await ana.write(caio, 'já vi');
  await whatsapp.until(() => caio.received.length === 1, 'it arrived');
  expect(caio.received.map(({ text }) => text)).toEqual(['já vi']);
});

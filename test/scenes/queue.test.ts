/** What waited at WhatsApp is read to its end before anybody is answered, however much it is, and the status says so. */
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { plainText } from '../simulator/people/message-content.ts';
import type { Person } from '../simulator/people/person.ts';
import { call, postInChannel, postStatus } from '../simulator/people/public-senders.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';
import { linkStock, stockClient } from '../support/stock-baileys.ts';

let whatsapp: WhatsApp;
let ana: Person;
let people: readonly Person[];

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  people = Array.from({ length: 10 }, (_none, at) =>
    whatsapp.contact({ number: `55119888800${String(at).padStart(2, '0')}`, name: `Pessoa ${at}` }),
  );
});

async function answering(settings = {}): Promise<RelayBench> {
  const relay = await startRelayBench(whatsapp, { settings: { paceSeconds: 0, gapSeconds: 0, ...settings } });
  await relay.client.ask('agents.edit', {
    settings: { away: '', greeting: '', rules: [{ words: ['pergunta'], answer: 'resposta' }] },
  });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
  return relay;
}

const status = async (relay: RelayBench): Promise<string> => (await relay.status('Recado')).link.status;

/** Goes away, and what is written meanwhile waits; `away` is done while nothing is connected. */
async function whileAway(away: () => Promise<void>): Promise<void> {
  whatsapp.faults.httpStatus = 503;
  whatsapp.cut(ana);
  await whatsapp.until(() => whatsapp.server.connectionsOf().length === 0, 'it is away');
  await away();
  whatsapp.faults.httpStatus = null;
}

/** Short, and other words for each: a greeting, or the same words within seconds, would be taken for WhatsApp Business'. */
const answerTo = ({ number }: Person): string => `já respondi ${number.slice(-2)}`;

/** Messages of contacts, the owner's answers, receipts and a status, so many stanzas in all: the owner's answer to each chat is the last. */
async function fill(stanzas: number): Promise<void> {
  const chats = people.length;
  for (let at = 0; at < stanzas - chats; at++) {
    const person = people[at % chats];
    if (person) await person.write(ana, `pergunta ${at}`);
  }
  for (const person of people) await ana.write(person, answerTo(person));
}

test('stock Baileys asks once: what lies behind the first window never comes', async () => {
  const client = stockClient(whatsapp);
  onTestFinished(() => client.end());
  await linkStock(whatsapp, client, ana);
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'what came with the link is done');
  client.end();
  await whatsapp.until(() => whatsapp.server.connectionsOf().length === 0, 'it is away');
  await fill(112);
  const opened = client.opened();
  client.connect();
  await opened;
  // Baileys answers what it has; what it does not ask for stays.
  await whatsapp.until(() => (ana.user.companions[0]?.unconfirmed ?? 0) <= 7, 'a window was read');
  await client.socket.fetchPrivacySettings(true);
  expect(ana.user.companions[0]?.unconfirmed).toBeGreaterThan(0);
});

test.each([112, 490])(
  '%i stanzas wait, the owner’s answers last: all are read, nobody is answered over the owner, and what is live comes then',
  async (stanzas) => {
    const relay = await answering();
    await whileAway(() => fill(stanzas));
    await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'all was read', 60_000);
    await expect.poll(() => status(relay), { timeout: 20_000 }).toBe('connected');
    const dora = whatsapp.contact({ number: '5511988881000', name: 'Dora' });
    await dora.write(ana, 'pergunta');
    await whatsapp.until(() => dora.received.length === 1, 'somebody new was answered');
    expect(people.map(({ received }) => received.map(({ text }) => text))).toEqual(
      people.map((person) => [answerTo(person)]),
    );
    expect(whatsapp.recorded.refused).toEqual([]);
  },
);

test('5,000 stanzas of all kinds wait: they are read to the end, and who has no answer yet gets one', async () => {
  const relay = await answering();
  const dora = whatsapp.contact({ number: '5511988881000', name: 'Dora' });
  const group = whatsapp.group('Família', [ana, dora, ...people]);
  await whileAway(async () => {
    for (let at = 0; at < 3_990; at++) postInChannel(ana, `notícia ${at}`);
    for (let at = 0; at < 380; at++) call(dora, ana);
    for (let at = 0; at < 30; at++) await postStatus(dora, ana, 'status');
    for (let at = 0; at < 20; at++) await group.write(dora, plainText('bom dia'));
    await dora.write(ana, 'pergunta');
    await fill(199);
  });
  expect(ana.user.companions[0]?.unconfirmed).toBeGreaterThanOrEqual(5_000);
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'all was read', 60_000);
  await whatsapp.until(() => dora.received.length === 1, 'who waited was answered');
  expect(
    people.map(({ received }) => received.filter(({ chat }) => !chat.endsWith('@g.us')).map(({ text }) => text)),
  ).toEqual(people.map((person) => [answerTo(person)]));
  expect(await status(relay)).toBe('connected');
  expect(whatsapp.recorded.refused).toEqual([]);
}, 120_000);

test('while it reads, the status says so with a count, and not that it is connected; a live message waits', async () => {
  const relay = await answering();
  const seen: { status: string; phase: string; left: number | null }[] = [];
  const { id } = await relay.status('Recado');
  await relay.client.ask('ping');
  whatsapp.faults.answerDelayMs = 20;
  await whileAway(() => fill(300));
  for (;;) {
    const { link } = await relay.status('Recado');
    seen.push({ status: link.status, phase: link.phase, left: link.left });
    if (link.status === 'connected') break;
    if (link.phase === 'catching-up' && people[0]?.received.length === 0)
      expect(people.every(({ received }) => received.every(({ text }) => text?.startsWith('já respondi')))).toBe(true);
  }
  expect(id).toBeTruthy();
  const reading = seen.filter(({ phase }) => phase === 'catching-up');
  expect(reading.length).toBeGreaterThan(0);
  expect(new Set(reading.map((each) => each.status))).toEqual(new Set(['reconnecting']));
  expect(reading.some(({ left }) => (left ?? 0) > 0)).toBe(true);
});

test('an end that is never marked: no connected that hears nothing, another connection is told the end', async () => {
  const relay = await answering();
  whatsapp.faults.neverClosesQueue = true;
  await whileAway(() => fill(30));
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'all was read', 60_000);
  const { count } = whatsapp.recorded.connections;
  const dora = whatsapp.contact({ number: '5511988881000', name: 'Dora' });
  await dora.write(ana, 'pergunta');
  const states = new Set<string>();
  await expect
    .poll(
      async () => {
        const { link } = await relay.status('Recado');
        if (whatsapp.recorded.connections.count === count) states.add(link.status);
        return whatsapp.recorded.connections.count > count;
      },
      { timeout: 40_000 },
    )
    .toBe(true);
  expect(states).toEqual(new Set(['reconnecting']));
  whatsapp.faults.neverClosesQueue = false;
  await whatsapp.until(() => dora.received.length === 1, 'it was answered');
});

/** Who is answered, on real parts: the relay's own process or room, Baileys, the simulated WhatsApp, real agents. */
import { beforeEach, expect, test } from 'vitest';
import { type AnsweringFacts, answering as answeringNow } from '../../shared/rules/answering.ts';
import { deletion, edit } from '../simulator/people/message-content.ts';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { json } from '../support/fake-http.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { beginPace } from '../support/machine-pace.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';

type Outcome = { readonly outcome: string; readonly chatId: string; readonly sentAt: number; readonly number: string };

const MINUTE = 60_000;
const DAY = 86_400_000;

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
});

/** A relay with a model of its own behind it, linked and on for everyone. */
async function answering(
  person: Person,
  settings: Parameters<typeof startRelayBench>[1] = {},
): Promise<{ relay: RelayBench; model: FakeOpenAi }> {
  const relay = await startRelayBench(whatsapp, settings);
  const model = await startFakeOpenAi();
  let answers = 0;
  model.reply(() => {
    answers += 1;
    return `answer ${answers} of ${person.number}`;
  });
  await relay.client.ask('agents.edit', {
    adapter: 'openai-compatible',
    settings: { baseUrl: model.baseUrl, model: 'small' },
  });
  await relay.link('Recado', person);
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
  return { relay, model };
}

async function outcomesOf(relay: RelayBench): Promise<readonly Outcome[]> {
  return (await relay.client.ask<{ outcomes: Outcome[] }>('outcomes.list', { limit: 200 })).outcomes;
}

async function seen(person: Person): Promise<void> {
  await whatsapp.until(() => person.user.companions[0]?.unconfirmed === 0, 'everything was taken in');
}

test('two relays whose agents answer each other stop by themselves within the brake, and both chats rest', async () => {
  const bia = whatsapp.account({ number: '5511999990002', name: 'Bia' });
  const [one, other] = [await answering(ana), await answering(bia)];
  // Somebody has to begin, and what Ana writes herself is hers until she gives the chat back.
  await ana.write(bia, 'oi');
  await expect.poll(async () => (await one.relay.status('Recado')).now.heldChats).toBe(1);
  await one.relay.client.ask('chats.release', { chat: bia.number });
  const muted = async ({ client }: RelayBench) =>
    (await client.ask<{ chats: { mutedUntil: number | null }[] }>('chats.list')).chats.map(
      ({ mutedUntil }) => (mutedUntil ?? 0) > Date.now() + 14 * MINUTE,
    );
  await expect.poll(() => muted(one.relay), { timeout: 25_000 }).toEqual([true]);
  await expect.poll(() => muted(other.relay), { timeout: 25_000 }).toEqual([true]);
  await expect.poll(async () => (await outcomesOf(other.relay)).map(({ outcome }) => outcome)).toContain('brake');
  expect((await one.relay.status('Recado')).today.answers).toBe(6);
  expect((await other.relay.status('Recado')).today.answers).toBe(6);
});

test('five hundred messages of up to three days at a reconnect: one answer a chat at most, none for what is old', async () => {
  const { relay, model } = await answering(ana, { settings: { agentCalls: 20 } });
  const people = Array.from({ length: 20 }, (_, at) =>
    whatsapp.contact({ number: `55119777700${String(at).padStart(2, '0')}` }),
  );
  whatsapp.faults.refuseLogins('503');
  whatsapp.cut(ana);
  await whatsapp.until(() => ana.companions()[0]?.online === false, 'the connection was away');
  const now = Date.now();
  // The last of each third person is fresh; of the others all is old.
  const isFresh = (at: number): boolean => at % 3 === 0;
  for (const [at, person] of people.entries()) {
    const ages = Array.from({ length: 25 }, (_, nth) => 11 * MINUTE + ((3 * DAY - 11 * MINUTE) * (24 - nth)) / 24);
    if (isFresh(at)) ages.splice(23, 2, 5 * MINUTE, 0);
    for (const [nth, age] of ages.entries()) await person.write(ana, `${at}.${nth}`, { sentAt: now - age });
  }
  whatsapp.faults.refusal = null;
  const fresh = people.filter((_, at) => isFresh(at));
  await whatsapp.until(() => fresh.every(({ received }) => received.length === 1), 'the fresh ones were answered');
  await seen(ana);
  await expect.poll(async () => (await relay.status('Recado')).sending).toBe(0);
  expect(people.filter((_, at) => !isFresh(at)).flatMap(({ received }) => received)).toEqual([]);
  expect(model.chats).toHaveLength(fresh.length);
  const { chats } = await relay.client.ask<{ chats: { messages: number }[] }>('chats.unanswered');
  expect(chats).toHaveLength(people.length - fresh.length);
  expect(chats.every(({ messages }) => messages === 25)).toBe(true);
});

test('Wi-Fi off, the owner answers on the phone, Wi-Fi on: the agent says nothing, neither what waited nor anew', async () => {
  const { relay, model } = await answering(ana);
  whatsapp.faults.dropSends = true;
  await caio.write(ana, 'are you there?');
  await whatsapp.until(() => model.chats.length === 1, 'the agent was asked');
  whatsapp.faults.refuseLogins('503');
  whatsapp.cut(ana);
  await whatsapp.until(() => ana.companions()[0]?.online === false, 'the connection was away');
  whatsapp.faults.dropSends = false;
  await caio.write(ana, 'hello?');
  await ana.write(caio, 'here I am');
  whatsapp.faults.refusal = null;
  await whatsapp.until(() => ana.companions()[0]?.online === true, 'it was back');
  await seen(ana);
  await expect
    .poll(async () => (await outcomesOf(relay)).map(({ outcome }) => outcome))
    .toEqual(['owner-wrote', 'owner-wrote']);
  await expect.poll(async () => (await relay.status('Recado')).sending).toBe(0);
  expect(model.chats).toHaveLength(1);
  expect(caio.received.map(({ text }) => text)).toEqual(['here I am']);
});

test('a look-up of four seconds at the moment of "off": nothing leaves, and off does not wait for it', async () => {
  const { relay, model } = await answering(ana);
  whatsapp.faults.answerDelayMs = 4_000;
  await caio.write(ana, 'a question');
  await whatsapp.until(() => model.chats.length === 1, 'the agent was asked');
  await expect.poll(async () => (await relay.status('Recado')).sending).toBe(1);
  const pace = beginPace();
  expect(await relay.client.ask('switch', { on: false })).toMatchObject({ on: false, droppedAnswers: 1 });
  expect(pace.elapsed()).toBeLessThan(pace.within(1_000));
  await expect.poll(async () => (await relay.status('Recado')).sending).toBe(0);
  whatsapp.faults.answerDelayMs = 0;
  // Another question, answered after on, shows that whatever was looked up then would have arrived by now.
  await relay.client.ask('switch', { on: true });
  await caio.write(ana, 'another question');
  await whatsapp.until(() => caio.received.length === 1, 'the next was answered');
  expect(caio.received.map(({ text }) => text)).toEqual(['answer 2 of 5511999990001']);
  expect(whatsapp.recorded.sends).toHaveLength(1);
});

test('what is deleted before it is answered does not reach the model, and what is edited reaches it as it stands', async () => {
  const { relay, model } = await answering(ana, { settings: { gatherSeconds: 1 } });
  const secret = { ...(await caio.write(ana, 'minha senha é 1234')), by: caio, to: ana };
  const changed = { ...(await caio.write(ana, 'às cinco')), by: caio, to: ana };
  await caio.send(ana, deletion(secret), { edit: '7' });
  await caio.send(ana, edit(changed, 'às seis'), { edit: '1' });
  await whatsapp.until(() => caio.received.length === 1, 'he was answered');
  expect(JSON.stringify(model.chats)).not.toContain('1234');
  expect(JSON.stringify(model.chats)).not.toContain('cinco');
  expect(JSON.stringify(model.chats)).toContain('às seis');
  await expect
    .poll(async () => (await outcomesOf(relay)).map(({ outcome }) => outcome).sort())
    .toEqual(['answered', 'deleted']);
});

test('a model that is busy is asked again by itself, and the status says when', async () => {
  const { relay, model } = await answering(ana);
  model.reply(() => json({ error: { message: 'busy' } }, 503));
  await caio.write(ana, 'a question');
  const retryAt = async () =>
    (await relay.client.ask<{ agents: { retryAt: number | null }[] }>('status')).agents[0]?.retryAt;
  await expect.poll(retryAt).toBeGreaterThan(Date.now());
  model.reply(() => 'now');
  await whatsapp.until(() => caio.received.length === 1, 'he was answered');
  expect(await retryAt()).toBeNull();
});

test('a server that says how long it wants to be left alone is left alone for that long', async () => {
  const { relay, model } = await answering(ana);
  model.reply(() => ({ status: 429, headers: { 'retry-after': '90' }, body: '{}' }));
  const before = Date.now();
  await caio.write(ana, 'a question');
  const retryAt = async () =>
    (await relay.client.ask<{ agents: { retryAt: number | null }[] }>('status')).agents[0]?.retryAt ?? 0;
  await expect.poll(retryAt, { timeout: 10_000 }).toBeGreaterThan(before + 89_000);
});

test('a group cannot be chosen to be answered, and the reason is told', async () => {
  const { relay } = await answering(ana);
  const group = '120363000000000@g.us';
  await expect(relay.client.ask('chats.rule', { chat: group, rule: 'answer' })).rejects.toThrow(/[Gg]roup/);
  expect(await relay.client.ask('chats.rule', { chat: group, rule: 'never' })).toMatchObject({ rule: 'never' });
});

test('what the owner writes while the agent is off is not counted as ignored', async () => {
  const { relay } = await answering(ana);
  await relay.client.ask('switch', { on: false });
  await ana.write(caio, 'sou eu');
  await caio.write(ana, 'oi');
  await expect.poll(async () => (await relay.status('Recado')).ignoredWhileOff).toBe(1);
});

test('ticks and typing are shown where the owner chose so, at once, and the connection is unavailable afterwards', async () => {
  // A receipt of reading is waited for.
  whatsapp.faults.lostConfirmations = 0;
  const { relay } = await answering(ana);
  await caio.write(ana, 'one');
  await whatsapp.until(() => caio.received.length === 1, 'he is answered');
  expect(whatsapp.recorded.typing).toEqual([]);
  expect(whatsapp.recorded.receipts.filter(({ type }) => type === 'read')).toEqual([]);
  for (const name of ['readReceipts', 'typing']) await relay.client.ask('settings.set', { name, value: 'yes' });
  const { id } = await caio.write(ana, 'two');
  await whatsapp.until(() => caio.received.length === 2, 'he is answered again');
  await whatsapp.until(() => whatsapp.recorded.typing.length > 0, 'he saw that something was written');
  await whatsapp.until(
    () => whatsapp.recorded.receipts.some(({ type, ids }) => type === 'read' && ids.includes(id)),
    'and that it was read',
  );
  await whatsapp.until(() => whatsapp.recorded.presences.at(-1)?.type === 'unavailable', 'nobody is there');
  expect(whatsapp.recorded.presences.map(({ type }) => type)).not.toContain('available');
});

test('while WhatsApp restricts the number nothing is sent, each message says so, and it goes on by itself afterwards', async () => {
  const { relay, model } = await answering(ana);
  whatsapp.timeLock(ana, { untilSeconds: Math.floor(Date.now() / 1_000) + 3_600, type: 'DEFAULT' });
  await expect.poll(async () => (await relay.status('Recado')).link.restrictedUntil).not.toBeNull();
  await caio.write(ana, 'a question');
  await expect.poll(async () => (await outcomesOf(relay)).map(({ outcome }) => outcome)).toEqual(['restricted']);
  expect(model.chats).toEqual([]);
  whatsapp.timeLock(ana, null);
  await expect.poll(async () => (await relay.status('Recado')).link.restrictedUntil).toBeNull();
  await caio.write(ana, 'another question');
  await whatsapp.until(() => caio.received.length === 1, 'he is answered');
  expect(whatsapp.recorded.sends).toHaveLength(1);
});

test('where WhatsApp refuses one person after another and says no end, the light is out, and no more tokens are spent', async () => {
  const { relay, model } = await answering(ana);
  const people = [caio, ...[2, 3, 4, 5].map((at) => whatsapp.contact({ number: `551198888000${at}` }))];
  whatsapp.faults.refuseAcks('463');
  for (const person of people) {
    await person.write(ana, 'a question');
    await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'it was taken in');
    await expect.poll(async () => (await outcomesOf(relay)).length).toBe(people.indexOf(person) + 1);
  }
  expect((await outcomesOf(relay)).map(({ outcome }) => outcome)).toEqual(people.map(() => 'restricted'));
  expect(model.chats).toHaveLength(2);
  const { agents } = await relay.client.ask<{ agents: [AnsweringFacts] }>('status');
  expect(answeringNow(agents[0], Date.now())).toBe('restricted');
  expect(agents[0].link).toMatchObject({ restrictedUntil: null, restrictedRetryAt: expect.any(Number) });
});

test.each([
  ['never', 'everyone', 'not-in-scope'],
  ['never', 'unknown-people', 'not-in-scope'],
  ['answer', 'listed', 'answered'],
] as const)(
  'the rule “%s” for somebody’s number holds for their very first message over the scope %s',
  async (rule, scope, outcome) => {
    const { relay } = await answering(ana);
    await relay.client.ask('scope', { scope });
    await relay.client.ask('chats.rule', { chat: caio.number, rule });
    await caio.write(ana, 'oi');
    const became = async () => (await outcomesOf(relay)).map((each) => each.outcome);
    await expect.poll(became, { timeout: 15_000 }).toEqual([outcome]);
    expect(caio.received).toHaveLength(outcome === 'answered' ? 1 : 0);
  },
);

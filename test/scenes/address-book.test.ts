/** Only people who are not in the address book are answered: family never is, whichever way WhatsApp names them, and whenever it says so. */
import { beforeEach, expect, test } from 'vitest';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { routeMedia } from '../support/media-route.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';

let whatsapp: WhatsApp;
let relay: RelayBench;
let model: FakeOpenAi;
let ana: Person;
let caio: Person;
let stranger: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  relay = await startRelayBench(whatsapp);
  model = await startFakeOpenAi();
  let answers = 0;
  model.reply(() => {
    answers += 1;
    return `answer ${answers}`;
  });
  await relay.client.ask('agents.edit', {
    adapter: 'openai-compatible',
    settings: { baseUrl: model.baseUrl, model: 'small' },
  });
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  stranger = whatsapp.contact({ number: '5511977770001', name: 'Somebody' });
});

const switchOn = () => relay.client.ask('switch', { on: true, scope: 'unknown-people' });

/** What became of messages, oldest first. */
async function outcomes(): Promise<readonly string[]> {
  const { outcomes } = await relay.client.ask<{ outcomes: { outcome: string }[] }>('outcomes.list');
  return outcomes.map(({ outcome }) => outcome).reverse();
}

async function answeredStranger(count: number): Promise<void> {
  await whatsapp.until(() => stranger.received.length === count, `the stranger has answer ${count}`);
}

/** The address book has been read: a stranger is answered. Whoever writes earlier is not, and the reason is told. */
async function known(): Promise<void> {
  await expect
    .poll(
      async () => {
        await stranger.write(ana, 'are you there?');
        await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'it was taken in');
        return outcomes();
      },
      { timeout: 15_000, interval: 300 },
    )
    .toContain('answered');
}

test.each(['patches', 'a snapshot on the media host'])(
  'with the address book in %s, who is saved is not answered from the first second on',
  async (form) => {
    if (form !== 'patches') routeMedia(whatsapp);
    whatsapp.saveContact(ana, caio, 'Caio da Silva');
    const linking = relay.link('Recado', ana);
    await linking;
    await switchOn();
    // As soon as anything can come.
    await caio.write(ana, 'mãe?');
    await known();
    await caio.write(ana, 'mãe, responde');
    await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'it was taken in');
    await expect.poll(async () => (await outcomes()).at(-1), { timeout: 10_000 }).toBe('in-contacts');
    expect(caio.received).toEqual([]);
    expect(JSON.stringify(model.chats)).not.toContain('mãe');
  },
);

test('a person saved later, renamed, or taken out again is followed', async () => {
  await relay.link('Recado', ana);
  await switchOn();
  await known();
  const before = stranger.received.length;
  whatsapp.saveContact(ana, stranger, 'A friend');
  await expect
    .poll(
      async () => {
        await stranger.write(ana, 'hi');
        await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'it was taken in');
        return (await outcomes()).at(-1);
      },
      { interval: 300, timeout: 10_000 },
    )
    .toBe('in-contacts');
  whatsapp.saveContact(ana, stranger, 'A good friend');
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'the new name was heard');
  const during = stranger.received.length;
  whatsapp.saveContact(ana, stranger, null);
  await expect
    .poll(
      async () => {
        await stranger.write(ana, 'hi again');
        return stranger.received.length;
      },
      { interval: 300, timeout: 10_000 },
    )
    .toBeGreaterThan(during);
  expect(before).toBeGreaterThan(0);
});

test('one person by number and by LID is one decision', async () => {
  const byNumber = whatsapp.contact({ number: '5511966660001', name: 'Davi', addressing: 'pn' });
  whatsapp.saveContact(ana, byNumber, 'Davi');
  await relay.link('Recado', ana);
  await switchOn();
  await known();
  await byNumber.write(ana, 'by number');
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'it was taken in');
  await expect.poll(async () => (await outcomes()).at(-1), { timeout: 10_000 }).toBe('in-contacts');
  expect(byNumber.received).toEqual([]);
});

test('a chat’s own rule holds over the address book, and who is saved is known after a restart', async () => {
  whatsapp.saveContact(ana, caio, 'Caio da Silva');
  await relay.link('Recado', ana);
  await switchOn();
  await known();
  await relay.client.ask('chats.rule', { chat: caio.number, rule: 'answer' });
  await caio.write(ana, 'a question');
  await whatsapp.until(() => caio.received.length === 1, 'he is answered');
  await relay.client.ask('chats.rule', { chat: caio.number, rule: null });
  // What waits at WhatsApp from the very second of the switch counts as sent while off.
  const switchedOn = Date.now();
  await whatsapp.until(() => Date.now() > switchedOn + 1_000, 'the second of the switch is over');
  await relay.stop();
  whatsapp.faults.ignoreQueries('w:sync:app:state');
  relay = await startRelayBench(whatsapp, { home: relay.home });
  await caio.write(ana, 'another');
  await stranger.write(ana, 'the last one');
  await whatsapp.until(
    () => JSON.stringify(model.chats.at(-1)).includes('the last one'),
    'the stranger is asked about',
  );
  expect((await outcomes()).filter((outcome) => outcome === 'in-contacts')).toHaveLength(1);
  expect(caio.received).toHaveLength(1);
});

test('while WhatsApp does not tell the address book nobody is answered, and the reason says so', async () => {
  whatsapp.faults.ignoreQueries('w:sync:app:state');
  await relay.link('Recado', ana);
  await switchOn();
  await stranger.write(ana, 'hello?');
  await expect.poll(outcomes, { timeout: 10_000 }).toEqual(['contacts-unknown']);
  expect(stranger.received).toEqual([]);
  expect(model.chats).toEqual([]);
  await answeredStranger(0);
});

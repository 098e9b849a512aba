/**
 * Another number of the owner's: nobody is answered in it before a person says so, and nothing of the former one is there or told to the
 * agent. With its own number everything is back.
 */
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { startFakeOpenAi } from '../support/fake-openai.ts';
import { startFakeSipPulse } from '../support/fake-sippulse.ts';
import { startFakeWebhook } from '../support/fake-webhook.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';

let whatsapp: WhatsApp;
let relay: RelayBench;
let ana: Person;
let bia: Person;
let caio: Person;
let stranger: Person;

const ALWAYS = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' }];

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  bia = whatsapp.account({ number: '5511999990002', name: 'Bia' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  stranger = whatsapp.contact({ number: '5511988880002', name: 'Rui' });
  relay = await startRelayBench(whatsapp);
});

const status = () => relay.status('Recado');
const ask = <T = object>(command: string, params: object = {}): Promise<T> => relay.client.ask<T>(command, params);
const on = () => ask('switch', { on: true, scope: 'everyone' });

async function answered(person: Person, count: number): Promise<void> {
  await whatsapp.until(() => person.received.length === count, `${person.number} has ${count} answers`);
}

async function gone(): Promise<void> {
  await expect.poll(async () => (await status()).link.account).toBeNull();
}

/** Written and taken in by the device, which has no more to do. */
async function writeInVain(from: Person, to: Person): Promise<void> {
  await from.write(to, 'oi, tudo bem?');
  await whatsapp.until(() => to.user.companions[0]?.unconfirmed === 0, 'the message is dealt with');
  await expect.poll(async () => (await status()).ignoredWhileOff).toBeGreaterThan(0);
}

describe.each([
  ['here', () => ask('unlink')],
  ['on the phone', async () => ana.unlink()],
])('unlinked %s', (_, unlink) => {
  test('it is off, and stays off with another number and with the same, until a person switches on', async () => {
    await relay.link('Recado', ana);
    await on();
    await caio.write(ana, 'oi');
    await answered(caio, 1);
    await unlink();
    await gone();
    await expect.poll(status).toMatchObject({ on: false, switchedBy: 'unlinked' });

    await relay.link('Recado', bia);
    expect(await status()).toMatchObject({ on: false, scope: null, today: { messages: 0, answers: 0 } });
    await writeInVain(stranger, bia);
    expect(stranger.received).toEqual([]);

    await ask('unlink');
    await gone();
    await relay.link('Recado', ana);
    expect(await status()).toMatchObject({ on: false, scope: 'everyone', today: { messages: 1, answers: 1 } });
    await writeInVain(caio, ana);
    expect(caio.received).toHaveLength(1);
  });
});

test('neither its schedule nor a time that was set switches it on with another number, also after a restart', async () => {
  await relay.link('Recado', ana);
  await on();
  await ask('schedule', { spans: ALWAYS });
  expect(await status()).toMatchObject({ on: true });
  await ask('switch', { on: false, until: Date.now() + 1_000 });
  await ask('unlink');
  await gone();
  expect(await status()).toMatchObject({ on: false, backOnAt: null, nextEdge: null });
  await relay.stop();
  relay = await startRelayBench(whatsapp, { home: relay.home });
  await relay.link('Recado', bia);
  await ask('schedule', { spans: ALWAYS, scope: 'everyone' });
  await writeInVain(stranger, bia);
  expect(await status()).toMatchObject({ on: false });
  expect(stranger.received).toEqual([]);
  await on();
  expect(await status()).toMatchObject({ on: true });
});

test('rules, holds and what people call themselves are the number’s own, and back with it', async () => {
  await relay.link('Recado', ana);
  await on();
  await caio.write(ana, 'oi');
  await answered(caio, 1);
  await ask('chats.rule', { chat: stranger.number, rule: 'never' });
  await ana.write(caio, 'deixa comigo');
  const listed = () =>
    ask<{ chats: { number: string | null; rule: string | null; heldUntil: number | null }[] }>('chats.list');
  // Held by its envelope first, then by what it says.
  await expect.poll(exported).toContain('deixa comigo');
  await expect.poll(async () => (await listed()).chats.some(({ heldUntil }) => heldUntil !== null)).toBe(true);
  const before = await listed();
  await ask('unlink');
  await gone();
  await relay.link('Recado', bia);
  await on();
  expect((await listed()).chats).toEqual([]);
  // Neither held nor shut out here.
  for (const person of [caio, stranger]) await person.write(bia, 'oi');
  await answered(caio, 2);
  await answered(stranger, 1);
  await ask('unlink');
  await gone();
  await relay.link('Recado', ana);
  expect(await listed()).toEqual(before);
});

test('a number that is handed over to an agent with another one before begins there as a first', async () => {
  await ask('agents.add', { name: 'Loja', adapter: 'built-in', settings: {} });
  await relay.link('Loja', bia);
  await ask('switch', { agent: 'Loja', on: true, scope: 'everyone' });
  await caio.write(bia, 'oi');
  await answered(caio, 1);
  await ask('unlink', { agent: 'Loja' });
  await relay.link('Recado', ana);
  await ask('switch', { agent: 'Recado', on: true, scope: 'everyone' });
  await ask('hand-over', { agent: 'Recado', to: 'Loja' });
  await expect.poll(async () => (await relay.status('Loja')).link.status).toBe('connected');
  expect(await relay.status('Loja')).toMatchObject({ on: false, scope: null, today: { messages: 0 } });
  expect((await ask<{ chats: unknown[] }>('chats.list', { agent: 'Loja' })).chats).toEqual([]);
  expect(await status()).toMatchObject({ on: false, switchedBy: 'unlinked' });
});

describe('what was written to one number', () => {
  let said = 0;
  /** An answer that was given before is not sent again. */
  const anew = () => `Olá! (${++said})`;
  /** Each says what the back end was told so far, and by which key it knew the chat. */
  const backEnds = {
    'openai-compatible': async () => {
      const server = await startFakeOpenAi();
      server.reply(anew);
      onTestFinished(() => server.stop());
      await ask('agents.edit', { adapter: 'openai-compatible', settings: { baseUrl: server.baseUrl, model: 'small' } });
      return { told: () => JSON.stringify(server.chats), keys: () => [] as string[] };
    },
    sippulse: async () => {
      const server = await startFakeSipPulse();
      server.reply(anew);
      onTestFinished(() => server.stop());
      await ask('agents.edit', {
        adapter: 'sippulse',
        settings: { baseUrl: server.url, agentId: 'agt_1' },
        key: 'sippulse-key',
      });
      return {
        told: () => JSON.stringify(server.threads.map(({ contents }) => contents)),
        keys: () => server.threads.map(({ uid }) => uid),
      };
    },
    webhook: async () => {
      const server = await startFakeWebhook();
      onTestFinished(() => server.stop());
      const bodies: { readonly sessionId: string }[] = [];
      server.reply((request) => {
        bodies.push(request);
        return anew();
      });
      await ask('agents.edit', { adapter: 'webhook', settings: { url: `${server.url}/flow` } });
      return { told: () => JSON.stringify(bodies), keys: () => [...new Set(bodies.map(({ sessionId }) => sessionId))] };
    },
  };

  test.each(Object.keys(backEnds) as (keyof typeof backEnds)[])(
    'is not told together with another’s, nor under one key: %s',
    async (adapter) => {
      const backEnd = await backEnds[adapter]();
      await relay.link('Recado', ana);
      await on();
      await caio.write(ana, 'segredo da primeira');
      await answered(caio, 1);
      await ask('unlink');
      await gone();
      await relay.link('Recado', bia);
      await on();
      const before = backEnd.told().length;
      await caio.write(bia, 'bom dia');
      await answered(caio, 2);
      expect(backEnd.told()).toContain('bom dia');
      if (adapter !== 'sippulse') expect(backEnd.told().slice(before)).not.toContain('segredo');
      const keys = backEnd.keys();
      expect(new Set(keys).size).toBe(keys.length);

      await ask('unlink');
      await gone();
      await relay.link('Recado', ana);
      await on();
      await caio.write(ana, 'voltei');
      await answered(caio, 3);
      expect(backEnd.keys()).toHaveLength(keys.length);
      const threads = adapter === 'sippulse' ? (JSON.parse(backEnd.told()) as string[][]) : [];
      if (adapter === 'sippulse') expect(threads.map((contents) => contents.length)).toEqual([2, 1]);
    },
  );
});

/** Everything that is kept of the agent's number. */
async function exported(): Promise<string> {
  const { path } = await ask<{ path: string }>('export');
  return readFileSync(path, 'utf8');
}

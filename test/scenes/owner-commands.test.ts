/** What an options page asks for, over the wire of the whole relay: settings, the owner's copy, a moved agent's key, everything forgotten. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { CLOSE } from '../../shared/contract/wire.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { startFakeOpenAi } from '../support/fake-openai.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';
import { greet, pairWith, type WireClient } from '../support/wire-client.ts';

const KEY = 'sk-planted-key-4711';

let whatsapp: WhatsApp;
let relay: RelayBench;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  relay = await startRelayBench(whatsapp);
});

async function browser(): Promise<WireClient> {
  const { text } = await relay.client.ask<{ text: string }>('pair');
  const client = await greet({ port: relay.port }, await pairWith({ port: relay.port }, text));
  await client.next('welcome');
  return client;
}

test('a browser sees the settings and changes one for the next start', async () => {
  const client = await browser();
  expect(await client.ask(1, 'settings.set', { name: 'freshMinutes', value: 3 })).toMatchObject({
    ok: true,
    result: { name: 'freshMinutes', value: 3, next: 3, needsRestart: false },
  });
  expect(JSON.parse(readFileSync(path.join(relay.home, 'settings.json'), 'utf8'))).toEqual({ freshMinutes: 3 });
  const list = await client.ask(2, 'settings.list');
  expect(list).toMatchObject({ ok: true });
  expect(JSON.stringify(list)).toContain('"name":"freshMinutes"');
  expect(JSON.stringify(list)).not.toContain('whatsappRootKey');
  for (const [id, params, code] of [
    [3, { name: 'freshMinutes', value: 99_999 }, 'setting-refused'],
    [4, { name: 'home', value: '/elsewhere' }, 'no-such-setting'],
    [5, { name: 'freshMinutes', value: true }, 'bad-request'],
    [6, { name: 'freshMinutes', value: 1, more: 1 }, 'bad-request'],
  ] as const) {
    expect(await client.ask(id, 'settings.set', params)).toMatchObject({ ok: false, error: { code } });
  }
});

test('a copy of the data is written beside it, and the reply carries nothing but where', async () => {
  const ana = whatsapp.account({ number: '5511999990001' });
  const caio = whatsapp.contact({ number: '5511988880001' });
  await relay.client.ask('agents.edit', {
    settings: { away: '', greeting: '', rules: [{ words: ['oi'], answer: 'olá' }] },
  });
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
  await caio.write(ana, 'oi');
  await whatsapp.until(() => caio.received.length === 1, 'he was answered');
  const client = await browser();
  const reply = await client.ask(1, 'export');
  if (!reply.ok) throw new Error(reply.error.code);
  const { path: file, bytes } = reply.result as { path: string; bytes: number };
  expect(Object.keys(reply.result as object)).toEqual(['path', 'bytes']);
  const text = readFileSync(file, 'utf8');
  expect(Buffer.byteLength(text)).toBe(bytes);
  const { agents, browsers } = JSON.parse(text);
  expect(agents).toMatchObject([
    { name: 'Recado', number: '5511999990001', messages: [{ author: 'contact', text: 'oi' }] },
  ]);
  expect(agents[0].answers[0].text).toContain('olá');
  expect(browsers).toHaveLength(1);
  expect(text).not.toMatch(/noiseKey|signedIdentityKey|publicKey|credentials/);
});

test("an agent's key goes only to the address that it was given for", async () => {
  const first = await startFakeOpenAi({ key: KEY });
  const second = await startFakeOpenAi({ key: KEY });
  const client = await browser();
  const settings = { baseUrl: first.baseUrl, model: 'small' };
  await client.ask(1, 'agents.add', { name: 'Sales', adapter: 'openai-compatible', settings, key: KEY });
  const moved = { agent: 'Sales', settings: { baseUrl: second.baseUrl } };
  const refused = await client.ask(2, 'agents.edit', moved);
  expect(refused).toMatchObject({ ok: false, error: { code: 'key-again' } });
  const said = [{ author: 'contact', text: 'oi' }];
  expect(await client.ask(3, 'agents.test', { agent: 'Sales', said })).toMatchObject({
    ok: true,
    result: { type: 'answer' },
  });
  expect(second.requests).toHaveLength(0);
  // What is no address needs no key, and a key given again takes the agent along.
  expect(await client.ask(4, 'agents.edit', { agent: 'Sales', settings: { model: 'big' } })).toMatchObject({
    ok: true,
  });
  expect(await client.ask(5, 'agents.edit', { ...moved, key: KEY })).toMatchObject({
    ok: true,
    result: { hasKey: true },
  });
  expect(await client.ask(6, 'agents.edit', { agent: 'Sales', settings, key: null })).toMatchObject({
    ok: true,
    result: { hasKey: false },
  });
});

test('everything forgotten ends in a fresh relay, and only then are the browsers sent away', async () => {
  const client = await browser();
  await client.ask(1, 'agents.add', { name: 'Sales', adapter: 'built-in', settings: {} });
  client.say({ type: 'request', id: 2, command: 'forget', params: { all: true } });
  expect(await client.closed()).toBe(CLOSE.revoked);
  const { agents } = await relay.client.ask<{ agents: { name: string }[] }>('status');
  expect(agents.map(({ name }) => name)).toEqual(['Recado']);
  expect(await relay.client.ask('clients.list')).toEqual({ clients: [] });
});

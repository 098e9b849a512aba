/** Unlinked is destroyed: whatever way a link, a key or everything goes, its bytes are in no file of the running relay a second later. */
import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, test } from 'vitest';
import type { Person } from '../simulator/people/person.ts';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { foundIn, type Planted } from '../support/planted-values.ts';
import { startRelayProcess } from '../support/relay-process.ts';
import { type RelayBench, startRelayBench } from '../support/running-relay.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const KEY = 'sk-planted-key-0123456789abcdef';
const FILE = 'planted words of a file, 4711';
const TEXT = 'planted words of a contact, 4711';
/** Keys and signatures, as they stand in JSON. */
const LONG_BASE64 = /"([A-Za-z0-9+/]{40,}={0,2})"/g;

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001' });
  caio = whatsapp.contact({ number: '5511988880001' });
});

/** Every key of every link, read from a copy of the files as they are on disk. */
function linkSecrets(home: string): Planted {
  const copy = path.join(temporaryDirectory(), 'recado.sqlite');
  for (const end of ['', '-wal']) {
    const file = path.join(home, `recado.sqlite${end}`);
    if (existsSync(file)) copyFileSync(file, copy + end);
  }
  const database = new DatabaseSync(copy);
  const texts = database
    .prepare('SELECT credentials AS value FROM links UNION ALL SELECT substr(value, 2) FROM link_keys')
    .all()
    .map(({ value }) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)));
  database.close();
  const secrets = new Map<string, Buffer>();
  for (const text of texts) for (const [, key = ''] of text.matchAll(LONG_BASE64)) secrets.set(key, Buffer.from(key));
  return secrets;
}

/** Linked, on, and in the middle of a talk. */
async function inUse(relay: RelayBench, person = ana): Promise<void> {
  await relay.client.ask('agents.edit', { settings: { away: '', greeting: 'hello there', rules: null } });
  await relay.link('Recado', person);
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
  await caio.write(person, TEXT);
  await whatsapp.until(() => caio.received.length > 0, 'he was answered');
  await expect.poll(async () => (await relay.status('Recado')).sending).toBe(0);
}

async function gone(home: string, planted: Planted): Promise<void> {
  expect(planted.size).toBeGreaterThan(0);
  await expect.poll(() => foundIn(home, planted), { timeout: 1_000 }).toEqual([]);
}

type Way = readonly [how: string, unlink: (relay: RelayBench) => Promise<RelayBench>];

const WAYS: readonly Way[] = [
  ['unlinked here (S28)', async (relay) => relay.client.ask('unlink').then(() => relay)],
  [
    'unlinked on the phone (S29)',
    async (relay) => {
      ana.unlink();
      await expect.poll(async () => (await relay.status('Recado')).link.cause).toBe('unlinked-on-phone');
      return relay;
    },
  ],
  [
    'unlinked on the phone while no relay ran (S29)',
    async ({ home, stop }) => {
      await stop();
      ana.unlink();
      const relay = await startRelayBench(whatsapp, { home });
      await expect.poll(async () => (await relay.status('Recado')).link.cause).toBe('unlinked-on-phone');
      return relay;
    },
  ],
  [
    'an agent that was removed',
    async (relay) => {
      await relay.client.ask('agents.add', { name: 'Other', adapter: 'built-in', settings: {} });
      await relay.client.ask('agents.remove', { agent: 'Recado' });
      await whatsapp.until(() => ana.companions().length === 0, 'the device is logged out');
      return relay;
    },
  ],
  [
    'everything forgotten',
    async (relay) => {
      await relay.client.ask('forget', { all: true });
      await whatsapp.until(() => ana.companions().length === 0, 'the device is logged out');
      return relay;
    },
  ],
];

test.each(WAYS)('the keys of a link are gone: %s', async (_how, unlink) => {
  const relay = await startRelayBench(whatsapp);
  await inUse(relay);
  const secrets = linkSecrets(relay.home);
  expect(secrets.size).toBeGreaterThan(800);
  await unlink(relay);
  await gone(relay.home, secrets);
});

test('the keys of a device whose number another agent holds are gone, and that agent keeps its own (S11)', async () => {
  const relay = await startRelayBench(whatsapp);
  await inUse(relay);
  await relay.client.ask('agents.add', { name: 'Other', adapter: 'built-in', settings: {} });
  const before = linkSecrets(relay.home);
  const doomed = new Map<string, Buffer>();
  let over = false;
  const watch = async (): Promise<void> => {
    while (!over) {
      for (const [key, value] of linkSecrets(relay.home)) if (!before.has(key)) doomed.set(key, value);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const watching = watch();
  await expect(relay.link('Other', ana)).rejects.toThrow('number-in-use');
  await whatsapp.until(() => ana.companions().length === 1, 'the second device is logged out');
  over = true;
  await watching;
  // What the first agent's own link has learnt meanwhile is its own.
  const kept = linkSecrets(relay.home);
  await gone(relay.home, new Map([...doomed].filter(([key]) => !kept.has(key))));
  expect(await relay.status('Recado')).toMatchObject({ link: { status: 'connected' } });
});

test('with everything forgotten, texts, keys of agents and copies are gone too', async () => {
  const relay = await startRelayBench(whatsapp);
  await inUse(relay);
  const settings = { baseUrl: 'http://127.0.0.1:9/v1', model: 'small' };
  await relay.client.ask('agents.add', { name: 'Sales', adapter: 'openai-compatible', settings, key: KEY });
  const file = { agent: 'Sales', name: 'a.md', text: FILE };
  await relay.client.ask('knowledge.add', { ...file, at: 0, of: FILE.length });
  await relay.client.ask('export');
  const planted: Planted = new Map([
    ['file', Buffer.from(FILE)],
    ['key', Buffer.from(KEY)],
    ['text', Buffer.from(TEXT)],
  ]);
  expect(foundIn(relay.home, planted).length).toBeGreaterThan(2);
  await relay.client.ask('forget', { all: true });
  await gone(relay.home, planted);
  expect(readdirSync(relay.home).filter((name) => name.startsWith('recado-export'))).toEqual([]);
});

test('they are gone also where the relay is killed right after, and after its next start', async () => {
  const first = await startRelayProcess(whatsapp);
  await first.link(ana);
  const secrets = linkSecrets(first.home);
  expect(secrets.size).toBeGreaterThan(800);
  expect((await first.recado('unlink')).code).toBe(0);
  first.relay.child.kill('SIGKILL');
  await first.relay.ended();
  expect(foundIn(first.home, secrets)).toEqual([]);
  await startRelayProcess(whatsapp, { home: first.home });
  expect(foundIn(first.home, secrets)).toEqual([]);
});

test('where WhatsApp cannot be reached it is said that keys are left, and they go at once where that is wanted', async () => {
  const relay = await startRelayBench(whatsapp);
  await inUse(relay);
  const planted = linkSecrets(relay.home);
  whatsapp.faults.httpStatus = 503;
  whatsapp.cut(ana);
  expect(await relay.client.ask('forget', { all: true })).toEqual({ forgotten: 'everything', logoutsLeft: 1 });
  // What tells WhatsApp is still there, and no text of anybody.
  expect(foundIn(relay.home, planted).length).toBeGreaterThan(0);
  expect(foundIn(relay.home, new Map([[TEXT, Buffer.from(TEXT)]]))).toEqual([]);
  expect(await relay.client.ask('forget', { all: true, now: true })).toEqual({
    forgotten: 'everything',
    logoutsLeft: 0,
  });
  await gone(relay.home, planted);
});

test('what a crash left half erased is erased before anybody is let in again', async () => {
  const first = await startRelayBench(whatsapp);
  await inUse(first);
  await first.client.ask('agents.add', { name: 'Loja', adapter: 'built-in', settings: {} });
  const planted = linkSecrets(first.home);
  await first.stop();
  // As the first step of it leaves the data.
  const database = new DatabaseSync(path.join(first.home, 'recado.sqlite'));
  database.exec("INSERT INTO relay (name, value) VALUES ('erasing', x'01')");
  database.close();
  const second = await startRelayBench(whatsapp, { home: first.home });
  const { agents } = await second.client.ask<{ agents: { name: string; link: { account: unknown } }[] }>('status');
  expect(agents).toMatchObject([{ name: 'Recado', link: { account: null } }]);
  await gone(second.home, planted);
  expect(foundIn(second.home, new Map([[TEXT, Buffer.from(TEXT)]]))).toEqual([]);
  await whatsapp.until(() => ana.companions().length === 0, 'the device is gone at WhatsApp');
});

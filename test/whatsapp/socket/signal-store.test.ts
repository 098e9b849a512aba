/** Credentials and keys come back as they were, or not at all. */
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inspect } from 'node:util';
import {
  addTransactionCapability,
  BufferJSON,
  initAuthCreds,
  proto,
  type SignalDataTypeMap,
} from '@whiskeysockets/baileys';
import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import type { LinkId } from '../../../relay/store/link-ledger.ts';
import type { Store } from '../../../relay/store/store.ts';
import { type KeyLedger, openSignalStore } from '../../../relay/whatsapp/socket/signal-store.ts';
import type { AgentId } from '../../../shared/contract/chat.ts';
import { testStore } from '../../support/store.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const LINK = 'lnk_ONE' as LinkId;

function unexpected(error: unknown): void {
  expect.fail(`keys were not written: ${error}`);
}

let home: string;
let store: Store;

beforeEach(async () => {
  home = temporaryDirectory();
  store = await testStore(home);
  await store.links.create({ id: LINK, agentId: 'agt_ONE' as AgentId, now: 1 });
});

test.each(['constructor', '__proto__', 'toString'])('a key called "%s" is there only if it was written', async (id) => {
  const { state } = await openSignalStore(store.links, LINK, unexpected);
  const found = await state.keys.get('lid-mapping', [id]);
  expect(found[id]).toBeUndefined();
  await state.keys.set({ 'lid-mapping': Object.fromEntries([[id, '5511']]) });
  expect((await state.keys.get('lid-mapping', [id]))[id]).toBe('5511');
});

/** What happened to the file while nobody looked. */
async function tamper(sql: string): Promise<void> {
  await store.close();
  const database = new DatabaseSync(path.join(home, 'recado.sqlite'));
  database.exec(sql);
  database.close();
  store = await testStore(home);
}

test('a link that never had credentials gets an identity, and keeps it', async () => {
  const first = await openSignalStore(store.links, LINK, unexpected);
  await first.saveCredentials();
  const second = await openSignalStore(store.links, LINK, unexpected);
  expect(second.state.creds).toEqual(first.state.creds);
  expect(second.state.creds.noiseKey.private).toBeInstanceOf(Uint8Array);
});

test('credentials are written as they stand when asked, in order', async () => {
  const { state, saveCredentials, settled } = await openSignalStore(store.links, LINK, unexpected);
  state.creds.nextPreKeyId = 2;
  const first = saveCredentials();
  state.creds.nextPreKeyId = 3;
  const second = saveCredentials();
  state.creds.nextPreKeyId = 4;
  await settled();
  await Promise.all([first, second]);
  expect((await openSignalStore(store.links, LINK, unexpected)).state.creds.nextPreKeyId).toBe(3);
});

test('with nothing before it a write begins at once, before anything else can leave', async () => {
  const order: string[] = [];
  const links: KeyLedger = {
    credentials: (id) => store.links.credentials(id),
    keys: (...ask) => store.links.keys(...ask),
    write: async () => void order.push('written'),
    stage: (...step) => store.links.stage(...step),
    staged: () => store.links.staged(),
  };
  const { saveCredentials } = await openSignalStore(links, LINK, unexpected);
  const saved = saveCredentials();
  order.push('answered');
  await saved;
  expect(order).toEqual(['written', 'answered']);
});

test.each([
  ['cut off', `'{"noiseKey":'`],
  ['emptied', `''`],
  ['something else', `'{"hello":"there"}'`],
])('credentials that are %s stop the link: no new identity is made', async (_name, value) => {
  await (await openSignalStore(store.links, LINK, unexpected)).saveCredentials();
  await tamper(`UPDATE links SET credentials = ${value}`);
  await expect(openSignalStore(store.links, LINK, unexpected)).rejects.toMatchObject({
    name: 'StoreError',
    fault: 'damaged',
  });
});

test('credentials that went missing after the scan stop the link as well', async () => {
  await (await openSignalStore(store.links, LINK, unexpected)).saveCredentials();
  await store.links.activate(LINK, { number: '5511999990001', lid: null }, 1);
  await tamper('UPDATE links SET credentials = NULL');
  await expect(openSignalStore(store.links, LINK, unexpected)).rejects.toMatchObject({ fault: 'damaged' });
});

test('the error of unreadable credentials quotes nothing of them', async () => {
  const { state, saveCredentials } = await openSignalStore(store.links, LINK, unexpected);
  await saveCredentials();
  const secret = state.creds.advSecretKey;
  await tamper(`UPDATE links SET credentials = '"' || credentials`);
  const error: unknown = await openSignalStore(store.links, LINK, unexpected).catch((reason: unknown) => reason);
  const said = inspect(error);
  expect(said).toContain('cannot be read');
  expect(said).not.toContain('noiseKey');
  expect(said).not.toContain(secret);
});

/** A session as libsignal serializes it: an object, not bytes. */
const session = { version: 'v1', _sessions: { 'a/b=': { registrationId: 7, indexInfo: { closed: -1 } } } };

const KEYS: { readonly [type in keyof SignalDataTypeMap]?: unknown } = {
  'pre-key': { public: Buffer.from('05'.repeat(16), 'hex'), private: Buffer.from('06'.repeat(16), 'hex') },
  session,
  'sender-key': Buffer.from('[{"senderKeyId":1}]'),
  'sender-key-memory': { '5511988880001@s.whatsapp.net': true },
  'app-state-sync-version': { version: 3, hash: Buffer.alloc(4, 9), indexValueMap: { a: { valueMac: Buffer.of(1) } } },
  'lid-mapping': '200000000000002',
  'device-list': ['0', '12'],
  tctoken: { token: Buffer.of(1, 2, 3), timestamp: '1760000000' },
  'identity-key': Buffer.from('07'.repeat(33), 'hex'),
};

test.each(Object.entries(KEYS))('a key of type %s comes back as it was', async (name, value) => {
  const type = name as keyof SignalDataTypeMap;
  const { state } = await openSignalStore(store.links, LINK, unexpected);
  await state.keys.set({ [type]: { one: value, 'two.0': value } });
  const reopened = await openSignalStore(store.links, LINK, unexpected);
  const found = await reopened.state.keys.get(type, ['one', 'two.0', 'three']);
  expect(found).toEqual({ one: value, 'two.0': value });
  await reopened.state.keys.set({ [type]: { one: null } });
  expect(Object.keys(await reopened.state.keys.get(type, ['one', 'two.0']))).toEqual(['two.0']);
});

test('an app state key comes back as the protobuf that Baileys expects', async () => {
  const { state } = await openSignalStore(store.links, LINK, unexpected);
  const key = proto.Message.AppStateSyncKeyData.create({ keyData: Buffer.of(1, 2), timestamp: 5 });
  await state.keys.set({ 'app-state-sync-key': { a: key } });
  const { a } = await state.keys.get('app-state-sync-key', ['a']);
  expect(Buffer.from(a?.keyData ?? [])).toEqual(Buffer.of(1, 2));
});

test('a transaction of several types is one write, and one that fails leaves nothing behind', async () => {
  let writes = 0;
  let fails = false;
  const links: KeyLedger = {
    credentials: (id) => store.links.credentials(id),
    keys: (...ask) => store.links.keys(...ask),
    write: (...step) => store.links.write(...step),
    stage: (...step) => {
      writes += 1;
      return fails ? Promise.reject(new Error('disk')) : store.links.stage(...step);
    },
    staged: () => store.links.staged(),
  };
  const { state } = await openSignalStore(links, LINK, unexpected);
  const keys = addTransactionCapability(state.keys, pino({ level: 'silent' }), {
    maxCommitRetries: 1,
    delayBetweenTriesMs: 0,
  });
  const step = (digits: string): Promise<void> =>
    keys.transaction(async () => {
      await keys.set({ 'lid-mapping': { [digits]: '2' } });
      await keys.set({ 'device-list': { [digits]: ['0'] } });
    }, 'one');
  await step('111');
  expect(writes).toBe(1);
  fails = true;
  await expect(step('222')).rejects.toThrow('disk');
  fails = false;
  expect(await keys.get('lid-mapping', ['111', '222'])).toEqual({ 111: '2' });
  await step('333');
  expect(await keys.get('device-list', ['333'])).toEqual({ 333: ['0'] });
});

test('credentials survive their own encoding', () => {
  const creds = initAuthCreds();
  expect(JSON.parse(JSON.stringify(creds, BufferJSON.replacer), BufferJSON.reviver)).toEqual(creds);
});

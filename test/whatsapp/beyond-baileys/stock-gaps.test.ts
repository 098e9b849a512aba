/**
 * What stock Baileys lacks, where the relay's own behaviour is tested elsewhere. A test that fails here after an update says that the
 * gap is closed: its file can go.
 */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { linkStock, type StockClient, stockClient } from '../../support/stock-baileys.ts';
import { startProxy } from '../../support/tcp-proxy.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const ROOM = path.join(ROOT, 'relay', 'whatsapp', 'beyond-baileys');
/** Gaps that are shown in this file. */
const SHOWN_HERE: ReadonlySet<string> = new Set([
  'console-guard',
  'durable-ratchet',
  'early-notifications',
  'pair-refusal',
  'passkey-request',
  'phone-code',
  'prompt-end',
  'registration-refresh',
  'server-trust',
]);

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio', addressing: 'pn' });
});

async function linked(): Promise<StockClient> {
  const client = stockClient(whatsapp);
  onTestFinished(() => client.end());
  await linkStock(whatsapp, client, ana);
  return client;
}

test('each gap has its file, says when it can go, and is shown by a test against stock Baileys', () => {
  const files = globSync('*.ts', { cwd: ROOM }).map((file) => path.basename(file, '.ts'));
  expect(files.length).toBeGreaterThan(SHOWN_HERE.size);
  for (const file of files) {
    expect(readFileSync(path.join(ROOM, `${file}.ts`), 'utf8'), file).toMatch(/^ \* Remove when /m);
    if (SHOWN_HERE.has(file)) continue;
    const shown = readFileSync(path.join(import.meta.dirname, `${file}.test.ts`), 'utf8');
    expect(shown, file).toContain("test('stock Baileys ");
  }
  for (const file of SHOWN_HERE) expect(files).toContain(file);
});

test('stock Baileys takes a server whose certificate is for another key', async () => {
  whatsapp.faults.chainFlaw = 'unbound';
  const client = stockClient(whatsapp);
  onTestFinished(() => client.end());
  client.connect();
  await whatsapp.until(() => client.codes.length > 0, 'it showed a code');
});

test('stock Baileys lets a later message overtake the first of a new contact', async () => {
  const client = await linked();
  await whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'what came with the link is done');
  const { lidMapping } = client.socket.signalRepository;
  const store = lidMapping.storeLIDPNMappings.bind(lidMapping);
  const held = Promise.withResolvers<void>();
  let calls = 0;
  // A disk that takes its time with the first address pair.
  lidMapping.storeLIDPNMappings = async (pairs) => {
    calls += 1;
    if (calls === 1) await held.promise;
    return store(pairs);
  };
  await caio.write(ana, 'um');
  await whatsapp.until(() => calls === 1, 'the pair is being stored');
  await caio.write(ana, 'dois');
  const texts = () => client.messages.flatMap(({ message }) => message?.conversation ?? []);
  await whatsapp.until(() => texts().length === 1, 'one arrived');
  expect(texts()).toEqual(['dois']);
  held.resolve();
  await whatsapp.until(() => texts().length === 2, 'both arrived');
});

test('stock Baileys sends before the step of the ratchet is stored', async () => {
  const client = await linked();
  const to = caio.phone.address('lid');
  await client.socket.sendMessage(to, { text: 'um' });
  const events: string[] = [];
  const { keys } = client.auth;
  const set = keys.set.bind(keys);
  keys.set = async (data) => {
    if (data.session) events.push('stored');
    await set(data);
  };
  const send = client.socket.ws.send.bind(client.socket.ws);
  client.socket.ws.send = (...given: Parameters<typeof send>) => {
    events.push('sent');
    return send(...given);
  };
  await client.socket.sendMessage(to, { text: 'dois' });
  await whatsapp.until(() => events.includes('stored'), 'the step was stored');
  expect(events.indexOf('sent')).toBeLessThan(events.indexOf('stored'));
});

test('stock Baileys waits for a silent server to say goodbye', async () => {
  const proxy = await startProxy(whatsapp.url);
  const client = stockClient({ url: proxy.url, rootKey: whatsapp.rootKey });
  await linkStock(whatsapp, client, ana);
  const closes = client.closes.length;
  proxy.fallSilent();
  const began = performance.now();
  client.end();
  // Twice as long as the relay would wait.
  await whatsapp.until(() => performance.now() - began > 2_000, 'time has passed');
  expect(client.closes).toHaveLength(closes);
  proxy.cut();
});

test('stock Baileys tells nothing of a request for a passkey', async () => {
  ana.needsPasskey = true;
  const client = stockClient(whatsapp);
  onTestFinished(() => client.end());
  client.connect();
  await whatsapp.until(() => client.codes.length > 0, 'a code was shown');
  const updates: object[] = [];
  client.socket.ev.on('connection.update', (update) => updates.push(update));
  let asked: BinaryNode | null = null;
  client.socket.ws.on('CB:notification,type:passkey_prologue_request', (stanza: BinaryNode) => {
    asked = stanza;
  });
  const scanned = ana.scan(client.codes[0] ?? '').catch(() => 'the device went away');
  await whatsapp.until(() => asked !== null, 'the request came');
  expect(updates).toEqual([]);
  client.end();
  await scanned;
});

/** Stock Baileys with a code on show, and the texts of every code that it shows. */
async function waiting(): Promise<StockClient> {
  const client = stockClient(whatsapp, { browser: ['Recado', 'Chrome', '1.0'] });
  onTestFinished(() => client.end());
  client.connect();
  await whatsapp.until(() => client.codes.length > 0, 'a code was shown');
  return client;
}

test('stock Baileys acknowledges nothing before it is linked', async () => {
  const client = await waiting();
  const heard = new Promise((resolve) => client.socket.ws.on('CB:notification', resolve));
  ana.refreshes = 1;
  await expect(ana.scan(client.codes[0] ?? '')).rejects.toThrow('another secret');
  await heard;
  // What it sends next comes after what it should have sent.
  await client.socket.sendNode({ tag: 'ib', attrs: {} });
  await whatsapp.until(() => whatsapp.recorded.fromUnlinked.some(({ tag }) => tag === 'ib'), 'something else came');
  expect(whatsapp.recorded.fromUnlinked.filter(({ tag }) => tag === 'ack')).toEqual([]);
});

test('stock Baileys keeps the secret that it is asked to renew, and no phone can scan its code any more', async () => {
  const client = await waiting();
  const secret = client.creds.advSecretKey;
  ana.refreshes = 1;
  await expect(ana.scan(client.codes[0] ?? '')).rejects.toThrow('another secret');
  await client.socket.sendNode({ tag: 'ib', attrs: {} });
  await whatsapp.until(() => whatsapp.recorded.fromUnlinked.some(({ tag }) => tag === 'ib'), 'it has heard');
  expect(client.creds.advSecretKey).toBe(secret);
  expect(client.codes).toHaveLength(1);
  await expect(ana.scan(client.codes[0] ?? '')).rejects.toThrow('retired');
});

test('stock Baileys drops the connection, and answers nothing, where a link is signed with another secret', async () => {
  const client = await waiting();
  client.creds.advSecretKey = Buffer.alloc(32, 1).toString('base64');
  await expect(ana.scan(client.codes[0] ?? '')).rejects.toThrow('went away');
});

test('stock Baileys names the program where WhatsApp wants a system: refused, and it does not notice', async () => {
  const client = await waiting();
  const refused = new Promise<BinaryNode>((resolve) => client.socket.ws.on('CB:iq,type:error', resolve));
  expect(await client.socket.requestPairingCode(ana.number)).toHaveLength(8);
  expect(await refused).toMatchObject({ content: [{ tag: 'error', attrs: { code: '400', text: 'bad-request' } }] });
});

test('stock Baileys gives letters before WhatsApp knows of them, and takes the device for linked', async () => {
  whatsapp.server.linking.helloAnswer = { code: '429', text: 'rate-overlimit' };
  const client = stockClient(whatsapp);
  onTestFinished(() => client.end());
  client.connect();
  await whatsapp.until(() => client.codes.length > 0, 'it was ready');
  expect(await client.socket.requestPairingCode(ana.number)).toHaveLength(8);
  expect(client.socket.authState.creds.me?.id).toContain(ana.number);
  expect(client.socket.authState.creds.account).toBeUndefined();
});

test('stock Baileys brings a libsignal that prints sessions', () => {
  const sources = globSync('node_modules/libsignal/src/*.js', { cwd: ROOT });
  const printing = sources.filter((file) =>
    /console\.(?:info|warn|log)\(/.test(readFileSync(path.join(ROOT, file), 'utf8')),
  );
  expect(printing.length).toBeGreaterThan(0);
});

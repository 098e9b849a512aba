/** What the server says to a message, or fails to say; and queries that go wrong. */
import { proto } from '@whiskeysockets/baileys';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { linkStock, type StockClient, stockClient } from '../support/stock-baileys.ts';
import type { Person } from './people/person.ts';
import type { WhatsApp } from './whatsapp.ts';
import type { Stanza } from './wire/stanza.ts';

let whatsapp: WhatsApp;
let client: StockClient;
let ana: Person;
let caio: Person;
let acks: Stanza['attrs'][];

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  client = stockClient(whatsapp, { defaultQueryTimeoutMs: 300 });
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  await linkStock(whatsapp, client, ana);
  acks = [];
  client.socket.ws.on('CB:ack,class:message', ({ attrs }: Stanza) => acks.push(attrs));
});

afterEach(async () => {
  client.end();
});

async function say(text: string): Promise<string> {
  const sent = await client.socket.sendMessage(`${caio.user.lid}@lid`, { text });
  return sent?.key.id ?? '';
}

test('a message is acknowledged with its id', async () => {
  const id = await say('olá');
  await whatsapp.until(() => acks.length === 1, 'the acknowledgement came');
  expect(acks[0]).toMatchObject({ id, class: 'message' });
  expect(acks[0]?.error).toBeUndefined();
});

test('a refused message reaches nobody, and the client marks it as failed', async () => {
  const updates: unknown[] = [];
  client.socket.ev.on('messages.update', (found) => updates.push(...found));
  whatsapp.faults.refuseAcks('463');
  const id = await say('olá');
  await whatsapp.until(() => updates.length > 0, 'the client heard of it');
  expect(updates[0]).toMatchObject({ key: { id }, update: { status: proto.WebMessageInfo.Status.ERROR } });
  expect(acks[0]).toMatchObject({ id, error: '463' });
  whatsapp.faults.clear();
  await say('de novo');
  await whatsapp.until(() => caio.received.length > 0, 'Caio got the next one');
  expect(caio.received.map(({ text }) => text)).toEqual(['de novo']);
});

test('an acknowledgement can be withheld while the message arrives', async () => {
  whatsapp.faults.withholdAcks = true;
  await say('olá');
  await whatsapp.until(() => caio.received.length === 1, 'Caio got it');
  expect(acks).toEqual([]);
});

test('a message can be lost in the server', async () => {
  whatsapp.faults.dropSends = true;
  await say('um');
  await whatsapp.until(() => whatsapp.recorded.sends.length === 1, 'it had left');
  whatsapp.faults.clear();
  const id = await say('dois');
  await whatsapp.until(() => caio.received.length === 1 && acks.length > 0, 'the next one arrived');
  expect(caio.received.map(({ text }) => text)).toEqual(['dois']);
  expect(acks.map((ack) => ack.id)).toEqual([id]);
});

test('the same id sent twice is one message to a phone', async () => {
  const jid = `${caio.user.lid}@lid`;
  await client.socket.sendMessage(jid, { text: 'olá' }, { messageId: '3EB0AAAAAAAAAAAAAAAAAA' });
  await client.socket.sendMessage(jid, { text: 'olá' }, { messageId: '3EB0AAAAAAAAAAAAAAAAAA' });
  await whatsapp.until(() => caio.received[0]?.copies === 2, 'both copies arrived');
  expect(caio.received).toHaveLength(1);
});

test('a client that could not look up devices names none, and is refused', async () => {
  whatsapp.faults.ignoreQueries('usync');
  await say('olá');
  await whatsapp.until(() => acks.length === 1, 'the server answered');
  expect(whatsapp.recorded.sends).toMatchObject([{ recipients: 0 }]);
  expect(acks[0]?.error).toBe('400');
  expect(caio.received).toEqual([]);
});

test('slow answers keep their order', async () => {
  whatsapp.faults.answerDelayMs = 50;
  const texts = ['um', 'dois', 'três', 'quatro'];
  for (const text of texts) await caio.write(ana, text);
  await whatsapp.until(
    () => client.messages.filter(({ message }) => message?.conversation).length === texts.length,
    'all arrived',
  );
  expect(client.messages.flatMap(({ message }) => message?.conversation ?? [])).toEqual(texts);
});

test('a query that nobody understands is refused and remembered', async () => {
  const query = { tag: 'iq', attrs: { to: 's.whatsapp.net', type: 'get', xmlns: 'no:such:thing' }, content: [] };
  await expect(client.socket.query(query)).rejects.toThrow('feature-not-implemented');
  expect(whatsapp.unknownQueries).toEqual(['no:such:thing get ']);
  whatsapp.server.queries.unknown.length = 0;
});

test('pre-keys of another identity, or a signed one with a bad signature, are refused', async () => {
  const upload = (content: Stanza[]): Stanza => ({
    tag: 'iq',
    attrs: { to: 's.whatsapp.net', type: 'set', xmlns: 'encrypt' },
    content: [{ tag: 'registration', attrs: {}, content: Buffer.alloc(4) }, ...content],
  });
  const identity = { tag: 'identity', attrs: {}, content: Buffer.alloc(32) };
  await expect(client.socket.query(upload([identity]))).rejects.toThrow('another identity');
  const own = { ...identity, content: Buffer.from(client.creds.signedIdentityKey.public) };
  const { keyPair, signature } = client.creds.signedPreKey;
  const broken = Buffer.from(signature);
  broken.writeUInt8(broken.readUInt8(3) ^ 1, 3);
  const skey = {
    tag: 'skey',
    attrs: {},
    content: [
      { tag: 'id', attrs: {}, content: Buffer.from([0, 0, 1]) },
      { tag: 'value', attrs: {}, content: Buffer.from(keyPair.public) },
      { tag: 'signature', attrs: {}, content: broken },
    ],
  };
  await expect(client.socket.query(upload([own, skey]))).rejects.toThrow('bad signature');
});

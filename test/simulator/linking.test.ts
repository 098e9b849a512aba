/** The simulator against the client it was made for: stock Baileys. */
import { type BinaryNode, proto } from '@whiskeysockets/baileys';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { type StockClient, stockClient } from '../support/stock-baileys.ts';
import type { WhatsApp } from './whatsapp.ts';

let whatsapp: WhatsApp;
let client: StockClient;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  client = stockClient(whatsapp);
});

afterEach(async () => {
  client.end();
});

test('stock Baileys links by QR code, restarts after 515, receives a text and answers it', async () => {
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  const opened = client.opened();
  client.connect();
  await whatsapp.until(() => client.codes.length > 0, 'a code was shown');
  await ana.scan(client.codes[0] ?? '');
  await opened;
  expect(client.closes).toEqual([515]);

  const { id } = await caio.write(ana, 'oi');
  await whatsapp.until(() => client.messages.some(({ key }) => key.id === id), 'the message arrived');
  const message = client.messages.find(({ key }) => key.id === id);
  expect(message?.message?.conversation).toBe('oi');
  expect(message?.key.remoteJidAlt).toBe('5511988880001@s.whatsapp.net');

  await client.socket.sendMessage(message?.key.remoteJid ?? '', { text: 'olá' });
  await whatsapp.until(() => caio.received.length === 1, 'Caio got the answer');
  expect(caio.received[0]).toMatchObject({ text: 'olá', from: '5511999990001', copies: 1 });
  await whatsapp.until(() => ana.sentElsewhere.length === 1, "Ana's phone saw the answer");
});

/** A registration with one thing wrong, as stock Baileys would never send it. */
test.each<[string, (payload: proto.ClientPayload) => void, number]>([
  [
    'an outdated version',
    ({ userAgent }) => void Object.assign(userAgent?.appVersion ?? {}, { secondary: 2_413 }),
    405,
  ],
  ['no user agent', (payload) => void Object.assign(payload, { userAgent: null }), 409],
  ['no device', (payload) => void Object.assign(payload, { devicePairingData: null }), 400],
  [
    'a pre-key that its identity has not signed',
    ({ devicePairingData }) => void Object.assign(devicePairingData ?? {}, { eSkeySig: Buffer.alloc(64, 1) }),
    400,
  ],
])('%s is refused at the door', async (_what, spoil, code) => {
  const { encode } = proto.ClientPayload;
  const spoilt = vi.spyOn(proto.ClientPayload, 'encode').mockImplementation((payload, writer) => {
    spoil(payload as proto.ClientPayload);
    return encode.call(proto.ClientPayload, payload, writer);
  });
  onTestFinished(() => spoilt.mockRestore());
  client.connect();
  await whatsapp.until(() => client.closes.length === 1, 'it was refused');
  expect(client.closes).toEqual([code]);
  expect(client.codes).toEqual([]);
});

test('a code to type is asked for too early, before the references have come: 428', async () => {
  whatsapp.server.linking.pairDeviceDelayMs = 500;
  client.connect();
  await whatsapp.until(() => whatsapp.server.linking.waiting.length === 1, 'it was let in');
  const refused = new Promise((resolve) => client.socket.ws.on('CB:iq,type:error', resolve));
  await client.socket.requestPairingCode('5511999990001');
  expect(await refused).toMatchObject({ content: [{ attrs: { code: '428' } }] });
});

test.each<[string, [string, string, string], boolean]>([
  ['a browser on a system', ['Windows', 'Chrome', '1'], true],
  ['another one', ['Mac OS', 'Safari', '1'], true],
  ['Ubuntu', ['Ubuntu', 'Firefox', '1'], true],
  ['a product in place of a system', ['Acme', 'Chrome', '1'], false],
  ['a desktop program', ['Windows', 'Desktop', '1'], false],
  ['a browser that is none', ['Linux', 'Acme', '1'], false],
])('who asks for a code to type as %s: %j', async (_what, browser, taken) => {
  client = stockClient(whatsapp, { browser });
  client.connect();
  await whatsapp.until(() => client.codes.length > 0, 'it was ready');
  const answered = new Promise<BinaryNode>((resolve) => {
    for (const event of ['CB:iq,type:error', 'CB:iq,,link_code_companion_reg']) client.socket.ws.on(event, resolve);
  });
  await client.socket.requestPairingCode('5511999990001');
  expect((await answered).attrs.type).toBe(taken ? 'result' : 'error');
});

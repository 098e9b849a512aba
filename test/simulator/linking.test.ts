/** The simulator against the client it was made for: stock Baileys. */
import { afterEach, beforeEach, expect, test } from 'vitest';
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

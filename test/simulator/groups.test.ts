/** Groups, their sender keys and what comes again, with stock Baileys as one member's companion. */
import type { WAMessage } from '@whiskeysockets/baileys';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { linkStock, type StockClient, stockClient } from '../support/stock-baileys.ts';
import type { Group } from './people/group.ts';
import * as content from './people/message-content.ts';
import type { Person } from './people/person.ts';
import type { WhatsApp } from './whatsapp.ts';

let whatsapp: WhatsApp;
let client: StockClient;
let ana: Person;
let caio: Person;
let davi: Person;
let group: Group;

beforeEach(async () => {
  // libsignal prints the sessions it closes, and every failure to decrypt.
  for (const method of ['info', 'error', 'warn'] as const) vi.spyOn(console, method).mockReturnValue(undefined);
  whatsapp = await loopbackWhatsApp();
  client = stockClient(whatsapp);
  // It refuses what it cannot read, and whether the copy or its refusal is first is a race.
  whatsapp.faults.withholdAfterRefusal = false;
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  davi = whatsapp.contact({ number: '5511988880002', name: 'Davi' });
  group = whatsapp.group('Família', [ana, caio, davi]);
  await linkStock(whatsapp, client, ana);
});

afterEach(async () => {
  client.end();
  vi.restoreAllMocks();
});

async function arrived(id: string): Promise<WAMessage> {
  const find = (): WAMessage | undefined => client.messages.find(({ key, message }) => key.id === id && message);
  await whatsapp.until(() => find() !== undefined, 'the message arrived');
  return find() as WAMessage;
}

test('a group speaks both ways with sender keys', async () => {
  const { id } = await group.write(caio, content.richText('@Ana?', { mentions: [ana] }));
  expect((await arrived(id)).message?.extendedTextMessage?.contextInfo?.mentionedJid).toEqual([`${ana.user.lid}@lid`]);
  const second = await group.write(caio, { conversation: 'de novo' });
  expect((await arrived(second.id)).message?.conversation).toBe('de novo');
  await client.socket.sendMessage(group.address, { text: 'aqui' });
  await client.socket.sendMessage(group.address, { text: 'ali' });
  await whatsapp.until(() => davi.received.length === 4, 'Davi read all of it');
  expect(davi.received.map(({ text }) => text)).toEqual(['@Ana?', 'de novo', 'aqui', 'ali']);
  expect(caio.received.map(({ text }) => text)).toEqual(['aqui', 'ali']);
  expect([...caio.undecryptable, ...davi.undecryptable]).toEqual([]);
});

test('a member who could not read a group message gets it again, and reads on', async () => {
  await group.write(caio, { conversation: 'um' });
  const broken = await group.write(caio, { conversation: 'dois' }, { unreadable: true });
  const next = await group.write(caio, { conversation: 'três' });
  expect((await arrived(broken.id)).message?.conversation).toBe('dois');
  expect((await arrived(next.id)).message?.conversation).toBe('três');
  expect(whatsapp.recorded.receipts.filter(({ type }) => type === 'retry')).toMatchObject([{ ids: [broken.id] }]);
  expect(davi.received.map(({ text }) => text)).toEqual(['um', 'dois', 'três']);
});

test('a phone that lost its session asks again for what a companion wrote in a group', async () => {
  caio.asksAgain = true;
  await client.socket.sendMessage(group.address, { text: 'aqui' });
  await whatsapp.until(() => caio.received.length === 1, 'Caio read it');
  caio.asksAgain = false;
  await client.socket.sendMessage(group.address, { text: 'ali' });
  await whatsapp.until(() => caio.received.length === 2, 'Caio read the next one');
  expect(caio.received.map(({ text }) => text)).toEqual(['aqui', 'ali']);
});

test('a text in a group can be changed and taken back', async () => {
  const first = await group.write(caio, { conversation: 'um' });
  const referred = { id: first.id, by: caio, to: ana };
  const changed = await group.write(caio, content.edit(referred, 'dois'), { edit: '1' });
  const gone = await group.write(caio, content.deletion(referred), { edit: '7' });
  expect((await arrived(changed.id)).message?.protocolMessage?.editedMessage?.conversation).toBe('dois');
  expect((await arrived(gone.id)).message?.protocolMessage?.type).toBe(0);
});

/** Queues, copies and retries: what reaches whom, and what comes again, with stock Baileys as every companion. */
import { proto, type WAMessage } from '@whiskeysockets/baileys';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { linkStock, type StockClient, stockClient } from '../support/stock-baileys.ts';
import type { Person } from './people/person.ts';
import type { Device } from './server/device.ts';
import type { WhatsApp } from './whatsapp.ts';

const { CIPHERTEXT } = proto.WebMessageInfo.StubType;

let whatsapp: WhatsApp;
let client: StockClient;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  // libsignal prints the sessions it closes, and every failure to decrypt.
  for (const method of ['info', 'error', 'warn'] as const) vi.spyOn(console, method).mockReturnValue(undefined);
  whatsapp = await loopbackWhatsApp();
  client = stockClient(whatsapp);
  // It refuses what it cannot read, and whether the copy or its refusal is first is a race.
  whatsapp.faults.withholdAfterRefusal = false;
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  await linkStock(whatsapp, client, ana);
  await whatsapp.until(() => companion().unconfirmed === 0, 'the welcome of the phone was confirmed');
});

afterEach(async () => {
  client.end();
  vi.restoreAllMocks();
});

/** What a companion shows: its phone's keys and history are no messages to anyone. */
function chat({ messages }: StockClient): readonly WAMessage[] {
  return messages.filter(({ message }) => message && !message.protocolMessage);
}

function texts(of: StockClient): string[] {
  return chat(of).map(({ message }) => message?.conversation ?? message?.extendedTextMessage?.text ?? '');
}

function readable(id: string): WAMessage | undefined {
  return client.messages.find(({ key, message }) => key.id === id && message);
}

function stubbed(id: string): boolean {
  return client.messages.some(({ key, messageStubType }) => key.id === id && messageStubType === CIPHERTEXT);
}

function companion(): Device {
  const [device] = ana.user.companions;
  if (!device) throw new Error('nobody is linked');
  return device;
}

async function cut(): Promise<void> {
  const closes = client.closes.length;
  whatsapp.cut(ana);
  await whatsapp.until(() => client.closes.length > closes, 'the client noticed the cut');
}

test('what was written meanwhile comes in order at the next login, marked as offline, and once', async () => {
  await cut();
  for (const text of ['um', 'dois', 'três']) await caio.write(ana, text);
  expect(companion().unconfirmed).toBe(3);
  const marks: (string | undefined)[] = [];
  client.connect();
  client.socket.ws.on('CB:message', ({ attrs }) => marks.push(attrs.offline));
  await whatsapp.until(() => chat(client).length === 3, 'all three arrived');
  expect(texts(client)).toEqual(['um', 'dois', 'três']);
  await whatsapp.until(() => companion().unconfirmed === 0, 'all three were confirmed');
  await cut();
  client.connect();
  await client.opened();
  await caio.write(ana, 'quatro');
  await whatsapp.until(() => chat(client).length === 4, 'the next one arrived');
  expect(texts(client)).toEqual(['um', 'dois', 'três', 'quatro']);
  expect(marks).toEqual(['0', '1', '2']);
});

test('what was sent into a dead line waits until it is confirmed', async () => {
  whatsapp.silence(ana);
  await caio.write(ana, 'um');
  expect(companion().unconfirmed).toBe(1);
  await cut();
  client.connect();
  await whatsapp.until(() => chat(client).length === 1, 'it arrived');
  await whatsapp.until(() => companion().unconfirmed === 0, 'it was confirmed');
});

test('a message delivered twice is confirmed twice and cannot be read twice', async () => {
  await caio.write(ana, 'um');
  await caio.write(ana, 'dois');
  await whatsapp.until(() => chat(client).length === 2 && companion().unconfirmed === 0, 'both were confirmed');
  whatsapp.redeliver(ana);
  expect(companion().unconfirmed).toBeGreaterThanOrEqual(2);
  await whatsapp.until(() => companion().unconfirmed === 0, 'both were confirmed again');
  await caio.write(ana, 'três');
  await whatsapp.until(() => texts(client).includes('três'), 'the next one arrived');
  expect(texts(client)).toEqual(['um', 'dois', 'três']);
});

test('a broken copy is asked for again and then read, under the same id', async () => {
  caio.offline();
  const { id } = await caio.write(ana, 'oi', { unreadable: true });
  await whatsapp.until(() => stubbed(id), 'it was shown as a stub');
  expect(readable(id)).toBeUndefined();
  caio.online();
  await whatsapp.until(() => readable(id) !== undefined, 'it could be read');
  expect(readable(id)?.message?.conversation).toBe('oi');
  expect(caio.receipts.map(({ type }) => type)).toContain('retry');
  await caio.write(ana, 'e agora?');
  await whatsapp.until(() => texts(client).includes('e agora?'), 'the session is sound');
});

test("a broken copy of the owner's own message is asked for again too", async () => {
  const { id } = await ana.write(caio, 'deixa comigo', { unreadable: true });
  await whatsapp.until(() => readable(id) !== undefined, 'it could be read');
  expect(readable(id)?.key.fromMe).toBe(true);
  expect(readable(id)?.key.remoteJid).toBe(`${caio.user.lid}@lid`);
  await whatsapp.until(() => caio.received.length === 1, 'Caio got it');
  expect(caio.received[0]).toMatchObject({ id, copies: 1 });
});

test('a contact who could not read an answer gets it again, once', async () => {
  const { id } = await caio.write(ana, 'oi');
  await whatsapp.until(() => readable(id) !== undefined, 'it arrived');
  caio.asksAgain = true;
  const sent = await client.socket.sendMessage(`${caio.user.lid}@lid`, { text: 'olá' });
  await whatsapp.until(() => caio.received.length === 1, 'Caio could read it');
  expect(caio.received[0]).toMatchObject({ id: sent?.key.id, text: 'olá', copies: 1 });
});

test("the owner's phone that could not read what a companion sent gets it again", async () => {
  ana.asksAgain = true;
  await client.socket.sendMessage(`${caio.user.lid}@lid`, { text: 'olá' });
  await whatsapp.until(() => ana.sentElsewhere.length === 1, 'the phone could read it');
  expect(ana.sentElsewhere[0]).toMatchObject({ text: 'olá', chat: caio.number });
});

test('every companion of a number gets its own copy, and sees what the others send', async () => {
  const second = stockClient(whatsapp);
  onTestFinished(() => second.end());
  await linkStock(whatsapp, second, ana);
  expect(ana.companions()).toHaveLength(2);
  await caio.write(ana, 'oi');
  await whatsapp.until(() => chat(client).length === 1 && chat(second).length === 1, 'both received it');
  await client.socket.sendMessage(`${caio.user.lid}@lid`, { text: 'olá' });
  await whatsapp.until(() => chat(second).length === 2, 'the other one saw the answer');
  expect(chat(second)[1]).toMatchObject({ key: { fromMe: true, remoteJid: `${caio.user.lid}@lid` } });
  await whatsapp.until(() => caio.received.length === 1 && ana.sentElsewhere.length === 1, 'both phones got it');
  expect(caio.received[0]?.copies).toBe(1);
});

test('a contact may have companions as well', async () => {
  const other = stockClient(whatsapp);
  onTestFinished(() => other.end());
  await linkStock(whatsapp, other, caio);
  await client.socket.sendMessage(`${caio.user.lid}@lid`, { text: 'olá' });
  await whatsapp.until(() => chat(other).length === 1 && caio.received.length === 1, 'both devices of Caio got it');
  await other.socket.sendMessage(`${ana.user.lid}@lid`, { text: 'oi' });
  await whatsapp.until(() => texts(client).includes('oi'), 'the answer of the companion arrived');
  await whatsapp.until(() => ana.received.length === 1, "Ana's phone got it too");
  expect(ana.received[0]).toMatchObject({ from: caio.number, text: 'oi' });
  expect(ana.received[0]?.fromDevice).not.toBe(0);
});

test('a number that writes by number is read as one, with its LID beside it', async () => {
  const davi = whatsapp.contact({ number: '5511988880002', addressing: 'pn' });
  const { id } = await davi.write(ana, 'oi');
  await whatsapp.until(() => readable(id) !== undefined, 'it arrived');
  expect(readable(id)?.key).toMatchObject({
    remoteJid: `${davi.number}@s.whatsapp.net`,
    remoteJidAlt: `${davi.user.lid}@lid`,
  });
});

test('a phone without a line gets everything when it is back', async () => {
  caio.offline();
  await client.socket.sendMessage(`${caio.user.lid}@lid`, { text: 'um' });
  await client.socket.sendMessage(`${caio.user.lid}@lid`, { text: 'dois' });
  await whatsapp.until(() => caio.phone.unconfirmed === 2, 'both wait');
  expect(caio.received).toEqual([]);
  caio.online();
  await whatsapp.until(() => caio.received.length === 2, 'both were read');
  expect(caio.received.map(({ text }) => text)).toEqual(['um', 'dois']);
});

test('a person who looks at a message tells its sender that it was read', async () => {
  const sent = await client.socket.sendMessage(`${caio.user.lid}@lid`, { text: 'oi' });
  await whatsapp.until(() => caio.received.length === 1, 'it arrived');
  const told = () => whatsapp.recorded.receipts.filter(({ number }) => number === caio.number).map(({ type }) => type);
  expect(told()).toEqual(['delivery']);
  caio.showMessage(sent?.key.id ?? '');
  expect(told()).toEqual(['delivery', 'read']);
  await whatsapp.until(() => companion().unconfirmed === 0, 'the device of the sender was told');
});

test('what a person looks at is told to their own devices, and to its sender unless they show it to nobody', async () => {
  const heard: { readonly attrs: Record<string, string> }[] = [];
  client.socket.ws.on('CB:receipt', (stanza: { readonly attrs: Record<string, string> }) => heard.push(stanza));
  for (const shows of [true, false]) {
    ana.showsReads = shows;
    const { id } = await caio.write(ana, 'oi');
    await whatsapp.until(() => ana.received.some((each) => each.id === id), 'the phone has it');
    ana.showMessage(id);
    await whatsapp.until(() => heard.some(({ attrs }) => attrs.id === id), 'the device was told');
    const { from, recipient, type } = heard.find(({ attrs }) => attrs.id === id)?.attrs ?? {};
    expect({ from, recipient, type }).toEqual({
      from: `${ana.user.lid}@lid`,
      recipient: `${caio.user.lid}@lid`,
      type: shows ? 'read' : 'read-self',
    });
  }
  await whatsapp.until(() => caio.receipts.some(({ type }) => type === 'read'), 'Caio was told of one');
  expect(caio.receipts.filter(({ type }) => type.startsWith('read'))).toHaveLength(1);
});

test('delivery and reading are told to the sender, and typing and presence are recorded', async () => {
  const { id } = await caio.write(ana, 'oi');
  await whatsapp.until(() => readable(id) !== undefined, 'it arrived');
  const message = readable(id);
  if (!message) throw new Error('the message is gone');
  await client.socket.readMessages([message.key]);
  await client.socket.sendPresenceUpdate('composing', `${caio.user.lid}@lid`);
  await client.socket.sendPresenceUpdate('unavailable');
  await whatsapp.until(() => caio.receipts.some(({ type }) => type === 'read'), 'Caio saw it was read');
  expect(caio.receipts.every((receipt) => receipt.id === id)).toBe(true);
  await whatsapp.until(() => whatsapp.recorded.presences.at(-1)?.type === 'unavailable', 'the presence was recorded');
  expect(whatsapp.recorded.typing).toMatchObject([{ number: ana.number, type: 'composing' }]);
});

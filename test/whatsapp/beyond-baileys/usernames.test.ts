/** What people call themselves: shown as theirs, a way to name a chat, and nothing that tells who they are. */

import type { BaileysEventMap } from '@whiskeysockets/baileys';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { type RelayBench, startRelayBench } from '../../support/running-relay.ts';
import { linkStock, stockClient } from '../../support/stock-baileys.ts';

type Chat = { readonly chatId: string; readonly username: string | null; readonly rule: string | null };

let whatsapp: WhatsApp;
let ana: Person;
let caio: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  ana = whatsapp.account({ number: '5511999990001', name: 'Ana' });
  caio = whatsapp.contact({ number: '5511988880001', name: 'Caio' });
  caio.user.tellsOtherAddress = false;
});

async function answering(): Promise<RelayBench> {
  const relay = await startRelayBench(whatsapp);
  await relay.link('Recado', ana);
  await relay.client.ask('switch', { on: true, scope: 'everyone' });
  return relay;
}

const seen = (): Promise<void> =>
  whatsapp.until(() => ana.user.companions[0]?.unconfirmed === 0, 'everything was taken in');

const chatsOf = async ({ client }: RelayBench): Promise<readonly Chat[]> =>
  (await client.ask<{ chats: Chat[] }>('chats.list')).chats;

test('stock Baileys drops that somebody has chosen a username', async () => {
  const client = stockClient(whatsapp);
  onTestFinished(() => client.end());
  await linkStock(whatsapp, client, ana);
  const told: unknown[] = [];
  client.socket.ev.process((events: Partial<BaileysEventMap>) => void told.push(events));
  whatsapp.chooseUsername(ana, caio, 'caio.s');
  await seen();
  expect(JSON.stringify(told)).not.toContain('caio.s');
});

test('a chat without a number is shown with its username, and can be given a rule by it and by its place in the list', async () => {
  const relay = await answering();
  await caio.write(ana, 'oi');
  await seen();
  whatsapp.chooseUsername(ana, caio, 'caio.s');
  await expect.poll(async () => (await chatsOf(relay))[0]?.username).toBe('caio.s');
  await relay.client.ask('chats.rule', { chat: '@Caio.S', rule: 'never' });
  const [chat] = await chatsOf(relay);
  expect(chat?.rule).toBe('never');
  await relay.client.ask('chats.rule', { chat: chat?.chatId, rule: 'answer' });
  expect((await chatsOf(relay))[0]?.rule).toBe('answer');
  whatsapp.chooseUsername(ana, caio, null);
  await expect.poll(async () => (await chatsOf(relay))[0]?.username).toBeNull();
});

test('the owner’s own message tells it, too', async () => {
  const relay = await answering();
  await caio.write(ana, 'oi');
  whatsapp.chooseUsername(ana, caio, 'caio.s', { silently: true });
  await ana.write(caio, 'já te respondo');
  await seen();
  await expect.poll(async () => (await chatsOf(relay))[0]?.username).toBe('caio.s');
});

test('a username that nobody here has, or two have, names no chat', async () => {
  const relay = await answering();
  const dora = whatsapp.contact({ number: '5511988880002', name: 'Dora' });
  await caio.write(ana, 'oi');
  await dora.write(ana, 'oi');
  await seen();
  for (const person of [caio, dora]) whatsapp.chooseUsername(ana, person, 'gemea');
  await expect.poll(async () => (await chatsOf(relay)).map(({ username }) => username)).toEqual(['gemea', 'gemea']);
  for (const chat of ['@gemea', '@ninguem'])
    await expect(relay.client.ask('chats.rule', { chat, rule: 'never' })).rejects.toThrow('no chat');
});

test('while off no username is written, and none of somebody who never wrote', async () => {
  const relay = await answering();
  await caio.write(ana, 'oi');
  await seen();
  await relay.client.ask('switch', { on: false });
  whatsapp.chooseUsername(ana, caio, 'caio.s');
  await seen();
  await relay.client.ask('switch', { on: true });
  whatsapp.chooseUsername(ana, whatsapp.contact({ number: '5511988880003' }), 'de.fora');
  await seen();
  expect((await chatsOf(relay)).map(({ username }) => username)).toEqual([null]);
});

/** Many messages and a connection that breaks among them, or a relay that is stopped: each arrives, in its sender's order. */
import { beforeEach, expect, test } from 'vitest';
import type { ChatMessage } from '../../../relay/store/chat-message.ts';
import type { Store } from '../../../relay/store/store.ts';
import type { Person } from '../../simulator/people/person.ts';
import type { WhatsApp } from '../../simulator/whatsapp.ts';
import { type EncryptedCopy, encryptOnce } from '../../support/encrypted-copy.ts';
import { linkTo, startBench } from '../../support/linked-session.ts';
import { loopbackWhatsApp } from '../../support/loopback-whatsapp.ts';
import { testStore } from '../../support/store.ts';

const PEOPLE = 6;
const EACH = 50;

let whatsapp: WhatsApp;
let store: Store;
let ana: Person;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
  store = await testStore();
  ana = whatsapp.account({ number: '5511999990001' });
});

async function burst(): Promise<EncryptedCopy[]> {
  const people = Array.from({ length: PEOPLE }, (_, at) => whatsapp.contact({ number: `551198888000${at}` }));
  const copies: EncryptedCopy[] = [];
  for (let turn = 0; turn < EACH; turn++) {
    for (const each of people) copies.push(await encryptOnce(each, ana, { conversation: String(turn) }));
  }
  return copies;
}

/** The inbox of the product keeps the first of each id; so does this one. */
function inbox(): { readonly lines: Map<string, ChatMessage>; takeIn(batch: readonly ChatMessage[]): Promise<void> } {
  const lines = new Map<string, ChatMessage>();
  return {
    lines,
    takeIn: async (batch) => {
      for (const message of batch) if (!lines.has(message.messageId)) lines.set(message.messageId, message);
    },
  };
}

function perChat(lines: Map<string, ChatMessage>): Record<string, (string | null)[]> {
  const chats: Record<string, (string | null)[]> = {};
  for (const { chatId, text } of lines.values()) chats[chatId] = [...(chats[chatId] ?? []), text];
  return chats;
}

function expectAllInOrder(lines: Map<string, ChatMessage>): void {
  const chats = Object.values(perChat(lines));
  expect(chats).toHaveLength(PEOPLE);
  for (const texts of chats) expect(texts).toEqual(Array.from({ length: EACH }, (_, at) => String(at)));
}

test('a line cut again and again in a burst loses nothing and mixes nothing up (S19)', async () => {
  const { lines, takeIn } = inbox();
  const bench = await startBench(whatsapp, { store, inbound: { takeIn } });
  await linkTo(whatsapp, bench, ana);
  const copies = await burst();
  for (const copy of copies) copy.deliver();
  for (const reached of [40, 120, 200]) {
    await whatsapp.until(() => lines.size >= reached, `${reached} were taken in`);
    whatsapp.cut(ana);
  }
  await whatsapp.until(() => lines.size === copies.length, 'all were taken in');
  expectAllInOrder(lines);
});

test('a relay stopped in a burst and started again loses nothing and mixes nothing up (S19)', async () => {
  const { lines, takeIn } = inbox();
  const first = await startBench(whatsapp, { store, inbound: { takeIn } });
  await linkTo(whatsapp, first, ana);
  const copies = await burst();
  for (const copy of copies) copy.deliver();
  await whatsapp.until(() => lines.size >= 60, 'some were taken in');
  await first.stop();
  const second = await startBench(whatsapp, { store, inbound: { takeIn } });
  await whatsapp.until(() => lines.size >= 150, 'more were taken in');
  await second.stop();
  await startBench(whatsapp, { store, inbound: { takeIn } });
  await whatsapp.until(() => lines.size === copies.length, 'all were taken in');
  expectAllInOrder(lines);
});

test('an inbox that fails in a burst gets everything again (S19)', async () => {
  const { lines, takeIn } = inbox();
  let failures = 0;
  const sometimes = (batch: readonly ChatMessage[]): Promise<void> => {
    if (failures >= 3 || lines.size < 60 * (failures + 1)) return takeIn(batch);
    failures += 1;
    return Promise.reject(new Error('not now'));
  };
  const bench = await startBench(whatsapp, { store, inbound: { takeIn: sometimes } });
  await linkTo(whatsapp, bench, ana);
  const copies = await burst();
  for (const copy of copies) copy.deliver();
  await whatsapp.until(() => lines.size === copies.length, 'all were taken in');
  expect(failures).toBe(3);
});

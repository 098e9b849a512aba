/** One person, however WhatsApp names them this time: by number, by number and LID, or by LID alone. */
import { beforeEach, expect, test } from 'vitest';
import type { ChatMessage } from '../../relay/store/chat-message.ts';
import type { Store } from '../../relay/store/store.ts';
import { People } from '../../relay/whatsapp/people.ts';
import type { ChatId } from '../../shared/chat.ts';
import { linkTo, startBench } from '../support/linked-session.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { AGENT, testStore, withAgent } from '../support/store.ts';

const NUMBER = '5511988880001';
const LID = '200000000000002';
const BY_NUMBER = `${NUMBER}@s.whatsapp.net` as ChatId;
const BY_LID = `${LID}@lid` as ChatId;

let store: Store;

beforeEach(async () => {
  store = await withAgent(await testStore());
});

type Options = { readonly mapped?: Record<string, string>; readonly keepsText?: (chatId: ChatId) => boolean };

function people({ mapped = {}, keepsText = () => true }: Options = {}): { people: People; merges: string[] } {
  const merges: string[] = [];
  const made = new People({
    agentId: AGENT,
    chats: store.chats,
    keys: () => ({ get: async () => mapped as never, set: async () => undefined }),
    keepsText,
    merged: async (from, into) => void merges.push(`${from} → ${into}`),
  });
  return { people: made, merges };
}

function message(chatId: ChatId, number: string | null): ChatMessage {
  return {
    chatId,
    chatKind: 'direct',
    messageId: '3A01',
    author: 'contact',
    number,
    senderName: null,
    sentAt: 0,
    live: true,
    kind: 'text',
    text: 'oi',
    shown: [],
    disappearsAfter: null,
    addressed: true,
  };
}

test('a number stays its own chat until its LID is known, then both are one for ever', async () => {
  const { people: one, merges } = people();
  expect(await one.place(message(BY_NUMBER, NUMBER))).toMatchObject({ chatId: BY_NUMBER });
  await one.learn(BY_LID, BY_NUMBER);
  expect(merges).toEqual([`${BY_NUMBER} → ${BY_LID}`]);
  await one.learn(`${NUMBER}:12@s.whatsapp.net`, `${LID}:3@lid`);
  expect(merges).toHaveLength(1);
  expect(await one.place(message(BY_NUMBER, NUMBER))).toMatchObject({ chatId: BY_LID, number: NUMBER });
  expect(await one.place(message(BY_LID, null))).toMatchObject({ chatId: BY_LID, number: NUMBER });
  expect(await one.chatOf(`${NUMBER}:4@s.whatsapp.net`, undefined)).toBe(BY_LID);
});

test('what Baileys looked up by itself counts as well, in both directions', async () => {
  const { people: one, merges } = people({ mapped: { [NUMBER]: LID, [`${LID}_reverse`]: NUMBER } });
  expect(await one.place(message(BY_LID, null))).toMatchObject({ chatId: BY_LID, number: NUMBER });
  expect(await one.place(message(BY_NUMBER, NUMBER))).toMatchObject({ chatId: BY_LID });
  expect(merges).toEqual([`${BY_NUMBER} → ${BY_LID}`]);
});

test('a LID is never taken for the number with the same digits', async () => {
  const { people: one, merges } = people();
  await one.learn(`${NUMBER}@lid`, `${NUMBER}@lid`);
  await one.learn(BY_NUMBER, `${LID}@s.whatsapp.net`);
  expect(merges).toEqual([]);
  expect(await one.place(message(`${NUMBER}@lid` as ChatId, null))).toMatchObject({
    chatId: `${NUMBER}@lid`,
    number: null,
  });
});

test('of a chat that is not kept no number is written (S25)', async () => {
  const { people: one, merges } = people({ keepsText: () => false });
  await one.learn(BY_LID, BY_NUMBER);
  expect(merges).toEqual([]);
  expect(await store.chats.lidOf(AGENT, NUMBER)).toBeNull();
});

test('a rule made for the number is enough to learn who it is', async () => {
  const { people: one, merges } = people({ keepsText: (chatId) => chatId === BY_NUMBER });
  await one.learn(BY_LID, BY_NUMBER);
  expect(merges).toEqual([`${BY_NUMBER} → ${BY_LID}`]);
});

test('a new LID for a known number merges the number anew', async () => {
  const { people: one, merges } = people();
  await one.learn(BY_LID, BY_NUMBER);
  await one.learn('300000000000003@lid', BY_NUMBER);
  expect(merges).toEqual([`${BY_NUMBER} → ${BY_LID}`, `${BY_NUMBER} → 300000000000003@lid`]);
});

test('the same person by number, by number and LID, and by LID alone is one chat', async () => {
  const whatsapp = await loopbackWhatsApp();
  const bench = await startBench(whatsapp);
  const ana = whatsapp.account({ number: '5511999990001' });
  const caio = whatsapp.contact({ number: NUMBER, lid: LID, addressing: 'pn' });
  await linkTo(whatsapp, bench, ana);
  caio.user.tellsOtherAddress = false;
  await caio.write(ana, 'pelo número');
  caio.user.tellsOtherAddress = true;
  await caio.write(ana, 'pelo número, com LID');
  caio.addressing = 'lid';
  await caio.write(ana, 'pelo LID, com número');
  caio.user.tellsOtherAddress = false;
  await caio.write(ana, 'só pelo LID');
  await whatsapp.until(() => bench.taken.length === 4, 'all were taken in');
  expect(bench.taken.map(({ chatId, number }) => `${chatId} ${number}`)).toEqual(Array(4).fill(`${BY_LID} ${NUMBER}`));
  await bench.stop();
});

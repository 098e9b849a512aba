/** Only where the owner does not answer: the agent leaves them their minutes, counted from the latest message or from when they read it. */
import { expect, test } from 'vitest';
import type { ChatId } from '../../shared/contract/chat.ts';
import { type ConversationBench, said, startConversation } from '../support/conversation-bench.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const CHAT = 'chat-1' as ChatId;

async function tenMinutes(given: Parameters<typeof startConversation>[0] = {}): Promise<ConversationBench> {
  const bench = await startConversation(given);
  await bench.conversation.chats.setOwnerMinutes(10);
  return bench;
}

function reads({ conversation, clock }: ConversationBench, agoMs = 0): Promise<void> {
  return conversation.ownerRead({ chatId: CHAT, readAt: clock.now() - agoMs, live: agoMs === 0 });
}

test('it is asked ten minutes after the latest message, and what is shown says when', async () => {
  const { write, clock, sent, turns, conversation } = await tenMinutes();
  await write('1');
  await clock.advance(6 * MINUTE);
  await write('2');
  const answersAt = clock.now() + 10 * MINUTE;
  expect(await conversation.recent.list()).toMatchObject([{ chat: CHAT, answering: false, answersAt, waiting: 2 }]);
  expect(conversation.activity).toMatchObject({ busyChats: 1, forOwner: [{ chatId: CHAT, until: answersAt }] });
  await clock.advance(10 * MINUTE - SECOND);
  expect(turns).toEqual([]);
  await clock.advance(5 * SECOND);
  expect(sent.map(({ text }) => text)).toEqual(['answer to text 2']);
  expect(turns[0]?.fresh).toHaveLength(2);
  expect(await conversation.recent.list()).toMatchObject([{ answersAt: null, outcome: 'answered' }]);
});

test('an owner who writes has answered: the agent is not asked', async () => {
  const { write, clock, turns, conversation, message, outcomes } = await tenMinutes();
  await write('1');
  await clock.advance(9 * MINUTE);
  await conversation.takeIn([message('mine', { author: 'owner', sentAt: clock.now() })]);
  await clock.advance(60 * MINUTE);
  expect(turns).toEqual([]);
  expect(await outcomes()).toEqual(['owner-wrote']);
});

test('an owner who reads has their minutes anew, after a restart too', async () => {
  const bench = await tenMinutes();
  await bench.write('1');
  await bench.clock.advance(9 * MINUTE);
  await reads(bench);
  await bench.clock.advance(5 * MINUTE);
  const { clock, turns, sent, conversation } = await bench.restart();
  expect(await conversation.recent.list()).toMatchObject([{ answersAt: clock.now() + 5 * MINUTE }]);
  await clock.advance(5 * MINUTE - SECOND);
  expect(turns).toEqual([]);
  await clock.advance(5 * SECOND);
  expect(sent).toHaveLength(1);
});

test('a message is as fresh as ever when the owner has had their time, however long that was', async () => {
  const { write, clock, sent, outcomes, conversation } = await startConversation({ settings: { freshMinutes: 10 } });
  await conversation.chats.setOwnerMinutes(60);
  await write('1');
  await clock.advance(50 * MINUTE);
  await write('2');
  await clock.advance(60 * MINUTE + 5 * SECOND);
  expect(sent.map(({ text }) => text)).toEqual(['answer to text 2']);
  expect(await outcomes()).toEqual(['answered', 'answered']);
});

test('a reading that is heard of late does not take back the time that a later one has given, after a restart too', async () => {
  const bench = await tenMinutes();
  await bench.write('1');
  await bench.clock.advance(6 * MINUTE);
  await reads(bench);
  await reads(bench, 3 * MINUTE);
  const { clock, turns, conversation } = await bench.restart();
  expect(await conversation.recent.list()).toMatchObject([{ answersAt: clock.now() + 10 * MINUTE }]);
  await clock.advance(9 * MINUTE);
  expect(turns).toEqual([]);
});

test('what is too old when it comes is not made fresh by a reading, nor by the owner’s minutes', async () => {
  const bench = await tenMinutes();
  const { conversation, clock, message, turns, outcomes } = bench;
  await conversation.takeIn([message('old', { sentAt: clock.now() - 21 * MINUTE, live: false })]);
  await reads(bench);
  await clock.advance(60 * MINUTE);
  expect(turns).toEqual([]);
  expect(await outcomes()).toEqual(['too-old']);
});

test('what came while the connection was away has used up its part of the owner’s time', async () => {
  const { conversation, clock, message, sent } = await tenMinutes();
  await conversation.takeIn([message('late', { sentAt: clock.now() - 7 * MINUTE, live: false })]);
  await clock.advance(3 * MINUTE - SECOND);
  expect(sent).toEqual([]);
  await clock.advance(5 * SECOND);
  expect(sent).toHaveLength(1);
});

test('a reading that comes before its message counts all the same', async () => {
  const bench = await tenMinutes();
  const { conversation, clock, message, sent } = bench;
  await reads(bench, 2 * MINUTE);
  await conversation.takeIn([message('1', { sentAt: clock.now() - 5 * MINUTE, live: false })]);
  await clock.advance(8 * MINUTE - SECOND);
  expect(sent).toEqual([]);
  await clock.advance(5 * SECOND);
  expect(sent).toHaveLength(1);
});

test('an answer that waits to leave waits for whoever reads now', async () => {
  const bench = await tenMinutes();
  const { write, clock, sent, hold } = bench;
  const letGo = hold();
  await write('1');
  await clock.advance(10 * MINUTE + 5 * SECOND);
  await reads(bench);
  letGo();
  await clock.advance(9 * MINUTE);
  expect(sent).toEqual([]);
  await clock.advance(MINUTE + 5 * SECOND);
  expect(sent.map(({ text }) => text)).toEqual(['answer to text 1']);
});

test('a flow’s answer is kept, and its flow not run again, for whoever reads now', async () => {
  const bench = await tenMinutes();
  const { write, clock, sent, turns, hold, runsToItsEnd } = bench;
  runsToItsEnd();
  const letGo = hold();
  for (const id of ['1', '2', '3']) {
    await write(id);
    await clock.advance(10 * MINUTE + 3 * SECOND);
  }
  const runs = turns.length;
  await reads(bench);
  letGo();
  await clock.advance(9 * MINUTE);
  expect(sent).toEqual([]);
  await clock.advance(2 * MINUTE);
  expect(sent).not.toEqual([]);
  expect(turns.length - runs).toBeLessThanOrEqual(1);
});

test('“answer now” is asked at once, however long the owner still had', async () => {
  const { write, clock, sent, conversation } = await tenMinutes();
  await write('1');
  await clock.advance(MINUTE);
  expect(await conversation.chats.answer(CHAT)).toEqual({ messages: 1, verdict: 'yes' });
  await clock.advance(5 * SECOND);
  expect(sent).toHaveLength(1);
});

test('“answer now” holds after a restart', async () => {
  const bench = await tenMinutes();
  bench.say(() => new Promise(() => undefined));
  await bench.write('1');
  await bench.conversation.chats.answer(CHAT);
  await bench.clock.advance(3 * SECOND);
  const { clock, sent, say } = await bench.restart();
  say(() => said('here'));
  await clock.advance(5 * SECOND);
  expect(sent.map(({ text }) => text)).toEqual(['here']);
});

test('“leave it to me” keeps the chat, and nothing is asked', async () => {
  const { write, clock, turns, conversation, outcomes } = await tenMinutes();
  await write('1');
  expect(await conversation.chats.take(CHAT)).not.toBeNull();
  await clock.advance(60 * MINUTE);
  expect(turns).toEqual([]);
  expect(await outcomes()).toEqual(['owner-wrote']);
});

test.each([
  [0, 2],
  [5, 240],
])('%i minutes hold at once for what waits already', async (minutes, seconds) => {
  const { write, clock, sent, conversation } = await tenMinutes();
  await write('1');
  await clock.advance(MINUTE);
  await conversation.chats.setOwnerMinutes(minutes);
  await clock.advance((seconds - 1) * SECOND);
  expect(sent).toEqual([]);
  await clock.advance(5 * SECOND);
  expect(sent).toHaveLength(1);
});

test('minutes that are given while a burst is gathered hold for it', async () => {
  const { write, clock, turns, conversation } = await startConversation();
  await write('1');
  await clock.advance(SECOND);
  await conversation.chats.setOwnerMinutes(10);
  await clock.advance(9 * MINUTE);
  expect(turns).toEqual([]);
  await clock.advance(2 * MINUTE);
  expect(turns).toHaveLength(1);
});

test('off ends the wait at once, and counts it', async () => {
  const { write, clock, turns, conversation, outcomes } = await tenMinutes();
  await write('1');
  expect(await conversation.switch.moveTo(false)).toEqual({ droppedAnswers: 1 });
  await clock.advance(60 * MINUTE);
  expect(turns).toEqual([]);
  expect(await outcomes()).toEqual(['switched-off']);
});

test('a chat that was given back waits for what is left of the owner’s time', async () => {
  const { write, clock, sent, conversation, message } = await tenMinutes();
  await conversation.takeIn([message('mine', { author: 'owner', sentAt: clock.now() })]);
  await clock.advance(MINUTE);
  await write('1');
  await clock.advance(4 * MINUTE);
  await conversation.chats.release(CHAT);
  await clock.advance(6 * MINUTE - SECOND);
  expect(sent).toEqual([]);
  await clock.advance(5 * SECOND);
  expect(sent).toHaveLength(1);
});

test('a clock that is set back makes nobody wait longer', async () => {
  const { write, clock, sent } = await tenMinutes();
  await write('1');
  clock.jump(-60 * MINUTE);
  await clock.advance(10 * MINUTE + 5 * SECOND);
  expect(sent).toHaveLength(1);
});

test('nothing of a reading is written while off, or where no time is left to the owner', async () => {
  const bench = await startConversation();
  const { write, store, conversation } = bench;
  await write('1');
  const readAt = async () => (await store.messages.latestWords('agt_ONE' as never, 0))[0]?.readAt;
  await reads(bench);
  expect(await readAt()).toBeNull();
  await conversation.chats.setOwnerMinutes(10);
  await conversation.switch.moveTo(false);
  await reads(bench);
  expect(await readAt()).toBeNull();
  await conversation.switch.moveTo(true);
  await reads(bench);
  expect(await readAt()).not.toBeNull();
});

/** A person must answer: what the agent wants said is said, the chat asks for its owner, and nothing more leaves until they have done something there. */
import { expect, test } from 'vitest';
import { RestingChats } from '../../relay/conversation/resting-chats.ts';
import { sameTime } from '../../relay/message-time.ts';
import type { AgentResult } from '../../relay/turn.ts';
import type { ChatId } from '../../shared/contract/chat.ts';
import { AGENT, inChat, said, startConversation } from '../support/conversation-bench.ts';

const MINUTE = 60_000;
const CHAT = 'chat-1' as ChatId;
const SILENT: AgentResult = { type: 'silence', usage: null, asksOwner: true };

function asking(...texts: readonly [string, ...string[]]): AgentResult {
  return { type: 'answer', texts, usage: null, asksOwner: true };
}

test('what is said while it asks leaves, and nothing after it; what came stays for the owner', async () => {
  const { write, clock, say, sent, outcomes, conversation, turns } = await startConversation();
  say(() => asking('I have told Ana.'));
  await write('1');
  await clock.advance(5_000);
  expect(sent.map(({ text }) => text)).toEqual(['I have told Ana.']);
  expect(conversation.activity.asking).toMatchObject([{ chatId: CHAT }]);
  say(() => said('not wanted'));
  await write('2');
  await clock.advance(20 * MINUTE);
  expect(turns).toHaveLength(1);
  expect(sent).toHaveLength(1);
  expect(await outcomes()).toEqual(['asked-for-you', 'asked-for-you']);
  // Another chat goes on.
  await write('other', inChat('other'));
  await clock.advance(5_000);
  expect(sent.map(({ chatId }) => chatId)).toEqual([CHAT, 'other']);
});

test('without a text nothing leaves, and it is shown all the same, first of all chats', async () => {
  const { write, clock, say, sent, outcomes, conversation } = await startConversation();
  say(() => SILENT);
  await write('1');
  await clock.advance(5_000);
  say(() => said('hello'));
  for (const name of ['a', 'b', 'c', 'd', 'e']) await write(name, inChat(name));
  await clock.advance(5_000);
  expect(sent.map(({ chatId }) => chatId)).not.toContain(CHAT);
  expect((await outcomes())[0]).toBe('asked-for-you');
  const recent = await conversation.recent.list();
  expect(recent[0]).toMatchObject({ chat: CHAT, outcome: 'asked-for-you', asksSince: expect.any(Number) });
  expect(recent.slice(1).every(({ asksSince }) => asksSince === null)).toBe(true);
});

test('once the owner has written, the chat is theirs for a while, and the agent’s again afterwards', async () => {
  const { write, clock, say, sent, conversation, message, store } = await startConversation();
  say(() => SILENT);
  await write('1');
  await clock.advance(5_000);
  await conversation.takeIn([message('mine', { author: 'owner', sentAt: clock.now() })]);
  expect(conversation.activity.asking).toEqual([]);
  expect(await store.chats.resting(AGENT, clock.now())).toMatchObject([{ chatId: CHAT, asksSince: null }]);
  await clock.advance(16 * MINUTE);
  say(() => said('hello'));
  await write('2');
  await clock.advance(5_000);
  expect(sent.map(({ text }) => text)).toEqual(['hello']);
});

test('taking the chat over ends the asking; given back, what came since is answered, and what it asked about is not asked again', async () => {
  const { write, clock, say, sent, conversation, turns } = await startConversation();
  say(() => SILENT);
  await write('1');
  await clock.advance(5_000);
  await write('2');
  await clock.advance(5_000);
  say(() => said('hello'));
  expect(await conversation.chats.release(CHAT)).toBe(true);
  await clock.advance(5_000);
  expect(sent.map(({ text }) => text)).toEqual(['hello']);
  expect(turns.at(-1)?.fresh.map(({ text }) => text)).toEqual(['text 2']);
  say(() => SILENT);
  await write('3');
  await clock.advance(5_000);
  expect(await conversation.chats.take(CHAT)).not.toBeNull();
  expect(conversation.activity.asking).toEqual([]);
});

test('given back with nothing new, nothing is asked', async () => {
  const { write, clock, say, conversation, turns } = await startConversation();
  say(() => SILENT);
  await write('1');
  await clock.advance(5_000);
  expect(await conversation.chats.release(CHAT)).toBe(true);
  await clock.advance(5_000);
  expect(turns).toHaveLength(1);
});

test('it asks still after a restart, and what was about to be said is said once', async () => {
  const { write, clock, say, line, restart } = await startConversation();
  say(() => asking('I have told Ana.'));
  line(() => ({ type: 'offline' }));
  await write('1');
  await clock.advance(5_000);
  const again = await restart();
  again.reconnect();
  await clock.advance(5_000);
  expect(again.sent.map(({ text }) => text)).toEqual(['I have told Ana.']);
  expect(await again.outcomes()).toEqual(['asked-for-you']);
  expect(again.conversation.activity.asking).toMatchObject([{ chatId: CHAT }]);
  await again.write('2');
  await clock.advance(5_000);
  expect(again.turns).toHaveLength(0);
});

test('a contact is told once an hour, however often the owner gives the chat back', async () => {
  const { write, clock, say, sent, conversation, outcomes } = await startConversation();
  let words = 0;
  say(() => {
    words += 1;
    return asking(`I have told Ana, ${words}.`);
  });
  for (const id of ['1', '2']) {
    await write(id);
    await clock.advance(5_000);
    await conversation.chats.release(CHAT);
  }
  expect(sent).toHaveLength(1);
  await clock.advance(61 * MINUTE);
  await write('3');
  await clock.advance(5_000);
  expect(sent).toHaveLength(2);
  expect(await outcomes()).toEqual(['asked-for-you', 'asked-for-you', 'asked-for-you']);
});

test('switched off while it is about to say so, it says nothing, and asks all the same', async () => {
  const { write, clock, say, sent, hold, conversation, outcomes } = await startConversation();
  say(() => asking('I have told Ana.'));
  const leave = hold();
  await write('1');
  await clock.advance(3_000);
  await conversation.switch.moveTo(false, { by: 'person', backOnAt: null });
  leave();
  await clock.advance(5_000);
  expect(sent).toEqual([]);
  expect(await outcomes()).toEqual(['switched-off']);
  expect(conversation.activity.asking).toHaveLength(1);
});

test.each(['one', 'all'] as const)('what is forgotten asks no longer: %s', async (which) => {
  const { write, clock, say, conversation, store } = await startConversation();
  say(() => SILENT);
  await write('1');
  await clock.advance(5_000);
  await (which === 'one' ? conversation.chats.forget(CHAT) : conversation.chats.forgetTexts());
  expect(conversation.activity.asking).toEqual([]);
  expect(await store.chats.resting(AGENT, clock.now())).toEqual([]);
});

test.each([
  ['holds the chat', 15],
  ['holds nothing, since no time is kept for that', 0],
])(
  'the owner who comes while it is written down that they are asked for is not asked any more: %s',
  async (_how, takeoverMinutes) => {
    const { store, clock, write, settings } = await startConversation();
    await write('1');
    const resting = new RestingChats(AGENT, {
      store,
      clock,
      time: sameTime(clock),
      settings: { ...settings, takeoverMinutes },
    });
    const newestAt = clock.now();
    await store.chats.setAsking(AGENT, CHAT, newestAt);
    resting.ownerWrote(CHAT, { sentAt: newestAt + 1_000, live: true });
    await resting.asks(CHAT, newestAt);
    expect(resting.asking).toEqual([]);
    expect(await store.chats.resting(AGENT, clock.now())).toEqual([]);
  },
);

/** What an owner sees of the latest chats, and a chat that they keep without a word. */
import { expect, test } from 'vitest';
import type { AgentResult } from '../../relay/turn.ts';
import type { ChatId } from '../../shared/contract/chat.ts';
import { AGENT, inChat, said, startConversation } from '../support/conversation-bench.ts';

const MINUTE = 60_000;
const CHAT = 'chat-1' as ChatId;
const by = (id: string, senderName: string) => ({ chatId: id as ChatId, senderName });

test('the latest four chats with people are told, newest first, each with what became of it; groups are not among them', async () => {
  const { write, clock, conversation } = await startConversation();
  for (const id of ['a', 'b', 'c', 'd', 'e']) {
    await write(id, by(`chat-${id}`, `Person ${id}`));
    await clock.advance(5_000);
  }
  await write('g', { ...by('group-1', 'Somebody'), chatKind: 'group' });
  const recent = await conversation.recent.list();
  expect(recent.map(({ name, outcome, waiting }) => [name, outcome, waiting])).toEqual([
    ['Person e', 'answered', 0],
    ['Person d', 'answered', 0],
    ['Person c', 'answered', 0],
    ['Person b', 'answered', 0],
  ]);
});

test('a chat that the agent is asked about is told as such, with since when and until when it may still be answered', async () => {
  const { write, clock, conversation, say } = await startConversation();
  const late = Promise.withResolvers<AgentResult>();
  say(() => late.promise);
  await write('1', { senderName: 'Caio' });
  const wroteAt = clock.now();
  await clock.advance(MINUTE);
  const [chat] = await conversation.recent.list();
  expect(chat).toMatchObject({ chat: CHAT, name: 'Caio', outcome: null, answering: true, waiting: 1 });
  expect(chat?.openUntil).toBe(wroteAt + 10 * MINUTE);
  const answering = await conversation.recent.answering();
  expect(answering).toMatchObject({ chat: CHAT, name: 'Caio' });
  expect(answering?.since).toBeLessThan(wroteAt + 10_000);
  late.resolve(said('pronto'));
  await clock.advance(20_000);
  expect(await conversation.recent.answering()).toBeNull();
  expect(await conversation.recent.list()).toMatchObject([{ outcome: 'answered', answering: false, openUntil: null }]);
});

test('a chat that the owner takes without a word is left alone, and what the agent was about to say is dropped', async () => {
  const { write, clock, conversation, say, sent, aborted, outcomes } = await startConversation();
  say(() => new Promise(() => undefined));
  await write('1');
  await clock.advance(5_000);
  const until = await conversation.chats.take(CHAT);
  expect(until).toBe(clock.now() + 15 * MINUTE);
  expect(aborted).toHaveLength(1);
  await write('2');
  await clock.advance(MINUTE);
  expect(sent).toEqual([]);
  expect(await outcomes()).toEqual(['owner-wrote', 'owner-wrote']);
  expect(await conversation.recent.list()).toMatchObject([{ heldUntil: until, outcome: 'owner-wrote', waiting: 2 }]);
});

test('given back, a chat that was taken gets its answer; taken again it is kept as long as before', async () => {
  const { write, clock, conversation, turns } = await startConversation();
  await write('1');
  await conversation.chats.take(CHAT);
  await clock.advance(MINUTE);
  expect(turns).toEqual([]);
  expect(await conversation.chats.release(CHAT)).toBe(true);
  await clock.advance(5_000);
  expect(turns.map(({ fresh }) => fresh.map(({ text }) => text))).toEqual([['text 1']]);
  expect(await conversation.chats.take(CHAT)).toBe(clock.now() + 15 * MINUTE);
});

test('a chat is taken for a quarter of an hour even where the owner’s words keep none, and over a restart of the relay', async () => {
  const bench = await startConversation({ settings: { takeoverMinutes: 0 } });
  await bench.write('1');
  await bench.conversation.chats.take(CHAT);
  const { write, clock, conversation, turns } = await bench.restart({ takeoverMinutes: 0 });
  await write('2');
  await clock.advance(14 * MINUTE);
  expect(turns).toEqual([]);
  await clock.advance(2 * MINUTE);
  await write('3');
  await clock.advance(5_000);
  expect(turns).toHaveLength(1);
  expect(await conversation.recent.list()).toMatchObject([{ outcome: 'answered' }]);
});

test('a chat in which nobody has written is not taken', async () => {
  const { conversation, write, store } = await startConversation();
  expect(await conversation.chats.take('chat-9' as ChatId)).toBeNull();
  await write('1', { ...by('chat-2', 'Ana'), author: 'owner' });
  expect(await conversation.chats.take('chat-2' as ChatId)).toBeNull();
  expect(await store.chats.resting(AGENT, 0)).toMatchObject([{ chatId: 'chat-2' }]);
});

test('messages that nobody decided against are counted where the owner may have them answered', async () => {
  const { write, clock, conversation, say } = await startConversation();
  await write('1', { sentAt: clock.now() - 20 * MINUTE });
  await write('2', { sentAt: clock.now() - 19 * MINUTE });
  expect(await conversation.recent.list()).toMatchObject([{ outcome: 'too-old', waiting: 2 }]);
  await conversation.scope.setRule(CHAT, 'never');
  await write('3', inChat('chat-2'));
  say(() => said('ja'));
  await clock.advance(5_000);
  expect(await conversation.recent.list()).toMatchObject([
    { chat: 'chat-2', rule: null },
    { chat: CHAT, rule: 'never' },
  ]);
});

test('any chats are told of as they stand; those with nobody, and of nobody who wrote, are not', async () => {
  const { write, clock, conversation } = await startConversation();
  await write('1', by('chat-a', 'Ana'));
  await write('2', { ...by('group-1', 'Somebody'), chatKind: 'group' });
  await clock.advance(5_000);
  const asked = ['chat-a', 'group-1', 'chat-z'] as ChatId[];
  expect(await conversation.recent.of(asked)).toMatchObject([{ chat: 'chat-a', name: 'Ana', outcome: 'answered' }]);
  expect(await conversation.recent.of([])).toEqual([]);
});

test('after an outage it is told how many of the chats that waited are dealt with, and nothing once all are', async () => {
  const { write, clock, conversation, say } = await startConversation();
  const answers = new Map<string, (result: AgentResult) => void>();
  say((turn) => new Promise((resolve) => void answers.set(turn.fresh[0]?.text ?? '', resolve)));
  await write('now', by('chat-n', 'Now'));
  for (const id of ['a', 'b', 'c']) await write(id, { ...by(`chat-${id}`, id), live: false });
  await clock.advance(5_000);
  expect(conversation.activity.late).toEqual({ done: 0, of: 3 });
  answers.get('text a')?.(said('sim'));
  await clock.advance(1_000);
  expect(conversation.activity.late).toEqual({ done: 1, of: 3 });
  for (const id of ['b', 'c']) answers.get(`text ${id}`)?.(said(`sim ${id}`));
  await clock.advance(1_000);
  expect(conversation.activity.late).toBeNull();
});

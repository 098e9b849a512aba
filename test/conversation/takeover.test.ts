/** The owner's own words end what the agent was about to say, and keep the chat for a while. */
import { expect, test } from 'vitest';
import type { AgentResult } from '../../relay/turn.ts';
import type { ChatId } from '../../shared/contract/chat.ts';
import { AGENT, inChat, said, startConversation } from '../support/conversation-bench.ts';
import { settle } from '../support/manual-clock.ts';

const MINUTE = 60_000;
const CHAT = 'chat-1' as ChatId;

test('a chat in which the owner wrote is left alone for a quarter of an hour, however often the contact writes (S20)', async () => {
  const { write, clock, turns, outcomes } = await startConversation();
  await write('1', { author: 'owner' });
  for (const minute of [1, 5, 9]) {
    await clock.advance(minute === 1 ? MINUTE : 4 * MINUTE);
    await write(`c${minute}`);
  }
  await clock.advance(6 * MINUTE);
  expect(turns).toEqual([]);
  expect(await outcomes()).toEqual(['owner-wrote', 'owner-wrote', 'owner-wrote']);
  await write('after');
  await clock.advance(5_000);
  expect(turns).toHaveLength(1);
});

test('each further message of the owner extends it, a release ends it, and 0 minutes is none', async () => {
  const { write, clock, turns, conversation } = await startConversation();
  await write('1', { author: 'owner' });
  await clock.advance(10 * MINUTE);
  await write('2', { author: 'owner' });
  await clock.advance(10 * MINUTE);
  await write('3');
  await clock.advance(5_000);
  expect(turns).toEqual([]);
  expect(await conversation.chats.release(CHAT)).toBe(true);
  expect(await conversation.chats.release(CHAT)).toBe(false);
  await clock.advance(5_000);
  expect(turns.map(({ fresh }) => fresh.map(({ text }) => text))).toEqual([['text 3']]);

  const without = await startConversation({ settings: { takeoverMinutes: 0 } });
  await without.write('1');
  await without.clock.advance(1_000);
  await without.write('2', { author: 'owner' });
  await without.clock.advance(5_000);
  expect(without.turns).toEqual([]);
  await without.write('3');
  await without.clock.advance(5_000);
  expect(without.turns).toHaveLength(1);
});

test('given back, a chat gets an answer to what is fresh since the last word, and to nothing else', async () => {
  const { write, clock, turns, conversation, outcomes } = await startConversation();
  await write('1');
  await clock.advance(5_000);
  await write('2', { author: 'owner' });
  await write('3');
  await clock.advance(11 * MINUTE);
  await write('4', { author: 'owner' });
  for (const id of ['5', '6']) await write(id);
  await clock.advance(MINUTE);
  expect(turns).toHaveLength(1);
  await conversation.chats.release(CHAT);
  await clock.advance(5_000);
  expect(turns).toHaveLength(2);
  expect(turns[1]?.fresh.map(({ text }) => text)).toEqual(['text 5', 'text 6']);
  expect((await outcomes()).toSorted()).toEqual(['answered', 'answered', 'answered', 'owner-wrote']);
});

test('given back with nothing fresh in it, or while it may not be answered, it stays as it is', async () => {
  const { write, clock, turns, conversation } = await startConversation();
  await write('1', { author: 'owner' });
  await write('2');
  await clock.advance(11 * MINUTE);
  await conversation.chats.release(CHAT);
  await clock.advance(5_000);
  await write('3', { author: 'owner' });
  await write('4');
  await conversation.scope.setRule(CHAT, 'never');
  await conversation.chats.release(CHAT);
  await clock.advance(5_000);
  expect(turns).toEqual([]);
});

test('an answer that waits to be sent is dropped when the owner writes, one in a look-up included', async () => {
  const { write, clock, sent, lookUp, outcomes, store } = await startConversation();
  const slow = Promise.withResolvers<boolean>();
  lookUp(() => slow.promise);
  await write('1');
  await clock.advance(3_000);
  await write('2', { author: 'owner' });
  slow.resolve(true);
  await clock.advance(5_000);
  expect(sent).toEqual([]);
  expect(await outcomes()).toEqual(['owner-wrote']);
  expect(await store.outbox.pending(AGENT)).toEqual([]);
});

test('what was written before and arrives after the owner’s words is not answered', async () => {
  const { write, clock, turns } = await startConversation({ settings: { takeoverMinutes: 0 } });
  const before = clock.now();
  await clock.advance(5_000);
  await write('2', { author: 'owner' });
  await write('1', { sentAt: before });
  await clock.advance(5_000);
  expect(turns).toEqual([]);
});

test('a question that came after words of the owner that are long past is answered, and the agent sees them', async () => {
  const { clock, conversation, turns, message } = await startConversation();
  await clock.advance(60 * MINUTE);
  await conversation.takeIn([
    message('1', { author: 'owner', sentAt: clock.now() - 20 * MINUTE, live: false }),
    message('2', { sentAt: clock.now() - 2 * MINUTE, live: false }),
  ]);
  await clock.advance(5_000);
  expect(turns[0]?.fresh.map(({ text }) => text)).toEqual(['text 2']);
  expect(turns[0]?.context.map(({ author }) => author)).toEqual(['owner']);
});

test('it survives a restart', async () => {
  const first = await startConversation();
  await first.write('1', { author: 'owner' });
  await first.clock.advance(MINUTE);
  const second = await first.restart();
  await second.write('2');
  await second.clock.advance(5_000);
  expect(second.turns).toEqual([]);
});

test('it holds when the owner wrote while the agent was off, and nothing of that is stored', async () => {
  const { write, clock, turns, conversation, store } = await startConversation();
  await conversation.switch.moveTo(false);
  await write('1', { author: 'owner', text: 'a secret' });
  expect(await store.chats.resting(AGENT, clock.now())).toEqual([]);
  await conversation.switch.moveTo(true);
  await clock.advance(1_000);
  await write('2');
  await clock.advance(5_000);
  expect(turns).toEqual([]);
  expect((await store.messages.lines(AGENT, CHAT, 10)).map(({ message }) => message.text)).toEqual(['text 2']);
});

test('the other chats go on', async () => {
  const { write, clock, sent } = await startConversation();
  await write('1', { ...inChat('a'), author: 'owner' });
  await write('2', inChat('a'));
  await write('3', inChat('b'));
  await clock.advance(5_000);
  expect(sent.map(({ chatId }) => chatId)).toEqual(['b']);
});

test('two chats that become one are held where either was', async () => {
  const { write, clock, turns, conversation, store } = await startConversation();
  await write('1', { ...inChat('a'), author: 'owner' });
  const union = { from: 'a' as ChatId, into: 'b' as ChatId, texts: true };
  await store.chats.unite(AGENT, { number: 'a', lid: 'b' }, [union]);
  await conversation.united(union);
  await write('2', inChat('b'));
  await clock.advance(5_000);
  expect(turns).toEqual([]);
});

test('an answer that may have left is not sent again once the owner has written', async () => {
  const { write, clock, line } = await startConversation();
  let tries = 0;
  line(() => {
    tries += 1;
    return { type: 'unconfirmed' };
  });
  await write('1');
  await clock.advance(3_000);
  expect(tries).toBe(1);
  await write('2', { author: 'owner' });
  await clock.advance(5 * MINUTE);
  expect(tries).toBe(1);
});

test('an agent whose answer comes in the moment in which the owner’s words do says nothing', async () => {
  const { write, clock, say, sent } = await startConversation();
  const late = Promise.withResolvers<AgentResult>();
  say(() => late.promise);
  await write('1');
  await clock.advance(2_000);
  late.resolve(said('hello'));
  const writing = write('2', { author: 'owner' });
  await settle();
  await writing;
  await clock.advance(5_000);
  expect(sent).toEqual([]);
});

test('what is given back before the owner’s words can be read stays given back', async () => {
  const { write, clock, turns, conversation } = await startConversation();
  await conversation.ownerSeen({ ...inChat(CHAT), messageId: 'O1', sentAt: clock.now(), live: true });
  expect(conversation.activity.held).toHaveLength(1);
  await clock.advance(100);
  expect(await conversation.chats.release(CHAT)).toBe(true);
  await write('1');
  await write('O1', { author: 'owner', sentAt: clock.now() - 100 });
  expect(conversation.activity.held).toEqual([]);
  await write('2');
  await clock.advance(5_000);
  expect(turns.map(({ fresh }) => fresh.map(({ text }) => text))).toEqual([['text 1', 'text O1', 'text 2']]);
  // The next word of the owner's takes it as ever.
  await write('O2', { author: 'owner' });
  expect(conversation.activity.held).toHaveLength(1);
});

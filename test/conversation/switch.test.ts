/** Off means off, and a chat that is not to be answered leaves nothing behind. */
import { expect, test } from 'vitest';
import type { AgentResult } from '../../relay/turn.ts';
import type { ChatId } from '../../shared/chat.ts';
import { AGENT, inChat, said, startConversation } from '../support/conversation-bench.ts';

test('off at once: the question is taken back, what it brings is dropped, and nothing of it is sent (S25)', async () => {
  const { write, clock, say, sent, conversation, aborted, store } = await startConversation();
  const late = Promise.withResolvers<AgentResult>();
  say(() => late.promise);
  await write('1');
  await clock.advance(2_000);
  await conversation.switch.moveTo(false);
  expect(aborted).toHaveLength(1);
  late.resolve(said('too late'));
  await clock.advance(60_000);
  await conversation.switch.moveTo(true);
  await clock.advance(60_000);
  expect(sent).toEqual([]);
  expect(await store.outbox.pending(AGENT)).toEqual([]);
});

test('off drops what is queued, and it stays dropped (S25)', async () => {
  const { write, clock, conversation, sent } = await startConversation();
  conversation.linkClosed();
  await write('1');
  await clock.advance(3_000);
  expect(await conversation.switch.moveTo(false)).toEqual({ droppedAnswers: 1 });
  await conversation.switch.moveTo(true);
  conversation.linkOpened();
  await clock.advance(60_000);
  expect(sent).toEqual([]);
});

test('while off no agent is called, and the text is nowhere (S25, S26)', async () => {
  const { write, clock, conversation, turns, store } = await startConversation();
  await conversation.switch.moveTo(false);
  await write('1', { text: 'a secret', senderName: 'Caio', number: '5511988880001' });
  await clock.advance(5_000);
  await conversation.switch.moveTo(true);
  await clock.advance(5_000);
  expect(turns).toEqual([]);
  expect(await store.messages.lines(AGENT, 'chat-1' as ChatId, 10)).toEqual([]);
  expect(await store.chats.list(AGENT, { limit: 10 })).toEqual([]);
  expect((await store.agents.offIntervals(AGENT)).at(-1)?.ignored).toBe(1);
});

test('a message sent while off that arrives after on is not answered (S25)', async () => {
  const { write, clock, conversation, turns } = await startConversation();
  conversation.linkClosed();
  await conversation.switch.moveTo(false);
  const sentAt = clock.now() + 1_000;
  await clock.advance(5_000);
  await conversation.switch.moveTo(true);
  conversation.linkOpened();
  await write('1', { sentAt, live: false });
  await clock.advance(5_000);
  expect(turns).toEqual([]);
});

test('with chosen chats only, the others leave no text and are not answered', async () => {
  const { write, clock, conversation, turns, store } = await startConversation();
  await conversation.scope.setScope('listed');
  await write('1', inChat('chosen'));
  await conversation.scope.setRule('chosen' as ChatId, 'answer');
  await write('2', inChat('chosen'));
  await write('3', inChat('other'));
  await clock.advance(5_000);
  expect(turns.map(({ fresh }) => fresh.map(({ text }) => text))).toEqual([['text 2']]);
  expect(await store.messages.lines(AGENT, 'other' as ChatId, 10)).toEqual([]);
  expect((await store.chats.list(AGENT, { limit: 10 })).map(({ chatId }) => chatId).sort()).toEqual([
    'chosen',
    'other',
  ]);
});

test('off until a time: silent until then, on again by itself, and what came meanwhile stays unanswered (S25)', async () => {
  const { write, clock, conversation, turns, store } = await startConversation();
  const backOnAt = clock.now() + 3_600_000;
  await conversation.switch.moveTo(false, { by: 'person', backOnAt });
  await write('1');
  await clock.advance(3_599_000);
  expect((await store.agents.get(AGENT))?.on).toBe(false);
  await clock.advance(2_000);
  expect(await store.agents.get(AGENT)).toMatchObject({ on: true, switchedBy: 'clock', backOnAt: null });
  await clock.advance(5_000);
  expect(turns).toEqual([]);
  await write('2');
  await clock.advance(5_000);
  expect(turns).toHaveLength(1);
});

test('a switch moved by hand forgets the time it was to go on at', async () => {
  const { clock, conversation, store } = await startConversation();
  await conversation.switch.moveTo(false, { by: 'person', backOnAt: clock.now() + 60_000 });
  await conversation.switch.moveTo(false);
  await clock.advance(120_000);
  expect((await store.agents.get(AGENT))?.on).toBe(false);
});

test('a relay that was down at the time goes on as soon as it is up', async () => {
  const { clock, conversation, store } = await startConversation();
  await conversation.switch.moveTo(false, { by: 'person', backOnAt: clock.now() + 60_000 });
  await conversation.stop();
  await clock.advance(120_000);
  expect((await store.agents.get(AGENT))?.on).toBe(false);
  await conversation.start();
  await clock.advance(1);
  expect(await store.agents.get(AGENT)).toMatchObject({ on: true, switchedBy: 'clock' });
});

test('a limit of the day switches off: the answer that reached it goes out, and the next is not asked for', async () => {
  const { write, clock, sent, turns, conversation, store } = await startConversation({ settings: { dailyAnswers: 2 } });
  for (const id of ['1', '2', '3']) {
    await write(id);
    await clock.advance(5_000);
  }
  expect(turns).toHaveLength(2);
  expect(sent).toHaveLength(2);
  expect(await store.agents.get(AGENT)).toMatchObject({ on: false, switchedBy: 'answers-limit', backOnAt: null });

  // A person may go on, and then the count begins anew.
  await conversation.switch.moveTo(true);
  for (const id of ['4', '5', '6']) {
    await write(id);
    await clock.advance(5_000);
  }
  expect(turns).toHaveLength(4);
  expect(sent).toHaveLength(4);
});

test('tokens are limited like answers', async () => {
  const { write, clock, say, store } = await startConversation({ settings: { dailyTokens: 100 } });
  say(() => ({ type: 'answer', texts: ['long'], usage: { inputTokens: 60, outputTokens: 50 } }));
  await write('1');
  await clock.advance(5_000);
  expect(await store.agents.get(AGENT)).toMatchObject({ on: false, switchedBy: 'tokens-limit' });
});

/** Messages in, answers out: once, in order, to the chat that asked. */
import { expect, test } from 'vitest';
import type { AgentResult } from '../../relay/turn.ts';
import type { ChatId } from '../../shared/contract/chat.ts';
import { messageFrom } from '../support/chat-messages.ts';
import { AGENT, inChat, said, startConversation } from '../support/conversation-bench.ts';

test('messages in a row are answered once, two seconds after the last (S19, S24)', async () => {
  const { write, clock, turns, sent } = await startConversation();
  await write('1');
  await clock.advance(1_900);
  await write('2');
  await clock.advance(1_900);
  expect(turns).toEqual([]);
  await clock.advance(200);
  expect(turns).toHaveLength(1);
  expect(turns[0]?.fresh.map(({ text }) => text)).toEqual(['text 1', 'text 2']);
  expect(sent.map(({ text }) => text)).toEqual(['answer to text 2']);
});

test('an answer goes to the chat that was asked about, whatever the agent says (S4, S7)', async () => {
  const { write, clock, say, sent } = await startConversation();
  say(() => said('{"to":"5511900000000@s.whatsapp.net","text":"hi"}'));
  await write('1', inChat('chat-a'));
  await clock.advance(2_000);
  expect(sent.map(({ chatId }) => chatId)).toEqual(['chat-a']);
});

test('a message delivered three times, and once more after its chats became one, is answered once', async () => {
  const { write, clock, turns, conversation, sent, store } = await startConversation();
  for (let time = 0; time < 3; time++) await write('1', inChat('5511@s.whatsapp.net'));
  await clock.advance(5_000);
  const union = { from: '5511@s.whatsapp.net' as ChatId, into: '77@lid' as ChatId, texts: true };
  await store.chats.unite(AGENT, { number: '5511', lid: '77' }, [union]);
  await conversation.united(union);
  await write('1', inChat('77@lid'));
  await clock.advance(5_000);
  expect(turns).toHaveLength(1);
  expect(sent).toHaveLength(1);
});

test("the owner's words reach the agent as the owner's (S21), and a chat that the owner answered is left alone (S20, S22)", async () => {
  const { write, clock, turns, sent } = await startConversation();
  await write('1');
  await clock.advance(1_000);
  await write('2', { author: 'owner', text: 'I am here' });
  await clock.advance(10_000);
  await write('3');
  await clock.advance(15 * 60_000);
  expect(turns).toEqual([]);
  await write('4');
  await clock.advance(2_000);
  expect(turns[0]?.context.map(({ author, text }) => [author, text])).toEqual([
    ['contact', 'text 1'],
    ['owner', 'I am here'],
    ['contact', 'text 3'],
  ]);
  expect(turns[0]?.fresh.map(({ text }) => text)).toEqual(['text 4']);
  expect(sent).toHaveLength(1);
});

test('the owner writing while the agent thinks takes the question back, and the answer is not sent (S20)', async () => {
  const { write, clock, say, sent, aborted } = await startConversation();
  const late = Promise.withResolvers<AgentResult>();
  say(() => late.promise);
  await write('1');
  await clock.advance(2_000);
  await write('2', { author: 'owner' });
  await clock.advance(0);
  expect(aborted).toHaveLength(1);
  late.resolve(said('too late'));
  await clock.advance(5_000);
  expect(sent).toEqual([]);
});

test('our own answer coming back as an echo is nobody’s word', async () => {
  const { write, clock, sent, turns } = await startConversation();
  await write('1');
  await clock.advance(2_000);
  await write(sent[0]?.messageId ?? '', { author: 'owner', text: sent[0]?.text ?? '' });
  await write('2');
  await clock.advance(2_000);
  expect(turns[1]?.fresh.map(({ author }) => author)).toEqual(['contact']);
  expect(turns[1]?.context.map(({ author }) => author)).toEqual(['contact', 'agent']);
});

test('an agent that hangs in one chat does not keep another waiting', async () => {
  const { write, clock, say, sent } = await startConversation();
  say((turn) => (turn.fresh.some(({ text }) => text === 'hang') ? new Promise(() => undefined) : said('quick')));
  await write('1', { ...inChat('slow'), text: 'hang' });
  await clock.advance(2_000);
  await write('2', inChat('fast'));
  await clock.advance(2_000);
  expect(sent.map(({ chatId }) => chatId)).toEqual(['fast']);
});

test('an agent that never answers is given up, and the contact hears nothing', async () => {
  const { write, clock, say, sent, conversation, outcomes } = await startConversation();
  say(() => new Promise(() => undefined));
  await write('1');
  await clock.advance(68_000);
  expect(conversation.activity).toMatchObject({ asked: [], lastFault: { fault: 'too-slow' } });
  expect(conversation.activity.retryAt).toBeGreaterThan(clock.now());
  await clock.advance(15 * 60_000);
  expect(sent).toEqual([]);
  expect(conversation.activity).toMatchObject({ busyChats: 0, retryAt: null });
  expect(await outcomes()).toEqual(['agent-error']);
});

test('a connection that breaks before the acknowledgement sends the same id again, and the next answer waits its turn', async () => {
  const { write, clock, line, sent, say, conversation, reconnect } = await startConversation();
  const tried: string[] = [];
  say(() => said('one', 'two'));
  line((item) => {
    tried.push(item.messageId);
    return tried.length === 1 ? { type: 'unconfirmed' } : { type: 'acked' };
  });
  await write('1');
  await clock.advance(2_000);
  conversation.linkClosed();
  reconnect();
  await clock.advance(1_000);
  expect(tried[0]).toBe(tried[1]);
  expect(sent.map(({ text }) => text)).toEqual(['one', 'two']);
});

test('an answer that is durable but unsent survives a crash, and is sent once (S19)', async () => {
  const first = await startConversation();
  first.line(() => ({ type: 'offline' }));
  await first.write('1');
  await first.clock.advance(3_000);
  expect(first.sent).toEqual([]);
  const second = await first.restart();
  await second.clock.advance(5_000);
  expect(second.sent.map(({ text }) => text)).toEqual(['answer to text 1']);
  expect(second.turns).toEqual([]);
});

test('a question that a crash cut off is asked again after the restart, once', async () => {
  const first = await startConversation();
  first.say(() => new Promise(() => undefined));
  await first.write('1');
  await first.clock.advance(2_500);
  const second = await first.restart();
  await second.clock.advance(5_000);
  expect(second.sent.map(({ text }) => text)).toEqual(['answer to text 1']);
});

test('an answer that could not be sent for ten minutes is dropped', async () => {
  const { write, clock, conversation, sent, line, reconnect, outcomes } = await startConversation();
  line(() => ({ type: 'offline' }));
  await write('1');
  await clock.advance(3_000);
  conversation.linkClosed();
  line(() => ({ type: 'acked' }));
  await clock.advance(11 * 60_000);
  reconnect();
  await clock.advance(1_000);
  expect(sent).toEqual([]);
  expect(await outcomes()).toEqual(['undelivered']);
});

test('what an agent says is bounded: no control characters, no endless text, no hundred messages', async () => {
  const { write, clock, say, sent } = await startConversation();
  say(() =>
    said('x'.repeat(1_000_000), 'a\u0000b\u202Ec', ...Array.from({ length: 100 }, (_value, index) => `more ${index}`)),
  );
  await write('1');
  await clock.advance(2_000);
  expect(sent).toHaveLength(5);
  expect(sent[0]?.text).toHaveLength(4_000);
  expect(sent[1]?.text).toBe('abc');
});

test('an outage ends with one answer a chat at most, and none for what is old', async () => {
  const { clock, conversation, turns } = await startConversation();
  await clock.advance(3_600_000);
  const minute = 60_000;
  const batch = ['a', 'b', 'c'].flatMap((name) =>
    [55, 30, 9, 3].map((age) =>
      messageFrom(`${name}${age}`, { ...inChat(name), sentAt: clock.now() - age * minute, live: false }),
    ),
  );
  batch.push(messageFrom('old', { ...inChat('d'), sentAt: clock.now() - 11 * minute, live: false }));
  await conversation.takeIn(batch);
  await clock.advance(5_000);
  expect(turns).toHaveLength(3);
});

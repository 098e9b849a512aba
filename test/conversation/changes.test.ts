/** What contacts and the owner change or delete afterwards: the agent is told what stands now, and nothing of what is gone. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { AgentResult } from '../../relay/turn.ts';
import type { ChatId } from '../../shared/contract/chat.ts';
import { AGENT, said, startConversation } from '../support/conversation-bench.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const CHAT = 'chat-1' as ChatId;
const edited = (messageId: string, text: string) => ({ chatId: CHAT, messageId, author: 'contact' as const, text });
const deleted = (messageId: string) => ({ chatId: CHAT, messageId, author: 'contact' as const, text: null });

test('a message that was deleted while it was gathered is not asked about, and says so; the others are', async () => {
  const { write, clock, conversation, turns, outcomes } = await startConversation();
  await write('1', { text: 'my password is 1234' });
  await write('2');
  await conversation.messageChanged(deleted('1'));
  await clock.advance(5_000);
  expect(turns.map(({ fresh }) => fresh.map(({ text }) => text))).toEqual([['text 2']]);
  expect(await outcomes()).toEqual(['deleted', 'answered']);
});

test('a deletion while the agent thinks takes the question back, and starts over with what is left', async () => {
  const { write, clock, conversation, turns, say, sent, aborted } = await startConversation();
  const late = Promise.withResolvers<AgentResult>();
  say(() => late.promise);
  await write('1', { text: 'my password is 1234' });
  await write('2');
  await clock.advance(2_500);
  say(() => said('fine'));
  await conversation.messageChanged(deleted('1'));
  expect(aborted).toHaveLength(1);
  late.resolve(said('it is 1234'));
  await clock.advance(5_000);
  expect(turns[1]?.fresh.map(({ text }) => text)).toEqual(['text 2']);
  expect(sent.map(({ text }) => text)).toEqual(['fine']);
});

test('a deletion of all that was asked ends the turn', async () => {
  const { write, clock, conversation, say, sent, turns } = await startConversation();
  say(() => new Promise(() => undefined));
  await write('1');
  await clock.advance(2_500);
  await conversation.messageChanged(deleted('1'));
  await clock.advance(60_000);
  expect(turns).toHaveLength(1);
  expect(sent).toEqual([]);
  expect(conversation.activity.busyChats).toBe(0);
});

test('an edit’s new words are what the agent reads, also while it thinks, and also in the context', async () => {
  const { write, clock, conversation, say, sent, turns } = await startConversation();
  const late = Promise.withResolvers<AgentResult>();
  say(() => late.promise);
  await write('1', { text: 'at five' });
  await clock.advance(2_500);
  say((turn) => said(`you said ${turn.fresh.at(-1)?.text}`));
  await conversation.messageChanged(edited('1', 'at six'));
  await clock.advance(5_000);
  expect(sent.map(({ text }) => text)).toEqual(['you said at six']);
  await conversation.messageChanged(edited('1', 'at seven'));
  await write('2');
  await clock.advance(5_000);
  expect(turns.at(-1)?.context[0]?.text).toBe('at seven');
  expect(sent).toHaveLength(2);
});

test('an answer that waits to be sent is taken back when its question changes, and given anew', async () => {
  const { write, clock, conversation, say, sent, hold, outcomes } = await startConversation();
  say((turn) => said(`you said ${turn.fresh.map(({ text }) => text).join(' ')}`));
  const leave = hold();
  await write('1', { text: 'at five' });
  await clock.advance(2_500);
  await conversation.messageChanged(edited('1', 'at six'));
  leave();
  await clock.advance(5_000);
  expect(sent.map(({ text }) => text)).toEqual(['you said at six']);
  expect(await outcomes()).toEqual(['answered']);
});

test('only its author may change a message', async () => {
  const { write, clock, conversation, turns } = await startConversation();
  await write('1');
  await conversation.messageChanged({ ...deleted('1'), author: 'owner' });
  await conversation.messageChanged({ ...edited('1', 'other words'), author: 'owner' });
  await conversation.messageChanged({ ...edited('1', 'other words'), chatId: 'another' as ChatId });
  await clock.advance(5_000);
  expect(turns[0]?.fresh.map(({ text }) => text)).toEqual(['text 1']);
});

test('an owner who deletes or edits a message takes nothing over', async () => {
  const { write, clock, conversation, sent, settings } = await startConversation();
  settings.takeoverMinutes = 0;
  await write('own', { author: 'owner', sentAt: clock.now() - 60_000 });
  settings.takeoverMinutes = 15;
  await write('1');
  await conversation.messageChanged({ ...edited('own', 'better words'), author: 'owner' });
  await conversation.messageChanged({ ...deleted('own'), author: 'owner' });
  await clock.advance(5_000);
  expect(sent).toHaveLength(1);
});

test('a deletion works while off, and an edit then removes and never writes: in no file is a trace', async () => {
  const home = temporaryDirectory();
  const { write, clock, conversation, store, say } = await startConversation({ home });
  say(() => said('fine'));
  await write('1', { text: 'PLANTED-one' });
  await write('2', { text: 'PLANTED-two' });
  await clock.advance(5_000);
  await conversation.switch.moveTo(false);
  await conversation.messageChanged(deleted('1'));
  await conversation.messageChanged(edited('2', 'PLANTED-three'));
  const files = readdirSync(home).map((name) => readFileSync(path.join(home, name), 'latin1'));
  for (const word of ['PLANTED-one', 'PLANTED-two', 'PLANTED-three'])
    expect(
      files.some((file) => file.includes(word)),
      word,
    ).toBe(false);
  expect((await store.messages.lines(AGENT, CHAT, 10)).filter(({ author }) => author === 'contact')).toEqual([]);
});

/** WhatsApp refuses, and says no end: nobody is asked about before it is worth a try. */
import { expect, test } from 'vitest';
import type { ChatId } from '../../shared/contract/chat.ts';
import { type ConversationBench, startConversation } from '../support/conversation-bench.ts';

const MINUTE = 60_000;
const [CAIO, DORA, EVA] = ['101@lid', '102@lid', '103@lid'] as [ChatId, ChatId, ChatId];

async function refusing(code: number): Promise<ConversationBench> {
  const bench = await startConversation();
  bench.line(() => ({ type: 'refused', code }));
  return bench;
}

let ids = 0;

async function write(bench: ConversationBench, chatId: ChatId): Promise<void> {
  ids += 1;
  await bench.write(`M${ids}`, { chatId, text: `question ${ids}` });
  await bench.clock.advance(10_000);
}

const retryAt = ({ conversation }: ConversationBench): number | null => conversation.restriction.retryAt;

test('one person’s refusal is theirs: others are asked about; a second person’s is the number’s, and nothing more is asked', async () => {
  const bench = await refusing(463);
  await write(bench, CAIO);
  expect(retryAt(bench)).toBeNull();
  await write(bench, DORA);
  expect(retryAt(bench)).toBeGreaterThan(bench.clock.now());
  const asked = bench.turns.length;
  for (const chatId of [EVA, CAIO, DORA]) await write(bench, chatId);
  expect(bench.turns).toHaveLength(asked);
  expect(await bench.outcomes()).toEqual(Array.from({ length: 5 }, () => 'restricted'));
});

test('somebody who is reached between two refusals shows that those were of single people', async () => {
  const bench = await refusing(463);
  await write(bench, CAIO);
  bench.line(() => ({ type: 'acked' }));
  await write(bench, EVA);
  bench.line(() => ({ type: 'refused', code: 463 }));
  await write(bench, DORA);
  expect(retryAt(bench)).toBeNull();
});

test('a used quota is the number’s with the first refusal', async () => {
  const bench = await refusing(475);
  await write(bench, CAIO);
  expect(retryAt(bench)).toBeGreaterThan(bench.clock.now());
});

test('it is tried again after a while, after longer ones where that is refused, and is over with what arrives', async () => {
  const bench = await refusing(475);
  await write(bench, CAIO);
  const asked = () => bench.turns.length;
  for (const [at, minutes] of [15, 30, 60].entries()) {
    await bench.clock.advance((minutes - 1) * MINUTE);
    await write(bench, DORA);
    expect(asked()).toBe(1 + at);
    await bench.clock.advance(MINUTE);
    await write(bench, EVA);
    expect(asked()).toBe(2 + at);
  }
  bench.line(() => ({ type: 'acked' }));
  await bench.clock.advance(120 * MINUTE);
  await write(bench, CAIO);
  expect(bench.sent).toHaveLength(1);
  expect(retryAt(bench)).toBeNull();
  await write(bench, DORA);
  expect(bench.sent).toHaveLength(2);
});

test('it holds over a restart', async () => {
  const first = await refusing(475);
  await write(first, CAIO);
  const second = await first.restart();
  expect(retryAt(second)).toBe(retryAt(first));
  await write(second, DORA);
  expect(second.turns).toEqual([]);
});

test('a lock without an end is tried again, too; one that is lifted is over at once', async () => {
  const bench = await startConversation();
  await bench.conversation.restricted('endless');
  await write(bench, CAIO);
  expect(bench.turns).toEqual([]);
  await bench.clock.advance(15 * MINUTE);
  await write(bench, DORA);
  expect(bench.turns).toHaveLength(1);
  await bench.conversation.restricted(bench.clock.now() + 60 * MINUTE);
  await bench.conversation.restricted(null);
  await write(bench, EVA);
  expect(bench.turns).toHaveLength(2);
});

test('what waits to be sent when the number is restricted is dropped, and says so', async () => {
  const bench = await refusing(475);
  const release = bench.hold();
  for (const chatId of [CAIO, DORA, EVA]) await write(bench, chatId);
  expect(bench.turns).toHaveLength(3);
  release();
  await bench.clock.advance(MINUTE);
  expect(await bench.outcomes()).toEqual(['restricted', 'restricted', 'restricted']);
  expect(bench.sent).toEqual([]);
});

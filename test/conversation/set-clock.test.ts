/** The computer's clock is set: whatever waits goes on waiting as long as it was to, and no longer. */
import { describe, expect, test } from 'vitest';
import type { MessageTime } from '../../relay/message-time.ts';
import type { ChatId } from '../../shared/contract/chat.ts';
import { type ConversationBench, startConversation } from '../support/conversation-bench.ts';
import type { ManualClock } from '../support/manual-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CHAT = 'chat-1' as ChatId;

/** WhatsApp's clock, which nobody here can set. */
function serverTime(clock: ManualClock): MessageTime {
  const from = clock.now();
  const now = (): number => from + clock.monotonic();
  return { now, local: (at) => at + clock.now() - now(), heard: () => undefined } as MessageTime;
}

async function started(): Promise<ConversationBench & { readonly sentAt: () => number }> {
  let time: MessageTime | null = null;
  const bench = await startConversation({
    time: (clock) => {
      time = serverTime(clock);
      return time;
    },
  });
  return { ...bench, sentAt: () => time?.now() ?? 0 };
}

describe.each([
  ['back by a day', -DAY],
  ['back by a minute', -MINUTE],
  ['forward by a minute', MINUTE],
])('%s', (_, by) => {
  test('while messages are gathered: they are answered as soon as ever', async () => {
    const bench = await started();
    await bench.write('1', { sentAt: bench.sentAt() });
    await bench.clock.advance(1_000);
    bench.clock.jump(by);
    await bench.write('2', { sentAt: bench.sentAt() });
    await bench.clock.advance(10_000);
    expect(bench.sent).toHaveLength(1);
  });

  test('while an answer waits for the time that writing it takes', async () => {
    const bench = await started();
    bench.say(() => ({ type: 'answer', texts: ['palavra '.repeat(40)], usage: null }));
    await bench.write('1', { sentAt: bench.sentAt() });
    await bench.clock.advance(2_100);
    bench.clock.jump(by);
    await bench.clock.advance(MINUTE);
    expect(bench.sent).toHaveLength(1);
  });

  test('after an answer: the next chat waits for the gap, and not for the clock', async () => {
    const bench = await started();
    await bench.write('1', { sentAt: bench.sentAt() });
    await bench.clock.advance(10_000);
    bench.clock.jump(by);
    await bench.write('2', { sentAt: bench.sentAt(), chatId: 'chat-2' as ChatId });
    await bench.clock.advance(10_000);
    expect(bench.sent).toHaveLength(2);
  });

  test('while a failed agent is to be asked again', async () => {
    const bench = await started();
    bench.say(() => ({ type: 'fault', fault: 'rate-limited', detail: '', usage: null, retryAfterMs: 5_000 }));
    await bench.write('1', { sentAt: bench.sentAt() });
    await bench.clock.advance(3_000);
    bench.say(() => ({ type: 'answer', texts: ['aqui'], usage: null }));
    bench.clock.jump(by);
    await bench.clock.advance(10_000);
    expect(bench.sent).toHaveLength(1);
  });
});

test('words of the owner that came while the clock was a day ahead hold a chat for their minutes, and not for the day', async () => {
  const bench = await started();
  bench.clock.jump(DAY);
  await bench.write('1', { author: 'owner', sentAt: bench.sentAt() });
  bench.clock.jump(-DAY);
  await bench.write('2', { sentAt: bench.sentAt() });
  await bench.clock.advance(16 * MINUTE);
  expect(bench.turns).toEqual([]);
  await bench.write('3', { sentAt: bench.sentAt() });
  await bench.clock.advance(10_000);
  expect(bench.turns).toHaveLength(1);
});

test('answers of a day that has not come yet do not brake a chat', async () => {
  const bench = await started();
  bench.clock.jump(DAY);
  for (let at = 0; at < 6; at++) {
    await bench.write(`a${at}`, { sentAt: bench.sentAt() });
    await bench.clock.advance(20_000);
  }
  bench.clock.jump(-DAY);
  await bench.clock.advance(2 * MINUTE);
  const before = bench.sent.length;
  await bench.write('b', { sentAt: bench.sentAt() });
  await bench.clock.advance(20_000);
  expect(bench.sent.slice(before).map(({ chatId }) => chatId)).toEqual([CHAT]);
});

test('a restriction without an end is tried again as if the clock had not been set', async () => {
  const bench = await started();
  bench.clock.jump(30 * DAY);
  await bench.conversation.restricted('endless');
  bench.clock.jump(-30 * DAY);
  await bench.clock.advance(5 * HOUR);
  await bench.write('1', { sentAt: bench.sentAt() });
  await bench.clock.advance(10_000);
  expect(bench.sent).toHaveLength(1);
});

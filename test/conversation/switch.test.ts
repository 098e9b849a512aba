/** Off means off, and a chat that is not to be answered leaves nothing behind. */
import { describe, expect, test } from 'vitest';
import { localDay } from '../../relay/clock.ts';
import type { AgentResult, Turn } from '../../relay/turn.ts';
import type { ChatId } from '../../shared/contract/chat.ts';
import { type Caps, NO_CAPS } from '../../shared/contract/cost.ts';
import { readSchedule } from '../../shared/rules/schedule.ts';
import { AGENT, inChat, said, startConversation } from '../support/conversation-bench.ts';
import { ManualClock } from '../support/manual-clock.ts';

const MINUTE = 60_000;

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
  const { write, clock, conversation, sent, line, reconnect } = await startConversation();
  line(() => ({ type: 'offline' }));
  await write('1');
  await clock.advance(3_000);
  conversation.linkClosed();
  line(() => ({ type: 'acked' }));
  expect(await conversation.switch.moveTo(false)).toEqual({ droppedAnswers: 1 });
  await conversation.switch.moveTo(true);
  reconnect();
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
  const { write, clock, conversation, turns, reconnect } = await startConversation();
  conversation.linkClosed();
  await conversation.switch.moveTo(false);
  const sentAt = clock.now() + 1_000;
  await clock.advance(5_000);
  await conversation.switch.moveTo(true);
  reconnect();
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

  // A person may go on, and then it goes on until midnight, whatever is counted.
  await conversation.switch.moveTo(true);
  for (const id of ['4', '5', '6']) {
    await write(id);
    await clock.advance(5_000);
  }
  expect(sent).toHaveLength(5);
  await clock.advance(24 * 3_600_000);
  for (const id of ['7', '8', '9']) {
    await write(id);
    await clock.advance(5_000);
  }
  expect(sent).toHaveLength(7);
  expect(await store.agents.get(AGENT)).toMatchObject({ on: false, switchedBy: 'answers-limit' });
});

test('the count of a day does not hang on the switch: off and on by the clock goes on nowhere once it is full', async () => {
  const { write, clock, turns, conversation, store } = await startConversation({ settings: { dailyAnswers: 2 } });
  await write('1');
  await clock.advance(5_000);
  await conversation.switch.moveTo(false, { by: 'person', backOnAt: clock.now() + 60_000 });
  await clock.advance(61_000);
  expect(await store.agents.get(AGENT)).toMatchObject({ on: true, switchedBy: 'clock' });
  await write('2');
  await clock.advance(5_000);
  await conversation.switch.moveTo(false, { by: 'person', backOnAt: clock.now() + 60_000 });
  await clock.advance(61_000);
  expect(await store.agents.get(AGENT)).toMatchObject({ on: false, backOnAt: null });
  expect(turns).toHaveLength(2);
});

test('tokens of a call that came to nothing are counted as well', async () => {
  const { write, clock, say, store } = await startConversation();
  const usage = { inputTokens: 60, outputTokens: 50 };
  say(() => ({ type: 'fault', fault: 'refused-by-agent', detail: '', usage }));
  await write('1');
  await clock.advance(5_000);
  const late = Promise.withResolvers<AgentResult>();
  say(() => late.promise);
  await write('2');
  await clock.advance(2_000);
  await write('3', { author: 'owner' });
  late.resolve({ type: 'answer', texts: ['late'], usage });
  await clock.advance(1_000);
  expect(await store.agents.countOf(AGENT, localDay(clock.now()))).toMatchObject({ inputTokens: 120, answers: 0 });
});

test('tokens are limited like answers', async () => {
  const { write, clock, say, store } = await startConversation({ settings: { dailyTokens: 100 } });
  say(() => ({ type: 'answer', texts: ['long'], usage: { inputTokens: 60, outputTokens: 50 } }));
  await write('1');
  await clock.advance(5_000);
  expect(await store.agents.get(AGENT)).toMatchObject({ on: false, switchedBy: 'tokens-limit' });
});

describe('money is limited like answers', () => {
  const paid =
    (micros: number, currency: 'USD' | 'BRL' = 'USD') =>
    ({ fresh }: Turn): AgentResult => ({
      type: 'answer',
      texts: [`answer to ${fresh.at(-1)?.text}`],
      usage: { inputTokens: 10, outputTokens: 5, cost: { currency, micros } },
    });
  const bench = async (caps: Partial<Caps>) => {
    const started = await startConversation();
    await started.store.agents.edit(AGENT, { caps: { ...NO_CAPS, ...caps } });
    return started;
  };

  test('at the day’s limit the switch goes off and says why; the owner may go on for the day', async () => {
    const { write, clock, say, sent, store, conversation } = await bench({ dayMicros: 1_000 });
    say(paid(400));
    for (const id of ['1', '2', '3', '4']) {
      await write(id);
      await clock.advance(30_000);
    }
    expect(sent).toHaveLength(3);
    expect(await store.agents.get(AGENT)).toMatchObject({ on: false, switchedBy: 'money-limit' });
    await conversation.switch.moveTo(true);
    await write('5');
    await clock.advance(30_000);
    expect(sent).toHaveLength(4);
  });

  test('a month’s limit counts the days before, and ends with the month', async () => {
    const { write, clock, say, sent, store, conversation } = await bench({ monthMicros: 1_000 });
    say(paid(600));
    await write('1');
    await clock.advance(24 * 60 * MINUTE);
    expect(await store.agents.get(AGENT)).toMatchObject({ on: true });
    await write('2');
    await clock.advance(30_000);
    expect(await store.agents.get(AGENT)).toMatchObject({ on: false, switchedBy: 'month-limit' });
    await clock.advance(7 * 24 * 60 * MINUTE);
    expect(localDay(clock.now()).slice(0, 7)).toBe('2026-12');
    await conversation.switch.moveTo(true);
    await write('3');
    await clock.advance(30_000);
    expect(sent).toHaveLength(3);
    expect(await store.agents.get(AGENT)).toMatchObject({ on: true });
  });

  test('money of another currency is not added to it', async () => {
    const { write, clock, say, store } = await bench({ currency: 'BRL', dayMicros: 1_000 });
    say(paid(5_000));
    await write('1');
    await clock.advance(30_000);
    expect(await store.agents.get(AGENT)).toMatchObject({ on: true });
    say(paid(1_000, 'BRL'));
    await write('2');
    await clock.advance(30_000);
    expect(await store.agents.get(AGENT)).toMatchObject({ on: false, switchedBy: 'money-limit' });
  });

  test('an agent’s own limit of tokens holds in the place of the common one', async () => {
    const { write, clock, say, store } = await bench({ dayTokens: 20 });
    say(paid(1));
    await write('1');
    await clock.advance(30_000);
    expect(await store.agents.get(AGENT)).toMatchObject({ on: true });
    await write('2', { chatId: 'chat-2' as ChatId });
    await clock.advance(30_000);
    expect(await store.agents.get(AGENT)).toMatchObject({ on: false, switchedBy: 'tokens-limit' });
  });
});

describe('while the last answer that a limit allows is on its way', () => {
  test.each([
    ['answers', { dailyAnswers: 1 }],
    ['tokens', { dailyTokens: 100 }],
  ] as const)(
    'the switch is on, nothing more is asked, and it goes off with that answer: %s',
    async (what, settings) => {
      const bench = await startConversation({ settings });
      bench.say(() => ({ type: 'answer', texts: ['so'], usage: { inputTokens: 60, outputTokens: 50 } }));
      const release = bench.hold();
      await bench.write('1');
      await bench.clock.advance(5_000);
      expect(await bench.store.agents.get(AGENT)).toMatchObject({ on: true });
      await bench.write('2', { chatId: 'chat-2' as ChatId });
      await bench.clock.advance(5_000);
      expect(bench.turns).toHaveLength(1);
      release();
      await bench.clock.advance(1_000);
      expect(bench.sent).toHaveLength(1);
      expect(await bench.store.agents.get(AGENT)).toMatchObject({ on: false, switchedBy: `${what}-limit` });
      await bench.clock.advance(60_000);
      expect(bench.sent).toHaveLength(1);
      expect((await bench.outcomes()).toSorted()).toEqual(['answered', 'switched-off']);
    },
  );

  test('where it comes to nothing there is room for another', async () => {
    const bench = await startConversation({ settings: { dailyAnswers: 1 } });
    const release = bench.hold();
    bench.line(() => ({ type: 'refused', code: 400 }));
    await bench.write('1');
    await bench.clock.advance(5_000);
    await bench.write('2', { chatId: 'chat-2' as ChatId });
    await bench.clock.advance(5_000);
    release();
    bench.line(({ text }) => (text.endsWith('1') ? { type: 'refused', code: 400 } : { type: 'acked' }));
    await bench.clock.advance(10_000);
    expect(bench.sent.map(({ chatId }) => chatId)).toEqual(['chat-2']);
    expect(await bench.store.agents.get(AGENT)).toMatchObject({ on: false, switchedBy: 'answers-limit' });
  });
});

test('a limit that is lowered below what is counted holds at once, also on a day that was to go on without', async () => {
  const { write, clock, sent, conversation, store, settings } = await startConversation({
    settings: { dailyAnswers: 2 },
  });
  const answer = async (id: string): Promise<void> => {
    await write(id);
    await clock.advance(5_000);
  };
  await answer('1');
  settings.dailyAnswers = 1;
  await conversation.switch.limitsChanged(true);
  expect(await store.agents.get(AGENT)).toMatchObject({ on: false, switchedBy: 'answers-limit' });
  await conversation.switch.moveTo(true);
  await answer('2');
  expect(sent).toHaveLength(2);
  settings.dailyAnswers = 3;
  await conversation.switch.limitsChanged(false);
  await answer('3');
  await answer('4');
  expect(sent).toHaveLength(4);
  settings.dailyAnswers = 2;
  await conversation.switch.limitsChanged(true);
  expect(await store.agents.get(AGENT)).toMatchObject({ on: false, switchedBy: 'answers-limit' });
});

describe('a weekly schedule', () => {
  /** Tuesday noon at this computer, wherever it is. */
  const noon = new Date(2026, 10, 24, 12).getTime();
  const hour = 3_600_000;
  const officeHours = readSchedule('mon-fri 09:00-12:30, mon-fri 14:00-18:00') ?? [];
  const start = () => startConversation({ clock: new ManualClock(noon), on: false });

  test('who is off already and sets a time is obeyed after a restart, too, although the schedule turned before', async () => {
    const bench = await startConversation({ clock: new ManualClock(noon) });
    await bench.conversation.switch.setSchedule(readSchedule('tue 11:00-12:10') ?? []);
    await bench.conversation.switch.moveTo(false);
    await bench.clock.advance(10 * MINUTE);
    const backOnAt = bench.clock.now() + 5 * MINUTE;
    await bench.conversation.switch.moveTo(false, { by: 'person', backOnAt });
    const after = await bench.restart();
    await after.clock.advance(5 * MINUTE);
    expect(await after.store.agents.get(AGENT)).toMatchObject({ on: true, switchedBy: 'clock' });
  });

  test('turns the switch at each of its edges, and where it stands when it is set', async () => {
    const { clock, conversation, store } = await start();
    await conversation.switch.setSchedule(officeHours);
    expect(await store.agents.get(AGENT)).toMatchObject({ on: true, switchedBy: 'schedule' });
    const seen: boolean[] = [];
    for (let half = 0; half < 48; half++) {
      await clock.advance(hour / 2);
      if ((seen.at(-1) ?? true) !== conversation.switch.on) seen.push(conversation.switch.on);
    }
    expect(seen).toEqual([false, true, false, true]);
    expect(await store.agents.get(AGENT)).toMatchObject({ switchedAt: noon + 21 * hour, switchedBy: 'schedule' });
  });

  test('the latest act by hand holds until its next edge', async () => {
    const { clock, conversation } = await start();
    await conversation.switch.setSchedule(officeHours);
    await conversation.switch.moveTo(false);
    await clock.advance(1.9 * hour);
    expect(conversation.switch.on).toBe(false);
    await clock.advance(0.2 * hour);
    expect(conversation.switch.on).toBe(true);
    await clock.advance(5 * hour);
    expect(conversation.switch.on).toBe(false);
    await conversation.switch.moveTo(true);
    await clock.advance(13 * hour);
    expect(conversation.switch.on).toBe(true);
  });

  test('off for a time ends with the edge that comes before it', async () => {
    const { clock, conversation, store } = await start();
    await conversation.switch.setSchedule(officeHours);
    await conversation.switch.moveTo(false, { by: 'person', backOnAt: noon + 7 * hour });
    await clock.advance(6.5 * hour);
    expect(await store.agents.get(AGENT)).toMatchObject({ on: false, backOnAt: null });
    await clock.advance(hour);
    expect(conversation.switch.on).toBe(false);
  });

  test('an edge that passed while the relay was down is obeyed when it is up; one that a person overruled is not', async () => {
    const { clock, conversation } = await start();
    await conversation.switch.setSchedule(officeHours);
    await conversation.stop();
    await clock.advance(7 * hour);
    await conversation.start();
    await clock.advance(1);
    expect(conversation.switch.on).toBe(false);
    await conversation.switch.moveTo(true);
    await conversation.stop();
    await clock.advance(hour);
    await conversation.start();
    await clock.advance(1);
    expect(conversation.switch.on).toBe(true);
  });

  test('a message sent before the edge is not answered after it, and the other way round', async () => {
    const { clock, conversation, turns, write } = await start();
    await conversation.switch.setSchedule(officeHours);
    await clock.advance(hour);
    await write('1');
    await clock.advance(1.5 * hour);
    expect(turns).toEqual([]);
    await write('2');
    await clock.advance(5_000);
    expect(turns).toHaveLength(1);
  });

  test('without one the switch stays where it stands', async () => {
    const { clock, conversation } = await start();
    await conversation.switch.setSchedule(officeHours);
    await conversation.switch.setSchedule([]);
    await clock.advance(24 * hour);
    expect(conversation.switch.on).toBe(true);
  });
});

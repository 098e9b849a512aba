/** Whatever changes who may be answered visits what is under way: nothing leaves that may not leave now. */
import { expect, test } from 'vitest';
import type { AgentResult } from '../../relay/turn.ts';
import type { ChatId } from '../../shared/contract/chat.ts';
import { AGENT, type ConversationBench, inChat, said, startConversation } from '../support/conversation-bench.ts';

const MINUTE = 60_000;
const CHAT = 'chat-1' as ChatId;

/** Brings a chat to a stage; what it resolves to lets the rest of the way go on, as late as may be. */
const STAGES: Record<string, (bench: ConversationBench) => Promise<() => void>> = {
  gathering: async ({ write, clock }) => {
    await write('1');
    await clock.advance(500);
    return () => undefined;
  },
  thinking: async ({ write, clock, say }) => {
    const late = Promise.withResolvers<AgentResult>();
    say(() => late.promise);
    await write('1');
    await clock.advance(2_500);
    return () => late.resolve(said('late'));
  },
  'waiting for a further try': async ({ write, clock, say }) => {
    say(() => ({ type: 'fault', fault: 'unreachable', detail: '', usage: null }));
    await write('1');
    await clock.advance(3_000);
    say(() => said('late'));
    return () => undefined;
  },
  'looking up devices': async ({ write, clock, lookUp }) => {
    const slow = Promise.withResolvers<boolean>();
    lookUp(() => slow.promise);
    await write('1');
    await clock.advance(2_500);
    return () => slow.resolve(true);
  },
  'about to leave': async ({ write, clock, hold }) => {
    const leave = hold();
    await write('1');
    await clock.advance(2_500);
    return leave;
  },
  'without a connection': async ({ write, clock, line, conversation, reconnect }) => {
    line(() => ({ type: 'offline' }));
    await write('1');
    await clock.advance(2_500);
    conversation.linkClosed();
    line(() => ({ type: 'acked' }));
    return () => reconnect();
  },
  unconfirmed: async ({ write, clock, line }) => {
    line(() => ({ type: 'unconfirmed' }));
    await write('1');
    await clock.advance(2_500);
    line(() => ({ type: 'acked' }));
    return () => undefined;
  },
};

/** Ways in which a chat may come to be answered no more, and the outcome of its message. */
const CHANGES: Record<string, readonly [string | null, (bench: ConversationBench) => Promise<unknown>]> = {
  off: ['switched-off', ({ conversation }) => conversation.switch.moveTo(false)],
  'never here': ['not-in-scope', ({ conversation }) => conversation.scope.setRule(CHAT, 'never')],
  'only the chosen': ['not-in-scope', ({ conversation }) => conversation.scope.setScope('listed')],
  'the owner writes': ['owner-wrote', ({ write }) => write('own', { author: 'owner' })],
  'the number is restricted': [
    'restricted',
    ({ conversation, clock }) => conversation.restricted(clock.now() + 60 * MINUTE),
  ],
  forgotten: [null, ({ conversation }) => conversation.chats.forget(CHAT)],
  'all is forgotten': [null, ({ conversation }) => conversation.chats.forgetTexts()],
};

const pairs = Object.keys(STAGES).flatMap((stage) => Object.keys(CHANGES).map((change) => [stage, change] as const));

test.each(pairs)('%s, then %s: nothing leaves any more', async (stage, change) => {
  const bench = await startConversation();
  const goOn = await STAGES[stage]?.(bench);
  const [reason, act] = CHANGES[change] ?? [];
  const sentBefore = bench.sent.length;
  await act?.(bench);
  goOn?.();
  await bench.clock.advance(5 * MINUTE);
  expect(bench.sent.slice(sentBefore)).toEqual([]);
  expect(await bench.store.outbox.pending(AGENT)).toEqual([]);
  expect(bench.conversation.activity).toMatchObject({ busyChats: 0, sending: 0 });
  // Of an answer that may have arrived nobody says that it did not.
  const outcome = stage === 'unconfirmed' && reason === 'restricted' ? 'unconfirmed' : reason;
  if (reason !== null) expect(await bench.outcomes()).toEqual([outcome]);
  if (reason === null) expect((await bench.store.messages.lines(AGENT, CHAT, 10)).length).toBe(0);
});

test.each(Object.keys(STAGES))('%s, then off: the reply counts the answer that was dropped', async (stage) => {
  const bench = await startConversation();
  await STAGES[stage]?.(bench);
  expect(await bench.conversation.switch.moveTo(false)).toEqual({ droppedAnswers: 1 });
});

test('off and on again in one moment does not let go what off has dropped', async () => {
  const bench = await startConversation();
  const leave = await STAGES['about to leave']?.(bench);
  const off = bench.conversation.switch.moveTo(false);
  await off;
  await bench.conversation.switch.moveTo(true);
  leave?.();
  await bench.clock.advance(5 * MINUTE);
  expect(bench.sent).toEqual([]);
});

test('a restriction ends by itself, is known after a restart, and what came meanwhile has its outcome', async () => {
  const first = await startConversation();
  await first.conversation.restricted(first.clock.now() + 30 * MINUTE);
  await first.write('1');
  await first.clock.advance(5_000);
  const second = await first.restart();
  await second.write('2');
  await second.clock.advance(30 * MINUTE);
  expect(second.turns).toEqual([]);
  expect(await second.outcomes()).toEqual(['restricted', 'restricted']);
  await second.write('3');
  await second.clock.advance(5_000);
  expect(second.sent).toHaveLength(1);
});

test('a refusal because of a restriction is not tried again, and is its message’s outcome', async () => {
  for (const code of [463, 475]) {
    const { write, clock, line, outcomes } = await startConversation();
    let tries = 0;
    line(() => {
      tries += 1;
      return { type: 'refused', code };
    });
    await write('1');
    await clock.advance(20 * MINUTE);
    expect(tries).toBe(1);
    expect(await outcomes()).toEqual(['restricted']);
  }
});

test('an agent that chose to be silent, and one whose answer WhatsApp refused, have their outcomes', async () => {
  const { write, clock, say, line, outcomes, store } = await startConversation();
  say(() => ({ type: 'silence', usage: null }));
  await write('1');
  await clock.advance(5_000);
  say(() => said('hello'));
  line(() => ({ type: 'refused', code: 400 }));
  await write('2');
  await clock.advance(5_000);
  line(() => ({ type: 'acked' }));
  await write('3');
  await clock.advance(5_000);
  expect(await outcomes()).toEqual(['agent-silent', 'undelivered', 'answered']);
  expect(await store.agents.countOf(AGENT, '2026-11-24')).toMatchObject({ answers: 1, messages: 3, skipped: 2 });
});

test('while the same answer is looked up for longer than an acknowledgement is waited for, it is not begun a second time', async () => {
  const { write, clock, lookUp, sent } = await startConversation();
  const slow = Promise.withResolvers<boolean>();
  let lookUps = 0;
  lookUp(() => {
    lookUps += 1;
    return slow.promise;
  });
  await write('1');
  await clock.advance(3 * MINUTE);
  expect(lookUps).toBe(1);
  slow.resolve(true);
  await clock.advance(1_000);
  expect(sent).toHaveLength(1);
});

test('two agents that answer each other stop within the brake, and the chat rests a quarter of an hour', async () => {
  const { write, clock, sent, say, outcomes } = await startConversation();
  let words = 0;
  say(() => {
    words += 1;
    return said(`word ${words}`);
  });
  for (let at = 0; at < 20; at++) {
    await write(`m${at}`);
    await clock.advance(4_000);
  }
  expect(sent).toHaveLength(6);
  expect((await outcomes()).filter((outcome) => outcome === 'brake')).toHaveLength(14);
  await write('other', inChat('other'));
  await clock.advance(5_000);
  expect(sent).toHaveLength(7);
  await clock.advance(16 * MINUTE);
  await write('later');
  await clock.advance(5_000);
  expect(sent).toHaveLength(8);
});

test('the long window brakes an exchange that is slower', async () => {
  const { write, clock, sent, say } = await startConversation({ settings: { brakeLongAnswers: 8 } });
  let words = 0;
  say(() => {
    words += 1;
    return said(`word ${words}`);
  });
  for (let at = 0; at < 20; at++) {
    await write(`m${at}`);
    await clock.advance(20_000);
  }
  expect(sent).toHaveLength(8);
});

test('the same text twice in a row is sent once, within an answer and over answers', async () => {
  const { write, clock, sent, say, outcomes } = await startConversation();
  say(() => said('hello', 'hello', 'bye'));
  await write('1');
  await clock.advance(5_000);
  say(() => said('bye'));
  await write('2');
  await clock.advance(5_000);
  expect(sent.map(({ text }) => text)).toEqual(['hello', 'bye']);
  expect(await outcomes()).toEqual(['answered', 'same-answer']);
  await clock.advance(11 * MINUTE);
  await write('3');
  await clock.advance(5_000);
  expect(sent).toHaveLength(3);
});

test('an answer takes the time that writing it takes, counted from when the agent was asked, and chats do not leave in one moment', async () => {
  const { write, clock, sent, say } = await startConversation({ settings: { paceSeconds: 12, gapSeconds: 3 } });
  say((turn) => said(turn.fresh[0]?.text === 'text long' ? 'x'.repeat(200) : 'short'));
  await write('long', inChat('a'));
  await write('b', inChat('b'));
  await write('c', inChat('c'));
  await clock.advance(2_900);
  expect(sent).toEqual([]);
  await clock.advance(200);
  expect(sent.map(({ chatId }) => chatId)).toEqual(['b']);
  await clock.advance(3_000);
  expect(sent.map(({ chatId }) => chatId)).toEqual(['b', 'c']);
  await clock.advance(3_000);
  expect(sent).toHaveLength(2);
  await clock.advance(1_000);
  expect(sent.map(({ chatId }) => chatId)).toEqual(['b', 'c', 'a']);
});

test('nothing is asked or sent before what waited at WhatsApp has been taken in; then at most one answer a chat', async () => {
  const { write, clock, turns, conversation, message } = await startConversation();
  conversation.linkClosed();
  conversation.linkOpened();
  await write('1', { live: false });
  await clock.advance(20_000);
  expect(turns).toEqual([]);
  await conversation.takeIn([message('2', { live: false, sentAt: clock.now() - 1_000 })]);
  conversation.caughtUp();
  await clock.advance(5_000);
  expect(turns).toHaveLength(1);
  expect(turns[0]?.fresh).toHaveLength(2);
});

test('an old question is context for a new one, never handed over as fresh', async () => {
  const { clock, conversation, turns, message, outcomes } = await startConversation();
  await clock.advance(4 * 24 * 60 * MINUTE);
  await conversation.takeIn([message('old', { sentAt: clock.now() - 3 * 24 * 60 * MINUTE, live: false })]);
  await conversation.takeIn([message('oi', { sentAt: clock.now() })]);
  await clock.advance(5_000);
  expect(turns[0]?.fresh.map(({ text }) => text)).toEqual(['text oi']);
  expect(turns[0]?.context.map(({ text }) => text)).toEqual(['text old']);
  expect(await outcomes()).toEqual(['too-old', 'answered']);
});

test('what grows too old while it waits is context as well', async () => {
  const { write, clock, conversation, turns, reconnect } = await startConversation();
  conversation.linkClosed();
  await write('old', { live: false });
  await clock.advance(9 * MINUTE);
  await write('new', { live: false });
  await clock.advance(2 * MINUTE);
  reconnect();
  await clock.advance(5_000);
  expect(turns.map(({ fresh }) => fresh.map(({ text }) => text))).toEqual([['text new']]);
});

test('on the owner’s word what was too old or met a fault is answered, and nothing else is', async () => {
  const { clock, conversation, turns, message, outcomes, sent } = await startConversation();
  await clock.advance(60 * MINUTE);
  await conversation.takeIn([message('old', { sentAt: clock.now() - 30 * MINUTE, live: false })]);
  await clock.advance(5_000);
  await conversation.switch.moveTo(false);
  expect(await conversation.chats.answer(CHAT)).toEqual({ messages: 0, verdict: 'switched-off' });
  await conversation.switch.moveTo(true);
  expect(await conversation.chats.answer(CHAT)).toEqual({ messages: 1, verdict: 'yes' });
  expect(await conversation.chats.answer(CHAT)).toEqual({ messages: 0, verdict: 'yes' });
  await clock.advance(5_000);
  expect(turns.map(({ fresh }) => fresh.map(({ text }) => text))).toEqual([['text old']]);
  expect(sent).toHaveLength(1);
  expect(await outcomes()).toEqual(['answered']);
});

test('a fault that passes is answered by itself, once; one that does not is told at once', async () => {
  const { write, clock, say, sent, conversation, outcomes, turns } = await startConversation();
  say(() => ({ type: 'fault', fault: 'rate-limited', detail: '', usage: null, retryAfterMs: 45_000 }));
  await write('1');
  await clock.advance(2_000);
  expect(conversation.activity.retryAt).toBe(clock.now() + 45_000);
  say(() => said('there it is'));
  await clock.advance(44_000);
  expect(sent).toEqual([]);
  await clock.advance(1_000);
  expect(sent).toHaveLength(1);
  expect(conversation.activity).toMatchObject({ retryAt: null, lastFault: null });
  say(() => ({ type: 'fault', fault: 'key-refused', detail: '', usage: null }));
  await write('2');
  await clock.advance(10 * MINUTE);
  expect(turns).toHaveLength(3);
  expect(await outcomes()).toEqual(['answered', 'agent-error']);
});

test('a fault that does not pass stands over a restart until the agent works again; one that does goes with it', async () => {
  const first = await startConversation();
  first.say(() => ({ type: 'fault', fault: 'no-credits', detail: 'HTTP 402', usage: null }));
  await first.write('1');
  await first.clock.advance(5_000);
  const second = await first.restart();
  expect(second.conversation.activity.lastFault).toMatchObject({ fault: 'no-credits', detail: 'HTTP 402' });
  second.conversation.health.works();
  const third = await second.restart();
  expect(third.conversation.activity.lastFault).toBeNull();
  third.say(() => ({ type: 'fault', fault: 'unreachable', detail: '', usage: null }));
  await third.write('2');
  await third.clock.advance(3_000);
  expect((await third.restart()).conversation.activity.lastFault).toBeNull();
});

test('contacts see neither ticks nor typing, but where the owner chose so, and typing only while an answer is really coming', async () => {
  const { write, clock, told, settings, say, conversation, lookUp } = await startConversation();
  await write('1');
  await clock.advance(5_000);
  expect(told).toEqual([]);
  settings.readReceipts = 'yes';
  settings.typing = 'yes';
  say(() => ({ type: 'silence', usage: null }));
  await write('2');
  await clock.advance(5_000);
  expect(told).toEqual([]);
  say(() => said('hello'));
  await write('3');
  await clock.advance(5_000);
  expect(told).toEqual(['read chat-1 3', 'writing chat-1']);
  lookUp(() => new Promise(() => undefined));
  say(() => said('bye'));
  await write('4');
  await clock.advance(5_000);
  await conversation.switch.moveTo(false);
  await clock.advance(1_000);
  expect(told.slice(2)).toEqual(['read chat-1 4', 'writing chat-1', 'not writing chat-1']);
});

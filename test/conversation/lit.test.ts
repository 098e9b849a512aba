/** Lit exactly while the next message of somebody in scope would be answered, whatever has happened before. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Turn } from '../../relay/turn.ts';
import type { ChatId, Scope } from '../../shared/contract/chat.ts';
import { answering } from '../../shared/rules/answering.ts';
import { readSchedule } from '../../shared/rules/schedule.ts';
import { AGENT, type ConversationBench, said, startConversation } from '../support/conversation-bench.ts';

const MINUTE = 60_000;
const CHOSEN = 'chosen' as ChatId;
const STEPS = {
  on: ({ conversation }) => conversation.switch.moveTo(true),
  off: ({ conversation }) => conversation.switch.moveTo(false),
  'off for a while': ({ conversation, clock }) =>
    conversation.switch.moveTo(false, { by: 'person', backOnAt: clock.now() + 5 * MINUTE }),
  'a schedule': ({ conversation }) => conversation.switch.setSchedule(readSchedule('mon-sun 00:00-12:07') ?? []),
  'no schedule': ({ conversation }) => conversation.switch.setSchedule([]),
  'for everyone': (bench) => scope(bench, 'everyone'),
  'for the listed': (bench) => scope(bench, 'listed'),
  'for unknown people': (bench) => scope(bench, 'unknown-people'),
  'one is chosen': ({ conversation }) => conversation.scope.setRule(CHOSEN, 'answer'),
  'none is chosen': ({ conversation }) => conversation.scope.setRule(CHOSEN, null),
  'contacts come': (bench) => bench.addressBook(() => false),
  'contacts go': (bench) => bench.addressBook(() => null),
  restricted: ({ conversation, clock }) => conversation.restricted(clock.now() + 10 * MINUTE),
  'restricted without an end': ({ conversation }) => conversation.restricted('endless'),
  'restricted no more': ({ conversation }) => conversation.restricted(null),
  'a refused quota': async (bench) => {
    bench.line(() => ({ type: 'refused', code: 475 }));
    await write(bench);
    bench.line(() => ({ type: 'acked' }));
  },
  'an agent that fails': async (bench) => {
    bench.say(() => ({ type: 'fault', fault: 'odd-answer', detail: '', usage: null }));
    await write(bench);
    // Where it was not asked nobody knows of it yet.
    if (bench.conversation.activity.lastFault === null) bench.conversation.health.failedTest('odd-answer', '');
  },
  'a test that fails': async (bench) => {
    bench.say(() => ({ type: 'fault', fault: 'key-refused', detail: '', usage: null }));
    bench.conversation.health.failedTest('key-refused', 'HTTP 401');
  },
  'a test that works': async (bench) => {
    bench.say(spoken);
    bench.conversation.health.works();
  },
  'an agent that is back by itself': async (bench) => {
    bench.say(() => ({ type: 'fault', fault: 'unreachable', detail: '', usage: null }));
    await write(bench);
    bench.say(spoken);
    if (bench.conversation.activity.lastFault?.fault !== 'unreachable') bench.conversation.health.works();
    await bench.clock.advance(61_000);
  },
  'a message': (bench) => write(bench),
  'a lower limit': async ({ conversation, settings }) => {
    settings.dailyAnswers = Math.max(0, settings.dailyAnswers - 2);
    await conversation.switch.limitsChanged(true);
  },
  unlinked: ({ conversation }) => conversation.numberGone(),
  'six minutes': ({ clock }) => clock.advance(6 * MINUTE),
  'a night': ({ clock }) => clock.advance(14 * 60 * MINUTE),
} satisfies Record<string, (bench: ConversationBench) => Promise<unknown>>;

async function scope({ conversation }: ConversationBench, which: Scope): Promise<void> {
  await conversation.scope.setScope(which);
}

let messages = 0;
/** Never the same twice: that would be left out. */
const spoken = ({ chatKey }: Turn) => said(`to ${chatKey} ${messages}`);

/** Somebody new writes, or the chosen one where only that one is answered. */
async function write(bench: ConversationBench): Promise<ChatId> {
  const record = await bench.store.agents.get(AGENT);
  messages += 1;
  const isChosen = bench.conversation.scope.chosenChats > 0 && record?.scope !== 'everyone';
  const chatId = isChosen ? CHOSEN : (`person-${messages}` as ChatId);
  await bench.write(`M${messages}`, { chatId });
  await bench.clock.advance(8_000);
  return chatId;
}

async function isLit(bench: ConversationBench, contactsKnown: boolean): Promise<boolean> {
  const record = await bench.store.agents.get(AGENT);
  const { until, retryAt } = bench.conversation.restriction;
  const { lastFault } = bench.conversation.activity;
  const truth = answering(
    {
      on: record?.on ?? false,
      scope: record?.scope ?? null,
      chosenChats: bench.conversation.scope.chosenChats,
      contactsKnown,
      lastFault: lastFault && { ...lastFault, httpStatus: null },
      link: {
        status: 'connected',
        account: { number: '1', lid: null },
        restrictedUntil: until,
        restrictedRetryAt: retryAt,
      },
    },
    bench.clock.now(),
  );
  return truth === 'answering';
}

test('over generated histories', { timeout: 120_000 }, async () => {
  const names = Object.keys(STEPS) as (keyof typeof STEPS)[];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...names), { maxLength: 12 }), async (history) => {
      const bench = await startConversation({
        settings: {
          dailyAnswers: 5,
          brakeShortAnswers: 99,
          brakeLongAnswers: 99,
          brakeHourAnswers: 99,
          brakeLoopTurns: 99,
        },
      });
      bench.say(spoken);
      let contactsKnown = false;
      for (const name of history) {
        if (name === 'contacts come') contactsKnown = true;
        if (name === 'contacts go') contactsKnown = false;
        await STEPS[name](bench);
        await bench.clock.advance(1_000);
      }
      const lit = await isLit(bench, contactsKnown);
      const before = bench.sent.length;
      const chatId = await write(bench);
      expect(bench.sent.slice(before).some((answer) => answer.chatId === chatId)).toBe(lit);
    }),
    { numRuns: 150 },
  );
});

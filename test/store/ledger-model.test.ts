import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { systemRandom } from '../../relay/clock.ts';
import type { Admission } from '../../relay/store/message-ledger.ts';
import { openStore } from '../../relay/store/sqlite-store.ts';
import type { Store } from '../../relay/store/store.ts';
import type { AgentId, ChatId } from '../../shared/chat.ts';
import { messageFrom } from '../support/chat-messages.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const AGENT = 'agt_ONE' as AgentId;
const CHAT = 'chat-1' as ChatId;
const DAY = '2026-11-24';

async function _startStore(home = temporaryDirectory()): Promise<Store> {
  const store = await openStore(home, { random: systemRandom });
  onTestFinished(() => store.close());
  if (!(await store.agents.get(AGENT))) {
    await store.agents.add({
      id: AGENT,
      name: 'One',
      backEnd: { adapter: 'built-in', settings: {} },
      secret: null,
      now: 1_000,
    });
  }
  return store;
}

const keep = (id: string, changes: Parameters<typeof messageFrom>[1] = {}): Admission => ({
  type: 'keep',
  message: messageFrom(id, changes),
  settled: null,
});
const _drop = (id: string, sentAt: number): Admission => ({
  type: 'drop',
  message: messageFrom(id, { sentAt }),
  reason: 'switched-off',
});

function answer(row: number, ids: readonly string[], changes: object = {}) {
  const answers = ids.map((messageId) => ({ messageId, text: `answer ${messageId}` }));
  return {
    agentId: AGENT,
    chatId: CHAT,
    row,
    answers,
    usage: { inputTokens: 3, outputTokens: 4 },
    day: DAY,
    now: 5_000,
    ...changes,
  };
}

test('whatever happens in whatever order: a message is open once at most, and the outbox keeps its order and its ids', async () => {
  const act = fc.oneof(
    fc.record({ type: fc.constant('receive' as const), id: fc.constantFrom('1', '2', '3', '4', '5') }),
    fc.record({ type: fc.constant('answer' as const), count: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ type: fc.constantFrom('start' as const, 'sent' as const, 'failed' as const, 'back' as const) }),
    fc.record({ type: fc.constant('switch' as const), on: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
      const store = await openStore(temporaryDirectory(), { random: systemRandom });
      await store.agents.add({
        id: AGENT,
        name: 'One',
        backEnd: { adapter: 'built-in', settings: {} },
        secret: null,
        now: 0,
      });
      const seen = new Set<string>();
      let queued: { id: string; sending: boolean }[] = [];
      let on = false;
      let ids = 0;
      const nextId = (): string => {
        ids += 1;
        return `A${ids}`;
      };
      let now = 0;
      for (const step of acts) {
        now += 1;
        const [first] = queued;
        if (step.type === 'receive') {
          expect(await store.messages.receive(AGENT, [keep(step.id)], now)).toEqual([
            seen.has(step.id) ? 'duplicate' : 'new',
          ]);
          seen.add(step.id);
        } else if (step.type === 'answer') {
          const row = (await store.messages.lines(AGENT, CHAT, 1))[0]?.row ?? 0;
          const next = Array.from({ length: step.count }, () => nextId());
          expect(await store.outbox.queueAnswers(answer(row, next, { now }))).toBe(on);
          if (on) queued.push(...next.map((id) => ({ id, sending: false })));
          if (on) expect((await store.messages.lines(AGENT, CHAT, 10)).some(({ open }) => open)).toBe(false);
        } else if (step.type === 'switch') {
          await store.agents.switchTo(AGENT, step.on, now);
          if (on && !step.on) queued = queued.filter(({ sending }) => sending);
          on = step.on;
        } else if (first) {
          if (step.type === 'start') first.sending = await store.outbox.startSending(AGENT, first.id);
          if (step.type === 'sent') await store.outbox.markSent(AGENT, first.id, now);
          if (step.type === 'failed') await store.outbox.markFailed(AGENT, first.id, 'refused', now);
          if (step.type === 'back') await store.outbox.putBack(AGENT, first.id);
          if (step.type === 'back') first.sending = false;
          if (step.type === 'sent' || step.type === 'failed') queued.shift();
        }
        const pending = await store.outbox.pending(AGENT);
        expect(pending.map(({ messageId, state }) => [messageId, state === 'sending'])).toEqual(
          queued.map(({ id, sending }) => [id, sending]),
        );
      }
      await store.close();
    }),
    { numRuns: 40 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answer, CHAT, keep } from '../support/ledger-entries.ts';
import { AGENT, testStore, withAgent } from '../support/store.ts';

test('whatever happens in whatever order: a message is open once at most, and the outbox keeps its order and its ids', async () => {
  const act = fc.oneof(
    fc.record({ type: fc.constant('receive' as const), id: fc.constantFrom('1', '2', '3', '4', '5') }),
    fc.record({ type: fc.constant('answer' as const), count: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ type: fc.constantFrom('start' as const, 'sent' as const, 'failed' as const, 'back' as const) }),
    fc.record({ type: fc.constant('switch' as const), on: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
      const store = await withAgent(await testStore(), AGENT, 0);
      const seen = new Set<string>();
      const queued: { id: string; sending: boolean }[] = [];
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

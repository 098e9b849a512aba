/** A back end that failed in passing is looked at again by itself: soon, then less often, and never for nothing. */
import { expect, test } from 'vitest';
import { FaultWatch } from '../../relay/conversation/fault-watch.ts';
import type { AgentResult } from '../../relay/turn.ts';
import { ManualClock } from '../support/manual-clock.ts';

function watching(answers: { works: boolean; on: boolean }) {
  const clock = new ManualClock(0);
  const looks: number[] = [];
  let reached = 0;
  const watch = new FaultWatch({
    clock,
    isOn: () => answers.on,
    agent: () => ({
      check: async () => {
        looks.push(clock.now());
        return answers.works
          ? { type: 'ok', detail: '' }
          : ({ type: 'fault', fault: 'unreachable', detail: '' } as AgentResult & { type: 'fault' });
      },
    }),
    reached: () => {
      reached += 1;
    },
  });
  return { clock, watch, looks, reached: () => reached, since: clock.now() };
}

test('it is looked at after 10, 20, 40, and then every 60 seconds, until it answers', async () => {
  const answers = { works: false, on: true };
  const { clock, watch, looks, reached, since } = watching(answers);
  watch.set('unreachable');
  for (let second = 0; second < 200; second++) await clock.advance(1_000);
  expect(looks.map((at) => (at - since) / 1_000)).toEqual([10, 30, 70, 130, 190]);
  expect(reached()).toBe(0);
  answers.works = true;
  await clock.advance(60_000);
  expect(reached()).toBe(1);
  await clock.advance(300_000);
  expect(looks).toHaveLength(6);
});

test('nothing is looked for while nobody would be answered, after a fault that stays, or once it is over', async () => {
  const answers = { works: false, on: false };
  const { clock, watch, looks } = watching(answers);
  watch.set('unreachable');
  await clock.advance(120_000);
  expect(looks).toEqual([]);
  answers.on = true;
  await clock.advance(60_000);
  expect(looks).toHaveLength(1);
  watch.set('key-refused');
  await clock.advance(300_000);
  watch.set('unreachable');
  watch.set(null);
  await clock.advance(300_000);
  expect(looks).toHaveLength(1);
});

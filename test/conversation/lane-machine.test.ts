import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LaneEvent, type LaneState, laneStep, QUIET } from '../../relay/conversation/lane-machine.ts';

const at = (now: number) => ({ now, gatherMs: 2_000 });
const thinking: LaneState = { type: 'thinking', restarts: 0, again: false };

test('a burst is gathered until two seconds after its last message, then the agent is asked once', () => {
  const first = laneStep(QUIET, { type: 'contact-wrote' }, at(0));
  const second = laneStep(first.state, { type: 'contact-wrote' }, at(1_500));
  expect(second).toEqual({ state: { type: 'gathering', until: 3_500, restarts: 0 }, effects: ['wake'] });
  expect(laneStep(second.state, { type: 'due' }, at(2_000)).effects).toEqual(['wake']);
  expect(laneStep(second.state, { type: 'due' }, at(3_500))).toEqual({ state: thinking, effects: ['think'] });
});

test('a message while the agent thinks starts it over, three times; then what is there is answered and the rest after it', () => {
  let state: LaneState = thinking;
  for (const restarts of [1, 2, 3]) {
    const step = laneStep(state, { type: 'contact-wrote' }, at(0));
    expect(step).toEqual({ state: { type: 'gathering', until: 2_000, restarts }, effects: ['abort', 'wake'] });
    state = laneStep(step.state, { type: 'due' }, at(2_000)).state;
  }
  const fourth = laneStep(state, { type: 'contact-wrote' }, at(0));
  expect(fourth).toEqual({ state: { type: 'thinking', restarts: 3, again: true }, effects: [] });
  expect(laneStep(fourth.state, { type: 'finished' }, at(5)).state).toEqual({
    type: 'gathering',
    until: 2_005,
    restarts: 0,
  });
});

test('the owner writing ends what the agent was doing (S20, S22)', () => {
  expect(laneStep(thinking, { type: 'owner-wrote' }, at(0))).toEqual({
    state: QUIET,
    effects: ['abort', 'settle-owner-wrote'],
  });
  expect(laneStep({ type: 'gathering', until: 5, restarts: 0 }, { type: 'owner-wrote' }, at(0))).toEqual({
    state: QUIET,
    effects: ['settle-owner-wrote'],
  });
});

test('switching off ends everything, and a finished answer of before starts nothing (S25)', () => {
  expect(laneStep(thinking, { type: 'switched-off' }, at(0))).toEqual({ state: QUIET, effects: ['abort'] });
  expect(laneStep(QUIET, { type: 'finished' }, at(0))).toEqual({ state: QUIET, effects: [] });
  expect(laneStep(QUIET, { type: 'due' }, at(0))).toEqual({ state: QUIET, effects: [] });
});

test('whatever happens in whatever order, the agent is never asked while it is being asked', () => {
  const event = fc.constantFrom<LaneEvent['type']>('contact-wrote', 'owner-wrote', 'due', 'finished', 'switched-off');
  fc.assert(
    fc.property(fc.array(fc.tuple(event, fc.nat(3_000))), (events) => {
      let state: LaneState = QUIET;
      let now = 0;
      let asking = false;
      for (const [type, ms] of events) {
        now += ms;
        const step = laneStep(state, { type }, at(now));
        for (const effect of step.effects) {
          if (effect === 'abort') asking = false;
          if (effect !== 'think') continue;
          expect(asking).toBe(false);
          asking = true;
        }
        if (type === 'finished' && state.type === 'thinking') asking = false;
        state = step.state;
        expect(state.type === 'thinking').toBe(asking);
      }
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type LaneContext,
  type LaneEvent,
  type LaneState,
  laneStep,
  QUIET,
} from '../../relay/conversation/lane-machine.ts';

const at = (now: number, changes: Partial<LaneContext> = {}): LaneContext => ({
  now,
  gatherMs: 2_000,
  ownerMs: 0,
  caughtUp: true,
  mayBeginAgain: true,
  jitter: 0,
  ...changes,
});
const thinking: LaneState = { type: 'thinking', since: 0, tries: 0, again: false };
const gathering = (until: number, changes: Partial<Extract<LaneState, { type: 'gathering' }>> = {}): LaneState => ({
  type: 'gathering',
  until,
  tries: 0,
  ...changes,
});

test('a burst is gathered until two seconds after its last message, then the agent is asked once', () => {
  const first = laneStep(QUIET, { type: 'contact-wrote' }, at(0));
  const second = laneStep(first.state, { type: 'contact-wrote' }, at(1_500));
  expect(second).toEqual({ state: gathering(3_500), effects: ['wake'] });
  expect(laneStep(second.state, { type: 'due' }, at(2_000)).effects).toEqual(['wake']);
  expect(laneStep(second.state, { type: 'due' }, at(3_500))).toEqual({
    state: { ...thinking, since: 3_500 },
    effects: ['think'],
  });
});

test('a message while the agent thinks starts it over; where it may not be begun anew, what is there is answered and the rest after it', () => {
  const step = laneStep(thinking, { type: 'contact-wrote' }, at(0));
  expect(step).toEqual({ state: gathering(2_000), effects: ['abort', 'wake'] });
  const last = laneStep(thinking, { type: 'contact-wrote' }, at(2_000, { mayBeginAgain: false }));
  expect(last).toEqual({ state: { ...thinking, again: true }, effects: [] });
  expect(laneStep(last.state, { type: 'finished' }, at(5)).state).toEqual(gathering(2_005));
});

test('an agent that has thought for long is not hung up on: its answer comes, and the rest after it', () => {
  expect(laneStep(thinking, { type: 'contact-wrote' }, at(8_001))).toEqual({
    state: { ...thinking, again: true },
    effects: [],
  });
});

test('nothing is asked before what waited at WhatsApp has been taken in', () => {
  const behind = at(9_000, { caughtUp: false });
  expect(laneStep(gathering(2_000), { type: 'due' }, behind)).toEqual({ state: gathering(2_000), effects: [] });
  expect(laneStep(gathering(2_000), { type: 'due' }, at(9_000)).effects).toEqual(['think']);
});

test('a fault that may pass is tried again after 2, 8, 32 and 120 seconds, and on, as long as the messages are fresh', () => {
  let state: LaneState = thinking;
  const waits: number[] = [];
  for (let tries = 0; tries < 5; tries++) {
    const step = laneStep(state, { type: 'failed', serverMs: null, expiresAt: 600_000 }, at(0));
    expect(step.effects).toEqual(['wake']);
    if (step.state.type !== 'waiting') throw new Error('it does not wait');
    waits.push(step.state.until);
    state = laneStep(step.state, { type: 'due' }, at(step.state.until)).state;
  }
  expect(waits).toEqual([2_000, 8_000, 32_000, 120_000, 120_000]);
  const late: LaneEvent = { type: 'failed', serverMs: null, expiresAt: 120_000 };
  expect(laneStep(state, late, at(0))).toEqual({ state: QUIET, effects: ['give-up'] });
});

test('a server that asks to be left alone is left alone for that long', () => {
  const failed: LaneEvent = { type: 'failed', serverMs: 45_000, expiresAt: 600_000 };
  expect(laneStep(thinking, failed, at(0)).state).toEqual({ type: 'waiting', until: 45_000, tries: 1 });
});

test('a contact who writes while a further try is waited for does not bring it forward, and does not begin the waits anew', () => {
  const waiting: LaneState = { type: 'waiting', until: 30_000, tries: 3 };
  const wrote = laneStep(waiting, { type: 'contact-wrote' }, at(5_000));
  expect(wrote.state).toEqual(gathering(30_000, { tries: 3 }));
  expect(laneStep(wrote.state, { type: 'contact-wrote' }, at(6_000)).state).toEqual(gathering(30_000, { tries: 3 }));
});

test('a chat that may not be answered any more ends whatever it was doing, and what is finished later starts nothing (S20, S25)', () => {
  const states: readonly LaneState[] = [gathering(5), { type: 'waiting', until: 5, tries: 1 }];
  for (const state of states)
    expect(laneStep(state, { type: 'stopped' }, at(0))).toEqual({ state: QUIET, effects: [] });
  expect(laneStep(thinking, { type: 'stopped' }, at(0))).toEqual({ state: QUIET, effects: ['abort'] });
  for (const type of ['finished', 'due'] as const)
    expect(laneStep(QUIET, { type }, at(0))).toEqual({ state: QUIET, effects: [] });
  expect(laneStep(QUIET, { type: 'failed', serverMs: null, expiresAt: 9 }, at(0)).effects).toEqual([]);
});

test('whatever happens in whatever order, the agent is never asked while it is being asked', () => {
  const event = fc.constantFrom<LaneEvent>(
    { type: 'contact-wrote' },
    { type: 'due' },
    { type: 'finished' },
    { type: 'failed', serverMs: null, expiresAt: 100_000 },
    { type: 'stopped' },
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(event, fc.nat(3_000), fc.boolean())), (events) => {
      let state: LaneState = QUIET;
      let now = 0;
      let asking = false;
      for (const [happened, ms, caughtUp] of events) {
        now += ms;
        const step = laneStep(state, happened, at(now, { caughtUp }));
        for (const effect of step.effects) {
          if (effect === 'abort') asking = false;
          if (effect !== 'think') continue;
          expect(asking).toBe(false);
          expect(caughtUp).toBe(true);
          asking = true;
        }
        if ((happened.type === 'finished' || happened.type === 'failed') && state.type === 'thinking') asking = false;
        state = step.state;
        expect(state.type === 'thinking').toBe(asking);
      }
    }),
  );
});

import { expect, test } from 'vitest';
import {
  type ConnectionEvent,
  type ConnectionState,
  connectionTransition,
} from '../../extension/relay-connection/connection-state.ts';
import { CLOSE, type Snapshot } from '../../shared/contract/wire.ts';

const snapshot: Snapshot = { at: 1, agents: [] };
const STATES: readonly ConnectionState[] = [
  { type: 'idle' },
  { type: 'dialing', attempt: 2 },
  { type: 'handshake', attempt: 2 },
  { type: 'ready', snapshot, seq: 4 },
  { type: 'waiting', attempt: 2, retryAt: 9 },
  { type: 'refused', why: 'not-paired' },
];
const EVENTS: readonly ConnectionEvent[] = [
  { type: 'dialed' },
  { type: 'opened' },
  { type: 'welcomed', snapshot, seq: 0 },
  { type: 'told', snapshot, seq: 5 },
  { type: 'refused', why: 'not-your-relay' },
  { type: 'closed', code: 1006, now: 1_000 },
];
/** What each state becomes, event by event, in the order above. */
const NEXT: Readonly<Record<ConnectionState['type'], readonly ConnectionState['type'][]>> = {
  idle: ['dialing', 'idle', 'idle', 'idle', 'refused', 'idle'],
  dialing: ['dialing', 'handshake', 'dialing', 'dialing', 'refused', 'waiting'],
  handshake: ['dialing', 'handshake', 'ready', 'handshake', 'refused', 'waiting'],
  ready: ['dialing', 'ready', 'ready', 'ready', 'refused', 'waiting'],
  waiting: ['dialing', 'waiting', 'waiting', 'waiting', 'refused', 'waiting'],
  refused: ['dialing', 'refused', 'refused', 'refused', 'refused', 'refused'],
};

test.each(STATES.map((state) => [state.type, state] as const))('every event in the state %s', (type, state) => {
  expect(EVENTS.map((event) => connectionTransition(state, event).type)).toEqual(NEXT[type]);
});

test('it waits longer and longer, five seconds at most, and anew after the connection stood', () => {
  let state: ConnectionState = { type: 'dialing', attempt: 0 };
  const waits: number[] = [];
  for (let at = 0; at < 8; at++) {
    state = connectionTransition(state, { type: 'closed', code: 1006, now: 0 });
    if (state.type === 'waiting') waits.push(state.retryAt);
    state = connectionTransition(state, { type: 'dialed' });
  }
  expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
  const ready: ConnectionState = { type: 'ready', snapshot, seq: 0 };
  expect(connectionTransition(ready, { type: 'closed', code: 1006, now: 0 })).toEqual({
    type: 'waiting',
    attempt: 1,
    retryAt: 250,
  });
});

test.each([
  [CLOSE.unknownClient, 'pair-again'],
  [CLOSE.revoked, 'pair-again'],
  [CLOSE.notProven, 'pair-again'],
  [CLOSE.version, 'other-version'],
] as const)('a close with %i rests, and says %s', (code, why) => {
  const state: ConnectionState = { type: 'handshake', attempt: 0 };
  expect(connectionTransition(state, { type: 'closed', code, now: 0 })).toEqual({ type: 'refused', why });
});

test('a relay that has no room for this window is not a relay that is gone', () => {
  const crowded = connectionTransition(
    { type: 'handshake', attempt: 0 },
    { type: 'closed', code: CLOSE.tooManyConnections, now: 0 },
  );
  expect(crowded).toMatchObject({ type: 'waiting', crowded: true });
  const gone = connectionTransition({ type: 'handshake', attempt: 0 }, { type: 'closed', code: 1006, now: 0 });
  expect(gone).not.toHaveProperty('crowded');
});

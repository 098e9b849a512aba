/** The extension's connection to the relay as a machine. Pure: sockets, keys and timers are effects of the class that runs it. */
import { CLOSE, type Snapshot } from '../../shared/contract/wire.ts';
import { type Backoff, backoffMs } from '../../shared/rules/backoff.ts';

/** Why the connection rests until the person does something. */
export type Refusal =
  /** This browser is not paired with any relay yet. */
  | 'not-paired'
  /** The relay does not know this browser any more: pair again. */
  | 'pair-again'
  /** Something else answers where the relay was, or the relay has another key. Nothing was told to it. */
  | 'not-your-relay'
  /** Extension and relay are of different ages. */
  | 'other-version';

export type ConnectionState =
  | { readonly type: 'idle' }
  | { readonly type: 'dialing'; readonly attempt: number }
  | { readonly type: 'handshake'; readonly attempt: number }
  | { readonly type: 'ready'; readonly snapshot: Snapshot; readonly seq: number }
  /** `retryAt` in epoch milliseconds. `crowded`: a relay is there, and has as many connections of this browser as it keeps. */
  | { readonly type: 'waiting'; readonly attempt: number; readonly retryAt: number; readonly crowded?: boolean }
  | { readonly type: 'refused'; readonly why: Refusal };

export type ConnectionEvent =
  | { readonly type: 'dialed' }
  | { readonly type: 'opened' }
  | { readonly type: 'welcomed'; readonly snapshot: Snapshot; readonly seq: number }
  | { readonly type: 'told'; readonly snapshot: Snapshot; readonly seq: number }
  | { readonly type: 'refused'; readonly why: Refusal }
  | { readonly type: 'closed'; readonly code: number; readonly now: number };

/** A relay that is started is found soon, and one that is not running costs next to nothing. */
export const LONGEST_WAIT_MS = 5_000;
const BACKOFF: Backoff = { firstMs: 250, factor: 2, mostMs: LONGEST_WAIT_MS };

const REFUSALS: Readonly<Record<number, Refusal>> = {
  [CLOSE.unknownClient]: 'pair-again',
  [CLOSE.notProven]: 'pair-again',
  [CLOSE.revoked]: 'pair-again',
  [CLOSE.version]: 'other-version',
};

export function connectionTransition(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  switch (event.type) {
    case 'dialed':
      return isStranger(state) ? state : { type: 'dialing', attempt: attemptOf(state) };
    case 'opened':
      return state.type === 'dialing' ? { type: 'handshake', attempt: state.attempt } : state;
    case 'welcomed':
      return state.type === 'handshake' || isStranger(state)
        ? { type: 'ready', snapshot: event.snapshot, seq: event.seq }
        : state;
    case 'told':
      return state.type === 'ready' ? { type: 'ready', snapshot: event.snapshot, seq: event.seq } : state;
    case 'refused':
      return { type: 'refused', why: event.why };
    case 'closed':
      return closed(state, event);
  }
}

function closed(state: ConnectionState, { code, now }: Extract<ConnectionEvent, { type: 'closed' }>): ConnectionState {
  if (state.type === 'idle' || state.type === 'refused' || state.type === 'waiting') return state;
  const why = REFUSALS[code];
  if (why) return { type: 'refused', why };
  const attempt = attemptOf(state) + 1;
  const crowded = code === CLOSE.tooManyConnections;
  return { type: 'waiting', attempt, retryAt: now + backoffMs(BACKOFF, attempt - 1), ...(crowded && { crowded }) };
}

/** Another relay answers at the port. It stays there to be seen, while it is looked now and then whether the own one is back. */
export function isStranger(state: ConnectionState): boolean {
  return state.type === 'refused' && state.why === 'not-your-relay';
}

/** Failed tries since the connection last stood. */
function attemptOf(state: ConnectionState): number {
  return 'attempt' in state ? state.attempt : 0;
}

/**
 * One chat's machine, pure: quiet → gathering → thinking → quiet, or waiting before a further try where a fault may pass. Where the owner
 * has time to answer themselves, that comes first. Whether the chat may be answered at all is not asked here. What was asked and answered lives in the store; here is only what to do next.
 */
import { type Backoff, backoffMs } from '../../shared/rules/backoff.ts';

export type LaneState =
  | { readonly type: 'quiet' }
  | { readonly type: 'gathering'; readonly until: number; readonly tries: number }
  /** The owner has until then to answer themselves. */
  | { readonly type: 'for-owner'; readonly until: number; readonly tries: number }
  /** `again`: something came that this answer will not have read. */
  | {
      readonly type: 'thinking';
      readonly since: number;
      readonly tries: number;
      readonly again: boolean;
    }
  | { readonly type: 'waiting'; readonly until: number; readonly tries: number };

export type LaneEvent =
  | { readonly type: 'contact-wrote' }
  | { readonly type: 'due' }
  /** The owner has longer to answer, or no longer. */
  | { readonly type: 'owner-time' }
  /** The agent's turn is over, whatever it brought. */
  | { readonly type: 'finished' }
  /** The same, and what it brought has not heard what was said since: it is asked anew. */
  | { readonly type: 'outdated' }
  /** A fault that may pass. `serverMs`: the wait that the server asked for. From `expiresAt` on the messages are too old. */
  | { readonly type: 'failed'; readonly serverMs: number | null; readonly expiresAt: number }
  /** The chat may not be answered any more. */
  | { readonly type: 'stopped' };

export type LaneEffect = 'wake' | 'think' | 'abort' | 'give-up';

export type LaneStep = { readonly state: LaneState; readonly effects: readonly LaneEffect[] };

export type LaneContext = {
  /** Milliseconds that only grow: `until`, `since` and `expiresAt` are of the same kind. */
  readonly now: number;
  readonly gatherMs: number;
  /** How long the owner still has to answer themselves; 0: no longer. */
  readonly ownerMs: number;
  /** True once messages sent while the connection was away have been taken in: no question is asked before. */
  readonly caughtUp: boolean;
  /** What the agent thinks about may be begun anew, with what came since. Not without an end: a chat that never pauses is not left alone. */
  readonly mayBeginAgain: boolean;
  /** 0 ≤ x < 1. */
  readonly jitter: number;
};

/** An agent that has thought for longer is let finish: hung up on, a local model would load from the beginning. */
const RESTART_WITHIN_MS = 8_000;
/** Between tries, as long as the messages are fresh. */
const BACKOFF: Backoff = { firstMs: 2_000, factor: 4, mostMs: 120_000 };

export const QUIET: LaneState = { type: 'quiet' };

export function laneStep(state: LaneState, event: LaneEvent, context: LaneContext): LaneStep {
  switch (event.type) {
    case 'contact-wrote':
      return contactWrote(state, context);
    case 'stopped':
      return { state: QUIET, effects: state.type === 'thinking' ? ['abort'] : [] };
    case 'due':
      return due(state, context);
    case 'owner-time':
      return ownerTime(state, context);
    case 'finished':
      if (state.type !== 'thinking') return { state, effects: [] };
      return state.again ? gather(0, 0, context) : { state: QUIET, effects: [] };
    case 'outdated':
      return state.type === 'thinking' ? gather(0, 0, context) : { state, effects: [] };
    case 'failed':
      return failed(state, event, context);
  }
}

function contactWrote(state: LaneState, context: LaneContext): LaneStep {
  const { now, mayBeginAgain } = context;
  switch (state.type) {
    case 'quiet':
      return gather(0, 0, context);
    case 'gathering':
    case 'for-owner':
      return gather(state.tries > 0 ? state.until : 0, state.tries, context);
    case 'waiting':
      return gather(state.until, state.tries, context);
    case 'thinking':
      if (!mayBeginAgain || now - state.since > RESTART_WITHIN_MS)
        return { state: { ...state, again: true }, effects: [] };
      return gather(0, state.tries, context, ['abort']);
  }
}

function ownerTime(state: LaneState, context: LaneContext): LaneStep {
  if (state.type !== 'gathering' && state.type !== 'for-owner') return { state, effects: [] };
  if (context.ownerMs === 0 && state.type === 'gathering') return { state, effects: [] };
  return gather(0, state.tries, context);
}

function due(state: LaneState, { now, caughtUp }: LaneContext): LaneStep {
  if (state.type !== 'gathering' && state.type !== 'for-owner' && state.type !== 'waiting')
    return { state, effects: [] };
  if (!caughtUp) return { state, effects: [] };
  if (now < state.until) return { state, effects: ['wake'] };
  return { state: { type: 'thinking', since: now, tries: state.tries, again: false }, effects: ['think'] };
}

function failed(
  state: LaneState,
  { serverMs, expiresAt }: Extract<LaneEvent, { readonly type: 'failed' }>,
  { now, jitter }: LaneContext,
): LaneStep {
  if (state.type !== 'thinking') return { state, effects: [] };
  const { tries } = state;
  const until = now + Math.max(serverMs ?? 0, backoffMs(BACKOFF, tries, jitter));
  if (until >= expiresAt) return { state: QUIET, effects: ['give-up'] };
  return { state: { type: 'waiting', until, tries: tries + 1 }, effects: ['wake'] };
}

/** Not before `earliest`: until nothing more is said for a while, and the owner has had their time. */
function gather(
  earliest: number,
  tries: number,
  { now, gatherMs, ownerMs }: LaneContext,
  effects: readonly LaneEffect[] = [],
): LaneStep {
  const type = ownerMs > gatherMs ? 'for-owner' : 'gathering';
  const until = Math.max(earliest, now + gatherMs, now + ownerMs);
  return { state: { type, until, tries }, effects: [...effects, 'wake'] };
}

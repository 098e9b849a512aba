/**
 * One chat's machine, pure: quiet → gathering → thinking → quiet. Holding (the owner took over) and muting (a brake)
 * will be further states. What was asked and answered lives in the store; here is only what to do next.
 */

export type LaneState =
  | { readonly type: 'quiet' }
  | { readonly type: 'gathering'; readonly until: number; readonly restarts: number }
  /** `again`: something came that this answer will not have read. */
  | { readonly type: 'thinking'; readonly restarts: number; readonly again: boolean };

export type LaneEvent =
  | { readonly type: 'contact-wrote' }
  | { readonly type: 'owner-wrote' }
  | { readonly type: 'due' }
  /** The agent's turn is over, whatever it brought. */
  | { readonly type: 'finished' }
  | { readonly type: 'switched-off' };

export type LaneEffect = 'wake' | 'think' | 'abort' | 'settle-owner-wrote';

export type LaneStep = { readonly state: LaneState; readonly effects: readonly LaneEffect[] };

/** After so many answers begun in vain, what is there is answered, and the rest afterwards: a chat that never pauses is not left alone. */
const MOST_RESTARTS = 3;

export const QUIET: LaneState = { type: 'quiet' };

export function laneStep(
  state: LaneState,
  event: LaneEvent,
  { now, gatherMs }: { readonly now: number; readonly gatherMs: number },
): LaneStep {
  switch (event.type) {
    case 'contact-wrote':
      if (state.type !== 'thinking') return gather(now + gatherMs, state.type === 'gathering' ? state.restarts : 0, []);
      if (state.restarts >= MOST_RESTARTS) return { state: { ...state, again: true }, effects: [] };
      return gather(now + gatherMs, state.restarts + 1, ['abort']);
    case 'owner-wrote':
      return {
        state: QUIET,
        effects: state.type === 'thinking' ? ['abort', 'settle-owner-wrote'] : ['settle-owner-wrote'],
      };
    case 'switched-off':
      return { state: QUIET, effects: state.type === 'thinking' ? ['abort'] : [] };
    case 'due':
      if (state.type !== 'gathering') return { state, effects: [] };
      if (now < state.until) return { state, effects: ['wake'] };
      return { state: { type: 'thinking', restarts: state.restarts, again: false }, effects: ['think'] };
    case 'finished':
      if (state.type !== 'thinking') return { state, effects: [] };
      return state.again ? gather(now + gatherMs, 0, []) : { state: QUIET, effects: [] };
  }
}

function gather(until: number, restarts: number, effects: readonly LaneEffect[]): LaneStep {
  return { state: { type: 'gathering', until, restarts }, effects: [...effects, 'wake'] };
}

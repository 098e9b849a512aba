/** How an attempt to link ends, whatever it was at: scanned, or with the link that the agent held before. */
import type { Cause } from '../../../shared/contract/status.ts';
import type { LinkEffect, LinkEvent, LinkState, LinkTransition, Moment, RestingLink } from './link-state.ts';

/** Before an account is known. */
export type Attempt = LinkState & { type: 'pairing' | 'passkey' };

/** Causes of an attempt's end that say nothing new to the owner of a resting link: its own cause stays. */
const SAYS_NOTHING_NEW: ReadonlySet<Cause> = new Set(['qr-expired', 'phone-code-expired', 'link-cancelled', 'disk']);

export function scanned(
  state: Attempt,
  event: LinkEvent & { type: 'scanned' },
  { now, policy }: Moment,
): LinkTransition {
  const effects = closing(state).filter(({ generation }) => generation !== event.generation);
  return {
    state: {
      type: 'finishing',
      generation: event.generation,
      account: event.account,
      fate: event.taken ? 'number-in-use' : 'keep',
      held: event.taken ? state.held : null,
      dueAt: now + policy.connectMs,
    },
    effects: [
      ...effects,
      event.taken ? { type: 'mark-for-logout', account: event.account } : { type: 'activate', account: event.account },
    ],
  };
}

export function giveUp(state: Attempt, cause: Cause): LinkTransition {
  return { state: back(state.held, cause), effects: [...closing(state), { type: 'discard' }] };
}

/** Unlinking means whatever the agent has: the attempt, and the link that it would have replaced. */
export function unlinkAttempt(state: Attempt): LinkTransition {
  if (!state.held) return giveUp(state, 'unlinked-here');
  return {
    state: { type: 'unlinked', cause: 'unlinking' },
    effects: [...closing(state), { type: 'discard' }, { type: 'retire', account: state.held.account }],
  };
}

export function closing(state: Attempt): readonly (LinkEffect & { readonly type: 'close' })[] {
  const { generation } = state;
  const grace = state.type === 'pairing' ? state.grace : null;
  const older = grace ? [{ type: 'close', generation: grace.generation } as const] : [];
  return [...older, { type: 'close', generation }];
}

/**
 * Where an attempt leads that came to nothing: the link that the agent had before rests as it did. Codes that were not
 * scanned, or could not be shown, leave its cause standing too, for a ban or a replacement is what the owner has to know of.
 */
export function back(held: RestingLink | null, cause: Cause): LinkState {
  if (!held) return { type: 'unlinked', cause };
  return { type: 'blocked', ...held, cause: SAYS_NOTHING_NEW.has(cause) ? held.cause : cause };
}

/**
 * The link's machine: `linkTransition(state, event, moment) → { state, effects }`, pure.
 * Every state meets every event here or in the files it hands over to. The switch is no part of it.
 */
import { pairingStep, startPairing } from './link-attempt.ts';
import { finishingStep } from './link-finishing.ts';
import { passkeyStep } from './link-passkey.ts';
import { type LinkEvent, type LinkState, type LinkTransition, type Moment, stay } from './link-state.ts';
import { openLink, upkeepStep } from './link-upkeep.ts';

export const INITIAL_STATE: LinkState = { type: 'unlinked', cause: 'not-linked' };

export function linkTransition(state: LinkState, event: LinkEvent, moment: Moment): LinkTransition {
  if ('generation' in event && !isCurrent(state, event.generation)) return stay(state);
  switch (state.type) {
    case 'unlinked':
      return unlinkedStep(state, event, moment);
    case 'pairing':
      return pairingStep(state, event, moment);
    case 'finishing':
      return finishingStep(state, event, moment);
    case 'passkey':
      return passkeyStep(state, event, moment);
    case 'blocked':
      // A resting link may be replaced by a new scan; a living one may not.
      return event.type === 'link'
        ? startPairing(state, event.phoneNumber ?? null, moment)
        : upkeepStep(state, event, moment);
    case 'opening':
    case 'catching-up':
    case 'online':
    case 'waiting':
      return upkeepStep(state, event, moment);
  }
}

function unlinkedStep(state: LinkState & { type: 'unlinked' }, event: LinkEvent, moment: Moment): LinkTransition {
  switch (event.type) {
    case 'link':
      return startPairing(null, event.phoneNumber ?? null, moment);
    case 'resume':
      return openLink({ account: event.account, attempt: 0, first: false }, moment);
    case 'logged-out':
      // The cause that led here stays; only the waiting is over.
      if (event.confirmed)
        return state.cause === 'unlinking' ? stay({ type: 'unlinked', cause: 'unlinked-here' }) : stay(state);
      return stay({ type: 'unlinked', cause: 'unlink-unconfirmed' });
    case 'still-unlinking':
      return stay({ type: 'unlinked', cause: 'unlinking' });
    default:
      return stay(state);
  }
}

/** True if what this socket says still counts. */
export function isCurrent(state: LinkState, generation: number): boolean {
  if (!('generation' in state)) return false;
  return state.generation === generation || (state.type === 'pairing' && state.grace?.generation === generation);
}

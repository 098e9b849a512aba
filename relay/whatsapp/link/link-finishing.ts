/** The steps between the scan and WhatsApp's restart: nothing ends them half-way, a link that is not wanted is logged out after it. */
import { back } from './link-attempt-end.ts';
import {
  type LinkEffect,
  type LinkEvent,
  type LinkState,
  type LinkTransition,
  type Moment,
  stay,
} from './link-state.ts';
import { openLink } from './link-upkeep.ts';

type Finishing = LinkState & { type: 'finishing' };

export function finishingStep(state: Finishing, event: LinkEvent, moment: Moment): LinkTransition {
  switch (event.type) {
    case 'cancel':
      // Half a link cannot be left at WhatsApp: it is finished, then logged out.
      return state.fate === 'keep' ? stay({ ...state, fate: 'link-cancelled' }) : stay(state);
    case 'unlink':
      return unlinkScanned(state);
    case 'closed':
      return finish(state, moment, []);
    case 'tick':
      return moment.now >= state.dueAt
        ? finish(state, moment, [{ type: 'close', generation: state.generation }])
        : stay(state);
    case 'link':
    case 'panel-closed':
    case 'take-over':
    case 'resume':
    case 'still-unlinking':
    case 'code':
    case 'phone-code':
    case 'phone-code-refused':
    case 'phone-code-typed':
    case 'phone-code-worn':
    case 'phone-code-failed':
    case 'new-code':
    case 'secret-renewed':
    case 'scanned':
    case 'passkey':
    case 'passkey-begun':
    case 'passkey-signed':
    case 'passkey-continued':
    case 'passkey-compared':
    case 'passkey-abandoned':
    case 'passkey-failed':
    case 'opened':
    case 'catching-up':
    case 'caught-up':
    case 'queue-stuck':
    case 'disk-works':
    case 'logged-out':
      return stay(state);
  }
}

/** The logout does not wait until the socket restarts, since the agent may be about to be removed; it makes its own login. */
function unlinkScanned({ generation, account, fate, held }: Finishing): LinkTransition {
  const close: LinkEffect = { type: 'close', generation };
  const former: readonly LinkEffect[] = held ? [{ type: 'retire', account: held.account }] : [];
  return {
    state: { type: 'unlinked', cause: 'unlinking' },
    effects: fate === 'number-in-use' ? [close, { type: 'log-out' }, ...former] : [close, { type: 'retire', account }],
  };
}

function finish(state: Finishing, moment: Moment, effects: readonly LinkEffect[]): LinkTransition {
  switch (state.fate) {
    case 'keep': {
      const step = openLink({ account: state.account, attempt: 0, first: true }, moment);
      return { state: step.state, effects: [...effects, ...step.effects] };
    }
    case 'number-in-use':
      return { state: back(state.held, 'number-in-use'), effects: [...effects, { type: 'log-out' }] };
    case 'link-cancelled':
      return {
        state: { type: 'unlinked', cause: 'link-cancelled' },
        effects: [...effects, { type: 'retire', account: state.account }],
      };
  }
}

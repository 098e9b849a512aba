/** A linked number's connection: opening, online, waiting for the next try, or resting until a person acts. */
import type { Account, Cause } from '../../../shared/contract/status.ts';
import { backoffMs } from '../../../shared/rules/backoff.ts';
import type { SocketClose } from '../socket/socket-close.ts';
import { judgeClose } from './disconnect.ts';
import { type LinkEvent, type LinkState, type LinkTransition, type Moment, stay } from './link-state.ts';

type Kept = LinkState & { type: 'opening' | Connected | 'waiting' | 'blocked' };
type Connected = 'catching-up' | 'online';
type Try = { readonly account: Account; readonly attempt: number; readonly first: boolean };

const SECOND_MS = 1_000;
/** Connections in a row on which the end of what waited was not marked. */
const MOST_UNMARKED = 2;

/** Opens a socket for a linked account. `first`: it has not been online since it was scanned. */
export function openLink({ account, attempt, first }: Try, { now, policy, nextGeneration }: Moment): LinkTransition {
  return {
    state: { type: 'opening', generation: nextGeneration, account, attempt, first, dueAt: now + policy.connectMs },
    effects: [{ type: 'open', generation: nextGeneration, purpose: 'resume' }],
  };
}

export function upkeepStep(state: Kept, event: LinkEvent, moment: Moment): LinkTransition {
  switch (event.type) {
    case 'unlink':
      return retire(state, 'unlinking');
    case 'cancel':
      // Scanned, but not online yet: to the person at the panel this is still the attempt.
      return 'first' in state && state.first ? retire(state, 'link-cancelled') : stay(state);
    case 'opened':
      return state.type === 'opening' ? catchUp(state, null) : stay(state);
    case 'catching-up':
      // WhatsApp may have said so before the connection counts as open.
      return state.type === 'opening' || state.type === 'catching-up' ? catchUp(state, event.left) : stay(state);
    case 'caught-up':
      return state.type === 'catching-up' ? caughtUp(state, moment) : stay(state);
    case 'queue-stuck': {
      if (state.type !== 'catching-up') return stay(state);
      // Another connection may be told the end. Where none is, all that was announced is all there is.
      if (event.whole && state.attempt >= MOST_UNMARKED) return caughtUp(state, moment);
      const step = wait(
        state,
        'queue-stuck',
        moment.now + backoffMs(moment.policy.backoff, state.attempt, moment.jitter),
      );
      return { state: step.state, effects: closing(state) };
    }
    case 'closed':
      return hasSocket(state) ? closed(state, event.close, moment) : stay(state);
    case 'tick':
      return tick(state, moment);
    case 'take-over':
      return state.type === 'blocked' || state.type === 'waiting'
        ? openLink({ account: state.account, attempt: 0, first: false }, moment)
        : stay(state);
    case 'disk-works':
      return state.type === 'waiting' && state.cause === 'disk' ? openLink(state, moment) : stay(state);
    case 'link':
    case 'panel-closed':
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
    case 'logged-out':
      return stay(state);
  }
}

type OnSocket = Kept & { type: 'opening' | Connected };

function hasSocket(state: Kept): state is OnSocket {
  return state.type === 'opening' || state.type === 'catching-up' || state.type === 'online';
}

function catchUp(state: Kept & { type: 'opening' | 'catching-up' }, left: number | null): LinkTransition {
  const { generation, account, attempt, first } = state;
  return stay({ type: 'catching-up', generation, account, attempt, first, left });
}

function caughtUp({ generation, account, attempt }: Kept & { type: 'catching-up' }, moment: Moment): LinkTransition {
  return stay({ type: 'online', generation, account, attempt, stableAt: moment.now + moment.policy.stableMs });
}

function closed(state: OnSocket, close: SocketClose, moment: Moment): LinkTransition {
  const verdict = judgeClose(close, state.type !== 'opening');
  const tried: Try = { account: state.account, attempt: state.attempt, first: 'first' in state && state.first };
  switch (verdict.type) {
    case 'restart':
      // At once, as asked; but a server that asks for nothing else is a connection that does not hold.
      if (state.attempt === 0) return openLink({ ...tried, attempt: 1 }, moment);
      return wait(
        tried,
        'connection-lost',
        moment.now + backoffMs(moment.policy.backoff, state.attempt, moment.jitter),
      );
    case 'retry':
      return wait(tried, verdict.cause, moment.now + backoffMs(moment.policy.backoff, state.attempt, moment.jitter));
    case 'retry-slowly':
      return wait(tried, verdict.cause, moment.now + moment.policy.slowMs);
    case 'rest': {
      const until = verdict.banSeconds === null ? null : moment.now + verdict.banSeconds * SECOND_MS;
      return stay({ type: 'blocked', account: state.account, cause: verdict.cause, until });
    }
    case 'gone':
      return {
        state: { type: 'unlinked', cause: tried.first ? 'link-failed' : verdict.cause },
        effects: [{ type: 'destroy' }],
      };
  }
}

function retire(state: Kept, cause: Cause): LinkTransition {
  return {
    state: { type: 'unlinked', cause },
    effects: [...closing(state), { type: 'retire', account: state.account }],
  };
}

function wait({ account, attempt, first }: Try, cause: Cause, retryAt: number): LinkTransition {
  return stay({ type: 'waiting', account, attempt: attempt + 1, first, cause, retryAt });
}

function tick(state: Kept, moment: Moment): LinkTransition {
  const { now } = moment;
  switch (state.type) {
    case 'opening': {
      if (now < state.dueAt) return stay(state);
      const step = wait(state, 'unreachable', now + backoffMs(moment.policy.backoff, state.attempt, moment.jitter));
      return { state: step.state, effects: [{ type: 'close', generation: state.generation }] };
    }
    case 'catching-up':
      return stay(state);
    case 'online':
      // Only a connection that held starts counting anew: one that opens and drops at once would never slow down.
      return state.attempt > 0 && now >= state.stableAt ? stay({ ...state, attempt: 0 }) : stay(state);
    case 'waiting':
      if (now < state.retryAt) return stay(state);
      if (state.cause !== 'disk') return openLink(state, moment);
      // WhatsApp is not bothered before the disk is well: what it sent could not be received.
      return {
        state: { ...state, retryAt: now + moment.policy.backoff.firstMs },
        effects: [{ type: 'try-disk' }],
      };
    case 'blocked':
      return state.until !== null && now >= state.until
        ? openLink({ account: state.account, attempt: 0, first: false }, moment)
        : stay(state);
  }
}

function closing(state: Kept): LinkTransition['effects'] {
  return hasSocket(state) ? [{ type: 'close', generation: state.generation }] : [];
}

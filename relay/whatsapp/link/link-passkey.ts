/**
 * An attempt whose phone has scanned, and for which WhatsApp asks for a passkey: the one socket is held, no further code is shown.
 * The owner begins, the browser signs, the phone answers, and where there was no proof the owner compares a code. Each step has its clock,
 * and nothing is tried again by itself: WhatsApp counts such tries.
 */
import type { Cause } from '../../../shared/contract/status.ts';
import type { CeremonyFault } from '../socket/passkey/passkey-ceremony.ts';
import type { SocketClose } from '../socket/socket-close.ts';
import { judgeClose } from './disconnect.ts';
import { type Attempt, giveUp, scanned, unlinkAttempt } from './link-attempt-end.ts';
import { type LinkEvent, type LinkState, type LinkTransition, type Moment, stay } from './link-state.ts';

type Passkey = LinkState & { type: 'passkey' };

/** As long as WhatsApp's question is good. */
const QUESTION_MS = 600_000;
/** What WhatsApp Web gives the phone, and the person who compares. */
const STEP_MS = 120_000;
/** By hand, each. */
const MOST_TRIES = 2;

/** What the owner cannot help where they are: the browser's part is over by then. */
const FAULT_CAUSES: Readonly<Record<CeremonyFault, Cause>> = {
  refused: 'passkey-refused',
  odd: 'link-failed',
  lost: 'passkey-silent',
};

export function askForPasskey({ held }: Attempt, generation: number, { now }: Moment): LinkState {
  return {
    type: 'passkey',
    generation,
    step: 'asked',
    code: null,
    tries: 1,
    failed: null,
    dueAt: now + QUESTION_MS,
    held,
  };
}

export function passkeyStep(state: Passkey, event: LinkEvent, moment: Moment): LinkTransition {
  const { now } = moment;
  switch (event.type) {
    case 'passkey-begun':
      return stay(state.step === 'asked' ? { ...state, step: 'signing' } : state);
    case 'passkey-signed':
      return stay(state.step === 'signing' ? { ...state, step: 'phone', dueAt: now + STEP_MS } : state);
    case 'passkey-continued':
      if (state.step !== 'phone') return stay(state);
      return event.proven
        ? seal(state, event.code, now)
        : stay({ ...state, step: 'comparing', code: event.code, dueAt: now + STEP_MS });
    case 'passkey-compared':
      if (state.step !== 'comparing') return stay(state);
      return event.same ? seal(state, null, now) : giveUp(state, 'passkey-mismatch');
    case 'passkey-abandoned':
      return abandoned(state, now);
    case 'passkey-failed':
      return giveUp(state, FAULT_CAUSES[event.fault]);
    case 'scanned':
      return scanned(state, event, moment);
    case 'closed':
      return giveUp(state, causeOfEnd(event.close));
    case 'cancel':
      return giveUp(state, 'link-cancelled');
    case 'unlink':
      return unlinkAttempt(state);
    case 'tick':
      if (now < state.dueAt) return stay(state);
      return giveUp(state, state.step === 'phone' || state.step === 'finishing' ? 'passkey-silent' : 'passkey-expired');
    default:
      return stay(state);
  }
}

function seal(state: Passkey, code: string | null, now: number): LinkTransition {
  return {
    state: { ...state, step: 'finishing', code, dueAt: now + STEP_MS },
    effects: [{ type: 'passkey-seal', generation: state.generation }],
  };
}

/** The browser's part came to nothing: the owner may try once more, on the same socket. */
function abandoned(state: Passkey, now: number): LinkTransition {
  if (state.step === 'comparing') return giveUp(state, 'passkey-not-given');
  if (state.step !== 'signing') return stay(state);
  if (state.tries >= MOST_TRIES) return giveUp(state, 'passkey-not-given');
  return {
    state: {
      ...state,
      step: 'asked',
      tries: state.tries + 1,
      failed: 'passkey-not-given',
      dueAt: now + QUESTION_MS,
    },
    effects: [{ type: 'passkey-forget', generation: state.generation }],
  };
}

function causeOfEnd(close: SocketClose): Cause {
  const verdict = judgeClose(close, true);
  if (verdict.type === 'rest' || verdict.type === 'retry-slowly') return verdict.cause;
  return verdict.type === 'retry' && verdict.cause === 'disk' ? 'disk' : 'link-failed';
}

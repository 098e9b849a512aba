/**
 * An attempt to link: ten codes, each the first reference of a socket of its own.
 *
 * WhatsApp has been seen to keep references on two clocks: all good until their socket closes, or one after the other
 * from 60 s on. The first reference of a fresh socket is good for 60 s on both, so a code of 45 s and its 5 s of grace always is.
 * The sockets of one attempt share one identity and one secret: WhatsApp asks for another secret on one of them, and it is theirs all.
 */
import type { Cause } from '../../../shared/contract/status.ts';
import type { PhoneCodeRefusal } from '../beyond-baileys/phone-code.ts';
import { withSecret } from '../beyond-baileys/registration-refresh.ts';
import type { SocketClose } from '../socket/socket-close.ts';
import { judgeClose } from './disconnect.ts';
import { closing, giveUp, scanned, unlinkAttempt } from './link-attempt-end.ts';
import { askForPasskey } from './link-passkey.ts';
import {
  dueAtOf,
  type LinkEffect,
  type LinkEvent,
  type LinkState,
  type LinkTransition,
  type Moment,
  type PairingStep,
  panelDeadline,
  type RestingLink,
  type ShownCode,
  stay,
} from './link-state.ts';

type Pairing = LinkState & { type: 'pairing' };

/** Sockets in a row that may end without a code before the attempt ends. */
const MOST_FAILURES = 3;

const REFUSAL_CAUSES: Readonly<Record<PhoneCodeRefusal, Cause>> = {
  refused: 'phone-code-refused',
  'too-early': 'phone-code-too-early',
  'too-often': 'phone-code-too-often',
  'not-offered': 'phone-code-not-offered',
  silent: 'phone-code-silent',
};

/** `held`: the resting link that a new scan would replace. `phoneNumber`: null for codes to scan. */
export function startPairing(
  held: RestingLink | null,
  phoneNumber: string | null,
  { now, policy, nextGeneration }: Moment,
): LinkTransition {
  return {
    state: {
      type: 'pairing',
      generation: nextGeneration,
      phoneNumber,
      step: { type: 'connecting', dueAt: now + policy.connectMs },
      codes: 0,
      renewals: 0,
      grace: null,
      panelUntil: null,
      failures: 0,
      held: held && { account: held.account, cause: held.cause, until: held.until },
    },
    effects: [{ type: 'create' }, { type: 'open', generation: nextGeneration, purpose: 'pair' }],
  };
}

export function pairingStep(state: Pairing, event: LinkEvent, moment: Moment): LinkTransition {
  switch (event.type) {
    case 'link':
      return linkAgain(state, event.phoneNumber, moment);
    case 'panel-closed':
      return stay({ ...state, panelUntil: moment.now + moment.policy.panelGraceMs });
    case 'cancel':
      return giveUp(state, 'link-cancelled');
    case 'unlink':
      return unlinkAttempt(state);
    case 'passkey':
      return passkeyAsked(state, event.generation, moment);
    case 'code':
      return event.generation === state.generation ? heardCode(state, event.text, moment) : stay(state);
    case 'secret-renewed':
      return renewed(state, event.secret);
    case 'phone-code':
    case 'phone-code-refused':
    case 'phone-code-typed':
    case 'phone-code-worn':
    case 'phone-code-failed':
      return event.generation === state.generation ? phoneCodeStep(state, event, moment) : stay(state);
    case 'new-code':
      return state.step.type === 'worn' ? nextCode(state, moment) : stay(state);
    case 'scanned':
      return scanned(state, event, moment);
    case 'closed':
      return event.generation === state.generation
        ? nextSocket(state, event.close, moment)
        : stay({ ...state, grace: null });
    case 'tick':
      return tick(state, moment);
    case 'opened':
    case 'catching-up':
    case 'caught-up':
    case 'queue-stuck':
    case 'resume':
    case 'still-unlinking':
    case 'take-over':
    case 'passkey-begun':
    case 'passkey-signed':
    case 'passkey-continued':
    case 'passkey-compared':
    case 'passkey-abandoned':
    case 'passkey-failed':
    case 'disk-works':
    case 'logged-out':
      return stay(state);
  }
}

/** Joins the attempt, or goes on with it by other means. */
function linkAgain(state: Pairing, phoneNumber: string | undefined, moment: Moment): LinkTransition {
  if (phoneNumber === undefined || phoneNumber === state.phoneNumber) {
    const joined: Pairing = { ...state, panelUntil: null };
    return phoneNumber !== undefined && state.step.type === 'worn' ? nextCode(joined, moment) : stay(joined);
  }
  // The code on show is worth nothing any more.
  const step = openNext({ ...state, phoneNumber, codes: 0, grace: null, failures: 0, panelUntil: null }, moment);
  return { state: step.state, effects: [...closing(state), ...step.effects] };
}

/** The phone has scanned: whichever socket it was is held, and no clock of a code ends it any more. */
function passkeyAsked(state: Pairing, generation: number, moment: Moment): LinkTransition {
  if (!moment.policy.passkeys) return giveUp(state, 'passkey-required');
  const effects = closing(state).filter((close) => close.generation !== generation);
  return { state: askForPasskey(state, generation, moment), effects };
}

function heardCode(state: Pairing, text: string, moment: Moment): LinkTransition {
  const { phoneNumber, generation } = state;
  // One code a socket: what else it would show is on a clock that we cannot know.
  if (state.step.type !== 'connecting') return stay(state);
  if (phoneNumber === null) return showCode(state, { kind: 'picture', text }, moment.policy.codeMs, moment);
  // The socket is ready: before this WhatsApp refuses to give letters.
  return {
    state: { ...state, step: { type: 'asking' } },
    effects: [{ type: 'ask-phone-code', generation, phoneNumber }],
  };
}

/** The code on the screen is drawn anew, with the time that it had; the one before it has the former secret, and is closed. */
function renewed(state: Pairing, secret: string): LinkTransition {
  // Letters carry no secret.
  if (state.phoneNumber !== null) return stay(state);
  const { step, grace } = state;
  const drawn: PairingStep =
    step.type === 'showing' ? { ...step, code: { ...step.code, text: withSecret(step.code.text, secret) } } : step;
  return {
    state: { ...state, step: drawn, renewals: state.renewals + 1, grace: null },
    effects: grace ? [{ type: 'close', generation: grace.generation }] : [],
  };
}

type PhoneCodeEvent = LinkEvent & { type: `phone-code${string}` };

function phoneCodeStep(state: Pairing, event: PhoneCodeEvent, moment: Moment): LinkTransition {
  const { now, policy } = moment;
  const { step } = state;
  const shown = step.type === 'typed' || (step.type === 'showing' && step.code.kind === 'phone-code');
  switch (event.type) {
    case 'phone-code':
      return step.type === 'asking'
        ? showCode(state, { kind: 'phone-code', text: event.text }, policy.phoneCodeMs, moment)
        : stay(state);
    case 'phone-code-refused':
      return step.type === 'asking' ? giveUp(state, REFUSAL_CAUSES[event.why]) : stay(state);
    case 'phone-code-typed':
      return stay(shown ? { ...state, step: { type: 'typed', dueAt: now + policy.typedMs } } : state);
    case 'phone-code-worn':
      if (step.type !== 'showing' || !shown) return stay(state);
      return event.byHand
        ? stay({ ...state, step: { type: 'worn', dueAt: now + policy.phoneCodeMs } })
        : nextCode(state, moment);
    case 'phone-code-failed':
      return step.type === 'typed' ? giveUp(state, 'link-failed') : stay(state);
  }
}

function showCode(
  state: Pairing,
  shown: Pick<ShownCode, 'kind' | 'text'>,
  lifeMs: number,
  { now }: Moment,
): LinkTransition {
  const number = state.codes + 1;
  const code = { ...shown, number, expiresAt: now + lifeMs };
  return stay({ ...state, step: { type: 'showing', code }, codes: number, failures: 0 });
}

function tick(state: Pairing, moment: Moment): LinkTransition {
  const { now } = moment;
  const panelUntil = panelDeadline(state);
  if (panelUntil !== null && now >= panelUntil) return giveUp(state, 'link-cancelled');
  const graceOver = state.grace && now >= state.grace.until ? state.grace : null;
  const effects: readonly LinkEffect[] = graceOver ? [{ type: 'close', generation: graceOver.generation }] : [];
  const kept: Pairing = graceOver ? { ...state, grace: null } : state;
  const dueAt = dueAtOf(kept.step);
  const step = dueAt !== null && now >= dueAt ? stepOver(kept, moment) : stay(kept);
  return { state: step.state, effects: [...effects, ...step.effects] };
}

function stepOver(state: Pairing, moment: Moment): LinkTransition {
  switch (state.step.type) {
    case 'connecting': {
      const step = failed(state, 'unreachable', moment);
      return { state: step.state, effects: [{ type: 'close', generation: state.generation }, ...step.effects] };
    }
    case 'showing':
      return state.step.code.kind === 'picture' ? expire(state, moment) : nextCode(state, moment);
    // The phone could not open what it was answered, or nobody went on.
    case 'typed':
      return nextCode(state, moment);
    case 'worn':
      return giveUp(state, expiredCause(state));
    case 'pausing':
      return openNext(state, moment);
    case 'asking':
      return stay(state);
  }
}

/** The code's time is up: the next socket opens, and this one lives a little longer. */
function expire(state: Pairing, moment: Moment): LinkTransition {
  const { now, policy } = moment;
  if (state.codes >= policy.codes) return giveUp(state, 'qr-expired');
  const older: readonly LinkEffect[] = state.grace ? [{ type: 'close', generation: state.grace.generation }] : [];
  const grace = { generation: state.generation, until: now + policy.codeGraceMs };
  const step = openNext({ ...state, grace }, moment);
  return { state: step.state, effects: [...older, ...step.effects] };
}

/** The newest phone code alone is good: WhatsApp knows one device under a number. */
function nextCode(state: Pairing, moment: Moment): LinkTransition {
  if (state.codes >= moment.policy.codes) return giveUp(state, expiredCause(state));
  const step = openNext(state, moment);
  return { state: step.state, effects: [{ type: 'close', generation: state.generation }, ...step.effects] };
}

/** The socket ended. A shown code ended with it; whatever the reason, the attempt goes on while it may. */
function nextSocket(state: Pairing, close: SocketClose, moment: Moment): LinkTransition {
  const { type } = state.step;
  const shown = type === 'showing' || type === 'typed' || type === 'worn';
  const verdict = judgeClose(close, shown);
  if (verdict.type === 'rest' || verdict.type === 'retry-slowly') return giveUp(state, verdict.cause);
  // A code would be shown in vain: what comes of its scan could not be kept.
  if (verdict.type === 'retry' && verdict.cause === 'disk') return giveUp(state, 'disk');
  // A socket of its own opens when the person asks for another code.
  if (type === 'worn') return stay(state);
  if (shown) return state.codes >= moment.policy.codes ? giveUp(state, expiredCause(state)) : openNext(state, moment);
  return failed(state, verdict.type === 'retry' ? verdict.cause : 'link-failed', moment);
}

function expiredCause({ phoneNumber }: Pairing): Cause {
  return phoneNumber === null ? 'qr-expired' : 'phone-code-expired';
}

function failed(state: Pairing, cause: Cause, { now, policy }: Moment): LinkTransition {
  const failures = state.failures + 1;
  if (failures >= MOST_FAILURES) return giveUp(state, cause);
  return stay({ ...state, failures, step: { type: 'pausing', dueAt: now + policy.backoff.firstMs * failures } });
}

function openNext(state: Pairing, { now, policy, nextGeneration }: Moment): LinkTransition {
  return {
    state: { ...state, generation: nextGeneration, step: { type: 'connecting', dueAt: now + policy.connectMs } },
    effects: [{ type: 'open', generation: nextGeneration, purpose: 'pair' }],
  };
}

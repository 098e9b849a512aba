/**
 * An attempt to link: ten codes, each the first reference of a socket of its own, and the steps after the scan.
 *
 * WhatsApp has been seen to keep references on two clocks: all good until their socket closes, or one after the other
 * from 60 s on. The first reference of a fresh socket is good for 60 s on both, so a code of 45 s and its 5 s of grace always is.
 */
import type { Cause, QrCode } from '../../shared/status.ts';
import { judgeClose, type SocketClose } from './disconnect.ts';
import { back, closing, giveUp, scanned, unlinkAttempt } from './link-attempt-end.ts';
import { askForPasskey } from './link-passkey.ts';
import {
  type LinkEffect,
  type LinkEvent,
  type LinkState,
  type Moment,
  type Rest,
  type Step,
  stay,
} from './link-state.ts';
import { openLink } from './link-upkeep.ts';

type Pairing = LinkState & { type: 'pairing' };
type Finishing = LinkState & { type: 'finishing' };

/** Sockets in a row that may end without a code before the attempt ends. */
const MOST_FAILURES = 3;

/** `held`: the resting link that a new scan would replace. */
export function startPairing(held: Rest | null, typedAt: string | null, { now, policy, nextGeneration }: Moment): Step {
  return {
    state: {
      type: 'pairing',
      generation: nextGeneration,
      typedAt,
      code: null,
      codes: 0,
      grace: null,
      panelUntil: null,
      failures: 0,
      dueAt: now + policy.connectMs,
      waits: false,
      asked: false,
      held: held && { account: held.account, cause: held.cause, until: held.until },
    },
    effects: [{ type: 'create' }, { type: 'open', generation: nextGeneration, purpose: 'pair' }],
  };
}

export function pairingStep(state: Pairing | Finishing, event: LinkEvent, moment: Moment): Step {
  return state.type === 'pairing' ? attemptStep(state, event, moment) : finishingStep(state, event, moment);
}

function attemptStep(state: Pairing, event: LinkEvent, moment: Moment): Step {
  switch (event.type) {
    case 'link':
      return event.typedAt === undefined || event.typedAt === state.typedAt
        ? stay({ ...state, panelUntil: null })
        : typedInstead(state, event.typedAt, moment);
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
    case 'letters':
      return event.generation === state.generation && state.typedAt !== null
        ? showCode(state, { kind: 'letters', text: event.text }, moment.policy.lettersMs, moment)
        : stay(state);
    case 'letters-refused':
      return event.generation === state.generation ? giveUp(state, 'letters-refused') : stay(state);
    case 'scanned':
      return scanned(state, event, moment);
    case 'closed':
      return event.generation === state.generation
        ? nextSocket(state, event.close, moment)
        : stay({ ...state, grace: null });
    case 'tick':
      return tick(state, moment);
    case 'opened':
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

/** The phone has scanned: whichever socket it was is held, and no clock of a code ends it any more. */
function passkeyAsked(state: Pairing, generation: number, moment: Moment): Step {
  if (!moment.policy.passkeys) return giveUp(state, 'passkey-required');
  const effects = closing(state).filter((close) => close.generation !== generation);
  return { state: askForPasskey(state, generation, moment), effects };
}

/** The same attempt, by other means: what was shown is worth nothing any more. */
function typedInstead(state: Pairing, typedAt: string, moment: Moment): Step {
  const step = openNext({ ...state, typedAt, codes: 0, grace: null, failures: 0, panelUntil: null }, moment);
  return { state: step.state, effects: [...closing(state), ...step.effects] };
}

function heardCode(state: Pairing, text: string, moment: Moment): Step {
  if (state.typedAt === null) return showCode(state, { kind: 'picture', text }, moment.policy.codeMs, moment);
  // The socket is ready: only now can letters be asked for, and once.
  if (state.code || state.asked) return stay(state);
  return {
    state: { ...state, asked: true },
    effects: [{ type: 'ask-letters', generation: state.generation, typedAt: state.typedAt }],
  };
}

function showCode(state: Pairing, shown: Pick<QrCode, 'kind' | 'text'>, lifeMs: number, { now }: Moment): Step {
  // One code a socket: what else it would show is on a clock that we cannot know.
  if (state.code) return stay(state);
  const number = state.codes + 1;
  const code = { ...shown, number, expiresAt: now + lifeMs };
  return stay({ ...state, code, codes: number, failures: 0, dueAt: code.expiresAt });
}

function tick(state: Pairing, moment: Moment): Step {
  const { now } = moment;
  if (state.panelUntil !== null && now >= state.panelUntil) return giveUp(state, 'link-cancelled');
  const graceOver = state.grace && now >= state.grace.until ? state.grace : null;
  const effects: readonly LinkEffect[] = graceOver ? [{ type: 'close', generation: graceOver.generation }] : [];
  const kept: Pairing = graceOver ? { ...state, grace: null } : state;
  const step = kept.code ? expire(kept, moment) : waitOver(kept, moment);
  return { state: step.state, effects: [...effects, ...step.effects] };
}

/** The code's time is up: the next socket opens, and this one lives a little longer. */
function expire(state: Pairing, moment: Moment): Step {
  const { now, policy, nextGeneration } = moment;
  if (!state.code || now < state.code.expiresAt) return stay(state);
  if (state.codes >= policy.codes) return giveUp(state, 'qr-expired');
  const ended = state.code.kind === 'letters' ? state : state.grace;
  const older: readonly LinkEffect[] = ended ? [{ type: 'close', generation: ended.generation }] : [];
  return {
    state: {
      ...state,
      generation: nextGeneration,
      code: null,
      asked: false,
      // Of letters the newest alone are good: WhatsApp knows one device under a number.
      grace: state.code.kind === 'letters' ? null : { generation: state.generation, until: now + policy.codeGraceMs },
      dueAt: now + policy.connectMs,
      waits: false,
    },
    effects: [...older, { type: 'open', generation: nextGeneration, purpose: 'pair' }],
  };
}

/** A socket that never showed a code, or a pause between two sockets. */
function waitOver(state: Pairing, moment: Moment): Step {
  if (moment.now < state.dueAt) return stay(state);
  if (state.waits) return openNext(state, moment);
  const step = failed(state, 'unreachable', moment);
  return { state: step.state, effects: [{ type: 'close', generation: state.generation }, ...step.effects] };
}

/** The socket ended. A shown code ended with it; whatever the reason, the attempt goes on while it may. */
function nextSocket(state: Pairing, close: SocketClose, moment: Moment): Step {
  const verdict = judgeClose(close, state.code !== null);
  if (verdict.type === 'rest' || verdict.type === 'retry-slowly') return giveUp(state, verdict.cause);
  // A code would be shown in vain: what comes of its scan could not be kept.
  if (verdict.type === 'retry' && verdict.cause === 'disk') return giveUp(state, 'disk');
  if (state.code) {
    if (state.codes >= moment.policy.codes) return giveUp(state, 'qr-expired');
    return openNext({ ...state, code: null }, moment);
  }
  return failed(state, verdict.type === 'retry' ? verdict.cause : 'link-failed', moment);
}

function failed(state: Pairing, cause: Cause, { now, policy }: Moment): Step {
  const failures = state.failures + 1;
  if (failures >= MOST_FAILURES) return giveUp(state, cause);
  return stay({ ...state, failures, waits: true, dueAt: now + policy.backoffFirstMs * failures });
}

function openNext(state: Pairing, { now, policy, nextGeneration }: Moment): Step {
  return {
    state: {
      ...state,
      generation: nextGeneration,
      code: null,
      asked: false,
      waits: false,
      dueAt: now + policy.connectMs,
    },
    effects: [{ type: 'open', generation: nextGeneration, purpose: 'pair' }],
  };
}

function finishingStep(state: Finishing, event: LinkEvent, moment: Moment): Step {
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
    case 'letters':
    case 'letters-refused':
    case 'scanned':
    case 'passkey':
    case 'passkey-begun':
    case 'passkey-signed':
    case 'passkey-continued':
    case 'passkey-compared':
    case 'passkey-abandoned':
    case 'passkey-failed':
    case 'opened':
    case 'disk-works':
    case 'logged-out':
      return stay(state);
  }
}

/** Not put off until the socket restarts: the agent may be about to be removed. The logout makes its own login. */
function unlinkScanned({ generation, account, fate, held }: Finishing): Step {
  const close: LinkEffect = { type: 'close', generation };
  const former: readonly LinkEffect[] = held ? [{ type: 'retire', account: held.account }] : [];
  return {
    state: { type: 'unlinked', cause: 'unlinking' },
    effects: fate === 'number-in-use' ? [close, { type: 'log-out' }, ...former] : [close, { type: 'retire', account }],
  };
}

function finish(state: Finishing, moment: Moment, effects: readonly LinkEffect[]): Step {
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

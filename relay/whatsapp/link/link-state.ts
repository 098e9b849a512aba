/** The states of a link, what happens to it, and what it asks to be done. Data only. */
import type { Account, Cause, QrCode } from '../../../shared/contract/status.ts';
import type { Backoff } from '../../../shared/rules/backoff.ts';
import type { PhoneCodeRefusal } from '../beyond-baileys/phone-code.ts';
import type { CeremonyFault } from '../socket/passkey/passkey-ceremony.ts';
import type { SocketClose } from '../socket/socket-close.ts';

/** Counts the sockets of one session; events of an older one are dropped. */
type Generation = number;

/** `text`: what the QR picture encodes, or the letters. A secret: never logged, never stored, in no report. */
export type ShownCode = Pick<QrCode, 'kind' | 'number' | 'expiresAt'> & { readonly text: string };

/** What an attempt to link is at; `dueAt`: when that has taken too long, or is over. */
export type PairingStep =
  /** A socket opens, and WhatsApp gives it a reference. */
  | { readonly type: 'connecting'; readonly dueAt: number }
  /** WhatsApp is asked for a code to type. */
  | { readonly type: 'asking' }
  | { readonly type: 'showing'; readonly code: ShownCode }
  /** The phone has taken the code that was typed. */
  | { readonly type: 'typed'; readonly dueAt: number }
  /** The code to type is no longer good, and WhatsApp wants the person to ask for another. */
  | { readonly type: 'worn'; readonly dueAt: number }
  /** Between two sockets. */
  | { readonly type: 'pausing'; readonly dueAt: number };

/** A link that rests until a person acts, or until a ban ends. */
export type RestingLink = { readonly account: Account; readonly cause: Cause; readonly until: number | null };

export type LinkState =
  | { readonly type: 'unlinked'; readonly cause: Cause }
  /** An attempt to link: sockets come and go, the count of codes goes on. */
  | {
      readonly type: 'pairing';
      readonly generation: Generation;
      /** Digits of the number into whose phone the codes are typed; null where they are scanned. */
      readonly phoneNumber: string | null;
      readonly step: PairingStep;
      /** Codes shown so far in this attempt. */
      readonly codes: number;
      /** How often in this attempt WhatsApp has asked for a new secret: the code to scan is drawn anew then. */
      readonly renewals: number;
      /** The socket of the code before, whose code works a little longer. */
      readonly grace: { readonly generation: Generation; readonly until: number } | null;
      /** When a closed panel ends the attempt; null while one is open. */
      readonly panelUntil: number | null;
      /** Sockets in a row that gave no code. */
      readonly failures: number;
      /** The link that the agent holds until the new one is scanned. */
      readonly held: RestingLink | null;
    }
  /** The phone has scanned, and WhatsApp asks for a passkey before it links. */
  | {
      readonly type: 'passkey';
      readonly generation: Generation;
      /** Whose turn it is: the owner's, the browser's, the phone's, the owner's again where a code is compared, WhatsApp's. */
      readonly step: 'asked' | 'signing' | 'phone' | 'comparing' | 'finishing';
      /** To be compared while that is the step; while finishing, what the phone shows should it not have taken the proof; otherwise null. */
      readonly code: string | null;
      /** 1-based. */
      readonly tries: number;
      /** What the try before came to. */
      readonly failed: Cause | null;
      readonly dueAt: number;
      readonly held: RestingLink | null;
    }
  /** The phone has scanned; the socket is about to be told to restart. */
  | {
      readonly type: 'finishing';
      readonly generation: Generation;
      readonly account: Account;
      readonly fate: 'keep' | 'number-in-use' | 'link-cancelled';
      readonly held: RestingLink | null;
      readonly dueAt: number;
    }
  | {
      readonly type: 'opening';
      readonly generation: Generation;
      readonly account: Account;
      readonly attempt: number;
      readonly first: boolean;
      readonly dueAt: number;
    }
  /** Connected: what waited at WhatsApp is being handed over. Nobody is answered before it is. */
  | {
      readonly type: 'catching-up';
      readonly generation: Generation;
      readonly account: Account;
      readonly attempt: number;
      readonly first: boolean;
      /** Stanzas that are still to come; null where WhatsApp has not said. */
      readonly left: number | null;
    }
  | {
      readonly type: 'online';
      readonly generation: Generation;
      readonly account: Account;
      readonly attempt: number;
      readonly stableAt: number;
    }
  | {
      readonly type: 'waiting';
      readonly account: Account;
      readonly attempt: number;
      readonly first: boolean;
      readonly cause: Cause;
      readonly retryAt: number;
    }
  | ({ readonly type: 'blocked' } & RestingLink);

export type LinkEvent =
  /** `phoneNumber`: the codes are to be typed into the phone of this number. Left out it joins what is under way. */
  | { readonly type: 'link'; readonly phoneNumber?: string }
  | { readonly type: 'panel-closed' }
  | { readonly type: 'cancel' }
  | { readonly type: 'unlink' }
  | { readonly type: 'take-over' }
  /** The relay starts with a link that it holds. */
  | { readonly type: 'resume'; readonly account: Account }
  /** The relay starts, and a former link of the agent still waits for its logout. */
  | { readonly type: 'still-unlinking' }
  /** A reference to be scanned. */
  | { readonly type: 'code'; readonly generation: Generation; readonly text: string }
  /** The person asks for another code to type. */
  | { readonly type: 'new-code' }
  /** WhatsApp wants another secret in the code; `secret` is the new one, base64. */
  | { readonly type: 'secret-renewed'; readonly generation: Generation; readonly secret: string }
  /** Eight letters to be typed. */
  | { readonly type: 'phone-code'; readonly generation: Generation; readonly text: string }
  | { readonly type: 'phone-code-refused'; readonly generation: Generation; readonly why: PhoneCodeRefusal }
  /** The phone has taken them. */
  | { readonly type: 'phone-code-typed'; readonly generation: Generation }
  /** They are no longer good. `byHand`: the person is to ask for others. */
  | { readonly type: 'phone-code-worn'; readonly generation: Generation; readonly byHand: boolean }
  /** WhatsApp does not take what the phone was answered. */
  | { readonly type: 'phone-code-failed'; readonly generation: Generation }
  /** `taken`: another agent of this relay holds the number. */
  | { readonly type: 'scanned'; readonly generation: Generation; readonly account: Account; readonly taken: boolean }
  | { readonly type: 'passkey'; readonly generation: Generation }
  /** The owner wants it; the browser is about to ask the passkey. */
  | { readonly type: 'passkey-begun' }
  /** The browser has brought what the passkey signed. */
  | { readonly type: 'passkey-signed' }
  /** The phone has answered; `code`: to be compared, null where it need not be. */
  | {
      readonly type: 'passkey-continued';
      readonly generation: Generation;
      readonly code: string;
      /** The phone needs no comparing. */
      readonly proven: boolean;
    }
  | { readonly type: 'passkey-compared'; readonly same: boolean }
  /** The browser brings nothing: refused, no passkey, its page closed. */
  | { readonly type: 'passkey-abandoned' }
  | { readonly type: 'passkey-failed'; readonly generation: Generation; readonly fault: CeremonyFault }
  | { readonly type: 'opened'; readonly generation: Generation }
  /** So many stanzas still wait at WhatsApp. */
  | { readonly type: 'catching-up'; readonly generation: Generation; readonly left: number }
  /** The stanzas that waited are taken in. */
  | { readonly type: 'caught-up'; readonly generation: Generation }
  /** WhatsApp does not hand over what waits; `whole`: it did, and does not say that this was all. */
  | { readonly type: 'queue-stuck'; readonly generation: Generation; readonly whole: boolean }
  | { readonly type: 'closed'; readonly generation: Generation; readonly close: SocketClose }
  /** The disk can be written, as was asked. */
  | { readonly type: 'disk-works' }
  /** A point in time that the state waits for may have come. */
  | { readonly type: 'tick' }
  /** The last logout is over: WhatsApp has confirmed it, or never did in all the days that it was tried. */
  | { readonly type: 'logged-out'; readonly confirmed: boolean };

export type LinkEffect =
  | { readonly type: 'open'; readonly generation: Generation; readonly purpose: 'pair' | 'resume' }
  | { readonly type: 'close'; readonly generation: Generation }
  /** Asks for letters that are typed into the phone of this number. */
  | { readonly type: 'ask-phone-code'; readonly generation: Generation; readonly phoneNumber: string }
  /** Hands the phone this device's secrets. */
  | { readonly type: 'passkey-seal'; readonly generation: Generation }
  /** The next try has keys of its own. */
  | { readonly type: 'passkey-forget'; readonly generation: Generation }
  /** Is the disk writable again? */
  | { readonly type: 'try-disk' }
  /** A new identity for an attempt. */
  | { readonly type: 'create' }
  /** The attempt has ended without a link. */
  | { readonly type: 'discard' }
  /** The scanned device becomes the agent's link; an older link of the agent is logged out. */
  | { readonly type: 'activate'; readonly account: Account }
  /** The scanned device is not wanted: it is kept for its logout only. */
  | { readonly type: 'mark-for-logout'; readonly account: Account }
  /** Logs out what was marked. */
  | { readonly type: 'log-out' }
  /** The agent's link is kept for its logout only, which starts. */
  | { readonly type: 'retire'; readonly account: Account }
  /** The device is gone at WhatsApp: everything of the link goes. */
  | { readonly type: 'destroy' };

export type LinkPolicy = {
  readonly codeMs: number;
  readonly codes: number;
  readonly phoneCodeMs: number;
  /** From the phone's taking of letters to the link. */
  readonly typedMs: number;
  readonly codeGraceMs: number;
  readonly panelGraceMs: number;
  readonly connectMs: number;
  /** Between two tries to connect. */
  readonly backoff: Backoff;
  readonly stableMs: number;
  readonly slowMs: number;
  /** True if linking with a passkey is tried at all. */
  readonly passkeys: boolean;
};

export type LinkTransition = { readonly state: LinkState; readonly effects: readonly LinkEffect[] };

/** What a transition may know besides state and event. */
export type Moment = {
  readonly now: number;
  /** 0 ≤ x < 1. */
  readonly jitter: number;
  readonly policy: LinkPolicy;
  readonly nextGeneration: Generation;
};

/** The state stays, without effects. */
export function stay(state: LinkState): LinkTransition {
  return { state, effects: [] };
}

/** From the first code to the first login. */
export function isLinking(state: LinkState): boolean {
  if (state.type === 'opening' || state.type === 'catching-up') return state.first;
  return state.type === 'pairing' || state.type === 'passkey' || state.type === 'finishing';
}

/** The next point in time at which a `tick` may change something; null where none. */
export function nextDeadline(state: LinkState): number | null {
  switch (state.type) {
    case 'unlinked':
    case 'catching-up':
      return null;
    case 'pairing':
      return earliest([dueAtOf(state.step), state.grace?.until ?? null, panelDeadline(state)]);
    case 'passkey':
    case 'finishing':
    case 'opening':
      return state.dueAt;
    case 'online':
      return state.attempt === 0 ? null : state.stableAt;
    case 'waiting':
      return state.retryAt;
    case 'blocked':
      return state.until;
  }
}

/** When a step is over; null for one that its socket ends. */
export function dueAtOf(step: PairingStep): number | null {
  switch (step.type) {
    case 'showing':
      return step.code.expiresAt;
    case 'asking':
      return null;
    case 'connecting':
    case 'typed':
    case 'worn':
    case 'pausing':
      return step.dueAt;
  }
}

/** When a closed panel ends the attempt; null for not at all: a phone that has taken the code is not left alone. */
export function panelDeadline({ step, panelUntil }: LinkState & { type: 'pairing' }): number | null {
  return step.type === 'typed' ? null : panelUntil;
}

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

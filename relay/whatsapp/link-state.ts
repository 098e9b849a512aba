/** The states of a link, what happens to it, and what it asks to be done. Data only. */
import type { Account, Cause } from '../../shared/status.ts';
import type { SocketClose } from './disconnect.ts';

/** Counts the sockets of one session; events of an older one are dropped. */
type Generation = number;

type ShownCode = { readonly text: string; readonly number: number; readonly expiresAt: number };

/** A link that rests until a person acts, or until a ban ends. */
export type Rest = { readonly account: Account; readonly cause: Cause; readonly until: number | null };

export type LinkState =
  | { readonly type: 'unlinked'; readonly cause: Cause }
  /** An attempt to link: sockets come and go, the count of codes goes on. */
  | {
      readonly type: 'pairing';
      readonly generation: Generation;
      readonly code: ShownCode | null;
      /** Codes shown so far in this attempt. */
      readonly codes: number;
      /** The socket of the code before, whose code works a little longer. */
      readonly grace: { readonly generation: Generation; readonly until: number } | null;
      /** When a closed panel ends the attempt; null while one is open. */
      readonly panelUntil: number | null;
      /** Sockets in a row that gave no code. */
      readonly failures: number;
      /** When the current socket must have shown a code, or when the next one opens. */
      readonly dueAt: number;
      readonly waits: boolean;
      /** The link that the agent holds until the new one is scanned. */
      readonly held: Rest | null;
    }
  /** The phone has scanned; the socket is about to be told to restart. */
  | {
      readonly type: 'finishing';
      readonly generation: Generation;
      readonly account: Account;
      readonly fate: 'keep' | 'number-in-use' | 'link-cancelled';
      readonly held: Rest | null;
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
  | ({ readonly type: 'blocked' } & Rest);

export type LinkEvent =
  | { readonly type: 'link' }
  | { readonly type: 'panel-closed' }
  | { readonly type: 'cancel' }
  | { readonly type: 'unlink' }
  | { readonly type: 'take-over' }
  /** The relay starts with a link that it holds. */
  | { readonly type: 'resume'; readonly account: Account }
  /** The relay starts, and a former link of the agent still waits for its logout. */
  | { readonly type: 'still-unlinking' }
  | { readonly type: 'code'; readonly generation: Generation; readonly text: string }
  /** `taken`: another agent of this relay holds the number. */
  | { readonly type: 'scanned'; readonly generation: Generation; readonly account: Account; readonly taken: boolean }
  | { readonly type: 'passkey'; readonly generation: Generation }
  | { readonly type: 'opened'; readonly generation: Generation }
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
  /** Is the disk writable again? */
  | { readonly type: 'try-disk' }
  /** A new identity for an attempt. */
  | { readonly type: 'create' }
  /** Nothing came of the attempt. */
  | { readonly type: 'discard' }
  /** The scanned device becomes the agent's link; an older link of the agent is logged out. */
  | { readonly type: 'activate'; readonly account: Account }
  /** The scanned device is not wanted: it is kept for its logout only. */
  | { readonly type: 'condemn'; readonly account: Account }
  /** Logs out what was condemned. */
  | { readonly type: 'log-out' }
  /** The agent's link is kept for its logout only, which starts. */
  | { readonly type: 'retire'; readonly account: Account }
  /** The device is gone at WhatsApp: everything of the link goes. */
  | { readonly type: 'destroy' };

export type LinkPolicy = {
  readonly codeMs: number;
  readonly codes: number;
  readonly codeGraceMs: number;
  readonly panelGraceMs: number;
  readonly connectMs: number;
  readonly backoffFirstMs: number;
  readonly backoffFactor: number;
  readonly backoffMostMs: number;
  readonly stableMs: number;
  readonly slowMs: number;
};

export type Step = { readonly state: LinkState; readonly effects: readonly LinkEffect[] };

/** What a transition may know besides state and event. */
export type Moment = {
  readonly now: number;
  /** 0 ≤ x < 1. */
  readonly jitter: number;
  readonly policy: LinkPolicy;
  readonly nextGeneration: Generation;
};

/** Nothing changes. */
export function stay(state: LinkState): Step {
  return { state, effects: [] };
}

/** The next point in time at which a `tick` may change something; null where none. */
export function nextDeadline(state: LinkState): number | null {
  switch (state.type) {
    case 'unlinked':
      return null;
    case 'pairing':
      return earliest([state.code ? state.code.expiresAt : state.dueAt, state.grace?.until ?? null, state.panelUntil]);
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

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

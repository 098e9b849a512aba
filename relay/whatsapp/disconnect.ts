/**
 * Why a socket closed, and what follows: one table over the codes that Baileys 7.0.0-rc14 reports.
 * A code means nothing without the state it arrived in (408 is a lost line, and codes that ran out), so the machine asks with it.
 */
import type { Cause } from '../../shared/status.ts';

export type SocketClose = {
  /** Baileys' status code; null where the error carried none. */
  readonly code: number | null;
  /** Seconds until a temporary ban ends, where WhatsApp said so. */
  readonly banSeconds: number | null;
  /** The code came in a `failure` stanza: WhatsApp refused the login itself. */
  readonly refused: boolean;
};

export type Verdict =
  /** Asked for after a scan: reopen at once with the same credentials. No failure. */
  | { readonly type: 'restart' }
  /** The line's fault: try again, for ever. */
  | { readonly type: 'retry'; readonly cause: Cause }
  /** Trying again soon would only annoy WhatsApp. */
  | { readonly type: 'retry-slowly'; readonly cause: Cause }
  /** Rests until a person acts, or until a ban ends. */
  | { readonly type: 'rest'; readonly cause: Cause; readonly banSeconds: number | null }
  /** The device is no longer linked. */
  | { readonly type: 'gone'; readonly cause: Cause };

const TABLE: Readonly<Record<number, Verdict>> = {
  400: { type: 'retry-slowly', cause: 'server-not-trusted' },
  401: { type: 'gone', cause: 'unlinked-on-phone' },
  402: { type: 'rest', cause: 'banned-until', banSeconds: null },
  403: { type: 'rest', cause: 'banned', banSeconds: null },
  405: { type: 'retry-slowly', cause: 'relay-outdated' },
  406: { type: 'rest', cause: 'banned', banSeconds: null },
  408: { type: 'retry', cause: 'line-lost' },
  409: { type: 'rest', cause: 'relay-outdated', banSeconds: null },
  411: { type: 'rest', cause: 'multi-device-off', banSeconds: null },
  428: { type: 'retry', cause: 'line-lost' },
  440: { type: 'rest', cause: 'replaced', banSeconds: null },
  // Called "bad session" by Baileys; it is any error that WhatsApp did not number. Never a reason to drop credentials.
  500: { type: 'retry', cause: 'whatsapp-unavailable' },
  503: { type: 'retry', cause: 'whatsapp-unavailable' },
  515: { type: 'restart' },
};

/** `wasOpen`: the socket had logged in; a line that never opened is called unreachable. */
export function judgeClose(close: SocketClose, wasOpen: boolean): Verdict {
  const verdict = close.code === null ? undefined : TABLE[close.code];
  if (!verdict) {
    // WhatsApp refused for a reason that we do not know: hammering would be the worst answer.
    if (close.refused) return { type: 'retry-slowly', cause: 'whatsapp-unavailable' };
    return { type: 'retry', cause: wasOpen ? 'line-lost' : 'unreachable' };
  }
  if (verdict.type === 'rest' && close.code === 402) return { ...verdict, banSeconds: close.banSeconds };
  if (verdict.type === 'retry' && verdict.cause === 'line-lost' && !wasOpen)
    return { type: 'retry', cause: 'unreachable' };
  // Without a `failure` stanza a 500 is how the WebSocket library reports a host that cannot be reached.
  if (close.code === 500 && !close.refused && !wasOpen) return { type: 'retry', cause: 'unreachable' };
  return verdict;
}

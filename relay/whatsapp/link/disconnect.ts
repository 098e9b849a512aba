/**
 * Why a socket closed, and what follows: one table over the codes that Baileys 7.0.0-rc14 reports.
 * A code means nothing without who said it and the state it arrived in (408 is a lost connection, and codes that ran out),
 * so both are asked with it.
 */
import type { Cause } from '../../../shared/contract/status.ts';
import type { SocketClose } from '../socket/socket-close.ts';

export type Verdict =
  /** Asked for after a scan: reopen at once with the same credentials. No failure. */
  | { readonly type: 'restart' }
  /** The connection's fault: try again, for ever. */
  | { readonly type: 'retry'; readonly cause: Cause }
  /** Trying again soon would only annoy WhatsApp. */
  | { readonly type: 'retry-slowly'; readonly cause: Cause }
  /** Rests until a person acts, or until a ban ends. */
  | { readonly type: 'rest'; readonly cause: Cause; readonly banSeconds: number | null }
  /** The device is no longer linked. */
  | { readonly type: 'gone'; readonly cause: Cause };

const TABLE: ReadonlyMap<number | null, Verdict> = new Map<number, Verdict>([
  [401, { type: 'gone', cause: 'unlinked-on-phone' }],
  [402, { type: 'rest', cause: 'banned-until', banSeconds: null }],
  [403, { type: 'rest', cause: 'banned', banSeconds: null }],
  [405, { type: 'retry-slowly', cause: 'relay-outdated' }],
  [406, { type: 'rest', cause: 'banned', banSeconds: null }],
  [408, { type: 'retry', cause: 'connection-lost' }],
  [409, { type: 'rest', cause: 'relay-outdated', banSeconds: null }],
  [411, { type: 'rest', cause: 'multi-device-off', banSeconds: null }],
  [428, { type: 'retry', cause: 'connection-lost' }],
  [440, { type: 'rest', cause: 'replaced', banSeconds: null }],
  // Called "bad session" by Baileys; it is any error that WhatsApp did not number. Never a reason to drop credentials.
  [500, { type: 'retry', cause: 'whatsapp-unavailable' }],
  [503, { type: 'retry', cause: 'whatsapp-unavailable' }],
  [515, { type: 'restart' }],
  // Logged out by WhatsApp itself.
  [516, { type: 'gone', cause: 'unlinked-by-whatsapp' }],
]);

/** `wasOpen`: the socket had logged in; a connection that never opened is called unreachable. */
export function judgeClose({ code, banSeconds, origin }: SocketClose, wasOpen: boolean): Verdict {
  const lost: Verdict = { type: 'retry', cause: wasOpen ? 'connection-lost' : 'unreachable' };
  if (origin === 'transport') return lost;
  if (origin === 'disk') return { type: 'retry', cause: 'disk' };
  if (origin === 'certificate') return { type: 'retry-slowly', cause: 'server-not-trusted' };
  const verdict = TABLE.get(code);
  // WhatsApp refused for a reason that we do not know: hammering would be the worst answer.
  if (!verdict) return origin === 'login' ? { type: 'retry-slowly', cause: 'whatsapp-unavailable' } : lost;
  if (verdict.type === 'rest' && code === 402) return { ...verdict, banSeconds };
  return verdict.type === 'retry' && verdict.cause === 'connection-lost' ? lost : verdict;
}

/** True if a connection does not hold: then there are hints. */
import type { AgentSnapshot } from '../../shared/contract/wire.ts';

/** A router that restarts makes the connection fall once or twice; more is a reason to look at the phone. */
export const MANY_FALLS = 3;
const LONG_MS = 300_000;

/** `now` in epoch milliseconds. */
export function isUnsteady({ link, fellLastHour }: AgentSnapshot, now: number): boolean {
  // Only where WhatsApp was reached and lost: nothing that is done to the phone mends a disk, a ban or this computer's own Internet.
  if (link.cause !== 'connection-lost') return false;
  return link.status === 'reconnecting' && (fellLastHour >= MANY_FALLS || now - link.since >= LONG_MS);
}

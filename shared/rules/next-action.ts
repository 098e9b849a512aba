/** What a person can do about a link as it stands, at the press of one button: a closed list, and none only where nothing needs doing. Pure. */
import type { Cause, LinkPhase, LinkStatus } from '../contract/status.ts';

/**
 * `code`: to the code of a linking that is under way, wherever it was begun; `passkey`: to its one more step, in a tab. `scan`: link by a new code. `again`: the same, after something else was put right. `take-over`, `try-now`: open the connection
 * at once.
 */
export type NextAction = 'code' | 'passkey' | 'scan' | 'again' | 'take-over' | 'try-now' | null;

type Link = {
  readonly status: LinkStatus;
  readonly phase: LinkPhase;
  readonly cause: Cause | null;
  readonly account: object | null;
};

/** A scan would only be refused again before something outside of Recado has changed. */
const REFUSED: ReadonlySet<Cause> = new Set([
  'banned',
  'banned-until',
  'relay-outdated',
  'multi-device-off',
  'passkey-required',
  'server-not-trusted',
  'unreachable',
  'whatsapp-unavailable',
  'connection-lost',
  'disk',
]);

export function nextAction({ status, phase, cause, account }: Link): NextAction {
  switch (status) {
    case 'connected':
      return null;
    case 'connecting':
      if (account !== null) return null;
      return phase.startsWith('passkey-') ? 'passkey' : 'code';
    case 'reconnecting':
      return cause === null ? null : 'try-now';
    case 'offline':
      if (account !== null) return cause === 'replaced' ? 'take-over' : 'try-now';
      return cause !== null && REFUSED.has(cause) ? 'again' : 'scan';
  }
}

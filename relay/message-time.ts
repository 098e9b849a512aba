/** WhatsApp's clock, by which messages are dated, beside this computer's. */
import type { Clock } from './clock.ts';

export interface MessageTime {
  /** WhatsApp's clock shows this now, epoch ms. */
  now(): number;
  /** This computer's clock showed that, or would have, when WhatsApp's showed `at`; both epoch ms. */
  local(at: number): number;
}

/** Both clocks are one. */
export function sameTime(clock: Clock): MessageTime {
  return { now: () => clock.now(), local: (at) => at };
}

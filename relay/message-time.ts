/** WhatsApp's clock, by which messages are dated, beside this computer's. */
import type { Clock } from './clock.ts';

export interface MessageTime {
  /** What WhatsApp's clock shows now, epoch ms. */
  now(): number;
  /** What this computer's clock showed, or would have shown, at a date of WhatsApp's; both epoch ms. */
  local(at: number): number;
}

/** Both clocks are one. */
export function sameTime(clock: Clock): MessageTime {
  return { now: () => clock.now(), local: (at) => at };
}

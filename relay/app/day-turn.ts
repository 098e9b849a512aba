/** Each midnight on this computer's clock: counts of today begin anew then, and whoever shows them has to hear of it. */
import type { Clock, Timer } from '../clock.ts';

/** A clock that was set, or a computer that slept, is noticed this soon. */
const LONGEST_WAIT_MS = 600_000;
/** Just behind it, so that the day is surely the next. */
const MARGIN_MS = 50;

/** Returns what ends it. */
export function atEachMidnight(clock: Clock, task: () => void): () => void {
  let timer: Timer;
  let midnight = nextMidnight(clock.now());
  const look = (): void => {
    const now = clock.now();
    if (now >= midnight) {
      midnight = nextMidnight(now);
      task();
    }
    timer = clock.after(Math.min(LONGEST_WAIT_MS, midnight - now + MARGIN_MS), look);
  };
  timer = clock.after(Math.min(LONGEST_WAIT_MS, midnight - clock.now() + MARGIN_MS), look);
  return () => timer.cancel();
}

function nextMidnight(now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
}

/** How late this machine is: a test that says "at once" allows for what the machine itself takes away from everybody. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { onTestFinished } from 'vitest';

const LOOK_MS = 10;
const NANOSECONDS = 1e6;
/** What is measured goes through several processes, each as late. */
const HANDS = 4;

export type Pace = {
  /** Ms since this began. */
  elapsed(): number;
  /** `ms`, and what the longest pause of this process in the meantime takes on the way. */
  within(ms: number): number;
};

export function beginPace(): Pace {
  const begun = performance.now();
  const delays = monitorEventLoopDelay({ resolution: LOOK_MS });
  delays.enable();
  onTestFinished(() => void delays.disable());
  return {
    elapsed: () => performance.now() - begun,
    within: (ms) => ms + HANDS * Math.max(0, delays.max / NANOSECONDS - LOOK_MS),
  };
}

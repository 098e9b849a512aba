/**
 * Time, randomness and ids as the relay sees them; the one place that reads the real ones.
 * Everything below main.ts is given a Clock, so tests can run years in a second.
 */
import { randomBytes } from 'node:crypto';

/** A handle of a pending timer. */
export type Timer = { cancel(): void };

export interface Clock {
  /** Wall time, epoch milliseconds: compared with WhatsApp's timestamps. */
  now(): number;
  /** Milliseconds that only ever grow: for durations. A changed wall clock does not move it. */
  monotonic(): number;
  /** Runs `task` once after `ms`. Cancelling twice is fine. */
  after(ms: number, task: () => void): Timer;
}

export interface Random {
  /** 0 ≤ x < 1, for jitter. */
  fraction(): number;
  bytes(count: number): Uint8Array;
}

/** The longest delay a Node timer keeps; longer ones fire at once, so they are chained. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, task) {
    if (ms <= 0) {
      // A timer takes a millisecond at least.
      const soon = setImmediate(task);
      return { cancel: () => clearImmediate(soon) };
    }
    let handle: NodeJS.Timeout;
    const arm = (left: number) => {
      const step = Math.min(left, LONGEST_TIMER_MS);
      handle = setTimeout(() => (left > step ? arm(left - step) : task()), step);
    };
    arm(ms);
    return { cancel: () => clearTimeout(handle) };
  },
};

export const systemRandom: Random = {
  fraction: () => Math.random(),
  bytes: (count) => randomBytes(count),
};

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `count` Crockford base-32 characters: 5 bits each, no I, L, O or U to misread. */
export function crockford(random: Random, count: number): string {
  return Array.from(random.bytes(count), (byte) => CROCKFORD[byte & 31]).join('');
}

/** Resolves after `ms`, or rejects with the signal's reason as soon as it is aborted. */
export function wait(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      timer.cancel();
      reject(signal?.reason);
    };
    const timer = clock.after(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** The first day of a day's month, both `YYYY-MM-DD`. */
export function firstOfMonth(day: string): string {
  return `${day.slice(0, -2)}01`;
}

/** The day that people at this computer call today, `YYYY-MM-DD`. */
export function localDay(now: number): string {
  const date = new Date(now);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/**
 * WhatsApp's clock, as it says it at each login and as live messages confirm it: messages are dated by it, and a computer's own may be
 * minutes off. Goes on by what has passed here: by the steadier of two measures, of which the wall clock jumps when it is set, and the
 * other one rests while the computer sleeps.
 */
import type { Clock } from '../clock.ts';
import type { MessageTime } from '../message-time.ts';

type Anchor = { readonly server: number; readonly wall: number; readonly monotonic: number };

/** WhatsApp says whole seconds, and they travel: a clock that is right to within this is taken as right. */
const TOLERANCE_MS = 10_000;
const MINUTE_MS = 60_000;
/** From here on it is told: a message may be judged by minutes. */
const TOLD_MINUTES = 2;

export class ServerTime implements MessageTime {
  readonly #clock: Pick<Clock, 'now' | 'monotonic'>;
  #anchor: Anchor | null = null;

  constructor(clock: Pick<Clock, 'now' | 'monotonic'>) {
    this.#clock = clock;
  }

  /** WhatsApp has said the time, epoch ms. */
  said(server: number): void {
    if (!Number.isFinite(server) || server <= 0) return;
    this.#anchor = { server, wall: this.#clock.now(), monotonic: this.#clock.monotonic() };
  }

  /** A message was sent then, and came at once. */
  heard(sentAt: number): void {
    if (!this.#anchor) return;
    const { steady, wall } = this.#estimates(this.#anchor);
    // No message is sent in the future.
    if (sentAt > Math.max(steady, wall) + TOLERANCE_MS) this.said(sentAt);
    // The computer has slept, or its clock was set: the message tells which.
    else if (Math.abs(steady - wall) > TOLERANCE_MS)
      this.said(Math.abs(sentAt - steady) < Math.abs(sentAt - wall) ? steady : wall);
  }

  now(): number {
    return this.#clock.now() - this.#aheadMs;
  }

  local(at: number): number {
    return at + this.#aheadMs;
  }

  /** By how many minutes this computer's clock is ahead of WhatsApp's, less than 0 where it is behind; null where that is of no account. */
  get aheadMinutes(): number | null {
    const minutes = Math.round(this.#aheadMs / MINUTE_MS);
    return Math.abs(minutes) < TOLD_MINUTES ? null : minutes;
  }

  get #aheadMs(): number {
    if (!this.#anchor) return 0;
    const { steady, wall } = this.#estimates(this.#anchor);
    // If they differ the computer has most likely slept: an old message must not be taken for a new one.
    const ahead = this.#clock.now() - Math.max(steady, wall);
    return Math.abs(ahead) <= TOLERANCE_MS ? 0 : ahead;
  }

  #estimates({ server, wall, monotonic }: Anchor): { readonly steady: number; readonly wall: number } {
    return {
      steady: server + this.#clock.monotonic() - monotonic,
      wall: server + this.#clock.now() - wall,
    };
  }
}

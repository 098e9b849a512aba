/**
 * Whether a connection still carries anything, while something depends on it: an answer is being made or is on its way. A connection that one
 * side has lost says nothing of it; left alone that shows after a minute, since nobody asks more often than every half. Here it is asked
 * after a few seconds of silence, and given up a few seconds later.
 */
import type { Clock, Timer } from '../../clock.ts';

export type LineWatchDeps = {
  readonly clock: Clock;
  /** Says something that WhatsApp answers. */
  ping(): void;
  /** The connection carries nothing any more. */
  dead(): void;
};

const QUIET_MS = 4_000;
const ANSWER_MS = 5_000;

export class ConnectionWatch {
  readonly #deps: LineWatchDeps;
  #heardAt = 0;
  #askedAt: number | null = null;
  #timer: Timer | null = null;
  #watching = false;

  constructor(deps: LineWatchDeps) {
    this.#deps = deps;
  }

  /** Something came from WhatsApp. */
  heard(): void {
    this.#heardAt = this.#deps.clock.monotonic();
    this.#askedAt = null;
  }

  /** True if something depends on the connection. */
  watch(watching: boolean): void {
    if (watching === this.#watching) return;
    this.#watching = watching;
    this.#askedAt = null;
    this.#timer?.cancel();
    if (watching) this.#look();
  }

  stop(): void {
    this.watch(false);
  }

  #look(): void {
    const { clock, ping, dead } = this.#deps;
    const now = clock.monotonic();
    if (this.#askedAt !== null && now - this.#askedAt >= ANSWER_MS) {
      dead();
      return;
    }
    if (this.#askedAt === null && now - this.#heardAt >= QUIET_MS) {
      this.#askedAt = now;
      ping();
    }
    const next = this.#askedAt === null ? this.#heardAt + QUIET_MS : this.#askedAt + ANSWER_MS;
    this.#timer = clock.after(Math.max(1, next - now), () => {
      if (this.#watching) this.#look();
    });
  }
}

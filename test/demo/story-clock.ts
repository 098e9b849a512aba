/** The time of a story that somebody watches: it can be held. */
import { setTimeout as delay } from 'node:timers/promises';

const LOOK_MS = 40;

export class StoryClock {
  #elapsed = 0;
  /** Since when it runs, epoch ms; null while it is held. */
  #since: number | null = Date.now();

  /** Ms without those in which it was held. */
  get elapsed(): number {
    return this.#elapsed + (this.#since === null ? 0 : Date.now() - this.#since);
  }

  get paused(): boolean {
    return this.#since === null;
  }

  hold(): void {
    this.#elapsed = this.elapsed;
    this.#since = null;
  }

  resume(): void {
    this.#since ??= Date.now();
  }

  /** Ahead to a chapter that nobody has waited for. */
  set(elapsed: number): void {
    this.#elapsed = elapsed;
    if (this.#since !== null) this.#since = Date.now();
  }

  /** Resolves when so much has passed since the beginning, or `ended` holds. */
  async until(elapsed: number, ended: () => boolean): Promise<void> {
    while (this.elapsed < elapsed && !ended()) await delay(LOOK_MS);
  }
}

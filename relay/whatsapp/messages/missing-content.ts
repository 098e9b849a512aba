/**
 * Messages whose content the phone was asked for. One that does not come in time is told of without it: someone wrote something.
 * Should it come later, it comes as the message that it is.
 */
import type { Clock, Timer } from '../../clock.ts';
import type { MessageName } from '../socket/journal-entry.ts';

/** Baileys asks after two seconds and gives the phone eight. */
const PATIENCE_MS = 15_000;

export class MissingContent {
  readonly #clock: Clock;
  readonly #waiting = new Map<MessageName, Timer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `missing` is called unless the message arrives before. */
  await(name: MessageName, missing: () => void): void {
    this.arrived(name);
    const timer = this.#clock.after(PATIENCE_MS, () => {
      this.#waiting.delete(name);
      missing();
    });
    this.#waiting.set(name, timer);
  }

  arrived(name: MessageName): void {
    this.#waiting.get(name)?.cancel();
    this.#waiting.delete(name);
  }

  stop(): void {
    for (const timer of this.#waiting.values()) timer.cancel();
    this.#waiting.clear();
  }
}

/** A clock that a test moves by hand. Timers run in the order they are due; whatever they start may settle in between. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Timer } from '../../relay/clock.ts';

type Pending = { readonly at: number; readonly order: number; readonly task: () => void };

/** Turns of the loop that work started by a timer gets before the next timer runs: files and promises settle in fewer. */
const SETTLING_TURNS = 20;

export class ManualClock implements Clock {
  #now: number;
  #elapsed = 0;
  #order = 0;
  readonly #pending = new Set<Pending>();

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  after(ms: number, task: () => void): Timer {
    const pending: Pending = { at: this.#elapsed + Math.max(0, ms), order: this.#order, task };
    this.#order += 1;
    this.#pending.add(pending);
    return { cancel: () => void this.#pending.delete(pending) };
  }

  /** Somebody sets the clock: by so much, forward or back. No timer runs. */
  jump(ms: number): void {
    this.#now += ms;
  }

  /** Timers that wait. */
  get waiting(): number {
    return this.#pending.size;
  }

  async advance(ms: number): Promise<void> {
    await settle();
    const end = this.#elapsed + ms;
    for (;;) {
      const [next] = [...this.#pending]
        .filter(({ at }) => at <= end)
        .sort((one, other) => one.at - other.at || one.order - other.order);
      if (!next) break;
      this.#pending.delete(next);
      this.#moveTo(next.at);
      next.task();
      await settle();
    }
    this.#moveTo(end);
    await settle();
  }

  #moveTo(elapsed: number): void {
    this.#now += elapsed - this.#elapsed;
    this.#elapsed = elapsed;
  }
}

/** Lets everything that can go on without time go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLING_TURNS; turn++) await nextTurn();
}

/**
 * Proofs of a typed code, one at a time. Each is made slow on purpose and cannot be taken back once it has begun: side by side they would
 * take every thread that the disk and the proofs of paired browsers need, and keep the process from ending.
 */

/** As many as there are places for strangers. */
const MOST_WAITING = 16;

export class ProofQueue {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Null where too many wait, or nobody is there any more when its turn comes. */
  async run<T>(isGone: () => boolean, work: () => Promise<T>): Promise<T | null> {
    if (this.#waiting >= MOST_WAITING) return null;
    this.#waiting += 1;
    const turn = this.#last.then(() => {
      this.#waiting -= 1;
      return isGone() ? null : work();
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/**
 * Who may change what at the same time. Whatever changes which agents there are and which number each has is alone: it waits for what is
 * under way, and everything else waits for it. All other changes go side by side. First come, first served.
 */
export class ChangeLock {
  readonly #waiting: { readonly alone: boolean; readonly start: () => void }[] = [];
  #running = 0;
  #alone = false;

  /** Side by side with others of its kind. */
  beside<T>(work: () => Promise<T> | T): Promise<T> {
    return this.#run(false, work);
  }

  /** With nothing else. */
  alone<T>(work: () => Promise<T> | T): Promise<T> {
    return this.#run(true, work);
  }

  async #run<T>(alone: boolean, work: () => Promise<T> | T): Promise<T> {
    await new Promise<void>((start) => {
      this.#waiting.push({ alone, start });
      this.#admit();
    });
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#alone = false;
      this.#admit();
    }
  }

  #admit(): void {
    for (let [next] = this.#waiting; next && !this.#alone; [next] = this.#waiting) {
      if (next.alone && this.#running > 0) return;
      this.#waiting.shift();
      this.#running += 1;
      this.#alone = next.alone;
      next.start();
    }
  }
}

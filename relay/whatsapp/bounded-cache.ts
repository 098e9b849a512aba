/**
 * A cache that forgets: by age, and the least recently used first when it is full. Baileys' own grow without a bound.
 * Knows nothing of what it keeps.
 */
import type { CacheStore } from '@whiskeysockets/baileys';
import type { Clock } from '../clock.ts';

type Entry = { readonly value: unknown; readonly until: number };

export class BoundedCache implements CacheStore {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #lifeMs: number;
  /** In the order of use: the first is the one to go. */
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock, { most, lifeMs }: { readonly most: number; readonly lifeMs: number }) {
    this.#clock = clock;
    this.#most = most;
    this.#lifeMs = lifeMs;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The caller that set a key knows the type of its value. */
  get<T>(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    if (entry.until <= this.#clock.monotonic()) return undefined;
    this.#entries.set(key, entry);
    return entry.value as T;
  }

  set<T>(key: string, value: T): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: this.#clock.monotonic() + this.#lifeMs });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#most) return;
      this.#entries.delete(oldest);
    }
  }

  del(key: string): void {
    this.#entries.delete(key);
  }

  flushAll(): void {
    this.#entries.clear();
  }
}

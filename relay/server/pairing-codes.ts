/**
 * The one pairing code that waits to be typed into a browser: its life, and its tries. Each Origin has tries of its own, so that
 * another extension that guesses does not use up the code that the owner is about to type.
 */

import type { PairingCode } from '../api/relay-api.ts';
import type { Clock, Random } from '../clock.ts';
import { crockford } from '../clock.ts';

const CHARACTERS = 10;
const LIFE_MS = 120_000;
/** Tries that one Origin has. A code has 50 bits, so guesses under many made-up Origins come to nothing while it lives. */
const TRIES = 5;

export class PairingCodes {
  readonly #clock: Clock;
  readonly #random: Random;
  #code: string | null = null;
  /** Monotonic: a clock that is set back makes no code live longer. */
  #expiresAt = 0;
  /** By Origin. */
  readonly #tries = new Map<string, number>();

  constructor(deps: { readonly clock: Clock; readonly random: Random }) {
    this.#clock = deps.clock;
    this.#random = deps.random;
  }

  /** A new code; the one before is worth nothing from now on. */
  issue(): PairingCode {
    this.#code = crockford(this.#random, CHARACTERS);
    this.#expiresAt = this.#clock.monotonic() + LIFE_MS;
    this.#tries.clear();
    return { text: `${this.#code.slice(0, 5)}-${this.#code.slice(5)}`, expiresAt: this.#clock.now() + LIFE_MS };
  }

  /** The code to compare a proof with, one try spent by asking; null where none is waiting, or none any more. */
  takeTry(origin: string): string | null {
    if (!this.isOpenTo(origin)) return null;
    this.#tries.set(origin, (this.#tries.get(origin) ?? 0) + 1);
    return this.#code;
  }

  /** True if there is a code to be typed, and this Origin has tries left. */
  isOpenTo(origin: string): boolean {
    if (this.#code !== null && this.#clock.monotonic() >= this.#expiresAt) this.#forget();
    return this.#code !== null && (this.#tries.get(origin) ?? 0) < TRIES;
  }

  /** One code, one browser: the second who knew it comes too late. */
  use(code: string): boolean {
    if (this.#code !== code) return false;
    this.#forget();
    return true;
  }

  #forget(): void {
    this.#code = null;
    this.#tries.clear();
  }
}

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
/** Codes that are shown because a browser asked for one, until one is typed: whoever asks on and on fills no terminal. */
const MOST_ASKED = 15;

export class PairingCodes {
  readonly #clock: Clock;
  readonly #random: Random;
  #code: string | null = null;
  /** Monotonic: a clock that is set back makes no code live longer. */
  #expiresAt = 0;
  /** By Origin. */
  readonly #tries = new Map<string, number>();
  #show: (() => void) | null = null;
  #asked = 0;

  constructor(deps: { readonly clock: Clock; readonly random: Random }) {
    this.#clock = deps.clock;
    this.#random = deps.random;
  }

  /** Where somebody reads along: `show` issues a code and shows it there. */
  showWhenAsked(show: () => void): void {
    this.#show = show;
  }

  /** A browser wants a code. True if one stands where somebody reads along: the one that waits, or another. */
  ask(): boolean {
    if (this.#show === null) return false;
    if (this.#waiting() !== null) return true;
    if (this.#asked >= MOST_ASKED) return false;
    this.#asked += 1;
    this.#show();
    return true;
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
    return this.#waiting() !== null && (this.#tries.get(origin) ?? 0) < TRIES;
  }

  /** One code, one browser: the second who knew it comes too late. */
  use(code: string): boolean {
    if (this.#code !== code) return false;
    this.#forget();
    this.#asked = 0;
    return true;
  }

  #waiting(): string | null {
    if (this.#code !== null && this.#clock.monotonic() >= this.#expiresAt) this.#forget();
    return this.#code;
  }

  #forget(): void {
    this.#code = null;
    this.#tries.clear();
  }
}

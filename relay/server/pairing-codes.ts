/**
 * The one pairing code that waits to be typed into a browser: its life, and its tries. Each Origin has tries of its own, so that
 * another extension that guesses does not use up the code that the owner is about to type. Beside it, codes that a program of this
 * computer hands to the one extension that it speaks with: nobody reads those, and no other Origin can use them.
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
/** A code that is handed over is used at once. */
const HANDED_LIFE_MS = 30_000;
/** As many as there may be browsers. */
const MOST_HANDED = 8;

/** A code to compare a proof with. */
export type OpenCode = {
  readonly code: string;
  /** Handed over on this computer, to this Origin alone. */
  readonly isHanded: boolean;
};

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
  /** By Origin. */
  readonly #handed = new Map<string, { readonly code: string; readonly expiresAt: number }>();

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

  /** A code for this Origin alone, for one try; the code that waits to be typed stays what it is. */
  hand(origin: string): string {
    const code = crockford(this.#random, CHARACTERS);
    this.#handed.delete(origin);
    const [oldest] = this.#handed.keys();
    if (oldest !== undefined && this.#handed.size >= MOST_HANDED) this.#handed.delete(oldest);
    this.#handed.set(origin, { code, expiresAt: this.#clock.monotonic() + HANDED_LIFE_MS });
    return code;
  }

  /** The code to compare a proof with, one try spent by asking; null where none is waiting, or none any more. */
  takeTry(origin: string): OpenCode | null {
    const handed = this.#handedTo(origin);
    this.#handed.delete(origin);
    if (handed !== null) return { code: handed, isHanded: true };
    const code = this.#waiting();
    if (code === null || !this.isOpenTo(origin)) return null;
    this.#tries.set(origin, (this.#tries.get(origin) ?? 0) + 1);
    return { code, isHanded: false };
  }

  /** True if there is a code to be typed, and this Origin has tries left. */
  isOpenTo(origin: string): boolean {
    if (this.#handedTo(origin) !== null) return true;
    return this.#waiting() !== null && (this.#tries.get(origin) ?? 0) < TRIES;
  }

  /** One code, one browser: the second who knew it comes too late. */
  use({ code, isHanded }: OpenCode): boolean {
    // It was taken away with its one try.
    if (isHanded) return true;
    if (this.#code !== code) return false;
    this.#forget();
    this.#asked = 0;
    return true;
  }

  #handedTo(origin: string): string | null {
    const handed = this.#handed.get(origin);
    return handed !== undefined && this.#clock.monotonic() < handed.expiresAt ? handed.code : null;
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

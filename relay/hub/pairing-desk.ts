/** The one code that is waiting to be typed into a browser: how long, and how often it may be tried. */
import type { Clock, Random } from '../clock.ts';
import { crockford } from '../clock.ts';

export type PairingCode = {
  /** As it is read aloud: `XXXXX-XXXXX`. A secret: shown to whoever asked for it, never logged. */
  readonly text: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
};

const CHARACTERS = 10;
const LIFE_MS = 120_000;
const TRIES = 5;

export class PairingDesk {
  readonly #clock: Clock;
  readonly #random: Random;
  #code: string | null = null;
  #expiresAt = 0;
  #triesLeft = 0;

  constructor(ports: { readonly clock: Clock; readonly random: Random }) {
    this.#clock = ports.clock;
    this.#random = ports.random;
  }

  /** A new code; the one before is worth nothing from now on. */
  issue(): PairingCode {
    this.#code = crockford(this.#random, CHARACTERS);
    this.#expiresAt = this.#clock.now() + LIFE_MS;
    this.#triesLeft = TRIES;
    return { text: `${this.#code.slice(0, 5)}-${this.#code.slice(5)}`, expiresAt: this.#expiresAt };
  }

  /** The code to compare a proof with, one try spent by asking; null where none is waiting, or none any more. */
  takeTry(): string | null {
    if (this.#triesLeft === 0 || this.#clock.now() >= this.#expiresAt) this.#code = null;
    this.#triesLeft -= 1;
    return this.#code;
  }

  /** Whether there is a code to be typed at all. */
  get isOpen(): boolean {
    return this.#code !== null && this.#triesLeft > 0 && this.#clock.now() < this.#expiresAt;
  }

  /** One code, one browser: the second who knew it comes too late. */
  use(code: string): boolean {
    if (this.#code !== code) return false;
    this.#code = null;
    return true;
  }
}

/**
 * Whether what waited at WhatsApp while the connection was away has been handed over. WhatsApp says when it has sent all of it; Baileys then
 * still decrypts, one message after the other, and hands nobody some of them.
 */
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Clock, Timer } from '../clock.ts';
import { type MessageName, messageNameOf } from './journal-entry.ts';

/** What Baileys has not handed over so long after the last that it did is not coming. */
const QUIET_MS = 2_000;
/** However long WhatsApp takes to say that this was all. */
const MOST_MS = 30_000;

export class OfflineQueue {
  readonly #clock: Clock;
  readonly #done: () => void;
  readonly #waiting = new Set<MessageName>();
  #opened = false;
  #announced = false;
  #isDone = false;
  #quiet: Timer | null = null;
  #bound: Timer | null = null;

  /** `done` is called once, and not before the connection is open. */
  constructor(clock: Clock, done: () => void) {
    this.#clock = clock;
    this.#done = done;
  }

  opened(): void {
    this.#opened = true;
    this.#bound = this.#clock.after(MOST_MS, () => this.#finish());
    this.#look();
  }

  /** A message that Baileys is about to handle. */
  saw(stanza: BinaryNode): void {
    if (stanza.attrs.offline !== undefined && !this.#isDone) this.#waiting.add(messageNameOf(stanza));
  }

  handedOver(names: readonly MessageName[]): void {
    for (const name of names) this.#waiting.delete(name);
    this.#look();
  }

  /** WhatsApp has sent all of it. */
  announced(): void {
    this.#announced = true;
    this.#look();
  }

  stop(): void {
    this.#isDone = true;
    this.#quiet?.cancel();
    this.#bound?.cancel();
  }

  #look(): void {
    if (this.#isDone || !this.#opened || !this.#announced) return;
    this.#quiet?.cancel();
    if (this.#waiting.size === 0) this.#finish();
    else this.#quiet = this.#clock.after(QUIET_MS, () => this.#finish());
  }

  #finish(): void {
    if (this.#isDone) return;
    this.stop();
    this.#waiting.clear();
    this.#done();
  }
}

/**
 * The stanzas that waited at WhatsApp while the connection was away. WhatsApp says how much there is, hands over a window at a time, each asked for,
 * and marks the end; nothing live comes before that. Baileys 7.0.0-rc14 asks once, and then still decrypts, one message after the other, and
 * hands nobody some of them. Here the queue is pulled to its end, and its end is known.
 * As WhatsApp Web does it (whatsapp-rust `offline_resume.rs`, zapo `WaOfflineResumeCoordinator.ts`): the first of what was asked for has the
 * next window asked for, a moment later.
 */
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Clock, Timer } from '../../clock.ts';
import { type MessageName, messageNameOf } from './journal-entry.ts';

export type OfflineQueueDeps = {
  readonly clock: Clock;
  /** Asks WhatsApp for another window. */
  ask(): void;
  /** So many stanzas are still to come. Told with each window. */
  left(count: number): void;
  /** Once, and not before the connection is open: everything was handed over. */
  done(): void;
  /**
   * Once: more was announced, or its end, and nothing comes any more: nothing live comes on such a connection. `whole`: all that was
   * announced is here.
   */
  stuck(whole: boolean): void;
};

/** From the first stanza of a window until the next window is asked for, as WhatsApp Web does. */
const ASK_MS = 100;
/** If no stanza comes for so long, the next ones are asked for once more; after that they do not come. */
const ASK_AGAIN_MS = 5_000;
const STUCK_MS = 20_000;
/** What Baileys has not handed over so long after the last that it did is not coming. */
const QUIET_MS = 2_000;
/** As long as WhatsApp may take to say anything of a queue. */
const MOST_MS = 30_000;

export class OfflineQueue {
  readonly #deps: OfflineQueueDeps;
  readonly #waiting = new Set<MessageName>();
  #opened = false;
  #announced = false;
  #isDone = false;
  /** How much WhatsApp has announced; null where it has said nothing of it. */
  #total: number | null = null;
  #arrived = 0;
  /** A window was asked for, and nothing of it has come. */
  #asked = false;
  #askedAgain = false;
  #asking: Timer | null = null;
  #silence: Timer | null = null;
  #quiet: Timer | null = null;

  constructor(deps: OfflineQueueDeps) {
    this.#deps = deps;
  }

  opened(): void {
    this.#opened = true;
    this.#awaitMore();
    this.#look();
  }

  /** WhatsApp says how much waits. Baileys asks for the first window by itself. */
  previewed(total: number): void {
    if (this.#isDone || !(total > 0)) return;
    this.#total = total;
    this.#asked = true;
    this.#deps.left(this.#left);
    this.#awaitMore();
  }

  /**
   * A stanza of any kind that had waited. A message counts as one to be handed over from here on: its turn may come long after, behind
   * others of its sender, and until then nobody else knows of it.
   */
  arrived(stanza: BinaryNode): void {
    if (this.#isDone) return;
    this.#arrived += 1;
    if (stanza.tag === 'message') this.#waiting.add(messageNameOf(stanza));
    this.#awaitMore();
    if (this.#announced || this.#total === null || !this.#asked) return;
    this.#asked = false;
    this.#asking = this.#deps.clock.after(ASK_MS, () => this.#ask());
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
    for (const timer of [this.#asking, this.#silence, this.#quiet]) timer?.cancel();
  }

  get #left(): number {
    return Math.max(0, (this.#total ?? 0) - this.#arrived);
  }

  #ask(): void {
    if (this.#isDone || this.#announced) return;
    this.#asked = true;
    this.#deps.left(this.#left);
    this.#deps.ask();
  }

  /** Silence is measured from the last that came: a long queue takes its time. */
  #awaitMore(): void {
    this.#silence?.cancel();
    this.#askedAgain = false;
    if (this.#isDone || this.#announced) return;
    const { clock } = this.#deps;
    if (this.#total !== null) this.#silence = clock.after(ASK_AGAIN_MS, () => this.#silent());
    else if (this.#opened) this.#silence = clock.after(MOST_MS, () => this.announced());
  }

  #silent(): void {
    if (!this.#askedAgain) {
      this.#askedAgain = true;
      this.#ask();
      this.#silence = this.#deps.clock.after(STUCK_MS - ASK_AGAIN_MS, () => this.#silent());
      return;
    }
    this.stop();
    this.#deps.stuck(this.#left === 0);
  }

  #look(): void {
    if (this.#isDone || !this.#opened || !this.#announced) return;
    this.#silence?.cancel();
    this.#quiet?.cancel();
    if (this.#waiting.size === 0) this.#finish();
    else this.#quiet = this.#deps.clock.after(QUIET_MS, () => this.#finish());
  }

  #finish(): void {
    if (this.#isDone) return;
    this.stop();
    this.#waiting.clear();
    this.#deps.done();
  }
}

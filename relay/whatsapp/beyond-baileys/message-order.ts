/**
 * Hands messages to Baileys one after the other. Baileys 7.0.0-rc14 starts on each as it comes, and stores a new contact's address pair
 * before it takes its lock: of several messages at once the later ones overtake.
 *
 * Whose messages cannot be decrypted, one after another, waits behind everybody else, with so many tries a minute: each costs a look at the
 * keys and a request, and nobody else is to wait for that. What is set aside is not acknowledged, so WhatsApp keeps it.
 * Remove when Baileys handles messages of one connection in order, and bounds what one sender may cost.
 */
import type { EventEmitter } from 'node:events';
import { type BinaryNode, jidDecode } from '@whiskeysockets/baileys';
import type { Clock, Timer } from '../../clock.ts';

export type MessageOrderDeps = {
  readonly clock: Clock;
  /** Hears of each message first, at once; one that it takes does not reach Baileys. */
  takes(stanza: BinaryNode): boolean;
  /** How many messages could not be decrypted so far. */
  failures(): number;
  /** A message waits behind everybody else's. */
  setAside(stanza: BinaryNode): void;
};

const MESSAGE_EVENT = 'CB:message';
const MINUTE_MS = 60_000;
/** Within a minute: a phone that was set up anew has some. */
const FAILURES = 5;
const TRY_EVERY_MS = 2_000;
/** Stanzas of one sender that wait; more stay at WhatsApp until the next login. */
const MOST_ASIDE = 500;

type Sender = { failedAt: number[]; readonly aside: BinaryNode[]; nextTryAt: number };

/** Returns what ends it. */
export function inOrder(stanzas: EventEmitter, deps: MessageOrderDeps): () => void {
  const order = new MessageOrder(stanzas.listeners(MESSAGE_EVENT) as ((stanza: BinaryNode) => unknown)[], deps);
  stanzas.removeAllListeners(MESSAGE_EVENT);
  stanzas.on(MESSAGE_EVENT, (stanza: BinaryNode) => order.came(stanza));
  return () => order.stop();
}

class MessageOrder {
  readonly #handlers: readonly ((stanza: BinaryNode) => unknown)[];
  readonly #deps: MessageOrderDeps;
  readonly #queue: BinaryNode[] = [];
  /** Those of whom something failed within a minute, or is set aside. */
  readonly #senders = new Map<string, Sender>();
  #running = false;
  #stopped = false;
  #timer: Timer | null = null;

  constructor(handlers: readonly ((stanza: BinaryNode) => unknown)[], deps: MessageOrderDeps) {
    this.#handlers = handlers;
    this.#deps = deps;
  }

  came(stanza: BinaryNode): void {
    const sender = this.#senders.get(senderOf(stanza));
    if (sender && sender.aside.length >= MOST_ASIDE) return;
    if (this.#deps.takes(stanza)) return;
    this.#queue.push(stanza);
    void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let stanza = this.#next(); stanza !== undefined && !this.#stopped; stanza = this.#next()) {
      const before = this.#deps.failures();
      // Baileys reports what fails in there itself; the next message is handled all the same.
      await Promise.allSettled(this.#handlers.map(async (handle): Promise<unknown> => handle(stanza)));
      this.#judge(senderOf(stanza), this.#deps.failures() > before);
    }
    this.#running = false;
  }

  /** Whoever decrypts as they should comes first; then those set aside, each in their own time. */
  #next(): BinaryNode | undefined {
    for (let stanza = this.#queue.shift(); stanza !== undefined; stanza = this.#queue.shift()) {
      const sender = this.#senders.get(senderOf(stanza));
      if (!sender || (sender.aside.length === 0 && !this.#isBad(sender))) return stanza;
      sender.aside.push(stanza);
      this.#deps.setAside(stanza);
    }
    return this.#nextAside();
  }

  #nextAside(): BinaryNode | undefined {
    const { clock } = this.#deps;
    const now = clock.monotonic();
    let wakeAt = Number.POSITIVE_INFINITY;
    for (const sender of this.#senders.values()) {
      if (sender.aside.length === 0) continue;
      if (this.#isBad(sender) && sender.nextTryAt > now) {
        wakeAt = Math.min(wakeAt, sender.nextTryAt);
        continue;
      }
      sender.nextTryAt = now + TRY_EVERY_MS;
      return sender.aside.shift();
    }
    this.#timer?.cancel();
    if (wakeAt !== Number.POSITIVE_INFINITY && !this.#stopped)
      this.#timer = clock.after(wakeAt - now, () => void this.#run());
    return undefined;
  }

  #judge(name: string, failed: boolean): void {
    const known = this.#senders.get(name);
    if (!failed) {
      // A sender whose messages can be decrypted again is held up no longer.
      if (known) known.failedAt = [];
    } else {
      const sender = known ?? { failedAt: [], aside: [], nextTryAt: 0 };
      sender.failedAt = [...sender.failedAt, this.#deps.clock.monotonic()].slice(-FAILURES);
      this.#senders.set(name, sender);
    }
    for (const [each, sender] of this.#senders)
      if (sender.aside.length === 0 && !this.#hasFailed(sender)) this.#senders.delete(each);
  }

  #isBad({ failedAt }: Sender): boolean {
    const [first] = failedAt;
    return failedAt.length >= FAILURES && first !== undefined && this.#isRecent(first);
  }

  #hasFailed({ failedAt }: Sender): boolean {
    const last = failedAt.at(-1);
    return last !== undefined && this.#isRecent(last);
  }

  #isRecent(at: number): boolean {
    return this.#deps.clock.monotonic() - at < MINUTE_MS;
  }
}

/** All devices of a person are one. */
function senderOf({ attrs: { from = '', participant } }: BinaryNode): string {
  const jid = jidDecode(participant ?? from);
  return jid ? `${jid.user}@${jid.server}` : from;
}

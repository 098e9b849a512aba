/**
 * Delivers answers, one scheduler for all chats of an agent: in a chat one after the other, several chats side by side with a gap between
 * their starts, each text not before its time and under the id it was queued with. Whether it may leave is asked in the tick in which it
 * does. Sent means that the server said so. What may have left is sent again under the same id only, and only while it may.
 */
import type { AgentId, ChatId, SkipReason } from '../../shared/contract/chat.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Outbound } from '../outbound.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import type { OutboxFailure, OutboxItem, OutboxLedger } from '../store/outbox-ledger.ts';
import { RESTRICTED_CODES } from './restriction.ts';

export type OutboxDeps = {
  readonly ledger: OutboxLedger;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<NumberSettings, 'giveUpMinutes' | 'ackSeconds' | 'gapSeconds'>;
  readonly outbound: Pick<Outbound, 'prepare' | 'send'>;
  /** True if an answer may leave now. */
  readonly mayLeave: (item: OutboxItem) => 'yes' | SkipReason;
  /** Before which moment it does not, monotonic ms: the owner has their time first. */
  readonly notBefore: (item: OutboxItem) => number;
  readonly storeFailed: (error: unknown) => void;
  /** An answer is being delivered, or no longer. */
  readonly moved: () => void;
  /** WhatsApp refused an answer; resolves when what follows for others is done. */
  readonly refused: (chatId: ChatId, code: number) => Promise<void>;
  /** An answer reached the server, or never will. */
  readonly settled: (chatId: ChatId, failure: OutboxFailure | null) => void;
};

/** `first`: the message whose first try it is; null where it may have left before. */
type Flight = {
  readonly withdrawal: AbortController;
  readonly over: Promise<void>;
  readonly first: string | null;
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Ends that leave a message unanswered, for the owner to have it answered after all. */
const PERHAPS_LATER: ReadonlySet<OutboxFailure> = new Set(['too-late', 'too-old', 'restricted']);

export class Outbox {
  readonly #agentId: AgentId;
  readonly #deps: OutboxDeps;
  /** By chat: one at a time in each. */
  readonly #flights = new Map<ChatId, Flight>();
  /** The earliest moment at which a chat's next text is tried again. Monotonic, like all moments that are waited for here. */
  readonly #retryAt = new Map<ChatId, number>();
  readonly #stop = new AbortController();
  /** Texts that may be on the wire. */
  readonly #sending = new Set<string>();
  /** When an answer was first looked at, and how old it was then. */
  readonly #firstSeen = new Map<string, { readonly at: number; readonly ageMs: number }>();
  #caughtUp = false;
  #nextStart = 0;
  #timer: Timer | null = null;
  #pass: Promise<void> | null = null;
  #again = false;

  constructor(agentId: AgentId, deps: OutboxDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  /** Answers that are being delivered. */
  get inFlight(): number {
    return this.#flights.size;
  }

  /** True if there is a connection, and what waited at WhatsApp has been taken in: until then nothing is sent. */
  setCaughtUp(caughtUp: boolean): void {
    this.#caughtUp = caughtUp;
    this.#retryAt.clear();
    if (caughtUp) this.kick();
    else this.#timer?.cancel();
  }

  /** Something may be waiting. */
  kick(): void {
    if (!this.#caughtUp || this.#stop.signal.aborted) return;
    if (this.#pass !== null) {
      this.#again = true;
      return;
    }
    this.#pass = this.#schedule()
      .catch((error: unknown) => this.#deps.storeFailed(error))
      .finally(() => {
        this.#pass = null;
        if (!this.#again) return;
        this.#again = false;
        this.kick();
      });
  }

  /**
   * Answers that may not leave any more are dropped, those in a look-up included; what has left is waited for. Says how many answers will
   * not be sent. It may be narrowed to one chat, and with a reason of its own nothing is asked.
   */
  async withdraw(which: { readonly chatId?: ChatId; readonly reason?: SkipReason } = {}): Promise<number> {
    const { ledger, mayLeave } = this.#deps;
    const dropped = new Set<string>();
    for (const item of await ledger.pending(this.#agentId)) {
      if (which.chatId !== undefined && item.chatId !== which.chatId) continue;
      const verdict = which.reason ?? mayLeave(item);
      if (verdict === 'yes') continue;
      this.#flights.get(item.chatId)?.withdrawal.abort(new Error('the answer may not leave any more'));
      // In flight and not on the wire: that run ends it, or this does, whichever comes first.
      if (this.#sending.has(item.messageId)) continue;
      await this.#fail(item, verdict, this.#mayHaveLeft(item));
      dropped.add(`${item.chatId} ${item.afterRow}`);
    }
    return dropped.size;
  }

  /** True if an answer to what was said from a row on waits for its time, or is looked up for, in a chat. */
  async hasPending(chatId: ChatId, sinceRow = 0): Promise<boolean> {
    const pending = await this.#deps.ledger.pending(this.#agentId);
    return pending.some((item) => item.chatId === chatId && item.afterRow >= sinceRow);
  }

  /** What a chat's answers that have not left were to answer is open again: it has changed meanwhile, from a row on. */
  async takeBack(chatId: ChatId, sinceRow = 0): Promise<void> {
    const { ledger, clock } = this.#deps;
    const items = (await ledger.pending(this.#agentId)).filter((item) => item.chatId === chatId);
    const left = items.filter(({ messageId, state }) => state === 'sending' && this.#sending.has(messageId));
    const unsure = items.filter((item) => this.#mayHaveLeft(item) || item.afterRow < sinceRow);
    if (left.length === 0) this.#flights.get(chatId)?.withdrawal.abort(new Error('what it answers has changed'));
    await ledger.takeBack(
      this.#agentId,
      chatId,
      [...left, ...unsure].map(({ afterRow }) => afterRow),
      clock.now(),
    );
  }

  /** False for an answer on its first try that is not on the wire yet. */
  #mayHaveLeft({ chatId, messageId, state }: OutboxItem): boolean {
    if (state === 'queued') return false;
    return this.#flights.get(chatId)?.first !== messageId || this.#sending.has(messageId);
  }

  async stop(): Promise<void> {
    this.#stop.abort(new Error('the relay stops'));
    this.#timer?.cancel();
    await this.#pass;
    await Promise.all([...this.#flights.values()].map(({ over }) => over));
  }

  async #schedule(): Promise<void> {
    const { ledger, clock, settings } = this.#deps;
    const seen = new Set<ChatId>();
    let wakeAt = Number.POSITIVE_INFINITY;
    const pending = await ledger.pending(this.#agentId);
    this.#forgetSettled(pending);
    for (const item of pending) {
      if (seen.has(item.chatId)) continue;
      seen.add(item.chatId);
      if (this.#flights.has(item.chatId)) continue;
      const now = clock.monotonic();
      const at = Math.max(
        this.#dueAt(item),
        this.#deps.notBefore(item),
        this.#nextStart,
        this.#retryAt.get(item.chatId) ?? 0,
      );
      if (at > now) {
        wakeAt = Math.min(wakeAt, at);
        continue;
      }
      this.#nextStart = now + settings.gapSeconds * SECOND_MS;
      this.#start(item);
    }
    this.#timer?.cancel();
    if (wakeAt !== Number.POSITIVE_INFINITY) this.#timer = clock.after(wakeAt - clock.monotonic(), () => this.kick());
  }

  #forgetSettled(pending: readonly OutboxItem[]): void {
    const waiting = new Set(pending.map(({ messageId }) => messageId));
    for (const messageId of this.#firstSeen.keys()) if (!waiting.has(messageId)) this.#firstSeen.delete(messageId);
  }

  /** When the time that writing it takes is over, counted from when it was queued: a clock that was set since says nothing. */
  #dueAt(item: OutboxItem): number {
    const { at, ageMs } = this.#seen(item);
    return at + Math.max(0, item.notBefore - item.queuedAt - ageMs);
  }

  /** For how long it has been kept from leaving, but by the owner's time. */
  #waitedMs(item: OutboxItem): number {
    const now = this.#deps.clock.monotonic();
    const { at, ageMs } = this.#seen(item);
    return Math.min(ageMs + now - at, now - this.#deps.notBefore(item));
  }

  #seen(item: OutboxItem): { readonly at: number; readonly ageMs: number } {
    const known = this.#firstSeen.get(item.messageId);
    if (known) return known;
    const { clock } = this.#deps;
    const seen = { at: clock.monotonic(), ageMs: Math.max(0, clock.now() - item.queuedAt) };
    this.#firstSeen.set(item.messageId, seen);
    return seen;
  }

  #start(item: OutboxItem): void {
    const withdrawal = new AbortController();
    const over = this.#deliver(item, withdrawal.signal)
      .catch((error: unknown) => {
        this.#tryLater(item.chatId);
        this.#deps.storeFailed(error);
      })
      .finally(() => {
        this.#flights.delete(item.chatId);
        this.#sending.delete(item.messageId);
        this.#deps.moved();
        this.kick();
      });
    const first = item.state === 'queued' ? item.messageId : null;
    this.#flights.set(item.chatId, { withdrawal, over, first });
    this.#deps.moved();
  }

  async #deliver(item: OutboxItem, withdrawal: AbortSignal): Promise<void> {
    const { ledger, clock, settings, outbound } = this.#deps;
    const { chatId, messageId } = item;
    if (this.#waitedMs(item) > settings.giveUpMinutes * MINUTE_MS) return this.#fail(item, 'too-late');
    const ended = await this.#failIfClosed(item);
    if (ended) return;
    const prepared = await unlessAborted(outbound.prepare(chatId), [withdrawal, this.#stop.signal]);
    if (this.#stop.signal.aborted) return;
    if (await this.#failIfClosed(item)) return;
    if (prepared !== true) return this.#tryLater(chatId);
    if (!(await ledger.startSending(this.#agentId, messageId))) return;
    const result = await outbound.send(item, {
      signal: this.#stop.signal,
      withdrawal,
      mayLeave: () => this.#mayLeave(item),
    });
    switch (result.type) {
      case 'acked':
        await ledger.markSent(this.#agentId, messageId, clock.now());
        this.#deps.settled(chatId, null);
        return;
      case 'refused':
        await this.#fail(item, RESTRICTED_CODES.has(result.code) ? 'restricted' : 'refused');
        return this.#deps.refused(chatId, result.code);
      case 'withdrawn':
      case 'offline':
        // An earlier try may have left all the same; then it stays under way, and the gate is asked before the next.
        if (item.state === 'queued') await ledger.putBack(this.#agentId, messageId);
        if (await this.#failIfClosed(item)) return;
        // Taken back, and perhaps asked anew: the next answer waits for nothing.
        if (!withdrawal.aborted) this.#tryLater(chatId);
        return;
      case 'unconfirmed':
        if (await this.#failIfClosed({ ...item, state: 'sending' })) return;
        return this.#tryLater(chatId);
    }
  }

  /** In the tick in which it leaves: from here on it counts as on the wire. */
  #mayLeave(item: OutboxItem): boolean {
    if (this.#deps.mayLeave(item) !== 'yes') return false;
    if (this.#deps.notBefore(item) > this.#deps.clock.monotonic()) return false;
    this.#sending.add(item.messageId);
    return true;
  }

  async #failIfClosed(item: OutboxItem): Promise<boolean> {
    if (this.#stop.signal.aborted) return false;
    const verdict = this.#deps.mayLeave(item);
    if (verdict === 'yes') return false;
    await this.#fail(item, verdict);
    return true;
  }

  async #fail(item: OutboxItem, reason: OutboxFailure, mayHaveLeft = item.state === 'sending'): Promise<void> {
    const { ledger, clock, settled } = this.#deps;
    // An answer that may have arrived is not offered a second time.
    const failure = mayHaveLeft && PERHAPS_LATER.has(reason) ? 'unconfirmed' : reason;
    if (await ledger.markFailed(this.#agentId, item.messageId, failure, clock.now())) settled(item.chatId, failure);
  }

  #tryLater(chatId: ChatId): void {
    const { clock, settings } = this.#deps;
    this.#retryAt.set(chatId, clock.monotonic() + settings.ackSeconds * SECOND_MS);
  }
}

/** Undefined where one of the signals came first. */
function unlessAborted<T>(work: Promise<T>, signals: readonly AbortSignal[]): Promise<T | undefined> {
  const either = AbortSignal.any([...signals]);
  if (either.aborted) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve(undefined);
    either.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => either.removeEventListener('abort', onAbort));
  });
}

/**
 * Delivers answers: one after the other in a chat, several chats side by side, each under the id it was queued with.
 * Sent means that the server said so. A connection that is not open costs no attempt; one that broke means the same id again.
 */
import type { AgentId, ChatId } from '../../shared/chat.ts';
import { type Clock, localDay, type Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import type { OutboxFailure, OutboxItem, OutboxLedger } from '../store/outbox-ledger.ts';
import type { AgentResult } from '../turn.ts';
import { boundedTexts } from './answer-texts.ts';

export type SendResult =
  | { readonly type: 'acked' }
  | { readonly type: 'refused'; readonly code: number }
  | { readonly type: 'offline' }
  | { readonly type: 'unconfirmed' };

export type OutboxDeps = {
  readonly ledger: OutboxLedger;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<NumberSettings, 'giveUpMinutes' | 'ackSeconds' | 'answerCharacters' | 'answerTexts'>;
  readonly newMessageId: () => string;
  readonly send: (
    answer: Pick<OutboxItem, 'chatId' | 'messageId' | 'text' | 'disappearsAfter'>,
    signal: AbortSignal,
  ) => Promise<SendResult>;
  readonly storeFailed: (error: unknown) => void;
  /** An answer reached the server, or never will. */
  readonly settled: (chatId: ChatId, failure: OutboxFailure | null) => void;
};

/** What an agent said to a chat's lines up to `row`. */
export type Answered = {
  readonly chatId: ChatId;
  readonly row: number;
  readonly result: AgentResult & { type: 'answer' | 'silence' };
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** WhatsApp's code for an account that may not write to this person now. */
const RESTRICTED_CODE = 463;

/** What follows from the server's word, or its absence: pure. */
function outcomeOf(
  result: SendResult,
):
  | { readonly type: 'sent' }
  | { readonly type: 'failed'; readonly reason: OutboxFailure }
  | { readonly type: 'wait' }
  | { readonly type: 'put-back' } {
  switch (result.type) {
    case 'acked':
      return { type: 'sent' };
    case 'refused':
      return { type: 'failed', reason: result.code === RESTRICTED_CODE ? 'restricted' : 'refused' };
    case 'unconfirmed':
      return { type: 'wait' };
    case 'offline':
      return { type: 'put-back' };
  }
}

export class Outbox {
  readonly #agentId: AgentId;
  readonly #deps: OutboxDeps;
  readonly #running = new Map<ChatId, Promise<void>>();
  readonly #inFlight = new Set<string>();
  readonly #stop = new AbortController();
  #open = false;
  #retry: Timer | null = null;

  constructor(agentId: AgentId, deps: OutboxDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  /** Makes an answer durable with everything up to `row` answered; a silence answers as well. */
  async queue({ chatId, row, result }: Answered): Promise<void> {
    const { ledger, clock, settings, newMessageId } = this.#deps;
    const limits = { characters: settings.answerCharacters, texts: settings.answerTexts };
    const texts = result.type === 'answer' ? boundedTexts(result.texts, limits) : [];
    const now = clock.now();
    const queued = await ledger.queueAnswers({
      agentId: this.#agentId,
      chatId,
      row,
      answers: texts.map((text) => ({ messageId: newMessageId(), text })),
      usage: result.usage,
      day: localDay(now),
      now,
    });
    if (queued) this.kick();
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  linkOpened(): void {
    this.#open = true;
    this.kick();
  }

  linkClosed(): void {
    this.#open = false;
    this.#retry?.cancel();
  }

  /** Something may be waiting. */
  kick(): void {
    if (!this.#open || this.#stop.signal.aborted) return;
    this.#spread().catch((err: unknown) => this.#deps.log.error({ err }, 'the outbox could not be read'));
  }

  /** Answers that are not on the wire now are not sent any more. */
  async dropIdle(): Promise<void> {
    const { ledger, clock } = this.#deps;
    for (const { messageId } of await ledger.pending(this.#agentId)) {
      if (!this.#inFlight.has(messageId))
        await ledger.markFailed(this.#agentId, messageId, 'switched-off', clock.now());
    }
  }

  async stop(): Promise<void> {
    this.#stop.abort(new Error('the relay stops'));
    this.#retry?.cancel();
    await Promise.all(this.#running.values());
  }

  async #spread(): Promise<void> {
    const pending = await this.#deps.ledger.pending(this.#agentId);
    for (const chatId of new Set(pending.map((item) => item.chatId))) {
      // One at a time in a chat: the run that is under way takes the new answer too.
      if (this.#running.has(chatId)) continue;
      const run = this.#drain(chatId)
        .catch((error: unknown) => this.#deps.storeFailed(error))
        .finally(() => this.#running.delete(chatId));
      this.#running.set(chatId, run);
    }
  }

  async #drain(chatId: ChatId): Promise<void> {
    const { ledger } = this.#deps;
    while (this.#open && !this.#stop.signal.aborted) {
      const item = (await ledger.pending(this.#agentId)).find((each) => each.chatId === chatId);
      if (!item) return;
      if (!(await this.#deliver(item))) return;
    }
  }

  /** Whether the chat's next answer may follow. */
  async #deliver(item: OutboxItem): Promise<boolean> {
    const { ledger, clock, settings, settled } = this.#deps;
    const { chatId, messageId } = item;
    if (clock.now() - item.queuedAt > settings.giveUpMinutes * MINUTE_MS) {
      await ledger.markFailed(this.#agentId, messageId, 'too-late', clock.now());
      settled(chatId, 'too-late');
      return true;
    }
    if (!(await ledger.startSending(this.#agentId, messageId))) return true;
    const outcome = outcomeOf(await this.#send(item));
    switch (outcome.type) {
      case 'sent':
        await ledger.markSent(this.#agentId, messageId, clock.now());
        settled(chatId, null);
        return true;
      case 'failed':
        await ledger.markFailed(this.#agentId, messageId, outcome.reason, clock.now());
        settled(chatId, outcome.reason);
        return true;
      case 'put-back':
        await ledger.putBack(this.#agentId, messageId);
        return false;
      case 'wait':
        this.#tryLater();
        return false;
    }
  }

  async #send(item: OutboxItem): Promise<SendResult> {
    this.#inFlight.add(item.messageId);
    try {
      return await this.#deps.send(item, this.#stop.signal);
    } finally {
      this.#inFlight.delete(item.messageId);
    }
  }

  #tryLater(): void {
    const { clock, settings } = this.#deps;
    this.#retry?.cancel();
    this.#retry = clock.after(settings.ackSeconds * SECOND_MS, () => this.kick());
  }
}

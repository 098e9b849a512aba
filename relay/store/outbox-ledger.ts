/** Answers on their way: durable before the first byte leaves, sent under one id for ever. */
import type { AgentId, ChatId } from '../../shared/chat.ts';

export type OutboxItem = {
  readonly agentId: AgentId;
  readonly chatId: ChatId;
  /** Chosen when queued; every resend carries it, so that clients drop the second copy. */
  readonly messageId: string;
  readonly text: string;
  readonly queuedAt: number;
  /** `sending`: bytes may have left; only an ack, a resend under the same id or giving up ends it. */
  readonly state: 'queued' | 'sending';
  readonly attempts: number;
  /** Seconds after which messages of its chat disappear; 0 where they stay. */
  readonly disappearsAfter: number;
};

/** An answer as it was sent, for a phone that asks for it once more. */
export type SentAnswer = Pick<OutboxItem, 'text' | 'disappearsAfter'>;

export type OutboxFailure = 'refused' | 'restricted' | 'too-late' | 'switched-off';

export interface OutboxLedger {
  /**
   * The agent's answer: its texts in order, the open messages through `row` answered, the day's counts raised, in one transaction.
   * Nothing is queued and `false` comes back when the switch is off by now, or a message newer than `row` was written by the owner.
   */
  queueAnswers(turn: {
    readonly agentId: AgentId;
    readonly chatId: ChatId;
    readonly row: number;
    readonly answers: readonly { readonly messageId: string; readonly text: string }[];
    readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | null;
    readonly day: string;
    readonly now: number;
  }): Promise<boolean>;
  /** Not sent yet, in the order queued; per chat the first must be settled before the next. */
  pending(agentId: AgentId): Promise<readonly OutboxItem[]>;
  /** queued → sending, one attempt more. False where the item was dropped meanwhile (switch off, takeover). */
  startSending(agentId: AgentId, messageId: string): Promise<boolean>;
  /** sending → queued, the attempt taken back: nothing had left, the line was not open. */
  putBack(agentId: AgentId, messageId: string): Promise<void>;
  /** On the server's ack only. */
  markSent(agentId: AgentId, messageId: string, now: number): Promise<void>;
  markFailed(agentId: AgentId, messageId: string, reason: OutboxFailure, now: number): Promise<void>;
  /** Drops queued answers of one chat that are not on the wire; says how many. */
  dropChat(agentId: AgentId, chatId: ChatId): Promise<number>;
  /** Whether an id is one of our own answers, in whatever state: an echo. */
  isOurs(agentId: AgentId, messageId: string): Promise<boolean>;
  /** An answer that may have left, for a retry receipt; null where unknown or erased. */
  sentAnswer(agentId: AgentId, messageId: string): Promise<SentAnswer | null>;
}

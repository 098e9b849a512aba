/** Answers on their way: durable before the first byte leaves, sent under one id for ever. */
import type { AgentId, ChatId, SkipReason } from '../../shared/contract/chat.ts';

export type OutboxItem = {
  readonly agentId: AgentId;
  readonly chatId: ChatId;
  /** Chosen when queued; every resend carries it, so that clients drop the second copy. */
  readonly messageId: string;
  readonly text: string;
  readonly queuedAt: number;
  /** The earliest moment at which it may leave, epoch ms: an answer takes the time that writing it takes. */
  readonly notBefore: number;
  /** When the newest message that it answers was sent; null where the owner asked for the answer, however old that is. */
  readonly newestAt: number | null;
  /** The texts of one answer share it: the last row that the agent had read. */
  readonly afterRow: number;
  /** `sending`: bytes may have left; only an ack, a resend under the same id or giving up ends it. */
  readonly state: 'queued' | 'sending';
  readonly attempts: number;
  /** Seconds after which messages of its chat disappear; 0 where they stay. */
  readonly disappearsAfter: number;
  /** Said while a person is asked for: what is kept from the chat from then on does not keep it. */
  readonly asksOwner: boolean;
};

/** An answer as it was sent, for a phone that asks for it once more. */
export type SentAnswer = Pick<OutboxItem, 'text' | 'disappearsAfter'>;

/** Why an answer never reached its chat; what of it is a `SkipReason` is the outcome of the messages it answered. */
export type OutboxFailure = 'refused' | 'too-late' | SkipReason;

export interface OutboxLedger {
  /**
   * The agent's answer: its texts in order, and the open messages through `row` wait for its delivery, in one transaction. Without a text
   * they have their outcome at once: the agent was silent, or asks for the owner. Nothing is queued and `false` comes back when the switch is off by now,
   * or a message newer than `row` was written by the owner; the messages stay as they are then.
   */
  queueAnswers(turn: {
    readonly agentId: AgentId;
    readonly chatId: ChatId;
    readonly row: number;
    readonly answers: readonly { readonly messageId: string; readonly text: string; readonly notBefore: number }[];
    /** See OutboxItem. */
    readonly newestAt: number | null;
    /** A person must answer: the chat asks for its owner from now on, with or without a text. */
    readonly asksOwner?: boolean;
    readonly now: number;
  }): Promise<boolean>;
  /** Answers that are not sent yet, in the order queued; in a chat the first must be settled before the next. */
  pending(agentId: AgentId): Promise<readonly OutboxItem[]>;
  /** queued → sending, one attempt more. False where the item was dropped meanwhile. */
  startSending(agentId: AgentId, messageId: string): Promise<boolean>;
  /** sending → queued, the attempt taken back: nothing had left. */
  putBack(agentId: AgentId, messageId: string): Promise<void>;
  /** On the server's ack only. With the last text of an answer its messages have their outcome; with the first the day's count is raised. */
  markSent(agentId: AgentId, messageId: string, now: number): Promise<void>;
  /** False where it had ended already. */
  markFailed(agentId: AgentId, messageId: string, reason: OutboxFailure, now: number): Promise<boolean>;
  /**
   * Answers of a chat that have not left, `except` those named, are taken back: what they answered is open again. An answer of which a
   * part has left stays.
   */
  takeBack(agentId: AgentId, chatId: ChatId, except: readonly number[], now: number): Promise<void>;
  /** Answers of a chat that left since a moment, or are about to: those apart that were dropped before they left. */
  answersBetween(agentId: AgentId, chatId: ChatId, since: number, until: number): Promise<number>;
  /** Answers that are not delivered yet. */
  answersPending(agentId: AgentId): Promise<number>;
  /** The text of ours that was sent last in a chat since a moment, or is about to be; null if there is none. */
  lastText(agentId: AgentId, chatId: ChatId, since: number): Promise<string | null>;
  /** True if something was said in a chat since a moment, or is about to be, while a person was asked for. */
  hasAskedSince(agentId: AgentId, chatId: ChatId, since: number): Promise<boolean>;
  /** True if an id is one of our own answers, in whatever state: an echo. */
  isOurs(agentId: AgentId, messageId: string): Promise<boolean>;
  /** An answer that may have left, for a retry receipt; null where unknown or erased. */
  sentAnswer(agentId: AgentId, messageId: string): Promise<SentAnswer | null>;
}

/** What became of each message that was taken in while on: one outcome each, never two. No texts. */
import type { AgentId, ChatId, ChatKind, ChatRule, Outcome, SkipReason } from '../../shared/contract/chat.ts';

/** Whose chat it is; `name` and `number` are labels only, null where none is known. */
type Labels = {
  readonly chatId: ChatId;
  readonly kind: ChatKind | null;
  readonly name: string | null;
  readonly number: string | null;
};

export type OutcomeRecord = Labels & {
  readonly outcome: Outcome;
  /** When WhatsApp says that the message was sent. */
  readonly sentAt: number;
  /** When it was settled. */
  readonly at: number;
};

/** Messages of one chat that got no answer for one reason: the latest of them, and how many there are. */
export type Skip = Labels & { readonly reason: SkipReason; readonly at: number; readonly messages: number };

/** A chat whose last words were too old, or met a fault: the owner may have it answered. */
export type UnansweredChat = Labels & {
  readonly reason: SkipReason;
  readonly messages: number;
  readonly oldestAt: number;
  readonly newestAt: number;
};

/** A chat with a person, and what became of what they wrote there. Times are epoch milliseconds. */
export type LatestChat = Labels & {
  readonly username: string | null;
  readonly rule: ChatRule | null;
  readonly lastMessageAt: number;
  /** What became of the latest message; null while it waits for an answer. */
  readonly outcome: Outcome | null;
  readonly outcomeAt: number | null;
  /** An answer is on its way. */
  readonly sending: boolean;
  /** WhatsApp's time of the newest message that waits for an answer; null where none does. */
  readonly newestOpenAt: number | null;
  /** Messages that wait: for an answer, else for the owner who keeps the chat, else for the owner's word to be answered after all. */
  readonly waiting: number;
};

export interface OutcomeLedger {
  /** The latest chats with people who have written, newest first. */
  recent(agentId: AgentId, limit: number): Promise<readonly LatestChat[]>;
  /** How these chats stand, those of them that are with people who have written, in any order. */
  standing(agentId: AgentId, chatIds: readonly ChatId[]): Promise<readonly LatestChat[]>;
  /** Says whether somebody has written in the chat, as far as is kept. */
  hasWritten(agentId: AgentId, chatId: ChatId): Promise<boolean>;
  /** The latest, newest first; of one chat where one is named. */
  list(agentId: AgentId, page: { readonly limit: number; readonly chatId?: ChatId }): Promise<readonly OutcomeRecord[]>;
  /** The chats of the latest five hundred skipped messages, a line a chat and reason, latest first: a busy group is one line, not a hundred. */
  skips(agentId: AgentId, limit: number): Promise<readonly Skip[]>;
  /** Chats in which a message that nobody decided against is the last word, latest first; the latest five hundred such messages are looked at. */
  unanswered(agentId: AgentId, limit: number): Promise<readonly UnansweredChat[]>;
  /** Opens a chat's unanswered messages again, however old; resolves to their number. */
  reopen(agentId: AgentId, chatId: ChatId): Promise<number>;
  /**
   * A chat is given back: what came since the last word of the owner or the agent, was kept from the agent, and was sent after that moment
   * (epoch ms by WhatsApp's clock) waits for an answer again; says how many messages.
   */
  reopenHeld(agentId: AgentId, chatId: ChatId, sentAfter: number): Promise<number>;
}

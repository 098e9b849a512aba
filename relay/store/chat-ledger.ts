/** Chats, and the people behind them: which addresses are one person, what the owner decided for a chat. */
import type { AgentId, ChatId, ChatRule, ChatSummary } from '../../shared/contract/chat.ts';

/** One person's two addresses, user parts only (no device, no server). */
export type Alias = { readonly lid: string; readonly number: string };

/** Two chats turned out to be of one person. */
export type Union = {
  readonly from: ChatId;
  readonly into: ChatId;
  /** False: the same number, and another person behind it. What the owner decided goes along, nothing that was said does. */
  readonly texts: boolean;
};

export type RestingChat = {
  readonly chatId: ChatId;
  readonly heldUntil: number | null;
  readonly mutedUntil: number | null;
  /** Since when the agent asks for the owner there, epoch ms; null where it does not. */
  readonly asksSince: number | null;
};

/** Tokens, and money in millionths of whatever the agent's answers are paid in. */
export type SpentOnChat = { readonly tokens: number; readonly micros: number };

export interface ChatLedger {
  /** One chat as lists show it; null where nothing was written in it, as far as is kept. */
  find(agentId: AgentId, chatId: ChatId): Promise<ChatSummary | null>;
  list(agentId: AgentId, page: { readonly limit: number; readonly before?: number }): Promise<readonly ChatSummary[]>;
  /** The chat's messages disappear after so many seconds; 0: they stay. A chat that is not known is not made. */
  setDisappearing(agentId: AgentId, chatId: ChatId, seconds: number): Promise<void>;
  /** What the person calls themselves, without the `@`; null: nothing any more. A chat that is not known is not made. */
  setUsername(agentId: AgentId, chatId: ChatId, username: string | null): Promise<void>;
  /** The one chat whose person calls themselves so, in any case; null where there is none, or more than one. */
  chatOfUsername(agentId: AgentId, username: string): Promise<ChatId | null>;
  /** The rule is kept for chats never seen, too. Null takes it back. */
  setRule(agentId: AgentId, chatId: ChatId, rule: ChatRule | null): Promise<void>;
  /** All rules of an agent, to be kept in memory: scope is judged for every message. */
  rules(agentId: AgentId): Promise<ReadonlyMap<ChatId, ChatRule>>;
  /** Until when the owner keeps a chat, or a brake rests it, epoch ms; null ends it. Kept for chats never seen, too. */
  setHeld(agentId: AgentId, chatId: ChatId, until: number | null): Promise<void>;
  setMuted(agentId: AgentId, chatId: ChatId, until: number | null): Promise<void>;
  /** Since when the agent asks for the owner in a chat, epoch ms; null: no longer. A chat that is not known is not made. */
  setAsking(agentId: AgentId, chatId: ChatId, since: number | null): Promise<void>;
  /** When the owner read a chat on another device, epoch ms of this computer; an earlier reading changes nothing. A chat that is not known is not made. */
  setRead(agentId: AgentId, chatId: ChatId, at: number): Promise<void>;
  /** Chats that are held or muted beyond `now`, and those that ask for the owner. */
  resting(agentId: AgentId, now: number): Promise<readonly RestingChat[]>;
  /** Counts what was spent for a chat, on the owner's local day (`YYYY-MM-DD`). A chat that is not known is not made. */
  spend(agentId: AgentId, chatId: ChatId, day: string, spent: SpentOnChat): Promise<void>;
  spentOn(agentId: AgentId, chatId: ChatId, day: string): Promise<SpentOnChat>;
  /** Forgets a chat with its texts. */
  forget(agentId: AgentId, chatId: ChatId): Promise<void>;

  /**
   * Learns that two addresses are one person, and makes the chats one that this joins, in one transaction. Rule, hold and rest go along,
   * the stricter of two stays; messages, outbox and what was seen go along with `texts`.
   */
  unite(agentId: AgentId, alias: Alias, unions: readonly Union[]): Promise<void>;
  /** LIDs that a number no longer has, each with where it went. */
  formerLids(agentId: AgentId): Promise<ReadonlyMap<ChatId, Union>>;
  /** Chats for which the owner or a brake has decided something. */
  decided(agentId: AgentId): Promise<readonly ChatId[]>;
  lidOf(agentId: AgentId, number: string): Promise<string | null>;
  numberOf(agentId: AgentId, lid: string): Promise<string | null>;
}

/** What the owner's copy of the data is made of: read in pages, so that nothing waits for it. No key, no credential, no hash. */
import type { AgentId, ChatId, ChatKind, ChatRule, Outcome } from '../../shared/contract/chat.ts';
import type { Money } from '../../shared/contract/cost.ts';
import type { DayCount } from './agent-ledger.ts';
import type { Shown } from './chat-message.ts';

/** A page of rows, and where the next one begins; null after the last. */
export type Page<T> = { readonly rows: readonly T[]; readonly next: number | null };

export type ExportedChat = {
  readonly chatId: ChatId;
  readonly kind: ChatKind | null;
  readonly name: string | null;
  readonly username: string | null;
  readonly number: string | null;
  readonly rule: ChatRule | null;
  readonly lastMessageAt: number | null;
};

export type ExportedMessage = {
  readonly chatId: ChatId;
  readonly author: 'contact' | 'owner';
  readonly kind: string;
  readonly text: string | null;
  readonly shown: readonly Shown[];
  readonly senderName: string | null;
  readonly sentAt: number;
  readonly receivedAt: number;
};

export type ExportedAnswer = {
  readonly chatId: ChatId;
  readonly text: string | null;
  readonly state: string;
  readonly queuedAt: number;
  readonly settledAt: number | null;
};

export type ExportedOutcome = {
  readonly chatId: ChatId;
  readonly outcome: Outcome;
  readonly sentAt: number;
  readonly at: number;
};

/** `from` is 0 for the first page, and afterwards what the last page named. */
export interface ExportLedger {
  chats(agentId: AgentId, from: number): Promise<Page<ExportedChat>>;
  messages(agentId: AgentId, from: number): Promise<Page<ExportedMessage>>;
  answers(agentId: AgentId, from: number): Promise<Page<ExportedAnswer>>;
  outcomes(agentId: AgentId, from: number): Promise<Page<ExportedOutcome>>;
  /** `day` is the owner's local day, `YYYY-MM-DD`. */
  days(agentId: AgentId): Promise<readonly ({ readonly day: string } & DayCount)[]>;
  costs(agentId: AgentId): Promise<readonly ({ readonly day: string } & Money)[]>;
}

/** What happens in an agent's chats right now. */
import type { AgentFault } from '../../shared/contract/agent.ts';
import type { ChatId } from '../../shared/contract/chat.ts';

export type Activity = {
  /** Chats that something is under way for. */
  readonly busyChats: number;
  /** Those of them in which the owner has time to answer first, each until when, epoch ms. */
  readonly forOwner: readonly { readonly chatId: ChatId; readonly until: number }[];
  /** Chats about which the agent is being asked, each with since when, epoch ms: the first that was asked about first. */
  readonly asked: readonly { readonly chatId: ChatId; readonly since: number }[];
  /** Chats in which people wrote while the connection was away, and those of them that are dealt with; null where none is left. */
  readonly late: { readonly done: number; readonly of: number } | null;
  /** Answers that are being delivered. */
  readonly sending: number;
  /** When an agent that failed is asked again, epoch ms; null where it is not. */
  readonly retryAt: number | null;
  /** Chats that the owner has taken by writing in them, the last to be free first. */
  readonly held: readonly { readonly chatId: ChatId; readonly until: number }[];
  /** Chats in which the agent asks for the owner, the latest first; since when, epoch ms. */
  readonly asking: readonly { readonly chatId: ChatId; readonly since: number }[];
  readonly lastFault: { readonly fault: AgentFault; readonly detail: string; readonly at: number } | null;
};

/** Messages received: kept once, answered once, erased in time. */
import type { AgentId, ChatId, SkipReason } from '../../shared/contract/chat.ts';
import type { ChatMessage, MessageChange } from './chat-message.ts';

export type Admission =
  /** In scope and on: stored, and to be answered where it is the contact's. */
  | {
      readonly type: 'keep';
      readonly message: ChatMessage;
      readonly settled: SkipReason | null;
      /** Written for the owner by WhatsApp Business: told to the agent as what this number said. */
      readonly automatic?: boolean;
    }
  /** Off or out of scope: only the hashed id is written; off counts one in the open interval it fell into. */
  | { readonly type: 'drop'; readonly message: ChatMessage; readonly reason: SkipReason };

export type StoredLine = {
  /** Grows with arrival. */
  readonly row: number;
  readonly author: 'contact' | 'owner' | 'agent';
  readonly message: Pick<ChatMessage, 'messageId' | 'kind' | 'text' | 'shown' | 'sentAt' | 'senderName'>;
  /** The contact's, with neither an outcome nor an answer on its way. */
  readonly open: boolean;
  /** To be answered on the owner's word, however old. */
  readonly asked: boolean;
};

export interface MessageLedger {
  /**
   * Takes a batch, in order, in one transaction; resolves to what became of each: a message whose (agent, chat, id)
   * was seen before, kept or dropped, is a `duplicate` and changes nothing; but one that could not be read, and can be now, is `new`. Their chats are remembered, and what of contacts is kept counts
   * for the day, in the same transaction; of what came while off neither is.
   */
  receive(agentId: AgentId, batch: readonly Admission[], now: number): Promise<readonly ('new' | 'duplicate')[]>;
  /** What could not be read is no message, as is known now: nothing of it stays. */
  saidNothing(agentId: AgentId, chatId: ChatId, messageId: string, now: number): Promise<void>;
  /** The latest lines of a chat, oldest first, delivered answers included. */
  lines(agentId: AgentId, chatId: ChatId, limit: number): Promise<readonly StoredLine[]>;
  /** In how many other chats this number has said the same since a moment, epoch ms. */
  chatsWithOwnWords(agentId: AgentId, words: string, since: number, except: ChatId): Promise<number>;
  /** Row of the last line that the last answer (or silence) of the agent had before it; 0 where it never spoke. */
  answeredThrough(agentId: AgentId, chatId: ChatId): Promise<number>;
  /** Chats with open messages: the work that a restart takes up again. */
  openChats(agentId: AgentId): Promise<readonly ChatId[]>;
  /**
   * When somebody last wrote in each chat, of what was received since a moment (epoch ms), as WhatsApp dates it, and when the owner last read
   * the chat elsewhere, as this computer dates it; null where that is not known. Without chats that are to be answered on the owner's word.
   */
  latestWords(
    agentId: AgentId,
    since: number,
  ): Promise<readonly { readonly chatId: ChatId; readonly newestAt: number; readonly readAt: number | null }[]>;
  /** What is open in a chat is to be answered on the owner's word; says how many messages. */
  askNow(agentId: AgentId, chatId: ChatId): Promise<number>;
  /**
   * What a message's author did to it later. With a text it says that from now on; with null it is gone, and where it had no outcome it
   * has this one. Resolves to what was to become of it; null where there is no such message of this author. An answer of ours that the
   * owner deleted is no line any more.
   */
  change(agentId: AgentId, change: MessageChange, now: number): Promise<'open' | 'answering' | 'settled' | null>;
  /** Open messages of a chat get a reason instead of an answer: all, those up to a row, or those sent until then; says how many. */
  settle(
    agentId: AgentId,
    chatId: ChatId,
    which: { readonly row?: number; readonly sentThrough?: number },
    reason: SkipReason,
    now: number,
  ): Promise<number>;
}

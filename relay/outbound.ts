/** A link as its conversation sees it: it carries answers, and says what became of them. */
import type { ChatId } from '../shared/contract/chat.ts';

export type OutgoingAnswer = {
  readonly chatId: ChatId;
  readonly messageId: string;
  readonly text: string;
  /** Seconds after which messages of the chat disappear; left out or 0 where they stay. */
  readonly disappearsAfter?: number;
};

export type SendResult =
  /** WhatsApp has it. */
  | { readonly type: 'acked' }
  /** WhatsApp will not deliver it; `code` is its number for why, 0 where it gave none. */
  | { readonly type: 'refused'; readonly code: number }
  /** No byte left: there is no open connection. */
  | { readonly type: 'offline' }
  /** No byte left, and none will: the answer was taken back in time, or may not leave any more. */
  | { readonly type: 'withdrawn' }
  /** It may have left or not. Only the same id may be sent again. */
  | { readonly type: 'unconfirmed' };

export type SendLimits = {
  /** Ends the wait, whatever is on the wire. */
  readonly signal: AbortSignal;
  /** Takes the answer back where it has not left; what has left is waited for. */
  readonly withdrawal: AbortSignal;
  /** Asked in the tick in which the bytes would leave. */
  readonly mayLeave: () => boolean;
};

export interface Outbound {
  /** An id for an answer, in the form that WhatsApp's web client gives them. */
  newMessageId(): string;
  /** Asks for what must be known before a text can be written to a chat. Never rejects; false: not now. */
  prepare(chatId: ChatId): Promise<boolean>;
  /** Never rejects. After `offline` or `withdrawn` nothing of the call leaves any more. */
  send(answer: OutgoingAnswer, limits: SendLimits): Promise<SendResult>;
  /** Shows a contact that an answer is being written, or no longer. Resolves to whether WhatsApp could be told; never rejects. */
  showTyping(chatId: ChatId, writing: boolean): Promise<boolean>;
  /** Marks messages of a contact as read. Does nothing without a connection. */
  markRead(chatId: ChatId, messageIds: readonly string[]): void;
  /** True if a person is in the owner's address book; null while that is not known. */
  isSaved(chatId: ChatId, number: string | null): boolean | null;
  /** True if an answer is being made or is on its way: then a connection that is lost is found soon. */
  watchConnection(watching: boolean): void;
  /** The report of the link says anew whether the number is restricted. */
  restrictionChanged(): void;
  /** Something could not be written: the connection closes, and comes back with what was not handed on. */
  storeFailed(error: unknown): void;
}

/** A conversation as its link sees it: the link tells it what happens, and asks little. */
import type { ChatId } from '../shared/contract/chat.ts';
import type { Restricted } from './store/agent-ledger.ts';
import type { Union } from './store/chat-ledger.ts';
import type { ChatMessage, MessageChange } from './store/chat-message.ts';

/** A message of the owner's, known by its envelope alone. */
export type OwnMessageSeen = {
  readonly chatId: ChatId;
  readonly messageId: string;
  /** WhatsApp's timestamp, epoch ms. */
  readonly sentAt: number;
  /** As it was sent; otherwise from WhatsApp's queue. */
  readonly live: boolean;
};

/** The owner has read a chat on another device. */
export type OwnReadingSeen = {
  readonly chatId: ChatId;
  /** As WhatsApp dates it, epoch ms. */
  readonly readAt: number;
  /** As it happened; otherwise from WhatsApp's queue. */
  readonly live: boolean;
};

/** Until when WhatsApp restricts a number, epoch ms, or without an end; null: it does not. */
export type RestrictionEnd = number | null | 'endless';

export interface Inbound {
  /** Durable when it resolves; rejects where the store does, and then nothing was taken in. */
  takeIn(batch: readonly ChatMessage[]): Promise<void>;
  /** The author of a message changed or deleted it. Durable when it resolves. */
  messageChanged(change: MessageChange): Promise<void>;
  /** The owner has written from another device, and this device cannot read yet what. In order with what is taken in. */
  ownerSeen(seen: OwnMessageSeen): Promise<void>;
  /** In order with what is taken in. */
  ownerRead(seen: OwnReadingSeen): Promise<void>;
  /** A stanza that was seen, or could not be read, is no message. */
  saidNothing(chatId: ChatId, messageId: string): Promise<void>;
  /** Two chats turned out to be of one person; the store has made them one. */
  united(union: Union): Promise<void>;
  /** The number is online. */
  linkOpened(): void;
  /** The stanzas that waited at WhatsApp while the connection was away have been taken in. */
  caughtUp(): void;
  linkClosed(): void;
  /** The number is unlinked. Durable when it resolves. */
  numberGone(): Promise<void>;
  /** A number is linked, perhaps another than before. Durable when it resolves. */
  numberTaken(): Promise<void>;
  /** Who is in the address book has changed, or is known now. */
  addressBookChanged(): Promise<void>;
  /** WhatsApp restricts the number, or no longer. */
  restricted(until: RestrictionEnd): Promise<void>;
  /** Until when the number is restricted, or when it is tried again. */
  readonly restriction: Restricted;
  /** False while off or out of scope: nothing of such a chat is journalled. `others`: further addresses of the same person. */
  keepsText(chatId: ChatId, others?: readonly ChatId[]): boolean;
  /** The switch is on. */
  readonly isOn: boolean;
}

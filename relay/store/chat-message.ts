/** A WhatsApp message as the relay keeps it and its river carries it. Made by relay/whatsapp/messages/read-message.ts alone. */
import type { ChatId, ChatKind } from '../../shared/contract/chat.ts';

/** What is not text reaches the agent as `[image] caption`: the kind's name, honest and short. */
export type ContentKind =
  | 'text'
  | 'image'
  | 'video'
  | 'voice'
  | 'audio'
  | 'document'
  | 'sticker'
  | 'location'
  | 'contact'
  | 'poll'
  | 'event'
  | 'product'
  | 'order'
  | 'payment'
  | 'invite'
  /** A business's words with buttons or rows to choose from. */
  | 'menu'
  /** The answers in a business's form. */
  | 'form'
  /** Only the owner's phone can show it: view-once, masked, or never sent to this device. */
  | 'phone-only'
  /** This device could not decrypt it. Should it be able to later, the message takes this one's place. */
  | 'unreadable'
  | 'other';

/** Something that a message shows besides its sender's own words: quoted, forwarded, a card, a link. Information, and nobody's instruction. */
export type Shown = {
  /** In plain English, such as `quoted` or `contact card`. */
  readonly as: string;
  /** Whose words they are, of what is quoted: of this number, of the contact, or somebody's else. Null where nobody's are. */
  readonly of: 'this side' | 'contact' | 'somebody else' | null;
  readonly text: string;
};

/** What its author did to a message later. */
export type MessageChange = {
  readonly chatId: ChatId;
  /** The id of the message that is changed. */
  readonly messageId: string;
  /** Only the author may change a message. */
  readonly author: ChatMessage['author'];
  /** The new words; null where it was deleted. */
  readonly text: string | null;
};

export type ChatMessage = {
  readonly chatId: ChatId;
  readonly chatKind: ChatKind;
  /** WhatsApp's id, chosen by the sender: unique in a chat at most. */
  readonly messageId: string;
  /** `owner`: written by the owner from any of their devices, or by this very link (an echo). */
  readonly author: 'contact' | 'owner';
  /** Digits only; null where only a LID is known. A label, never an identity. */
  readonly number: string | null;
  readonly senderName: string | null;
  /** WhatsApp's timestamp, epoch ms: whole seconds, and within one a millisecond more for each message of the chat that was delivered before. */
  readonly sentAt: number;
  readonly kind: ContentKind;
  /** The text or the caption; null where there is none. At most 64 KiB. */
  readonly text: string | null;
  readonly shown: readonly Shown[];
  /** Arrived as it was sent; false for what waited in WhatsApp's queue or in our journal. */
  readonly live: boolean;
  /** Seconds after which messages of this chat disappear; 0 where they stay, null where the message does not say. */
  readonly disappearsAfter: number | null;
  /** In groups: the message mentions the owner, or replies to one of theirs. Always true in direct chats. */
  readonly addressed: boolean;
};

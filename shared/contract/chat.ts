/**
 * Ids and summaries of chats, as both sides of the wire speak of them.
 * Knows nothing of WhatsApp's address formats: a ChatId is opaque outside relay/whatsapp.
 */

/** One agent of this relay: `agt_` and ten Crockford characters. */
export type AgentId = string & { readonly AgentId: unique symbol };

/**
 * One WhatsApp conversation of one agent. The person's LID address where it is known, else the
 * phone-number address; a group's own address for a group. Made by relay/whatsapp/chat-id.ts alone.
 */
export type ChatId = string & { readonly ChatId: unique symbol };

export const CHAT_KINDS = ['direct', 'group'] as const;
export type ChatKind = (typeof CHAT_KINDS)[number];

/** What the owner decided for one chat, over the agent's scope. */
export const CHAT_RULES = ['answer', 'never'] as const;
export type ChatRule = (typeof CHAT_RULES)[number];

/** Who is answered: everyone, those who are not in the owner's address book, or the chosen chats. A chat's own rule wins over it. */
export const SCOPES = ['everyone', 'unknown-people', 'listed'] as const;
export type Scope = (typeof SCOPES)[number];

/** Why a message got no answer. A closed list: each is shown to the owner in words. */
export const SKIP_REASONS = [
  'switched-off',
  'too-old',
  'owner-wrote',
  'not-in-scope',
  /** The person is in the owner's address book, and only others are answered. */
  'in-contacts',
  'contacts-unknown',
  'group',
  'brake',
  'agent-error',
  'agent-silent',
  'undelivered',
  /** An answer may have left, and WhatsApp never said. */
  'unconfirmed',
  'nothing-to-answer',
  'only-on-phone',
  /** This device could not decrypt it, and what it asked for has not come. */
  'unreadable',
  /** WhatsApp restricts the number. */
  'restricted',
  /** The agent says that a person must answer, and keeps out of the chat until its owner has. */
  'asked-for-you',
  /** The agent said what it had just said. */
  'same-answer',
  /** Its sender deleted it, or changed it while the agent was off. */
  'deleted',
  /** The owner had the chat forgotten before it was answered. */
  'forgotten',
] as const;

export type SkipReason = (typeof SKIP_REASONS)[number];

/** What became of a message. */
export const OUTCOMES = ['answered', ...SKIP_REASONS] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A chat as lists show it; no texts. Times are epoch milliseconds. */
export type ChatSummary = {
  readonly chatId: ChatId;
  readonly kind: ChatKind;
  /** The name the person gives themselves, a label only; null where none was seen. */
  readonly name: string | null;
  /** What the person calls themselves at WhatsApp, without the `@`; null where nothing is known of it. Theirs to change. */
  readonly username: string | null;
  /** The phone number with country code, digits only, a label only; null where only a LID is known. */
  readonly number: string | null;
  readonly rule: ChatRule | null;
  readonly lastMessageAt: number;
  /** Until when the owner keeps the chat, or a brake rests it; null or past where neither does. */
  readonly heldUntil: number | null;
  readonly mutedUntil: number | null;
  /** Since when the agent asks for the owner there; null where it does not. */
  readonly asksSince: number | null;
  /** When WhatsApp Business last wrote for the owner there, a greeting or a note that they are away: that takes no chat. */
  readonly automaticAt: number | null;
  readonly lastSkip: { readonly reason: SkipReason; readonly at: number } | null;
};

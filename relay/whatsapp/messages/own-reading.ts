/**
 * That the owner has read a chat with one person on another of their devices, as the receipt tells: pure. It names the person as `recipient`;
 * its type is `read-self` for whoever shows nobody what they have read, and `read` for everybody else.
 */
import type { BinaryNode } from '@whiskeysockets/baileys';
import { isMe, type Me } from '../chat-id.ts';
import { sentAt } from './read-message.ts';

export type OwnReading = {
  readonly jid: string;
  /** The person's other address, where the receipt has it. */
  readonly alternative: string | undefined;
  /** Epoch ms. */
  readonly readAt: number;
  readonly live: boolean;
};

const READ_TYPES: ReadonlySet<string> = new Set(['read', 'read-self']);

export function ownReadingOf({ attrs }: BinaryNode, me: Me): OwnReading | null {
  const { from, recipient, t, type = '', offline } = attrs;
  if (!recipient || !READ_TYPES.has(type) || !isMe(from, me) || isMe(recipient, me)) return null;
  const alternative = attrs.peer_recipient_lid ?? attrs.peer_recipient_pn;
  return { jid: recipient, alternative, readAt: sentAt(Number(t)), live: offline === undefined };
}

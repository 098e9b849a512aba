/**
 * A message of the owner's from another of their devices, as its stanza tells before anything of it is decrypted: pure. What is surely no
 * message (a reaction, a change of an earlier one, news between devices) is none; the rest is seen once it is read.
 */
import type { BinaryNode } from '@whiskeysockets/baileys';
import { isMe, type Me } from '../chat-id.ts';
import { sentAt } from './read-message.ts';

export type OwnEnvelope = {
  /** The chat's address, and its person's other one where the stanza has it. */
  readonly jid: string;
  readonly alternative: string | undefined;
  readonly messageId: string;
  /** Epoch ms. */
  readonly sentAt: number;
  readonly live: boolean;
};

/** WhatsApp's types of stanzas that say nothing. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['reaction', 'medianotify']);

export function ownEnvelopeOf({ attrs }: BinaryNode, me: Me): OwnEnvelope | null {
  const { from, recipient, id, t, type = '', edit, category, offline } = attrs;
  if (!recipient || !id || !isMe(from, me) || isMe(recipient, me)) return null;
  if (category === 'peer' || edit !== undefined || SAYS_NOTHING.has(type)) return null;
  const alternative = attrs.peer_recipient_lid ?? attrs.peer_recipient_pn;
  return { jid: recipient, alternative, messageId: id, sentAt: sentAt(Number(t)), live: offline === undefined };
}

/**
 * What the journal keeps of a stanza, and how it becomes a message again, as Baileys would have handed it over. Pure.
 */
import {
  type BinaryNode,
  cleanMessage,
  decodeMessageNode,
  jidDecode,
  proto,
  unpadRandomMax16,
  type WAMessage,
} from '@whiskeysockets/baileys';
import type { JournalEntry } from '../../store/link-ledger.ts';
import type { Me } from '../chat-id.ts';

/** A message's chat and id: an id alone is chosen by its sender, and two senders may choose the same. */
export type MessageName = string & { readonly MessageName: unique symbol };

/** WhatsApp's own mark of what linked devices are not shown. */
const MASKED = proto.Message.PlaceholderMessage.PlaceholderType.MASK_LINKED_DEVICES;

/** The stanza without its contents. */
export function describeStanza({ tag, attrs }: BinaryNode): string {
  return JSON.stringify({ tag, attrs });
}

export function readStanza(description: string): BinaryNode {
  const value: unknown = JSON.parse(description);
  const attrs: unknown = typeof value === 'object' && value !== null && 'attrs' in value ? value.attrs : null;
  const texts = Object.entries(attrs ?? {}).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return { tag: 'message', attrs: Object.fromEntries(texts) };
}

/** A message from the owner's phone names itself as sender; its chat is the recipient. */
export function messageNameOf({ attrs }: BinaryNode): MessageName {
  return nameOf(attrs.recipient ?? attrs.from, attrs.id);
}

export function messageNameOfKey(key: WAMessage['key']): MessageName {
  return nameOf(key.remoteJid, key.id);
}

function nameOf(jid: string | null | undefined, id: string | null | undefined): MessageName {
  // Baileys maps an account hosted by Meta to the plain server, so only the user part is the same everywhere.
  return `${jidDecode(jid ?? '')?.user ?? ''} ${id ?? ''}` as MessageName;
}

/** A message whose content this device does not have: as one that only the phone can show. */
export function withoutContent(stanza: BinaryNode, me: Me): WAMessage {
  const { fullMessage } = decodeMessageNode(stanza, me.id, me.lid ?? '');
  const found = { ...fullMessage, message: { placeholderMessage: { type: MASKED } } };
  cleanMessage(found, me.id, me.lid ?? '');
  return found;
}

/** Null where the entry holds no message, such as broken padding: such a one can only be struck off. */
export function messageOf(entry: JournalEntry, me: Me): WAMessage | null {
  try {
    const { fullMessage } = decodeMessageNode(readStanza(entry.stanza), me.id, me.lid ?? '');
    const message = proto.Message.decode(unpadRandomMax16(entry.plaintext));
    const found = { ...fullMessage, message: message.deviceSentMessage?.message ?? message };
    cleanMessage(found, me.id, me.lid ?? '');
    return found;
  } catch {
    // A message that cannot be decoded now could not have been answered then.
    return null;
  }
}

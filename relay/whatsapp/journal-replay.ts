/** Journal entries back into messages, as Baileys would have handed them over. Pure. */
import { decodeMessageNode, proto, unpadRandomMax16, type WAMessage } from '@whiskeysockets/baileys';
import type { JournalEntry } from '../store/link-ledger.ts';
import type { Me } from './chat-id.ts';
import { readDescription } from './decrypt-buffer.ts';

/** Null where the entry holds no message, such as broken padding: such a one can only be struck off. */
export function messageOf(entry: JournalEntry, me: Me): WAMessage | null {
  try {
    const { fullMessage } = decodeMessageNode(readDescription(entry.stanza), me.id, me.lid ?? '');
    const message = proto.Message.decode(unpadRandomMax16(entry.plaintext));
    return { ...fullMessage, message: message.deviceSentMessage?.message ?? message };
  } catch {
    // What cannot be decoded now could not have been answered then.
    return null;
  }
}

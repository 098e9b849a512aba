/** One message encrypted once for a linked device, to be delivered as often as a test likes: the server's copies. */
import type { proto } from '@whiskeysockets/baileys';
import type { Person } from '../simulator/people/person.ts';
import { node } from '../simulator/wire/stanza.ts';

export type EncryptedCopy = { readonly id: string; readonly ciphertext: Uint8Array; deliver(): void };

/** The message is for the first companion alone; phones get nothing. */
export async function encryptOnce(
  from: Person,
  to: Person,
  message: proto.IMessage,
  id = `3A${from.server.stanzaId()}`,
): Promise<EncryptedCopy> {
  const [device] = to.user.companions;
  if (!device) throw new Error('nobody is linked');
  const enc = await from.encryptFor(device, message);
  const chat = to.phone.address(from.addressing);
  const stanza = node('message', { id, to: chat, type: 'text', t: String(Math.floor(Date.now() / 1_000)) });
  if (!(enc.content instanceof Uint8Array)) throw new Error('nothing was encrypted');
  return {
    id,
    ciphertext: enc.content,
    deliver: () => from.server.router.deliver(from.phone, device, chat, stanza, enc),
  };
}

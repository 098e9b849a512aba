/** Those who are no chat partners: statuses, broadcast lists, channels. Whatever they send must be ignored. */
import { proto } from '@whiskeysockets/baileys';
import { node, seconds } from '../wire/stanza.ts';
import type { Person } from './person.ts';

/** Posts a status that reaches a person's devices. */
export async function postStatus(from: Person, to: Person, text: string): Promise<{ readonly id: string }> {
  return send(from, to, 'status@broadcast', text);
}

/** Writes through a broadcast list. */
export async function writeBroadcast(from: Person, to: Person, text: string): Promise<{ readonly id: string }> {
  return send(from, to, '1700000000@broadcast', text);
}

/** A channel's post: plaintext, from nobody's device. */
export function postInChannel(to: Person, text: string): { readonly id: string } {
  const id = `3A${to.server.stanzaId()}`;
  const content = proto.Message.encode({ conversation: text }).finish();
  for (const device of to.user.companions) {
    device.deliver(
      node('message', { id, type: 'text', t: seconds(), from: '120363000000000001@newsletter', server_id: '100' }, [
        node('plaintext', {}, content),
      ]),
    );
  }
  return { id };
}

async function send(from: Person, to: Person, address: string, text: string): Promise<{ readonly id: string }> {
  const id = `3A${from.server.stanzaId()}`;
  for (const device of to.user.devices.values()) {
    const enc = await from.encryptFor(device, { conversation: text });
    const attrs = {
      id,
      type: 'text',
      t: seconds(),
      from: address,
      participant: from.phone.address('pn'),
      notify: from.user.name,
    };
    from.server.router.hand(from.phone, device, node('message', attrs), [enc]);
  }
  return { id };
}

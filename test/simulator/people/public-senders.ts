/** What is no message to answer: statuses, broadcast lists, channels, calls. */
import { proto } from '@whiskeysockets/baileys';
import { node, seconds } from '../wire/stanza.ts';
import type { Person } from './person.ts';

/** Posts a status that reaches a person's devices. Since July 2026 it is a stanza of its own, which each device owes an ack. */
export async function postStatus(from: Person, to: Person, text: string): Promise<{ readonly id: string }> {
  return send(from, to, 'status', 'status@broadcast', text);
}

/** A status as it came before, in a message. */
export async function postOldStatus(from: Person, to: Person, text: string): Promise<{ readonly id: string }> {
  return send(from, to, 'message', 'status@broadcast', text);
}

/** Writes through a broadcast list. */
export async function writeBroadcast(from: Person, to: Person, text: string): Promise<{ readonly id: string }> {
  return send(from, to, 'message', '1700000000@broadcast', text);
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

/** Rings, and gives up: the call's own stanzas, which each device owes an ack. */
export function call(from: Person, to: Person): void {
  const callId = from.server.stanzaId();
  const attrs = { 'call-id': callId, 'call-creator': from.phone.address('lid') };
  for (const device of to.user.companions) {
    for (const event of [node('offer', attrs), node('terminate', { ...attrs, reason: 'timeout' })]) {
      const id = from.server.stanzaId();
      device.deliver(node('call', { id, from: from.phone.address('lid'), t: seconds() }, [event]));
    }
  }
}

async function send(
  from: Person,
  to: Person,
  tag: 'message' | 'status',
  address: string,
  text: string,
): Promise<{ readonly id: string }> {
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
    from.server.router.hand(from.phone, device, node(tag, attrs), [enc]);
  }
  return { id };
}

/** Carries messages and receipts from device to device, and acknowledges them. Sees ciphertext only. */
import { createHash, createHmac } from 'node:crypto';
import { jidDecode } from '@whiskeysockets/baileys';
import { bytesOf, child, children, node, type Stanza, seconds } from '../wire/stanza.ts';
import type { Device } from './device.ts';
import type { Directory } from './directory.ts';
import type { Faults } from './faults.ts';
import type { Recorded } from './recorded.ts';

/** Senders are remembered for receipts; enough for every burst a test sends. */
const REMEMBERED_SENDERS = 50_000;

/** Addresses that are no single user: groups, channels, statuses. Each brings its own fan-out. */
export type Fanout = (sender: Device, stanza: Stanza) => boolean;

export class Router {
  readonly #directory: Directory;
  readonly #faults: Faults;
  readonly #recorded: Recorded;
  readonly #senders = new Map<string, Device>();
  readonly #fanouts: Fanout[] = [];

  constructor(directory: Directory, faults: Faults, recorded: Recorded) {
    this.#directory = directory;
    this.#faults = faults;
    this.#recorded = recorded;
  }

  addFanout(fanout: Fanout): void {
    this.#fanouts.push(fanout);
  }

  /** A message leaves `sender`; resolves to the acknowledgement, or null where it is withheld. */
  message(sender: Device, stanza: Stanza): Stanza | null {
    const { id = '', to = '' } = stanza.attrs;
    const participants = children(child(stanza, 'participants')).length;
    const reached = participants > 0 ? participants : bytesOf(stanza, 'enc') ? 1 : 0;
    this.#recorded.sends.push({
      number: sender.user.number,
      device: sender.id,
      to,
      id,
      recipients: reached,
      proof: bytesOf(stanza, 'tctoken') ? 'tctoken' : bytesOf(stanza, 'cstoken') ? 'cstoken' : null,
    });
    if (this.#faults.dropSends) return null;
    // What names no device is refused: acknowledging it would call a message sent that nobody gets.
    const error =
      this.#faults.ackError ?? (reached === 0 ? '400' : this.#lacksToken(sender, stanza) ? '463' : undefined);
    const phash = error === undefined ? this.#missedHash(sender, stanza) : undefined;
    const ack = node('ack', { class: 'message', id, from: to, t: seconds(), error, phash });
    if (error === undefined) this.#fanOut(sender, stanza);
    return this.#faults.withholdAcks ? null : ack;
  }

  /** Sends one encrypted copy, or word that there is none, to one device. `chat` is where the message belongs, as the sender addressed it. */
  deliver(sender: Device, target: Device, chat: string, stanza: Stanza, enc: Stanza): void {
    const { id = '', type = 'text', t = seconds(), edit } = stanza.attrs;
    const own = sender.user === target.user;
    const space = chat.endsWith('@lid') ? 'lid' : 'pn';
    const from = sender.address(space);
    const attrs = own ? { ...this.#ownAttributes(chat, stanza), from } : { from, ...this.#otherName(sender, space) };
    this.hand(sender, target, node('message', { id, type, t, edit, notify: sender.user.name, ...attrs }), [enc]);
  }

  /** Puts a finished stanza with its encrypted parts into a device's queue. */
  hand(sender: Device, target: Device, stanza: Stanza, encs: readonly Stanza[]): void {
    this.#remember(stanza.attrs.id ?? '', sender);
    const first = encs.some(({ attrs }) => attrs.type === 'pkmsg');
    const identity = first ? sender.signedIdentity : null;
    const silencer =
      target.id === 0 ? target.user.companions.find(({ online, available }) => online && available) : null;
    if (silencer) this.#recorded.pushesWithheld.push({ number: target.user.number, device: silencer.id });
    target.deliver({ ...stanza, content: identity ? [...encs, node('device-identity', {}, identity)] : [...encs] });
  }

  /** A receipt leaves `reader`: confirms the message, and goes on to whoever sent it. */
  receipt(reader: Device, stanza: Stanza): void {
    const { id = '', type, to = '', participant, recipient } = stanza.attrs;
    const listed = children(child(stanza, 'list')).map((item) => item.attrs.id ?? '');
    const ids = [id, ...listed];
    if (type === 'read' || type === 'read-self') this.#tellOwnDevices(reader, stanza);
    this.#recorded.receipts.push({ number: reader.user.number, device: reader.id, type: type ?? 'delivery', ids });
    for (const each of ids) {
      if (type !== 'read' && type !== 'read-self' && type !== 'played') reader.confirmMessage(each);
      // For the account's own devices alone.
      if (type === 'read-self') continue;
      const sender = this.#senders.get(each);
      // A person's own devices tell each other only what they could not read.
      if (!sender || (sender.user === reader.user && type !== 'retry')) continue;
      const space = to.endsWith('@lid') || participant?.endsWith('@lid') ? 'lid' : 'pn';
      const group = to.endsWith('@g.us');
      sender.deliver(
        node(
          'receipt',
          {
            id: each,
            type,
            t: seconds(),
            from: group ? to : reader.address(space),
            participant: group ? reader.address(space) : undefined,
            recipient,
          },
          type === 'retry' ? stanza.content : undefined,
        ),
      );
    }
  }

  /**
   * The account's other devices hear what one of them has read: under the account's own address, the person as `recipient`. The type is `read`, and
   * `read-self` where the account shows nobody what it has read (W types/presence.go; the addressing: whatsapp-rust receipt.rs).
   */
  #tellOwnDevices(reader: Device, { attrs, content }: Stanza): void {
    const { id, type, to = '', t = seconds() } = attrs;
    if (to.endsWith('@g.us')) return;
    const { number, lid, devices } = reader.user;
    const from = to.endsWith('@lid') ? `${lid}@lid` : `${number}@s.whatsapp.net`;
    const recipient = to.replace(/:\d+@/, '@');
    for (const device of devices.values())
      if (device !== reader) device.deliver(node('receipt', { id, type, t, from, recipient }, content));
  }

  #fanOut(sender: Device, stanza: Stanza): void {
    const { to = '' } = stanza.attrs;
    if (this.#fanouts.some((fanout) => fanout(sender, stanza))) return;
    const direct = child(stanza, 'enc');
    if (direct) {
      const target = this.#directory.device(stanza.attrs.recipient ? to : (stanza.attrs.participant ?? to));
      if (target) this.deliver(sender, target, stanza.attrs.recipient ?? to, stanza, direct);
      return;
    }
    for (const participant of children(child(stanza, 'participants'))) {
      const enc = child(participant, 'enc');
      const target = this.#directory.device(participant.attrs.jid ?? '');
      if (enc && target) this.deliver(sender, target, to, stanza, enc);
    }
  }

  /**
   * Whoever asks for a token refuses a message without it, and so does the server in their name; where there is none it takes a keyed hash
   * of their LID (W cstoken.go). A hash that is not theirs is refused whoever it goes to.
   */
  #lacksToken(sender: Device, stanza: Stanza): boolean {
    const other = this.#directory.user(stanza.attrs.to ?? '');
    const proof = bytesOf(stanza, 'cstoken');
    if (proof) {
      const { salt } = sender.user;
      return !(salt && other && proof.equals(createHmac('sha256', salt).update(`${other.lid}@lid`).digest()));
    }
    const required = other?.requiresToken;
    return Boolean(required && !bytesOf(stanza, 'tctoken')?.equals(required));
  }

  /** The hash of all devices that a message should have reached, where it was not meant for all of them. */
  #missedHash(sender: Device, stanza: Stanza): string | undefined {
    const { to = '' } = stanza.attrs;
    const other = this.#directory.user(to);
    const listed = children(child(stanza, 'participants')).map(({ attrs }) => attrs.jid ?? '');
    if (!other || listed.length === 0) return undefined;
    const reached = new Set(listed.map((jid) => this.#directory.device(jid)));
    const space = to.endsWith('@lid') ? 'lid' : 'pn';
    const all = [...other.devices.values(), ...sender.user.devices.values()].filter((device) => device !== sender);
    if (all.every((device) => reached.has(device))) return undefined;
    const addresses = all.map((device) => device.address(space)).sort((one, two) => (one < two ? -1 : 1));
    return `2:${createHash('sha256').update(addresses.join('')).digest('base64').slice(0, 6)}`;
  }

  #ownAttributes(chat: string, stanza: Stanza): Record<string, string | undefined> {
    if (stanza.attrs.category === 'peer') return { category: 'peer' };
    const other = this.#directory.user(chat);
    const bare = jidDecode(chat);
    const recipient = bare ? `${bare.user}@${bare.server}` : chat;
    if (!other) return { recipient };
    const named = other.username === null ? {} : { peer_recipient_username: other.username };
    return chat.endsWith('@lid')
      ? { recipient, ...named, peer_recipient_pn: `${other.number}@s.whatsapp.net` }
      : { recipient, ...named, peer_recipient_lid: `${other.lid}@lid` };
  }

  /** The sender's other address, where the server tells it. */
  #otherName(sender: Device, space: 'lid' | 'pn'): Record<string, string> {
    if (!sender.user.tellsOtherAddress) return { addressing_mode: space };
    return space === 'lid'
      ? { addressing_mode: 'lid', sender_pn: `${sender.user.number}@s.whatsapp.net` }
      : { addressing_mode: 'pn', sender_lid: `${sender.user.lid}@lid` };
  }

  #remember(id: string, sender: Device): void {
    this.#senders.set(id, sender);
    if (this.#senders.size <= REMEMBERED_SENDERS) return;
    const [oldest] = this.#senders.keys();
    if (oldest !== undefined) this.#senders.delete(oldest);
  }
}

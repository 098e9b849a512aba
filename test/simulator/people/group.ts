/** A group: its members, its fan-out at the server, and writing to it with a sender key. */
import type { proto } from '@whiskeysockets/baileys';
import type { Device } from '../server/device.ts';
import type { Server } from '../server/server.ts';
import { child, children, node, type Stanza, seconds } from '../wire/stanza.ts';
import { encodePadded } from './padding.ts';
import { brokenCopy, type Person, type SendOptions } from './person.ts';
import { OwnSenderKey } from './sender-keys.ts';

export class Group {
  readonly address: string;
  readonly subject: string;
  readonly members: readonly Person[];
  readonly #server: Server;
  readonly #keys = new Map<Device, OwnSenderKey>();
  /** Devices that have each sender's distribution message. */
  readonly #reached = new Map<Device, Set<Device>>();

  constructor(server: Server, address: string, subject: string, members: readonly Person[]) {
    this.#server = server;
    this.address = address;
    this.subject = subject;
    this.members = members;
    server.router.addFanout((sender, stanza) => this.#fanOut(sender, stanza));
  }

  /** A member writes from the phone. */
  async write(from: Person, message: proto.IMessage, options: SendOptions = {}): Promise<{ readonly id: string }> {
    const id = options.id ?? `3A${this.#server.stanzaId()}`;
    const t = String(Math.floor((options.sentAt ?? Date.now()) / 1_000));
    const key = this.#keys.get(from.phone) ?? new OwnSenderKey();
    this.#keys.set(from.phone, key);
    const reached = this.#reached.get(from.phone) ?? new Set();
    this.#reached.set(from.phone, reached);
    const stanza = node('message', { id, type: 'text', t, edit: options.edit });
    const distribution: proto.IMessage = {
      senderKeyDistributionMessage: {
        groupId: this.address,
        axolotlSenderKeyDistributionMessage: key.distribution(),
      },
    };
    from.remember(id, async (device, count) => {
      // Not with the sender key that could not be used: for this one device alone, and the key with it.
      const enc = await from.encryptFor(device, { ...message, ...distribution });
      this.#deliver(from.phone, device, stanza, [{ ...enc, attrs: { ...enc.attrs, count } }]);
    });
    const skmsg = node('enc', { v: '2', type: 'skmsg' }, key.encrypt(encodePadded(message)));
    for (const device of this.#devices()) {
      if (device === from.phone) continue;
      const encs: Stanza[] = [];
      if (!reached.has(device)) {
        encs.push(await from.encryptFor(device, distribution));
        reached.add(device);
      }
      encs.push(options.unreadable && device.id !== 0 ? brokenCopy(skmsg) : skmsg);
      this.#deliver(from.phone, device, stanza, encs);
    }
    return { id };
  }

  /** As `w:g2` describes it. */
  describe(): Stanza {
    return node(
      'group',
      { id: this.address, addressing_mode: 'lid', subject: this.subject, s_t: seconds(), creation: seconds() },
      this.members.map(({ user }) =>
        node('participant', { jid: `${user.lid}@lid`, phone_number: `${user.number}@s.whatsapp.net` }),
      ),
    );
  }

  #devices(): readonly Device[] {
    return this.members.flatMap(({ user }) => [...user.devices.values()]);
  }

  #fanOut(sender: Device, stanza: Stanza): boolean {
    if (stanza.attrs.to !== this.address) return false;
    const own = new Map(
      children(child(stanza, 'participants')).map((to) => [
        this.#server.directory.device(to.attrs.jid ?? ''),
        child(to, 'enc'),
      ]),
    );
    const shared = children(stanza).filter(({ tag }) => tag === 'enc');
    for (const device of this.#devices()) {
      const first = own.get(device);
      if (device !== sender) this.#deliver(sender, device, stanza, [...(first ? [first] : []), ...shared]);
    }
    return true;
  }

  #deliver(sender: Device, target: Device, stanza: Stanza, encs: readonly Stanza[]): void {
    const { id, type, t = seconds(), edit } = stanza.attrs;
    const attrs = {
      id,
      type,
      t,
      edit,
      from: this.address,
      participant: sender.address('lid'),
      participant_pn: `${sender.user.number}@s.whatsapp.net`,
      addressing_mode: 'lid',
      notify: sender.user.name,
    };
    this.#server.router.hand(sender, target, node('message', attrs), encs);
  }
}

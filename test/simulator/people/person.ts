/**
 * A person with a phone: writes, reads, links and unlinks devices. The phone holds real Signal sessions with every
 * device it talks to. The same person is an account to one test and a contact to another.
 */
import { randomBytes } from 'node:crypto';
import type { proto } from '@whiskeysockets/baileys';
import { type Device, User } from '../server/device.ts';
import type { LinkTerms, RefreshChild } from '../server/linking.ts';
import type { PhoneSide } from '../server/passkey-linking.ts';
import type { Server } from '../server/server.ts';
import { bytesOf, child, children, node, type Stanza, seconds, uint } from '../wire/stanza.ts';
import { decodePadded, encodePadded } from './padding.ts';
import { Passkey } from './passkey.ts';
import { answerRequest } from './phone-requests.ts';
import { kindOf, type ReceivedMessage, textOf, timerOf } from './received-message.ts';
import { retryBundle } from './retry-receipt.ts';
import { SenderKeys } from './sender-keys.ts';
import { SignalKeys } from './signal-keys.ts';

export type PersonOptions = {
  readonly number: string;
  readonly lid?: string;
  readonly name?: string;
  /** The space in which this person's messages are addressed. */
  readonly addressing?: 'lid' | 'pn';
  /** WhatsApp Business: the name that a business goes by. */
  readonly business?: string;
};

export type SendOptions = {
  /** WhatsApp's timestamp, epoch milliseconds; now by default. */
  readonly sentAt?: number;
  readonly id?: string;
  /** `edit` attribute of the stanza, for edits and deletions. */
  readonly edit?: string;
  /** Companions get it broken and must ask for it again; asked, the phone sends it whole. */
  readonly unreadable?: boolean;
  /** Companions get no content: of this type, or of none where they may ask their phone for it. */
  readonly unavailable?: 'view_once' | 'hosted_unavailable_fanout' | 'untyped';
};

/** Sends one message again to a device that could not read it, over a fresh session. */
type Resend = (reader: Device, count: string) => Promise<void>;

export class Person {
  readonly user: User;
  readonly phone: Device;
  keys = new SignalKeys();
  addressing: 'lid' | 'pn';
  /** What the phone could read, in order; what the person's own companions sent is in `sentElsewhere`. */
  readonly received: ReceivedMessage[] = [];
  readonly sentElsewhere: ReceivedMessage[] = [];
  /** Ids of messages that could not be decrypted at first. */
  readonly undecryptable: string[] = [];
  /** Delivery and read receipts of this person's messages: `id`, `type`, `from` (number:device). */
  readonly receipts: { readonly id: string; readonly type: string; readonly from: string }[] = [];
  /** Asks for each message once more before it reads it, as a phone with a lost session does. */
  asksAgain = false;
  /** The phone answers when a linked device asks for a message's content. */
  answersRequests = true;
  /** What this person gives to those who may write. */
  #token: Buffer | null = null;
  /** WhatsApp wants a passkey before it links a device to this account. */
  needsPasskey = false;
  /** The account's own; null where it has none. */
  passkey: Passkey | null = new Passkey();
  /** The step of such a linking after which the phone says nothing any more. */
  silentFrom: PhoneSide['silentFrom'] = null;
  /** To this phone every proof comes too late: it shows the code all the same, and its owner confirms there. */
  takesNoProof = false;
  /** Codes that the phone showed for comparing. */
  readonly comparedCodes: string[] = [];
  /** Whether the person says that both screens show the same. */
  confirms: (code: string) => Promise<boolean> = async () => true;
  /** How many scans of this account WhatsApp answers by asking the device for another secret, and with which child. */
  refreshes = 0;
  refreshChild: RefreshChild = 'companion_reg_refresh';
  /** Meta hosts the account. */
  hosted = false;
  readonly server: Server;
  /** How often each message was asked for once more. */
  readonly #asked = new Map<string, number>();
  /** Where the receipts of a message go. */
  readonly #arrived = new Map<string, { readonly to: string; readonly participant: string | undefined }>();
  readonly #askedAgain = new Set<string>();
  readonly #senderKeys = new SenderKeys();
  readonly #sent = new Map<string, Resend>();
  #line: Promise<void> = Promise.resolve();

  constructor(server: Server, options: PersonOptions) {
    this.server = server;
    this.addressing = options.addressing ?? 'lid';
    this.user = new User(options.number, options.lid ?? lidFor(options.number), options.name ?? 'Someone');
    this.user.business = options.business ?? null;
    server.directory.add(this.user);
    this.phone = this.user.addPhone(this.keys.publicKeys());
    this.online();
  }

  get number(): string {
    return this.user.number;
  }

  /** Linked devices, oldest first. */
  companions(): readonly { readonly deviceId: number; readonly online: boolean }[] {
    return this.user.companions.map(({ id, online }) => ({ deviceId: id, online }));
  }

  /** The phone scans a code. Resolves when the new device exists; rejects with why the code is not taken. */
  async scan(qrText: string): Promise<{ readonly deviceId: number }> {
    const { identity } = this.keys;
    const device = await this.server.linking.scan(this.user, identity, qrText, this.#terms());
    this.server.linking.restart(device);
    return { deviceId: device.id };
  }

  /** The person types the code that a device shows, where the phone asks for one. As `scan`. */
  async enterCode(code: string): Promise<{ readonly deviceId: number }> {
    const device = await this.server.linking.enter(this.user, this.keys.identity, code, this.#terms());
    this.server.linking.restart(device);
    return { deviceId: device.id };
  }

  #terms(): LinkTerms {
    const refresh = this.refreshes > 0 ? this.refreshChild : null;
    this.refreshes = Math.max(0, this.refreshes - 1);
    return { passkey: this.#phoneSide(), refresh, hosted: this.hosted };
  }

  #phoneSide(): PhoneSide | null {
    if (!this.needsPasskey) return null;
    return {
      passkey: this.passkey,
      silentFrom: this.silentFrom,
      takesNoProof: this.takesNoProof,
      compare: (code) => {
        this.comparedCodes.push(code);
        return this.confirms(code);
      },
    };
  }

  /** Removes one companion, or all, on the phone. */
  unlink(deviceId?: number): void {
    for (const device of this.user.companions) {
      if (deviceId === undefined || device.id === deviceId) this.server.remove(device);
    }
  }

  /** WhatsApp is installed anew on the phone: other keys, no sessions, no linked devices. Those who write with it are told. */
  reinstall(known: readonly Person[] = []): void {
    this.unlink();
    this.keys = new SignalKeys();
    this.phone.keys = this.keys.publicKeys();
    for (const device of known.flatMap(({ user }) => user.companions)) {
      device.deliver(
        node(
          'notification',
          { id: this.server.stanzaId(), type: 'encrypt', from: this.phone.address(this.addressing), t: seconds() },
          [node('identity')],
        ),
      );
    }
  }

  /** WhatsApp gives the number another LID, and the phone begins its sessions anew (Baileys#2662). */
  changeLid(lid: string): void {
    this.server.directory.changeLid(this.user, lid);
    this.keys.forgetSessions();
  }

  /** The number goes to somebody else: another phone, another LID, nobody's sessions. */
  recycle(lid: string, name: string): void {
    this.reinstall();
    this.user.name = name;
    this.changeLid(lid);
  }

  /** The phone loses its connection; what is sent to it waits. */
  offline(): void {
    this.phone.detach(this.#sink);
  }

  online(): void {
    for (const stanza of this.phone.attach(this.#sink)) this.#sink(stanza);
  }

  async write(to: Person, text: string, options: SendOptions = {}): Promise<{ readonly id: string }> {
    return this.send(to, { conversation: text }, options);
  }

  /** Sends to every device of the other person, and to the sender's own companions. */
  async send(to: Person, message: proto.IMessage, options: SendOptions = {}): Promise<{ readonly id: string }> {
    const id = options.id ?? `3A${this.server.stanzaId()}`;
    const chat = to.phone.address(this.addressing);
    const t = String(Math.floor((options.sentAt ?? Date.now()) / 1_000));
    const stanza = node('message', { id, to: chat, type: 'text', t, edit: options.edit });
    const copy: proto.IMessage = { deviceSentMessage: { destinationJid: chat, message } };
    const encrypt = (device: Device): Promise<Stanza> =>
      this.encryptFor(device, device.user === this.user ? copy : message);
    this.remember(id, async (device, count) => {
      const enc = await encrypt(device);
      this.server.router.deliver(this.phone, device, chat, stanza, { ...enc, attrs: { ...enc.attrs, count } });
    });
    for (const device of [...to.user.devices.values(), ...this.user.companions]) {
      if (options.unavailable && device.id !== 0) {
        const type = options.unavailable === 'untyped' ? undefined : options.unavailable;
        this.server.router.deliver(this.phone, device, chat, stanza, node('unavailable', { type }));
        continue;
      }
      const enc = await encrypt(device);
      const sent = options.unreadable && device.id !== 0 ? brokenCopy(enc) : enc;
      this.server.router.deliver(this.phone, device, chat, stanza, sent);
    }
    return { id };
  }

  /** Tells another person's devices the token with which they may write; from now on whoever comes without is refused. */
  giveToken(to: Person): void {
    this.#token ??= randomBytes(16);
    const token = this.#token;
    this.user.requiresToken = token;
    for (const device of to.user.companions) {
      device.deliver(
        node(
          'notification',
          {
            id: this.server.stanzaId(),
            type: 'privacy_token',
            from: this.phone.address('pn'),
            sender_lid: this.phone.address('lid'),
            t: seconds(),
          },
          [node('tokens', {}, [node('token', { type: 'trusted_contact', t: seconds() }, token)])],
        ),
      );
    }
  }

  /** From now on only messages with this person's token arrive. */
  requireToken(): void {
    this.#token ??= randomBytes(16);
    this.user.requiresToken = this.#token;
  }

  /** What the phone does when a device asks for this message once more. */
  remember(id: string, resend: Resend): void {
    this.#sent.set(id, resend);
  }

  /** A message only for the person's own companion, such as keys and history. */
  async sendPeer(device: Device, message: proto.IMessage): Promise<void> {
    const stanza = node('message', { id: `3A${this.server.stanzaId()}`, type: 'text', category: 'peer' });
    this.server.router.deliver(
      this.phone,
      device,
      this.phone.address('pn'),
      stanza,
      await this.encryptFor(device, message),
    );
  }

  async encryptFor(device: Device, message: proto.IMessage): Promise<Stanza> {
    if (!this.keys.hasSession(device)) {
      const { registrationId, identity, signedPreKey } = device.keys;
      await this.keys.startSession(device, { registrationId, identity, signedPreKey, preKey: device.takePreKey() });
    }
    const { type, ciphertext } = await this.keys.encrypt(device, encodePadded(message));
    return node('enc', { v: '2', type }, ciphertext);
  }

  /** Stanzas are read one after the other: a ratchet does not bear two at once. */
  readonly #sink = (stanza: Stanza): void => {
    this.#line = this.#line.then(() => this.#read(stanza));
  };

  async #read(stanza: Stanza): Promise<void> {
    if (stanza.tag === 'message') await this.#readMessage(stanza);
    else if (stanza.tag === 'receipt') await this.#readReceipt(stanza);
    this.phone.confirm(stanza);
  }

  async #readMessage(stanza: Stanza): Promise<void> {
    const { id = '', from = '', recipient, participant } = stanza.attrs;
    const sender = this.server.directory.device(participant ?? from);
    const encs = children(stanza).filter(({ tag }) => tag === 'enc');
    if (!sender || encs.length === 0) return;
    let content: proto.IMessage | null = null;
    try {
      for (const enc of encs) content = (await this.#decrypt(sender, from, enc)) ?? content;
    } catch {
      // As a phone does: it says that it could not read the message and asks for it again.
      this.undecryptable.push(id);
      this.#askAgain(stanza, sender);
      return;
    }
    if (this.asksAgain && !this.#askedAgain.has(id)) {
      this.#askedAgain.add(id);
      this.#askAgain(stanza, sender);
      return;
    }
    this.#confirmDelivery(stanza);
    if (!content) return;
    const own = sender.user === this.user;
    if (own && stanza.attrs.category === 'peer') {
      const answer = answerRequest(content, id, (wanted) => this.received.find((each) => each.id === wanted));
      if (answer && this.answersRequests) await this.sendPeer(sender, answer);
      return;
    }
    const shown = { id, from: sender.user.number, fromDevice: sender.id, content };
    if (participant) this.#show(this.received, { ...shown, chat: from });
    else if (own)
      this.#show(this.sentElsewhere, { ...shown, chat: this.server.directory.user(recipient ?? '')?.number ?? '' });
    else this.#show(this.received, { ...shown, chat: sender.user.number });
  }

  /** Null for what only carries a key. */
  async #decrypt(sender: Device, chat: string, enc: Stanza): Promise<proto.IMessage | null> {
    const ciphertext = bytesOf(enc) ?? Buffer.alloc(0);
    const { type = 'msg' } = enc.attrs;
    const name = `${sender.user.number}.${sender.id}`;
    const bytes =
      type === 'skmsg'
        ? this.#senderKeys.decrypt(chat, name, ciphertext)
        : await this.keys.decrypt(sender, type, ciphertext);
    const message = decodePadded(bytes);
    const { senderKeyDistributionMessage: distribution } = message;
    if (distribution?.axolotlSenderKeyDistributionMessage) {
      this.#senderKeys.learn(distribution.groupId ?? chat, name, distribution.axolotlSenderKeyDistributionMessage);
      if (kindOf(message) === 'senderKeyDistributionMessage') return null;
    }
    return message.deviceSentMessage?.message ?? message;
  }

  #show(
    list: ReceivedMessage[],
    message: Pick<ReceivedMessage, 'id' | 'from' | 'fromDevice' | 'chat' | 'content'>,
  ): void {
    const shown = list.find(({ id, from }) => id === message.id && from === message.from);
    if (shown) shown.copies += 1;
    else
      list.push({
        ...message,
        text: textOf(message.content),
        kind: kindOf(message.content),
        disappearsAfter: timerOf(message.content),
        copies: 1,
      });
  }

  /** Whoever wrote is told what this person has read. */
  showsReads = true;

  /** The phone shows a message that it received: whoever sent it is told that it was read, and so are the person's other devices. */
  showMessage(id: string): void {
    const arrived = this.#arrived.get(id);
    const type = this.showsReads ? 'read' : 'read-self';
    if (arrived) this.server.router.receipt(this.phone, node('receipt', { ...arrived, id, type, t: seconds() }));
  }

  #confirmDelivery(stanza: Stanza): void {
    const { id = '', from = '', participant } = stanza.attrs;
    this.#arrived.set(id, { to: from, participant });
    this.server.router.receipt(this.phone, node('receipt', { id, to: from, participant }));
  }

  #askAgain(stanza: Stanza, sender: Device): void {
    const { id = '', from = '', t, participant, recipient } = stanza.attrs;
    const count = (this.#asked.get(id) ?? 0) + 1;
    this.#asked.set(id, count);
    if (count > MOST_RETRIES) return;
    const keys = this.keys.publicKeys();
    // The first asks for the same message in the same session; only then for a new session.
    const bundle = count > 1 ? [retryBundle(keys, this.keys.newPreKey())] : [];
    if (count > 1) this.keys.forgetSession(sender);
    this.server.router.receipt(
      this.phone,
      node('receipt', { id, to: from, type: 'retry', participant, recipient }, [
        node('retry', { count: String(count), id, t, v: '1' }),
        node('registration', {}, uint(keys.registrationId, 4)),
        ...bundle,
      ]),
    );
  }

  async #readReceipt(stanza: Stanza): Promise<void> {
    const { id = '', from = '', type = 'delivery', participant, recipient } = stanza.attrs;
    // Another device of this person's has read something.
    if (recipient !== undefined && type.startsWith('read')) return;
    const reader = this.server.directory.device(participant ?? from);
    if (!reader) return;
    this.receipts.push({ id, type, from: `${reader.user.number}:${reader.id}` });
    const resend = this.#sent.get(id);
    if (type !== 'retry' || !resend) return;
    // The other side lost its session: a new one, and the same message under the same id.
    this.keys.forgetSession(reader);
    await resend(reader, child(stanza, 'retry')?.attrs.count ?? '1');
  }
}

/** As often as WhatsApp's clients ask for one message. */
const MOST_RETRIES = 5;

/** Of a first message the last seven bytes at most name keys; before them lies what the MAC protects. */
const BROKEN_BYTE_FROM_END = 12;

export function brokenCopy(enc: Stanza): Stanza {
  const bytes = Buffer.from(bytesOf(enc) ?? []);
  const at = bytes.length - BROKEN_BYTE_FROM_END;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return { ...enc, content: bytes };
}

/** A LID that looks like one, and never like the number it belongs to. */
function lidFor(number: string): string {
  return `1${[...number].reverse().join('')}`.padEnd(15, '7').slice(0, 15);
}

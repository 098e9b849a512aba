/**
 * One device of a user as the server knows it: its public keys, and the queue of stanzas it has not confirmed.
 * A companion is reached through a connection, a phone through the person who holds it.
 */
import { randomBytes } from 'node:crypto';
import type { Stanza } from '../wire/stanza.ts';

export type PublicPreKey = { readonly id: number; readonly key: Buffer };
export type SignedPreKey = PublicPreKey & { readonly signature: Buffer };

export type DeviceKeys = {
  readonly registrationId: number;
  readonly identity: Buffer;
  signedPreKey: SignedPreKey;
  readonly preKeys: Map<number, PublicPreKey>;
};

/** Confirmed messages are kept for redelivery; enough for every burst a test sends. */
const REMEMBERED_MESSAGES = 5_000;

/** Where a device's stanzas go while it is reachable. */
export type Sink = (stanza: Stanza) => void;

export class User {
  readonly number: string;
  lid: string;
  name: string;
  /** Whether messages carry the sender's other address too. */
  tellsOtherAddress = true;
  readonly devices = new Map<number, Device>();
  /** What the person calls themselves, without the `@`. */
  username: string | null = null;
  /** The name of a business; null for a person. */
  business: string | null = null;
  /** Messages to this user must carry it, or prove that they belong to a chat; null where anyone may write. */
  requiresToken: Buffer | null = null;
  /** What this user's devices prove that with; null where WhatsApp has given the account none. */
  salt: Buffer | null = randomBytes(32);
  #nextDevice = 1;

  constructor(number: string, lid: string, name: string) {
    this.number = number;
    this.lid = lid;
    this.name = name;
  }

  addPhone(keys: DeviceKeys): Device {
    const phone = new Device(this, 0, keys, null, null);
    this.devices.set(0, phone);
    return phone;
  }

  nextDeviceId(): number {
    return this.#nextDevice++;
  }

  get companions(): readonly Device[] {
    return [...this.devices.values()].filter((device) => device.id !== 0);
  }
}

type Waiting = {
  readonly stanza: Stanza;
  /** When it was first handed over, in monotonic milliseconds; null while it never was. */
  since: number | null;
  /** The device has confirmed it since it logged in, and WhatsApp never heard of it. */
  inVain: boolean;
};

export class Device {
  readonly user: User;
  readonly id: number;
  /** Other ones after WhatsApp was installed anew. */
  keys: DeviceKeys;
  /** The Noise key that a companion must log in with; none for a phone. */
  readonly loginKey: Buffer | null;
  /** Its signed identity, as peers receive it with a first message. */
  readonly signedIdentity: Buffer | null;
  readonly #waiting = new Map<string, Waiting>();
  readonly #confirmed: Stanza[] = [];
  #sink: Sink | null = null;
  /** What has come while the queue is handed over; null while it is not. */
  #meanwhile: Stanza[] | null = null;

  constructor(user: User, id: number, keys: DeviceKeys, loginKey: Buffer | null, signedIdentity: Buffer | null) {
    this.user = user;
    this.id = id;
    this.keys = keys;
    this.loginKey = loginKey;
    this.signedIdentity = signedIdentity;
  }

  /** The address in one of the two spaces, with the device where it is not the phone. */
  address(space: 'lid' | 'pn'): string {
    const device = this.id === 0 ? '' : `:${this.id}`;
    return space === 'lid' ? `${this.user.lid}${device}@lid` : `${this.user.number}${device}@s.whatsapp.net`;
  }

  get online(): boolean {
    return this.#sink !== null;
  }

  /** It counts as online: said so, or sent a presence without a type. As long as that stands the phone may get no push. */
  available = false;
  /** Nothing more of the queue is handed over: the device has refused a part of it. */
  withheld = false;

  /** Opens the device's connection and says what waits for it, oldest first. Until `goLive` what comes meanwhile is only kept. */
  attach(sink: Sink, { live = true } = {}): readonly Stanza[] {
    this.#sink = sink;
    this.#meanwhile = live ? null : [];
    this.available = false;
    const now = performance.now();
    const waiting = [...this.#waiting.values()];
    for (const each of waiting) {
      each.since ??= now;
      each.inVain = false;
    }
    return waiting.map(({ stanza }) => stanza);
  }

  /** What waited is handed over: what came meanwhile follows, as it comes from now on. */
  goLive(): void {
    const meanwhile = this.#meanwhile ?? [];
    this.#meanwhile = null;
    for (const stanza of meanwhile) this.deliver(stanza);
  }

  detach(sink: Sink): void {
    if (this.#sink === sink) this.#sink = null;
  }

  /** Keeps a stanza until it is confirmed, and sends it if the connection is open. */
  deliver(stanza: Stanza): void {
    const open = this.#sink !== null && !this.withheld && this.#meanwhile === null;
    if (this.#sink !== null) this.#meanwhile?.push(stanza);
    this.#waiting.set(keyOf(stanza.tag, stanza.attrs), {
      stanza,
      since: open ? performance.now() : null,
      inVain: false,
    });
    if (open) this.#sink?.(stanza);
  }

  /** A status that was handed over longer ago than that and is not acknowledged yet. */
  overdue(patienceMs: number): Stanza | undefined {
    const before = performance.now() - patienceMs;
    const found = [...this.#waiting.values()].find(
      ({ stanza, since }) => stanza.tag === 'status' && since !== null && since <= before,
    );
    return found?.stanza;
  }

  /** A receipt or an ack was lost on its way: at the next login what it confirms comes again. */
  confirmInVain({ tag, attrs }: Stanza): void {
    const lost = tag === 'ack' ? keyOf(attrs.class ?? '', { ...attrs, from: attrs.to }) : keyOf('message', attrs);
    const waiting = this.#waiting.get(lost);
    if (waiting) waiting.inVain = true;
  }

  /** The device has this stanza. */
  confirm(stanza: Stanza): void {
    this.#settle(keyOf(stanza.tag, stanza.attrs));
  }

  /** A receipt confirms a message. */
  confirmMessage(id: string): void {
    this.#settle(keyOf('message', { id }));
  }

  /** An `ack` confirms the stanza that it mirrors, sender and type included. */
  confirmByAck({ attrs }: Stanza): void {
    this.#settle(keyOf(attrs.class ?? '', { ...attrs, from: attrs.to }));
  }

  /** Whether the stanza that an `ack` mirrors waits for it. */
  owes({ attrs }: Stanza): boolean {
    return this.#waiting.has(keyOf(attrs.class ?? '', { ...attrs, from: attrs.to }));
  }

  /** Everything confirmed comes again, oldest first, and waits to be confirmed again. */
  redeliver(): void {
    for (const stanza of this.#confirmed.splice(0)) this.deliver(stanza);
  }

  #settle(key: string): void {
    const stanza = this.#waiting.get(key)?.stanza;
    if (!stanza) return;
    this.#waiting.delete(key);
    if (stanza.tag !== 'message') return;
    this.#confirmed.push(stanza);
    if (this.#confirmed.length > REMEMBERED_MESSAGES) this.#confirmed.shift();
  }

  /** How many stanzas the device has confirmed in no way, since it logged in. */
  get unconfirmed(): number {
    return [...this.#waiting.values()].filter(({ inVain }) => !inVain).length;
  }

  /** How many stanzas come at its next login, as things are. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** One pre-key, used up by being asked for. */
  takePreKey(): PublicPreKey | undefined {
    const [first] = this.keys.preKeys.values();
    if (first) this.keys.preKeys.delete(first.id);
    return first;
  }
}

/** A message is known by its id. Receipts share the id of their message: they differ in who sent them, and in type. */
function keyOf(tag: string, attrs: Record<string, string | undefined>): string {
  const { id = '', from = '', participant = '', type = '' } = attrs;
  return tag === 'message' ? `${tag} ${id}` : `${tag} ${id} ${from} ${participant} ${type}`;
}

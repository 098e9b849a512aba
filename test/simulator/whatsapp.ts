/**
 * A WhatsApp on loopback, for tests and for trying things out: real stock Baileys links to it, sends and receives.
 * It is the other side of the protocol and knows nothing of any relay.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { MediaHost } from './media-host.ts';
import {
  AccountLimits,
  limitsQuery,
  type Quota,
  quotaNotice,
  type TimeLock,
  timeLockNotice,
  usernameNotice,
} from './people/account-limits.ts';
import { AppState, AppStateKey, appStateQuery, type CollectionName, type LidContactNames } from './people/app-state.ts';
import { Group } from './people/group.ts';
import { historySync, type PastChat } from './people/history-sync.ts';
import { Person, type PersonOptions } from './people/person.ts';
import type { Device } from './server/device.ts';
import { ENDINGS, type Ending, type Faults } from './server/faults.ts';
import type { QrClock } from './server/linking.ts';
import type { Recorded } from './server/recorded.ts';
import { Server } from './server/server.ts';
import { node, type Stanza, seconds } from './wire/stanza.ts';

export type WhatsAppOptions = {
  readonly port?: number;
  readonly qr?: QrClock;
};

const UNTIL_POLL_MS = 10;
const UNTIL_DEADLINE_MS = 60_000;

export class WhatsApp {
  readonly server: Server;
  readonly people: Person[] = [];
  readonly groups: Group[] = [];
  readonly media = new MediaHost();
  /** History and the first app state lie on the media host, as they do for real accounts; otherwise they come inline. */
  keepsBlobs = false;
  readonly #appStateKeys = new Map<string, AppStateKey>();
  readonly #appStates = new Map<string, AppState>();
  readonly #pasts = new Map<string, readonly PastChat[]>();
  readonly #limits = new Map<string, AccountLimits>();
  readonly #greeted = new Set<Device>();
  #port = 0;

  constructor(server: Server) {
    this.server = server;
  }

  async start(port: number): Promise<void> {
    this.server.queries.handle(
      'w:sync:app:state set sync',
      appStateQuery(
        (number, collection) => this.#appStates.get(`${number} ${collection}`),
        () => (this.keepsBlobs ? this.media : null),
        ({ user, id }, collections) =>
          this.server.recorded.appStateSyncs.push({ number: user.number, device: id, collections }),
      ),
    );
    this.server.queries.handle('w:m set media_conn', () => [
      node('media_conn', { auth: 'simulated', ttl: '3600' }, [node('host', { hostname: this.media.host })]),
    ]);
    this.server.queries.handle(
      'w:mex get query',
      limitsQuery((number) => this.#limitsOf(number)),
    );
    this.server.queries.handle('w:g2 get query', ({ attrs }) => this.#describeGroup(attrs.to));
    this.server.queries.handle('w:g2 get participating', () => [
      node(
        'groups',
        {},
        this.groups.map((group) => group.describe()),
      ),
    ]);
    this.server.onActive = (device) => void this.#greet(device);
    await this.media.start();
    this.#port = await this.server.start(port);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.media.stop();
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#port}/ws/chat`;
  }

  /** The public key that a client must trust, 32 bytes. */
  get rootKey(): Uint8Array {
    return this.server.root.public;
  }

  get faults(): Faults {
    return this.server.faults;
  }

  get recorded(): Recorded {
    return this.server.recorded;
  }

  /** Kinds of queries that came and that nobody here understands. */
  get unknownQueries(): readonly string[] {
    return this.server.queries.unknown;
  }

  /** Someone whose number is to be linked. */
  account(options: PersonOptions): Person {
    const person = new Person(this.server, options);
    this.people.push(person);
    this.#appStateOf(person, 'regular_high').keepSalt(person.user.salt);
    return person;
  }

  /** WhatsApp gives the account another salt, or takes it back with null; the companions are told. */
  changeSalt(account: Person, salt: Buffer | null): void {
    account.user.salt = salt;
    const state = this.#appStateOf(account, 'regular_high');
    state.keepSalt(salt);
    this.#tellCollections(account, [node('collection', { name: 'regular_high', version: String(state.version) })]);
  }

  /** Someone who writes to an account. Nothing but the word differs. */
  contact(options: PersonOptions): Person {
    return this.account(options);
  }

  /** Throws where nobody has the number. */
  person(number: string): Person {
    const person = this.people.find((each) => each.number === number);
    if (!person) throw new Error('nobody has this number: POST /people makes someone');
    return person;
  }

  /** A group of people, accounts among them. */
  group(subject: string, members: readonly Person[]): Group {
    const group = new Group(this.server, `12036300000000${this.groups.length}@g.us`, subject, members);
    this.groups.push(group);
    return group;
  }

  /** Saved in an account's address book; null takes the name out again. The companions are told, with `beside` of other collections too. */
  saveContact(account: Person, contact: Person, fullName: string | null, beside: readonly string[] = []): void {
    this.#appStateOf(account, 'critical_unblock_low').saveContact(contact, fullName);
    this.#tellContacts(account, beside);
  }

  /** The same under the number alone: as a phone did it before there were LIDs. */
  saveNumber(account: Person, contact: Person, fullName: string): void {
    this.#appStateOf(account, 'critical_unblock_low').saveContact(contact, fullName, false);
    this.#tellContacts(account, []);
  }

  /** The same for somebody whose number the account does not know. */
  saveLidContact(account: Person, contact: Person, names: LidContactNames | null): void {
    this.#appStateOf(account, 'critical_unblock_low').saveLidContact(contact, names);
    this.#tellContacts(account, []);
  }

  /** The phone has changed what lies in another collection: a chat was archived, muted, pinned. */
  tellCollection(account: Person, name: 'regular' | 'regular_low' | 'regular_high' | 'critical_block'): void {
    this.#tellCollections(account, [node('collection', { name, version: '1' })]);
  }

  #tellContacts(account: Person, beside: readonly string[]): void {
    const version = String(this.#appStateOf(account, 'critical_unblock_low').version);
    this.#tellCollections(account, [
      ...beside.map((name) => node('collection', { name, version: '1' })),
      node('collection', { name: 'critical_unblock_low', version }),
    ]);
  }

  #tellCollections(account: Person, collections: readonly Stanza[]): void {
    const from = account.phone.address('pn');
    for (const device of account.user.companions) {
      const id = this.server.stanzaId();
      device.deliver(node('notification', { id, type: 'server_sync', from, t: seconds() }, [...collections]));
    }
  }

  /** Somebody chooses what they are called, or gives it up with null; the account is told. `silently`: nobody is. */
  chooseUsername(account: Person, contact: Person, username: string | null, { silently = false } = {}): void {
    contact.user.username = username;
    if (!silently) this.#notify(account, (id) => usernameNotice(id, `${contact.user.lid}@lid`, username));
  }

  /** WhatsApp locks an account out of new chats, or lifts the lock with null. `silently`: its devices have to ask. */
  timeLock(account: Person, lock: TimeLock | null, { silently = false } = {}): void {
    const limits = this.#limitsOf(account.number);
    limits.timeLock = lock;
    if (!silently) this.#notify(account, (id) => timeLockNotice(id, limits));
  }

  /** How many new chats an account may open, and how many it has opened. */
  quota(account: Person, quota: Quota, { silently = false } = {}): void {
    const limits = this.#limitsOf(account.number);
    limits.quota = quota;
    if (!silently) this.#notify(account, (id) => quotaNotice(id, limits));
  }

  /** The owner has changed how long messages of new chats are kept; the companions are told. */
  keepMessagesFor(account: Person, durationSeconds: number): void {
    this.#notify(account, (id) =>
      node('notification', { id, type: 'account_sync', from: account.phone.address('pn'), t: seconds() }, [
        node('disappearing_mode', { duration: String(durationSeconds), t: seconds() }),
      ]),
    );
  }

  /** What the account's phone will tell companions that are linked from now on. */
  remember(account: Person, past: readonly PastChat[]): void {
    this.#pasts.set(account.number, past);
  }

  /** Sends every message again that a person's companions have confirmed, as WhatsApp sometimes does. */
  redeliver(account: Person): void {
    for (const device of account.user.companions) device.redeliver();
  }

  /** Ends the connections of a person's companions, or all connections, with one of WhatsApp's stanzas. */
  endWith(ending: Ending, person?: Person): void {
    this.endWithStanza(ENDINGS[ending](), person);
  }

  endWithStanza(stanza: Stanza, person?: Person): void {
    for (const connection of this.#connections(person)) connection.end(stanza);
  }

  /** The connection is gone without a word. */
  cut(person?: Person): void {
    for (const connection of this.#connections(person)) connection.cut();
  }

  /** The connection ends in a TCP reset. */
  reset(person?: Person): void {
    for (const connection of this.#connections(person)) connection.reset();
  }

  /** The connections stay open and nothing is said or heard on them again. */
  silence(person?: Person): void {
    for (const connection of this.#connections(person)) connection.silence();
  }

  /** Waits for a condition, at most half a minute; `what` says what was waited for. */
  async until(condition: () => boolean, what: string, deadlineMs = UNTIL_DEADLINE_MS): Promise<void> {
    const deadline = performance.now() + deadlineMs;
    while (!condition()) {
      if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
      await delay(UNTIL_POLL_MS);
    }
  }

  #appStateOf(account: Person, name: CollectionName): AppState {
    const place = `${account.number} ${name}`;
    const state = this.#appStates.get(place) ?? new AppState(name, this.#appStateKeyOf(account));
    this.#appStates.set(place, state);
    return state;
  }

  #appStateKeyOf({ number }: Person): AppStateKey {
    const key = this.#appStateKeys.get(number) ?? new AppStateKey();
    this.#appStateKeys.set(number, key);
    return key;
  }

  #limitsOf(number: string): AccountLimits {
    const limits = this.#limits.get(number) ?? new AccountLimits();
    this.#limits.set(number, limits);
    return limits;
  }

  #notify(account: Person, notice: (id: string) => Stanza): void {
    for (const device of account.user.companions) device.deliver(notice(this.server.stanzaId()));
  }

  /** A phone that is online welcomes a new companion with its keys and its past. */
  async #greet(device: Device): Promise<void> {
    const owner = this.people.find(({ user }) => user === device.user);
    if (!owner?.phone.online || this.#greeted.has(device)) return;
    this.#greeted.add(device);
    const past = this.#pasts.get(owner.number) ?? [];
    const blobs = this.keepsBlobs ? this.media : null;
    await owner.sendPeer(device, this.#appStateKeyOf(owner).share());
    await owner.sendPeer(device, historySync('initialBootstrap', past, blobs));
    await owner.sendPeer(device, historySync('pushName', past, blobs));
  }

  #describeGroup(address: string | undefined): readonly Stanza[] {
    const group = this.groups.find((each) => each.address === address);
    if (!group) throw new Error('item-not-found');
    return [group.describe()];
  }

  #connections(person: Person | undefined) {
    if (!person) return this.server.connectionsOf();
    return person.user.companions.flatMap((device) => this.server.connectionsOf(device));
  }
}

/** Six references that work until their socket closes: one of the two clocks WhatsApp has been seen to use. */
const DEFAULT_QR: QrClock = { type: 'until-close', refs: 6 };

export async function startWhatsApp(options: WhatsAppOptions = {}): Promise<WhatsApp> {
  const whatsapp = new WhatsApp(new Server(options.qr ?? DEFAULT_QR));
  await whatsapp.start(options.port ?? 0);
  return whatsapp;
}

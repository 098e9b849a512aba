/**
 * A WhatsApp on loopback, for tests and for trying things out: real stock Baileys links to it, sends and receives.
 * It is the other side of the protocol and knows nothing of any relay.
 * Seams: `queries.handle` adds queries, `router.addFanout` adds kinds of chats, `onActive` sees companions log in.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Person, type PersonOptions } from './people/person.ts';
import { ENDINGS, type Ending, type Faults } from './server/faults.ts';
import type { QrClock } from './server/link-desk.ts';
import type { Recorded } from './server/recorded.ts';
import { Server } from './server/server.ts';
import type { Stanza } from './wire/stanza.ts';

export type WhatsAppOptions = {
  readonly port?: number;
  readonly qr?: QrClock;
};

const UNTIL_POLL_MS = 10;
const UNTIL_DEADLINE_MS = 30_000;

export class WhatsApp {
  readonly server: Server;
  readonly people: Person[] = [];
  #port = 0;

  constructor(server: Server) {
    this.server = server;
  }

  async start(port: number): Promise<void> {
    this.#port = await this.server.start(port);
  }

  async stop(): Promise<void> {
    await this.server.stop();
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
    return person;
  }

  /** Someone who writes to an account. Nothing but the word differs. */
  contact(options: PersonOptions): Person {
    return this.account(options);
  }

  /** Ends the connections of a person's companions, or all connections, with one of WhatsApp's stanzas. */
  endWith(ending: Ending, person?: Person): void {
    this.endWithStanza(ENDINGS[ending](), person);
  }

  endWithStanza(stanza: Stanza, person?: Person): void {
    for (const connection of this.#connections(person)) connection.end(stanza);
  }

  /** The line is gone without a word. */
  cut(person?: Person): void {
    for (const connection of this.#connections(person)) connection.cut();
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

/**
 * From a link's sockets to the inbox: the journal around decryption, the people behind the addresses, the queue to the inbox.
 * Hears the agent's active link alone: a device that is about to be logged out is not listened to.
 */
import type { BinaryNode, WAMessage } from '@whiskeysockets/baileys';
import type { AgentId, ChatId } from '../../shared/chat.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ChatLedger } from '../store/chat-ledger.ts';
import type { ChatMessage } from '../store/chat-message.ts';
import type { LinkId, LinkLedger } from '../store/link-ledger.ts';
import type { Me } from './chat-id.ts';
import { DecryptBuffer } from './decrypt-buffer.ts';
import { Intake } from './intake.ts';
import { type MessageName, messageNameOf, messageOf, readStanza } from './journal-entry.ts';
import { People } from './people.ts';
import { openSignalStore, type SignalStore } from './signal-store.ts';

/** A link with its keys at hand. */
export type OpenLink = { readonly id: LinkId; readonly store: SignalStore; readonly buffer: DecryptBuffer };

export type ReceptionPorts = {
  readonly agentId: AgentId;
  readonly links: LinkLedger;
  readonly chats: ChatLedger;
  readonly clock: Clock;
  readonly log: Log;
  active(): OpenLink | null;
  /** Durable when it resolves. */
  takeIn(batch: readonly ChatMessage[]): Promise<void>;
  /** Off or out of scope: nothing of such a chat is journalled. */
  keepsText(chatId: ChatId): boolean;
  merged(from: ChatId, into: ChatId): Promise<void>;
  /** The inbox could not take a batch: what it was is in the journal, and comes again with `replay`. */
  failed(error: unknown): void;
};

export class Reception {
  readonly #ports: ReceptionPorts;
  readonly #people: People;
  readonly #intake: Intake;

  constructor(ports: ReceptionPorts) {
    this.#ports = ports;
    this.#people = new People({
      agentId: ports.agentId,
      chats: ports.chats,
      keys: () => ports.active()?.store.state.keys ?? null,
      keepsText: (chatId) => ports.keepsText(chatId),
      merged: (from, into) => ports.merged(from, into),
    });
    this.#intake = new Intake({
      people: this.#people,
      log: ports.log,
      takeIn: (batch) => ports.takeIn(batch),
      handedOn: (names) => this.#handedOn(names),
      failed: (error) => ports.failed(error),
    });
  }

  /** Rejects with StoreError where the link's credentials cannot be read. */
  async open(id: LinkId): Promise<OpenLink> {
    const buffer = new DecryptBuffer({ clock: this.#ports.clock, keeps: (stanza) => this.#keeps(id, stanza) });
    return { id, store: await openSignalStore(this.#ports.links, id), buffer };
  }

  /** Before a socket opens: what was decrypted before, and not handed on, comes first. */
  async replay({ id, store, buffer }: OpenLink): Promise<void> {
    await store.settled();
    const entries = await this.#ports.links.journal(id);
    buffer.begin(entries);
    this.#intake.resume();
    const me = meOf(store);
    if (!me || entries.length === 0) return;
    const messages = entries.map((entry) => messageOf(entry, me));
    const readable = messages.filter((message) => message !== null);
    this.#intake.push(readable, me, false);
    await this.#handedOn(entries.flatMap(({ stanza }, at) => (messages[at] ? [] : messageNameOf(readStanza(stanza)))));
  }

  /** `live`: as they were sent, not from a queue. */
  received(link: OpenLink, messages: readonly WAMessage[], live: boolean): void {
    const me = meOf(link.store);
    if (me && link === this.#ports.active()) this.#intake.push(messages, me, live);
  }

  /** Two addresses of one person. */
  alias(one: string, other: string): void {
    this.#people
      .learn(one, other)
      .catch((err: unknown) => this.#ports.log.error({ err }, 'an address pair could not be kept'));
  }

  /** Resolves when the inbox has everything that was received. */
  async idle(): Promise<void> {
    await this.#intake.idle();
  }

  async #keeps(id: LinkId, { attrs }: BinaryNode): Promise<boolean> {
    if (id !== this.#ports.active()?.id || attrs.category === 'peer') return false;
    const alternative = attrs.recipient ? (attrs.peer_recipient_lid ?? attrs.recipient_lid) : attrs.sender_lid;
    const chatId = await this.#people.chatOf(attrs.recipient ?? attrs.from, alternative);
    return chatId !== null && this.#ports.keepsText(chatId);
  }

  async #handedOn(names: readonly MessageName[]): Promise<void> {
    const active = this.#ports.active();
    if (!active) return;
    const hashes = names.flatMap((name) => active.buffer.handedOn(name));
    await this.#ports.links.clearJournal(active.id, hashes);
  }
}

function meOf({ state }: SignalStore): Me | null {
  const { me } = state.creds;
  return me ? { id: me.id, lid: me.lid ?? null } : null;
}

/**
 * From a link's sockets to the conversation: the journal around decryption, the people behind the addresses, the queue before the conversation.
 * Hears the agent's active link alone: a device that is about to be logged out is not listened to.
 */
import type { BinaryNode, WAMessage } from '@whiskeysockets/baileys';
import type { AgentId, ChatId } from '../../../shared/contract/chat.ts';
import type { Clock } from '../../clock.ts';
import type { Inbound } from '../../inbound.ts';
import type { Log } from '../../log.ts';
import type { ChatLedger } from '../../store/chat-ledger.ts';
import type { LinkId, LinkLedger } from '../../store/link-ledger.ts';
import type { Me } from '../chat-id.ts';
import type { ServerTime } from '../server-time.ts';
import { DecryptBuffer } from '../socket/decrypt-buffer.ts';
import {
  type MessageName,
  messageNameOf,
  messageNameOfKey,
  messageOf,
  readStanza,
  withoutContent,
} from '../socket/journal-entry.ts';
import { openSignalStore, type SignalStore } from '../socket/signal-store.ts';
import type { AddressBook } from './address-book.ts';
import { MessageQueue } from './message-queue.ts';
import { MissingContent } from './missing-content.ts';
import { ownEnvelopeOf } from './own-envelope.ts';
import { ownReadingOf } from './own-reading.ts';
import { People } from './people.ts';
import { sentAt } from './read-message.ts';

/** A link with its keys at hand. */
export type OpenLink = { readonly id: LinkId; readonly store: SignalStore; readonly buffer: DecryptBuffer };

export type MessageReceiverDeps = {
  readonly agentId: AgentId;
  readonly links: LinkLedger;
  readonly chats: ChatLedger;
  readonly clock: Clock;
  readonly time: Pick<ServerTime, 'heard'>;
  readonly log: Log;
  readonly addressBook: Pick<AddressBook, 'united'>;
  readonly inbound: Inbound;
  active(): OpenLink | null;
  /** A batch could not be taken in: its messages are in the journal, and come again with `replay`. */
  failed(error: unknown): void;
};

export class MessageReceiver {
  readonly #deps: MessageReceiverDeps;
  readonly #people: People;
  readonly #queue: MessageQueue;
  readonly #missing: MissingContent;

  constructor(deps: MessageReceiverDeps) {
    this.#deps = deps;
    this.#missing = new MissingContent(deps.clock);
    this.#people = new People({
      agentId: deps.agentId,
      chats: deps.chats,
      keys: () => deps.active()?.store.state.keys ?? null,
      log: deps.log,
      addressBook: deps.addressBook,
      inbound: deps.inbound,
    });
    this.#queue = new MessageQueue({
      people: this.#people,
      log: deps.log,
      clock: deps.clock,
      inbound: deps.inbound,
      timer: (chatId, seconds) => deps.chats.setDisappearing(deps.agentId, chatId, seconds),
      username: (chatId, username) => this.#setUsername(chatId, username),
      handedOn: (names) => this.#handedOn(names),
      failed: (error) => deps.failed(error),
    });
  }

  /** The agent has another number: whom it knew is not to be known any more. */
  forgetPeople(): void {
    this.#people.forget();
  }

  /** Rejects with StoreError where the link's credentials cannot be read. */
  async open(id: LinkId): Promise<OpenLink> {
    const store = await openSignalStore(this.#deps.links, id, (error) => this.#unwritten(error));
    const buffer = new DecryptBuffer({
      clock: this.#deps.clock,
      settled: () => store.settled(),
      wasDecrypted: (hash) => this.#deps.links.wasDecrypted(id, hash),
      keeps: (stanza) => this.#keeps(id, stanza),
    });
    return { id, store, buffer };
  }

  /** Before a socket opens: what was decrypted before, and not handed on, comes first. */
  async replay({ id, store, buffer }: OpenLink): Promise<void> {
    await store.settled();
    const entries = await this.#deps.links.journal(id);
    buffer.begin(entries);
    this.#queue.resume();
    const me = meOf(store);
    if (!me || entries.length === 0) return;
    const messages = entries.map((entry) => messageOf(entry, me));
    const readable = messages.filter((message) => message !== null);
    this.#queue.push(readable, me, false);
    await this.#handedOn(entries.flatMap(({ stanza }, at) => (messages[at] ? [] : messageNameOf(readStanza(stanza)))));
  }

  /** `live`: as they were sent, not from a queue. */
  received(link: OpenLink, messages: readonly WAMessage[], live: boolean): void {
    const me = meOf(link.store);
    if (!me || link !== this.#deps.active()) return;
    if (live) for (const { messageTimestamp } of messages) this.#deps.time.heard(sentAt(messageTimestamp));
    for (const { key, message } of messages) if (message) this.#missing.arrived(messageNameOfKey(key));
    this.#queue.push(messages, me, live);
  }

  /** A message's stanza has arrived. One of the owner's counts by its envelope: before it is decrypted, and should it never be. */
  stanza(link: OpenLink, stanza: BinaryNode): void {
    const me = meOf(link.store);
    if (!me || link !== this.#deps.active()) return;
    const envelope = ownEnvelopeOf(stanza, me);
    if (envelope) this.#queue.seen(envelope);
  }

  /** A receipt has arrived. That the owner has read a chat elsewhere is told in order with the messages. */
  receipt(link: OpenLink, stanza: BinaryNode): void {
    const me = meOf(link.store);
    if (!me || link !== this.#deps.active()) return;
    const reading = ownReadingOf(stanza, me);
    if (reading) this.#queue.read(reading);
  }

  /** A message came without its content. What the phone is asked for has some time to come. */
  contentMissing(link: OpenLink, stanza: BinaryNode, where: 'phone-only' | 'asked'): void {
    const me = meOf(link.store);
    if (!me || link !== this.#deps.active()) return;
    const live = stanza.attrs.offline === undefined;
    const message = withoutContent(stanza, me);
    if (where === 'phone-only') this.#queue.push([message], me, live);
    else
      this.#missing.await(messageNameOf(stanza), () => {
        // Under an id of its own: should the content come later, it is no copy of this.
        const key = { ...message.key, id: `${message.key.id}-missing` };
        if (link === this.#deps.active()) this.#queue.push([{ ...message, key }], me, false);
      });
  }

  /** Two addresses of one person. */
  alias(one: string, other: string): void {
    this.#people
      .learn(one, other)
      .catch((err: unknown) => this.#deps.log.error({ err }, 'an address pair could not be kept'));
  }

  /** What the person at this address calls themselves; null: nothing any more. */
  username(jid: string, username: string | null): void {
    this.#people
      .chatOf(jid, undefined)
      .then((chatId) => chatId && this.#setUsername(chatId, username))
      .catch((err: unknown) => this.#deps.log.error({ err }, 'a username could not be kept'));
  }

  /** What the phone was asked for is waited for no longer. */
  stop(): void {
    this.#missing.stop();
  }

  /** Resolves when everything that was received is taken in. */
  async idle(): Promise<void> {
    await this.#queue.idle();
  }

  /** Messages decrypted since are in no journal: WhatsApp, which was told of none of them, sends them again. */
  #unwritten(error: unknown): void {
    this.#queue.drop();
    this.#deps.failed(error);
  }

  async #keeps(id: LinkId, { attrs }: BinaryNode): Promise<boolean> {
    if (id !== this.#deps.active()?.id || attrs.category === 'peer') return false;
    return this.#people.keepsText(attrs.recipient ?? attrs.from, otherAddressIn(attrs));
  }

  /** A name like any other: none is written while off, or of a chat that is not kept. */
  async #setUsername(chatId: ChatId, username: string | null): Promise<void> {
    if (this.#deps.inbound.keepsText(chatId)) await this.#deps.chats.setUsername(this.#deps.agentId, chatId, username);
  }

  async #handedOn(names: readonly MessageName[]): Promise<void> {
    const active = this.#deps.active();
    if (!active) return;
    const hashes = names.flatMap((name) => active.buffer.handedOn(name));
    await this.#deps.links.clearJournal(active.id, hashes);
  }
}

function meOf({ state }: SignalStore): Me | null {
  const { me } = state.creds;
  return me ? { id: me.id, lid: me.lid ?? null } : null;
}

/** The chat partner's other address, as WhatsApp names it beside the first. */
function otherAddressIn(attrs: BinaryNode['attrs']): string | undefined {
  if (attrs.recipient === undefined) return attrs.sender_lid ?? attrs.sender_pn;
  return attrs.peer_recipient_lid ?? attrs.recipient_lid ?? attrs.peer_recipient_pn ?? attrs.recipient_pn;
}

/**
 * One Baileys socket, one life: opened, listened to, ended. Knows its events and how to send; decides nothing.
 */
import type { EventEmitter } from 'node:events';
import makeWASocket, {
  type BinaryNode,
  type proto,
  type SignalKeyStore,
  type WAMessage,
} from '@whiskeysockets/baileys';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings/catalogue.ts';
import { isDiskFault } from '../store/store.ts';
import type { Me } from './chat-id.ts';
import type { DecryptBuffer } from './decrypt-buffer.ts';
import type { SocketClose } from './disconnect.ts';
import { Acknowledgements } from './sending.ts';
import type { SignalStore } from './signal-store.ts';
import { endSoon, mendCloseCodes, readClose } from './socket-close.ts';
import { isIgnored, socketConfig } from './socket-config.ts';

type SocketEvents = {
  code(text: string): void;
  /** The phone has scanned; the credentials name the account now. */
  scanned(me: Me): void;
  passkey(): void;
  opened(): void;
  /** Comes once, after everything that was received has been handed on. */
  closed(close: SocketClose): void;
  /** `live`: as they were sent; otherwise from WhatsApp's queue. */
  messages(messages: readonly WAMessage[], live: boolean): void;
  /** Two addresses of one person. */
  alias(one: string, other: string): void;
  restricted(until: number | null): void;
};

export type SocketDeps = {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
  readonly store: SignalStore;
  readonly buffer: DecryptBuffer;
  readonly events: SocketEvents;
  /** The text of an answer of ours, for a phone that asks again; null where unknown. */
  sentText(messageId: string): Promise<string | null>;
  /** Takes no message from anybody: the device is about to be logged out. */
  readonly ignoresMessages?: boolean;
};

const CLOSED_BY_DISK: SocketClose = { code: null, banSeconds: null, origin: 'disk' };

const MESSAGE_EVENT = 'CB:message';

export class WhatsAppSocket {
  readonly #deps: SocketDeps;
  /** Of messages that this socket sent. */
  readonly acknowledgements = new Acknowledgements();
  #socket: ReturnType<typeof makeWASocket> | null = null;
  /** From its end on a socket hears and writes nothing; `closed` is told later, when the connection is really gone. */
  #ended = false;
  #closed = false;
  /** The connection was closed by us, because of the disk. */
  #diskFailed = false;
  readonly #gone = Promise.withResolvers<void>();

  constructor(deps: SocketDeps) {
    this.#deps = deps;
  }

  /** Opens the socket, unless it was ended before. */
  start(): void {
    if (this.#ended) return;
    const { events, store, buffer, clock, ignoresMessages = false } = this.#deps;
    const socket = makeWASocket(
      socketConfig(
        { ...this.#deps, ignoresMessages },
        {
          auth: { creds: store.state.creds, keys: this.#guarded(store.state.keys) },
          getMessage: async ({ id }) => this.#sentMessage(id),
          makeSignalRepository: buffer.makeRepository,
        },
      ),
    );
    this.#socket = socket;
    endSoon(socket.ws, clock, () => this.#hearNoMore());
    mendCloseCodes(socket.ws);
    // An HTTP answer instead of a WebSocket: Baileys 7.0.0-rc14 listens for it and then waits for something better.
    socket.ws.on('unexpected-response', () => void this.end());
    inOrder(socket.ws, (stanza) => {
      if (!isIgnored(stanza.attrs.from ?? '')) buffer.saw(stanza);
    });
    socket.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => this.acknowledgements.heard(attrs));
    if (!store.state.creds.me) {
      socket.ws.on('frame', (frame: unknown) => {
        if (asksForPasskey(frame)) events.passkey();
      });
    }
    socket.ev.on('creds.update', ({ me }) => {
      this.#saveCredentials();
      // Baileys has just told WhatsApp the owner's name, in a presence without a type: that may count as online.
      // On a connection that broke meanwhile there is nothing to correct.
      if (me?.name) this.showUnavailable().catch(() => undefined);
    });
    socket.ev.on('messages.upsert', ({ messages, type }) => {
      if (!this.#ended) events.messages(messages, type === 'notify');
    });
    socket.ev.on('lid-mapping.update', ({ lid, pn }) => events.alias(lid, pn));
    socket.ev.on('connection.update', (update) => {
      if (update.qr) events.code(update.qr);
      const { me } = store.state.creds;
      if (update.isNewLogin && me) events.scanned({ id: me.id, lid: me.lid ?? null });
      if (update.connection === 'open') events.opened();
      if (update.reachoutTimeLock) events.restricted(restrictionEnd(update.reachoutTimeLock));
      if (update.connection === 'close') this.#onClosed(update.lastDisconnect?.error);
    });
  }

  /** Writes a text under an id of ours, without a preview of links in it: that would fetch what a stranger named. */
  async sendText(jid: string, messageId: string, text: string): Promise<void> {
    await this.#socket?.sendMessage(jid, { text, linkPreview: null }, { messageId });
  }

  /** A link that looks online silences the owner's phone. */
  async showUnavailable(): Promise<void> {
    await this.#socket?.sendNode({ tag: 'presence', attrs: { type: 'unavailable' } });
  }

  /** Removes this device at WhatsApp; resolves on its answer, rejects without one. */
  async removeDevice(): Promise<void> {
    const jid = this.#deps.store.state.creds.me?.id;
    if (!this.#socket || !jid) throw new Error('there is no device to remove');
    const answer: unknown = await this.#socket.query({
      tag: 'iq',
      attrs: { to: 's.whatsapp.net', type: 'set', xmlns: 'md' },
      content: [{ tag: 'remove-companion-device', attrs: { jid, reason: 'user_initiated' } }],
    });
    // A query that timed out resolves to nothing.
    if (answer === undefined) throw new Error('WhatsApp did not answer');
  }

  /** Calls `task` as soon as WhatsApp has accepted the login, before Baileys has asked its questions. */
  onAccepted(task: () => void): void {
    this.#socket?.ws.on('CB:success', task);
  }

  /**
   * Resolves when the connection is gone, soon. What was received so far is handed on before this returns: a message that is
   * decrypted and not yet handed on is in the journal; one that is not decrypted stays at WhatsApp.
   */
  end(): Promise<void> {
    if (!this.#socket) this.#onClosed(undefined);
    else if (!this.#ended) {
      this.#hearNoMore();
      void this.#socket.end(undefined);
    }
    return this.#gone.promise;
  }

  #hearNoMore(): void {
    if (this.#ended) return;
    // What waits in Baileys' buffer would be destroyed with it.
    this.#socket?.ev.flush();
    this.#ended = true;
  }

  /**
   * A store that fails closes the connection: Baileys would tell the sender that a message could not be read, and WhatsApp that
   * it is done with. On a closed connection it can say neither, and the message stays at WhatsApp until the store works again.
   * An ended socket writes nothing: what Baileys still decrypts then would race the next socket for the same ratchet.
   */
  #guarded(keys: SignalKeyStore): SignalKeyStore {
    const failed = (error: unknown): never => {
      this.#storeFailed(error);
      throw error;
    };
    return {
      get: async (type, ids) => Promise.resolve(keys.get(type, ids)).catch(failed),
      set: async (data) => {
        if (this.#ended) throw new Error('this socket has ended');
        await Promise.resolve(keys.set(data)).catch(failed);
      },
    };
  }

  async #sentMessage(id: string | null | undefined): Promise<proto.IMessage | undefined> {
    const text = id ? await this.#deps.sentText(id) : null;
    // Never an empty message: it would use up the phone's one chance to see the answer.
    return text === null ? undefined : { conversation: text };
  }

  #saveCredentials(): void {
    const { store, log } = this.#deps;
    // What an ended socket still learns is in the same object, and goes with the next one's first change.
    if (this.#ended) return;
    store.saveCredentials().catch((err: unknown) => {
      log.error({ err }, 'the credentials could not be written: the connection is closed');
      this.#storeFailed(err);
    });
  }

  #storeFailed(error: unknown): void {
    this.#diskFailed ||= isDiskFault(error);
    void this.end();
  }

  #onClosed(error: unknown): void {
    if (this.#closed) return;
    this.#hearNoMore();
    this.#closed = true;
    this.acknowledgements.close();
    this.#deps.events.closed(this.#diskFailed ? CLOSED_BY_DISK : readClose(error));
    this.#socket?.ws.removeAllListeners();
    // A socket that is still connecting reports errors after its end; without a listener they would end the process.
    this.#socket?.ws.on('error', () => undefined);
    this.#gone.resolve();
  }
}

/**
 * Baileys 7.0.0-rc14 starts on each message as it comes, and stores a new contact's address pair before it takes its lock:
 * of several messages at once the later ones overtake. Each now waits for the one before. `saw` hears of it first.
 */
function inOrder(stanzas: EventEmitter, saw: (stanza: BinaryNode) => void): void {
  const handlers = stanzas.listeners(MESSAGE_EVENT);
  let last: Promise<unknown> = Promise.resolve();
  stanzas.removeAllListeners(MESSAGE_EVENT);
  stanzas.on(MESSAGE_EVENT, (stanza: BinaryNode) => {
    saw(stanza);
    // Baileys reports what fails in there itself; the next message is handled all the same.
    last = last.then(() => Promise.allSettled(handlers.map(async (handle): Promise<unknown> => handle(stanza))));
  });
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function restrictionEnd(lock: {
  readonly isActive?: boolean;
  readonly timeEnforcementEnds?: Date | undefined;
}): number | null {
  return lock.isActive ? (lock.timeEnforcementEnds?.getTime() ?? Number.MAX_SAFE_INTEGER) : null;
}

/** Since June 2026 some accounts are asked for a passkey while they link; Baileys does not know the request. */
function asksForPasskey(frame: unknown): boolean {
  const content: unknown = field(frame, 'content');
  return (
    field(frame, 'tag') === 'passkey_prologue_request' ||
    (Array.isArray(content) && content.some((child: unknown) => asksForPasskey(child)))
  );
}

/**
 * One Baileys socket, one life: opened, listened to, ended. Knows its events and how to send; decides nothing.
 */
import makeWASocket, { type BinaryNode, type WASocket } from '@whiskeysockets/baileys';
import type { Clock, Random } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { OutgoingAnswer } from '../../outbound.ts';
import type { Settings } from '../../settings/catalogue.ts';
import { isDiskFault } from '../../store/store.ts';
import { mendCloseCodes } from '../beyond-baileys/close-codes.ts';
import { syncContacts } from '../beyond-baileys/contact-sync.ts';
import { syncSalt } from '../beyond-baileys/cs-token.ts';
import { childOf, isLinked } from '../beyond-baileys/early-notifications.ts';
import { syncNothingElse } from '../beyond-baileys/few-syncs.ts';
import { holdUntilWritten } from '../beyond-baileys/frames-after-disk.ts';
import { inOrder } from '../beyond-baileys/message-order.ts';
import { watchMissedDevices } from '../beyond-baileys/missed-devices.ts';
import type { PhoneCodeAnswer } from '../beyond-baileys/phone-code.ts';
import { ackPlainly, ackStatuses, refuseNothing } from '../beyond-baileys/plain-acks.ts';
import { endSoon } from '../beyond-baileys/prompt-end.ts';
import { keepQuiet } from '../beyond-baileys/quiet-presence.ts';
import { repairServerTrust } from '../beyond-baileys/server-trust.ts';
import { watchLimits } from '../beyond-baileys/time-lock.ts';
import { missingContentOf } from '../beyond-baileys/unavailable-content.ts';
import { watchUsernames } from '../beyond-baileys/usernames.ts';
import { ConnectionWatch } from './connection-watch.ts';
import type { DecryptBuffer } from './decrypt-buffer.ts';
import { GuardedCredentials } from './guarded-credentials.ts';
import { messageNameOf, messageNameOfKey } from './journal-entry.ts';
import { beginLinkingDialogue, type LinkingDialogue, traceStanzas } from './linking-dialogue.ts';
import type { LinkingTrace } from './linking-trace.ts';
import { OfflineQueue } from './offline-queue.ts';
import { OutgoingStanzas, retriedMessage } from './outgoing-stanzas.ts';
import type { PasskeyCeremony } from './passkey/passkey-ceremony.ts';
import type { SignalStore } from './signal-store.ts';
import type { SocketClose } from './socket-close.ts';
import { readClose } from './socket-close.ts';
import { isIgnored, socketConfig } from './socket-config.ts';
import type { SocketEvents } from './socket-events.ts';

export type SocketDeps = {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Settings;
  readonly store: SignalStore;
  readonly buffer: DecryptBuffer;
  readonly events: SocketEvents;
  /** The whole address book was read on an earlier connection. */
  addressBookKnown(): boolean;
  /** An answer of ours, for a phone that asks again; null where unknown. */
  sentAnswer(messageId: string): Promise<Pick<OutgoingAnswer, 'text' | 'disappearsAfter'> | null>;
  /** Takes no message from anybody: the device is about to be logged out. */
  readonly ignoresMessages?: boolean;
  /** The trace of a device that is being linked, up to its first login; null otherwise. */
  readonly trace?: LinkingTrace | null;
};

const CLOSED_BY_DISK: SocketClose = { code: null, banSeconds: null, origin: 'disk' };

export class WhatsAppSocket {
  readonly #deps: SocketDeps;
  /** What is written to WhatsApp over this socket. */
  readonly outgoing: OutgoingStanzas;
  readonly #credentials: GuardedCredentials;
  #socket: ReturnType<typeof makeWASocket> | null = null;
  /** From its end on a socket hears and writes nothing; `closed` is told later, when the connection is really gone. */
  #ended = false;
  #closed = false;
  /** The connection was closed by us, because of the disk. */
  #diskFailed = false;
  readonly #gone = Promise.withResolvers<void>();

  readonly #offline: OfflineQueue;
  readonly #watch: ConnectionWatch;
  #endContactSync: () => void = () => undefined;
  #endSaltSync: () => void = () => undefined;
  #endOrder: () => void = () => undefined;
  /** The dialogue of a device that is being linked; null of another. */
  #linking: LinkingDialogue | null = null;

  constructor(deps: SocketDeps) {
    this.#deps = deps;
    this.outgoing = new OutgoingStanzas(() => this.#socket, deps.store, deps.log);
    this.#credentials = new GuardedCredentials({
      store: deps.store,
      log: deps.log,
      ended: () => this.#ended,
      failed: (error) => this.#storeFailed(error),
    });
    this.#watch = new ConnectionWatch({
      clock: deps.clock,
      ping: () => this.outgoing.ping(),
      dead: () => {
        deps.log.warn('the connection is dead: WhatsApp answers nothing');
        void this.end();
      },
    });
    this.#offline = new OfflineQueue({
      clock: deps.clock,
      ask: () => this.outgoing.askForQueue(),
      left: (count) => deps.events.catchingUp(count),
      done: () => {
        // Without a mark at its end Baileys keeps what came in its own buffer.
        this.#socket?.ev.flush();
        if (!this.#ended) deps.events.caughtUp();
      },
      stuck: (whole) => {
        this.#socket?.ev.flush();
        if (!this.#ended) deps.events.queueStuck(whole);
      },
    });
  }

  /** Opens the socket, unless it was ended before. */
  start(): void {
    if (this.#ended) return;
    const { events, store, buffer, clock, log, ignoresMessages = false, trace = null } = this.#deps;
    repairServerTrust(this.#deps.settings.simulated?.rootKey ?? null);
    refuseNothing();
    const config = socketConfig(
      { ...this.#deps, ignoresMessages },
      {
        auth: { creds: store.state.creds, keys: this.#credentials.keys },
        getMessage: async ({ id }) => retriedMessage(id ? await this.#deps.sentAnswer(id) : null),
        makeSignalRepository: buffer.makeRepository,
      },
    );
    const socket = makeWASocket(config);
    this.#socket = socket;
    keepQuiet(socket);
    buffer.retries.keepFor(socket);
    if (trace) traceStanzas(socket, trace);
    holdUntilWritten(socket.ws, () => store.unwritten());
    endSoon(socket.ws, clock, () => this.#hearNoMore());
    mendCloseCodes(socket.ws);
    // An HTTP answer instead of a WebSocket: Baileys 7.0.0-rc14 listens for it and then waits for something better.
    socket.ws.on('unexpected-response', () => void this.end());
    this.#endOrder = inOrder(socket.ws, {
      clock,
      failures: () => buffer.failures,
      setAside: (stanza) => this.#offline.handedOver([messageNameOf(stanza)]),
      takes: (stanza) => {
        const ignored = ignoresMessages || isIgnored(stanza.attrs.from ?? '');
        const missing = ignored ? null : missingContentOf(stanza);
        if (missing && !this.#ended) events.contentMissing(stanza, missing);
        if (ignored || missing === 'phone-only') {
          this.#offline.handedOver([messageNameOf(stanza)]);
          ackPlainly(socket, stanza, log);
          return true;
        }
        if (!this.#ended) events.stanza(stanza);
        buffer.saw(stanza);
        return false;
      },
    });
    ackStatuses(socket, log);
    if (!ignoresMessages)
      socket.ws.on('CB:receipt', (stanza: BinaryNode) => {
        if (!this.#ended) events.receipt(stanza);
      });
    socket.ws.on('CB:success', ({ attrs }: BinaryNode) => events.serverTime(Number(attrs.t) * 1_000));
    watchQueue(socket.ws, this.#offline);
    socket.ws.on('frame', () => this.#watch.heard());
    if (!ignoresMessages) {
      this.#endContactSync = syncContacts(socket, {
        ...this.#deps,
        keys: this.#credentials.keys,
        known: () => this.#deps.addressBookKnown(),
        hasKey: () => Boolean(store.state.creds.myAppStateKeyId),
        read: (people) => events.contacts(people),
      });
      this.#endSaltSync = syncSalt(socket, {
        ...this.#deps,
        state: { creds: store.state.creds, keys: this.#credentials.keys },
        changed: () => void this.#credentials.save().catch(() => undefined),
      });
      watchLimits(socket, log, (until) => events.restricted(until));
      watchMissedDevices(socket, config.userDevicesCache);
      syncNothingElse(socket, log);
      watchUsernames(socket, (jid, username) => events.username(jid, username));
    }
    socket.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => this.outgoing.acknowledgements.heard(attrs));
    if (!isLinked(store.state.creds)) {
      const save = (): Promise<void> => this.#credentials.save();
      this.#linking = beginLinkingDialogue(socket, { ...this.#deps, browser: config.browser, save });
    }
    socket.ev.on('creds.update', () => {
      // A store that fails has closed the connection.
      this.#credentials.save().catch(() => undefined);
    });
    socket.ev.on('messages.upsert', ({ messages, type }) => {
      if (!this.#ended) events.messages(messages, type === 'notify');
      this.#offline.handedOver(messages.map(({ key }) => messageNameOfKey(key)));
    });
    socket.ev.on('lid-mapping.update', ({ lid, pn }) => events.alias(lid, pn));
    socket.ev.on('connection.update', (update) => {
      if (update.qr) events.code(update.qr);
      const { me } = store.state.creds;
      if (update.isNewLogin && me) events.scanned({ id: me.id, lid: me.lid ?? null });
      if (update.connection === 'open') {
        // Baileys says so only where it knows a name. On a connection that broke meanwhile there is nothing to say.
        this.outgoing.showUnavailable().catch(() => undefined);
        events.opened();
        this.#offline.opened();
      }
      if (update.receivedPendingNotifications) this.#offline.announced();
      if (update.connection === 'close') this.#onClosed(update.lastDisconnect?.error);
    });
  }

  /** Null on a socket that links nothing, or no longer. */
  get ceremony(): PasskeyCeremony | null {
    return this.#ended ? null : (this.#linking?.ceremony ?? null);
  }

  /** True if something depends on this connection now: then its loss is found soon. */
  watchConnection(watching: boolean): void {
    if (!this.#ended) this.#watch.watch(watching);
  }

  /** Eight characters that link this device when they are typed into the phone of `number` (digits). Rejects where the connection ends. */
  async requestPhoneCode(number: string): Promise<PhoneCodeAnswer> {
    if (!this.#linking || this.#ended) throw new Error('the socket links nothing');
    return this.#linking.phoneCode.request(number);
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
    // Events in Baileys' buffer would be destroyed with it.
    this.#socket?.ev.flush();
    this.#ended = true;
    this.#endContactSync();
    this.#endSaltSync();
    this.#watch.stop();
    this.#endOrder();
    this.#offline.stop();
  }

  #storeFailed(error: unknown): void {
    this.#diskFailed ||= isDiskFault(error);
    void this.end();
  }

  #onClosed(error: unknown): void {
    if (this.#closed) return;
    this.#hearNoMore();
    this.#closed = true;
    this.outgoing.acknowledgements.close();
    this.#deps.events.closed(this.#diskFailed ? CLOSED_BY_DISK : readClose(error));
    this.#socket?.ws.removeAllListeners();
    // A socket that is still connecting reports errors after its end; without a listener they would end the process.
    this.#socket?.ws.on('error', () => undefined);
    this.#gone.resolve();
  }
}

/** Stanzas of every kind may have waited: WhatsApp counts them all. */
function watchQueue(wire: WASocket['ws'], queue: OfflineQueue): void {
  wire.on('CB:ib,,offline_preview', (stanza: BinaryNode) => {
    queue.previewed(Number(childOf(stanza, 'offline_preview')?.attrs.count));
  });
  wire.on('frame', (frame: BinaryNode | Uint8Array) => {
    if (!(frame instanceof Uint8Array) && frame.attrs.offline !== undefined) queue.arrived(frame);
  });
}

/**
 * One Baileys socket, one life: opened, listened to, ended. Knows its events and how to send; decides nothing.
 */
import makeWASocket, {
  type BinaryNode,
  isLidUser,
  jidDecode,
  jidNormalizedUser,
  type proto,
  type SignalKeyStore,
  type SocketConfig,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys';
import { isTcTokenExpired } from '@whiskeysockets/baileys/lib/Utils/tc-token-utils.js';
import type { ChatId } from '../../../shared/chat.ts';
import type { Clock, Random } from '../../clock.ts';
import type { RestrictionEnd } from '../../inbound.ts';
import type { Log } from '../../log.ts';
import type { OutgoingAnswer } from '../../outbound.ts';
import type { Settings } from '../../settings/catalogue.ts';
import { isDiskFault } from '../../store/store.ts';
import { mendCloseCodes } from '../beyond-baileys/close-codes.ts';
import { type SavedPerson, syncContacts } from '../beyond-baileys/contact-sync.ts';
import { csTokenFor, syncSalt } from '../beyond-baileys/cs-token.ts';
import { childOf, EarlyNotifications, isLinked } from '../beyond-baileys/early-notifications.ts';
import { syncNothingElse } from '../beyond-baileys/few-syncs.ts';
import { holdUntilWritten } from '../beyond-baileys/frames-after-disk.ts';
import { sendGated } from '../beyond-baileys/gated-send.ts';
import { inOrder } from '../beyond-baileys/message-order.ts';
import { watchMissedDevices } from '../beyond-baileys/missed-devices.ts';
import { refuseForeignSignatures } from '../beyond-baileys/pair-refusal.ts';
import { PhoneCode, type PhoneCodeAnswer } from '../beyond-baileys/phone-code.ts';
import { ackPlainly, ackStatuses, refuseNothing } from '../beyond-baileys/plain-acks.ts';
import { endSoon } from '../beyond-baileys/prompt-end.ts';
import { keepQuiet } from '../beyond-baileys/quiet-presence.ts';
import { onRegistrationRefresh } from '../beyond-baileys/registration-refresh.ts';
import { repairServerTrust } from '../beyond-baileys/server-trust.ts';
import { watchLimits } from '../beyond-baileys/time-lock.ts';
import { missingContentOf } from '../beyond-baileys/unavailable-content.ts';
import { watchUsernames } from '../beyond-baileys/usernames.ts';
import type { Me } from '../chat-id.ts';
import { ConnectionWatch } from './connection-watch.ts';
import type { DecryptBuffer } from './decrypt-buffer.ts';
import { messageNameOf, messageNameOfKey } from './journal-entry.ts';
import type { LinkingTrace } from './linking-trace.ts';
import { OfflineQueue } from './offline-queue.ts';
import { type CeremonyFault, PasskeyCeremony } from './passkey/passkey-ceremony.ts';
import { Acknowledgements } from './sending.ts';
import type { SignalStore } from './signal-store.ts';
import type { SocketClose } from './socket-close.ts';
import { readClose } from './socket-close.ts';
import { DEVICE_TYPE, isIgnored, socketConfig } from './socket-config.ts';

export type SocketEvents = {
  code(text: string): void;
  /** WhatsApp has asked for another secret of this device, and it is written: base64. Codes with the former one are dead. */
  secretRenewed(secret: string): void;
  phoneCodeTyped(): void;
  phoneCodeWorn(byHand: boolean): void;
  phoneCodeFailed(): void;
  /** The phone has scanned; the credentials name the account now. */
  scanned(me: Me): void;
  /** WhatsApp asks for a passkey: the phone has scanned. */
  passkey(): void;
  passkeyContinued(code: string, proven: boolean): void;
  passkeyFailed(fault: CeremonyFault): void;
  /** What WhatsApp's clock shows, epoch ms: said at each login. */
  serverTime(at: number): void;
  opened(): void;
  /** So many stanzas still wait at WhatsApp for this device. */
  catchingUp(left: number): void;
  /** Comes once, after `opened`: what waited at WhatsApp has been handed on. */
  caughtUp(): void;
  /** Comes once: WhatsApp does not hand over what waits, or does not say that this was all (`whole`). */
  queueStuck(whole: boolean): void;
  /** Comes once, after everything that was received has been handed on. */
  closed(close: SocketClose): void;
  /** `live`: as they were sent; otherwise from WhatsApp's queue. */
  messages(messages: readonly WAMessage[], live: boolean): void;
  /** A message's stanza has arrived: nothing of it is decrypted yet. */
  stanza(stanza: BinaryNode): void;
  /** A message came without its content: only the phone has it, or the phone is asked for it. */
  contentMissing(stanza: BinaryNode, where: 'phone-only' | 'asked'): void;
  /** Everyone in the address book, each time that it has changed. */
  contacts(people: readonly SavedPerson[]): void;
  /** What somebody calls themselves; null: nothing any more. */
  username(jid: string, username: string | null): void;
  /** Two addresses of one person. */
  alias(one: string, other: string): void;
  restricted(until: RestrictionEnd): void;
};

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
  /** Of a device that is being linked, up to its first login; null otherwise. */
  readonly trace?: LinkingTrace | null;
};

const PING: BinaryNode = { tag: 'ping', attrs: {} };
const SECRET_BYTES = 32;
/** As many as Baileys asks for at first. */
const WINDOW = '100';
const CLOSED_BY_DISK: SocketClose = { code: null, banSeconds: null, origin: 'disk' };

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

  readonly #offline: OfflineQueue;
  readonly #watch: ConnectionWatch;
  #endContactSync: () => void = () => undefined;
  #endSaltSync: () => void = () => undefined;
  #endOrder: () => void = () => undefined;
  /** Of a device that is being linked. */
  #ceremony: PasskeyCeremony | null = null;
  #phoneCode: PhoneCode | null = null;

  constructor(deps: SocketDeps) {
    this.#deps = deps;
    this.#watch = new ConnectionWatch({
      clock: deps.clock,
      ping: () => this.#ping(),
      dead: () => {
        deps.log.warn('the connection is dead: WhatsApp answers nothing');
        void this.end();
      },
    });
    this.#offline = new OfflineQueue({
      clock: deps.clock,
      ask: () => this.#askForQueue(),
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
        auth: { creds: store.state.creds, keys: this.#guarded(store.state.keys) },
        getMessage: async ({ id }) => this.#sentMessage(id),
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
          ackPlainly(socket, stanza, log);
          return true;
        }
        if (!this.#ended) events.stanza(stanza);
        buffer.saw(stanza);
        this.#offline.saw(stanza);
        return false;
      },
    });
    ackStatuses(socket, log);
    socket.ws.on('CB:success', ({ attrs }: BinaryNode) => events.serverTime(Number(attrs.t) * 1_000));
    watchQueue(socket.ws, this.#offline);
    socket.ws.on('frame', () => this.#watch.heard());
    if (!ignoresMessages) {
      this.#endContactSync = syncContacts(socket, {
        ...this.#deps,
        keys: this.#guarded(store.state.keys),
        known: () => this.#deps.addressBookKnown(),
        hasKey: () => Boolean(store.state.creds.myAppStateKeyId),
        read: (people) => events.contacts(people),
      });
      this.#endSaltSync = syncSalt(socket, {
        ...this.#deps,
        state: { creds: store.state.creds, keys: this.#guarded(store.state.keys) },
        changed: () => void this.#saveCredentials().catch(() => undefined),
      });
      watchLimits(socket, log, (until) => events.restricted(until));
      watchMissedDevices(socket, config.userDevicesCache);
      syncNothingElse(socket, log);
      watchUsernames(socket, (jid, username) => events.username(jid, username));
    }
    socket.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => this.acknowledgements.heard(attrs));
    if (!isLinked(store.state.creds)) this.#prepareLinking(socket, config.browser);
    socket.ev.on('creds.update', () => {
      // A store that fails has closed the connection.
      this.#saveCredentials().catch(() => undefined);
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
        this.showUnavailable().catch(() => undefined);
        events.opened();
        this.#offline.opened();
      }
      if (update.receivedPendingNotifications) this.#offline.announced();
      if (update.connection === 'close') this.#onClosed(update.lastDisconnect?.error);
    });
  }

  /** Null on a socket that links nothing, or no longer. */
  get ceremony(): PasskeyCeremony | null {
    return this.#ended ? null : this.#ceremony;
  }

  /** Whether something depends on this connection now: then a line that is lost is found soon. */
  watchConnection(watching: boolean): void {
    if (!this.#ended) this.#watch.watch(watching);
  }

  #ping(): void {
    const ping = { tag: 'iq', attrs: { to: 's.whatsapp.net', type: 'get', xmlns: 'w:p' }, content: [PING] };
    // No answer is what the watch finds by itself.
    this.#socket?.query(ping).catch(() => undefined);
  }

  #askForQueue(): void {
    const ask = { tag: 'ib', attrs: {}, content: [{ tag: 'offline_batch', attrs: { count: WINDOW } }] };
    this.#socket
      ?.sendNode(ask)
      .catch((err: unknown) => this.#deps.log.debug({ err }, 'a window could not be asked for'));
  }

  /** What WhatsApp asks a device for before it is linked. */
  #prepareLinking(socket: WASocket, browser: SocketConfig['browser']): void {
    const { clock, random, log, store, events } = this.#deps;
    refuseForeignSignatures(socket, log);
    const notifications = new EarlyNotifications(socket, log);
    const ceremony = new PasskeyCeremony(socket, notifications, {
      clock,
      log,
      random,
      deviceType: DEVICE_TYPE,
      asked: () => events.passkey(),
      continued: (code, proven) => events.passkeyContinued(code, proven),
      failed: (fault) => events.passkeyFailed(fault),
    });
    const phoneCode = new PhoneCode(socket, notifications, {
      random,
      log,
      browser,
      save: () => this.#saveCredentials(),
      typed: () => events.phoneCodeTyped(),
      worn: (byHand) => events.phoneCodeWorn(byHand),
      failed: () => events.phoneCodeFailed(),
    });
    onRegistrationRefresh(notifications, async () => {
      // What the phone signs with is agreed on: another secret would undo a link that is about to succeed.
      if (ceremony.sealed || phoneCode.awaitsLink) return null;
      const secret = Buffer.from(random.bytes(SECRET_BYTES)).toString('base64');
      store.state.creds.advSecretKey = secret;
      await this.#saveCredentials();
      return () => events.secretRenewed(secret);
    });
    this.#ceremony = ceremony;
    this.#phoneCode = phoneCode;
  }

  /**
   * Asks for whatever WhatsApp must be asked before a text can be written to a chat: the devices of both sides, and keys for those without
   * a session. False where it named no device. Rejects where it does not answer.
   */
  async prepare(chatId: ChatId): Promise<boolean> {
    const socket = this.#socket;
    const me = this.#deps.store.state.creds.me;
    if (!socket || !me) return false;
    const own = jidNormalizedUser(isLidUser(chatId) && me.lid ? me.lid : me.id);
    const devices = await socket.getUSyncDevices([own, chatId], true, false);
    const user = jidDecode(chatId)?.user;
    if (!devices.some((device) => device.user === user)) return false;
    const others = devices.map(({ jid }) => jid).filter((jid) => jid !== me.id && jid !== me.lid);
    await socket.assertSessions(others, false);
    return true;
  }

  /** Eight characters that link this device when they are typed into the phone of `number` (digits). Rejects where the connection ends. */
  async requestPhoneCode(number: string): Promise<PhoneCodeAnswer> {
    if (!this.#phoneCode || this.#ended) throw new Error('the socket links nothing');
    return this.#phoneCode.request(number);
  }

  /** Writes a text under an id of ours, without a preview of links in it: that would fetch what a stranger named. */
  async sendText(answer: OutgoingAnswer, leaving: () => void): Promise<void> {
    if (!this.#socket) return;
    const token = await this.#csToken(answer.chatId);
    await sendGated(this.#socket, answer, leaving, token ? [token] : []);
  }

  /** Null where the person's own token goes with the message, or there is none to make. */
  async #csToken(chatId: ChatId): Promise<BinaryNode | null> {
    const { creds, keys } = this.#deps.store.state;
    const lid = isLidUser(chatId) ? chatId : await this.#socket?.signalRepository.lidMapping.getLIDForPN(chatId);
    if (!lid) return null;
    const { token, timestamp } = (await keys.get('tctoken', [lid]))[lid] ?? {};
    return token?.length && !isTcTokenExpired(timestamp) ? null : csTokenFor(creds, lid);
  }

  /** Tells a contact that something is being written, or no longer. */
  async showTyping(chatId: ChatId, writing: boolean): Promise<void> {
    await this.#socket?.sendPresenceUpdate(writing ? 'composing' : 'paused', chatId);
  }

  async markRead(chatId: ChatId, messageIds: readonly string[]): Promise<void> {
    await this.#socket?.readMessages(messageIds.map((id) => ({ remoteJid: chatId, id, fromMe: false })));
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
    this.#endContactSync();
    this.#endSaltSync();
    this.#watch.stop();
    this.#endOrder();
    this.#offline.stop();
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
    const sent = id ? await this.#deps.sentAnswer(id) : null;
    // Never an empty message: it would use up the phone's one chance to see the answer.
    if (!sent) return undefined;
    const { text, disappearsAfter = 0 } = sent;
    if (disappearsAfter === 0) return { conversation: text };
    return { extendedTextMessage: { text, contextInfo: { expiration: disappearsAfter } } };
  }

  /** Durable when it resolves; rejects where they were not written, and the connection is closed then. */
  async #saveCredentials(): Promise<void> {
    const { store, log } = this.#deps;
    // What an ended socket still learns is in the same object, and goes with the next one's first change.
    if (this.#ended) return;
    try {
      await store.saveCredentials();
    } catch (err) {
      log.error({ err }, 'the credentials could not be written: the connection is closed');
      this.#storeFailed(err);
      throw err;
    }
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

/** Until the connection is open: what comes then is the account's. Baileys' own answers to linking leave without passing here. */
function traceStanzas(socket: ReturnType<typeof makeWASocket>, trace: LinkingTrace): void {
  const { sendNode, query } = socket;
  let traced = true;
  const note = (way: 'received' | 'sent', stanza: BinaryNode): void => {
    if (traced) trace.stanza(way, stanza);
  };
  socket.ws.on('frame', (frame: BinaryNode | Uint8Array) => {
    if (!(frame instanceof Uint8Array)) note('received', frame);
  });
  Object.assign(socket, {
    sendNode: (stanza: BinaryNode) => {
      note('sent', stanza);
      return sendNode(stanza);
    },
    query: (stanza: BinaryNode, ...rest: [timeoutMs?: number]) => {
      note('sent', stanza);
      return query(stanza, ...rest);
    },
  });
  socket.ev.on('connection.update', ({ connection }) => {
    if (connection === 'open') traced = false;
  });
}

/** Stanzas of every kind may have waited: WhatsApp counts them all. */
function watchQueue(wire: WASocket['ws'], queue: OfflineQueue): void {
  wire.on('CB:ib,,offline_preview', (stanza: BinaryNode) => {
    queue.previewed(Number(childOf(stanza, 'offline_preview')?.attrs.count));
  });
  wire.on('frame', (frame: BinaryNode | Uint8Array) => {
    if (!(frame instanceof Uint8Array) && frame.attrs.offline !== undefined) queue.arrived();
  });
}

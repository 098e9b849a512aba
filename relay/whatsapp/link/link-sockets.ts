/**
 * The sockets of one session, by generation, and the receiver of their messages: opens them and turns what they say into events of the link.
 * Baileys is loaded with the first link: an agent without one does not need it.
 */
import type { AgentId } from '../../../shared/contract/chat.ts';
import type { Clock, Random } from '../../clock.ts';
import type { Inbound } from '../../inbound.ts';
import type { Log } from '../../log.ts';
import type { OutgoingAnswer } from '../../outbound.ts';
import type { Settings } from '../../settings/catalogue.ts';
import type { ChatLedger } from '../../store/chat-ledger.ts';
import type { LinkLedger } from '../../store/link-ledger.ts';
import type { SavedPerson } from '../beyond-baileys/contact-sync.ts';
import type { Me } from '../chat-id.ts';
import type { AddressBook } from '../messages/address-book.ts';
import type { MessageReceiver, OpenLink } from '../messages/message-receiver.ts';
import type { ServerTime } from '../server-time.ts';
import type { LinkingTrace } from '../socket/linking-trace.ts';
import type { WhatsAppSocket } from '../socket/socket.ts';
import type { SocketEvents } from '../socket/socket-events.ts';
import type { LinkEvent } from './link-state.ts';

export type LinkSocketsDeps = {
  readonly links: LinkLedger;
  readonly chats: ChatLedger;
  readonly clock: Clock;
  readonly time: ServerTime;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Settings;
  readonly addressBook: AddressBook;
  /** What passes while the agent is linked. */
  readonly trace: LinkingTrace;
  inbound(): Inbound;
  sentAnswer(messageId: string): Promise<Pick<OutgoingAnswer, 'text' | 'disappearsAfter'> | null>;
  active(): OpenLink | null;
  linkFor(purpose: 'pair' | 'resume'): Promise<OpenLink | null>;
  /** From the first code to the first login. */
  isLinking(): boolean;
  dispatch(event: LinkEvent): void;
  scanned(generation: number, me: Me): void;
  /** WhatsApp's clock has told something. */
  timeHeard(): void;
  /** The stanzas that waited have been taken in, or do not come: `event` says which. */
  caughtUp(event: LinkEvent & { readonly generation: number }): void;
  storeFailed(error: unknown): void;
};

export class LinkSockets {
  readonly #agentId: AgentId;
  readonly #deps: LinkSocketsDeps;
  readonly #sockets = new Map<number, WhatsAppSocket>();
  #receiver: Promise<MessageReceiver> | null = null;
  #stopped = false;

  constructor(agentId: AgentId, deps: LinkSocketsDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  get(generation: number): WhatsAppSocket | undefined {
    return this.#sockets.get(generation);
  }

  end(generation: number): void {
    void this.#sockets.get(generation)?.end();
  }

  /** Loads Baileys. */
  receiver(): Promise<MessageReceiver> {
    this.#receiver ??= this.#loadReceiver();
    return this.#receiver;
  }

  /** Null where no link was opened yet. */
  async loadedReceiver(): Promise<MessageReceiver | null> {
    return this.#receiver;
  }

  async open(generation: number, purpose: 'pair' | 'resume'): Promise<void> {
    const link = await this.#deps.linkFor(purpose);
    if (!link || this.#stopped) return;
    const receiver = await this.receiver();
    await receiver.replay(link);
    const { WhatsAppSocket } = await import('../socket/socket.ts');
    const { clock, random, log, settings, addressBook, trace, isLinking, sentAnswer } = this.#deps;
    const socket = new WhatsAppSocket({
      clock,
      random,
      log,
      settings,
      sentAnswer,
      store: link.store,
      buffer: link.buffer,
      addressBookKnown: () => addressBook.known,
      trace: isLinking() ? trace : null,
      events: this.#eventsOf(generation, link, receiver),
    });
    this.#sockets.set(generation, socket);
    await link.store.settled();
    if (this.#stopped) await socket.end();
    else socket.start();
  }

  /** Ends all sockets; no other is opened afterwards. */
  async endAll(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#sockets.values()].map((socket) => socket.end()));
  }

  #eventsOf(generation: number, link: OpenLink, receiver: MessageReceiver): SocketEvents {
    const { dispatch, time, trace, isLinking, scanned, timeHeard, log, inbound } = this.#deps;
    return {
      code: (text) => dispatch({ type: 'code', generation, text }),
      secretRenewed: (secret) => dispatch({ type: 'secret-renewed', generation, secret }),
      phoneCodeTyped: () => dispatch({ type: 'phone-code-typed', generation }),
      phoneCodeWorn: (byHand) => dispatch({ type: 'phone-code-worn', generation, byHand }),
      phoneCodeFailed: () => dispatch({ type: 'phone-code-failed', generation }),
      scanned: (me) => scanned(generation, me),
      passkey: () => dispatch({ type: 'passkey', generation }),
      passkeyContinued: (code, proven) => dispatch({ type: 'passkey-continued', generation, code, proven }),
      passkeyFailed: (fault) => dispatch({ type: 'passkey-failed', generation, fault }),
      serverTime: (at) => {
        time.said(at);
        timeHeard();
      },
      opened: () => dispatch({ type: 'opened', generation }),
      catchingUp: (left) => dispatch({ type: 'catching-up', generation, left }),
      caughtUp: () => void this.#caughtUp(receiver, { type: 'caught-up', generation }),
      queueStuck: (whole) => void this.#caughtUp(receiver, { type: 'queue-stuck', generation, whole }),
      closed: (close) => {
        this.#sockets.delete(generation);
        if (isLinking()) trace.state({ closed: close.code, origin: close.origin, generation });
        dispatch({ type: 'closed', generation, close });
      },
      messages: (messages, live) => {
        receiver.received(link, messages, live);
        timeHeard();
      },
      stanza: (stanza) => receiver.stanza(link, stanza),
      receipt: (stanza) => receiver.receipt(link, stanza),
      contentMissing: (stanza, where) => receiver.contentMissing(link, stanza, where),
      contacts: (people) => this.#contacts(people, receiver),
      username: (jid, username) => receiver.username(jid, username),
      alias: (one, other) => receiver.alias(one, other),
      restricted: (until) => {
        inbound()
          .restricted(until)
          .catch((err: unknown) => log.error({ err }, 'a restriction could not be kept'));
      },
    };
  }

  /** What a socket has handed over is not taken in yet: the event comes after its messages. */
  async #caughtUp(receiver: MessageReceiver, event: LinkEvent & { readonly generation: number }): Promise<void> {
    await receiver.idle();
    this.#deps.caughtUp(event);
  }

  #contacts(people: readonly SavedPerson[], receiver: MessageReceiver): void {
    for (const { lid, username } of people)
      if (lid !== null && username !== null) receiver.username(`${lid}@lid`, username);
    this.#deps.addressBook.replace(people).catch((err: unknown) => {
      this.#deps.log.error({ err }, 'the address book could not be kept');
      this.#deps.storeFailed(err);
    });
  }

  async #loadReceiver(): Promise<MessageReceiver> {
    const { MessageReceiver } = await import('../messages/message-receiver.ts');
    const { links, chats, clock, time, log, addressBook, inbound, active, storeFailed } = this.#deps;
    return new MessageReceiver({
      agentId: this.#agentId,
      links,
      chats,
      clock,
      time,
      log,
      addressBook,
      inbound: inbound(),
      active,
      failed: (err) => {
        log.error({ err }, 'received messages could not be stored: the connection is closed until they can');
        storeFailed(err);
      },
    });
  }
}

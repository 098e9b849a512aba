/**
 * The long life of one agent's link: feeds the machine, performs its effects one after the other, and reports.
 * Sockets come and go; each has a generation, and what an old one says no longer counts.
 * Baileys is loaded with the first link: an agent without one does not need it.
 */
import type { AgentId, ChatId } from '../../shared/chat.ts';
import type { Account, LinkReport } from '../../shared/status.ts';
import type { Clock, Random, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { AgentLedger, Restricted } from '../store/agent-ledger.ts';
import type { ChatLedger, Union } from '../store/chat-ledger.ts';
import type { ChatMessage, MessageChange } from '../store/chat-message.ts';
import type { LinkId, LinkLedger } from '../store/link-ledger.ts';
import { isDiskFault } from '../store/store.ts';
import { AddressBook } from './address-book.ts';
import type { SavedPerson } from './beyond-baileys/contact-sync.ts';
import type { LimitEnd } from './beyond-baileys/time-lock.ts';
import { accountOf, type Me } from './chat-id.ts';
import { LinkKeeper } from './link-keeper.ts';
import { hears, INITIAL_STATE, transition } from './link-machine.ts';
import { policyOf } from './link-policy.ts';
import { reportOf } from './link-report.ts';
import { type LinkEffect, type LinkEvent, type LinkPolicy, type LinkState, nextDeadline } from './link-state.ts';
import { LinkingTrace } from './linking-trace.ts';
import type { OwnMessageSeen } from './message-queue.ts';
import type { MessageReceiver, OpenLink } from './message-receiver.ts';
import { type Client, PasskeyLink } from './passkey/passkey-link.ts';
import { type Answer, type SendLimits, type SendResult, sendAnswer } from './sending.ts';
import type { ServerTime } from './server-time.ts';
import type { WhatsAppSocket } from './socket.ts';

export type SessionDeps = {
  readonly links: LinkLedger;
  readonly chats: ChatLedger;
  readonly agents: Pick<AgentLedger, 'hashKey'>;
  readonly clock: Clock;
  readonly time: ServerTime;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Settings;
  /** An answer of ours, for a phone that asks again. */
  sentAnswer(messageId: string): Promise<Pick<Answer, 'text' | 'disappearsAfter'> | null>;
  /** Durable when it resolves. */
  takeIn(batch: readonly ChatMessage[]): Promise<void>;
  /** Durable when it resolves. */
  messageChanged(change: MessageChange): Promise<void>;
  /** The owner has written from another device; what is not read yet. In order with what is taken in. */
  ownerSeen(seen: OwnMessageSeen): Promise<void>;
  /** What was seen, or could not be read, is no message. */
  saidNothing(chatId: ChatId, messageId: string): Promise<void>;
  report(report: LinkReport): void;
  /** Online, and what waited at WhatsApp has been taken in. */
  caughtUp(): void;
  /** Who is in the address book has changed, or is known now. */
  addressBookChanged(): void;
  /** Durable when it resolves: the number is unlinked. */
  numberGone(): Promise<void>;
  /** Durable when it resolves: a number is linked, perhaps another than before. */
  numberTaken(): Promise<void>;
  /** WhatsApp restricts the number until then, epoch ms, or without an end; null: it does not. */
  restricted(until: LimitEnd): void;
  /** Until when the number is restricted, or when it is tried again. */
  restriction(): Restricted;
  /** Which other agent of this relay holds the number. */
  holderOf(account: Account): AgentId | null;
  /** Off or out of scope: nothing of such a chat is journalled. `others`: further addresses of the same person. */
  keepsText(chatId: ChatId, others?: readonly ChatId[]): boolean;
  /** The switch is on. */
  isOn(): boolean;
  /** Two chats turned out to be of one person; the store has made them one. */
  united(union: Union): Promise<void>;
  /** A link is to be logged out at WhatsApp. */
  logOut(id: LinkId): void;
};

const SECOND_MS = 1_000;

export class Session {
  readonly #agentId: AgentId;
  readonly #deps: SessionDeps;
  #receiver: Promise<MessageReceiver> | null = null;
  readonly #keeper: LinkKeeper;
  readonly #sockets = new Map<number, WhatsAppSocket>();
  #state: LinkState = INITIAL_STATE;
  #report: LinkReport;
  /** Who is in the number's address book. */
  readonly addressBook: AddressBook;
  /** Where WhatsApp asks for a passkey while this agent is linked. */
  readonly passkey: PasskeyLink;
  /** What passed while the agent was linked, the latest attempts. */
  readonly trace: LinkingTrace;
  #generation = 0;
  #watchesLine = false;
  #timer: Timer | null = null;
  /** The moment for which it runs. */
  #armedFor: number | null = null;
  #effects: Promise<void> = Promise.resolve();
  readonly #later = new Set<Timer>();
  #stopped = false;

  constructor(agentId: AgentId, deps: SessionDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
    this.#report = reportOf(this.#state, this.#policy, deps.clock.now(), {
      restrictedUntil: null,
      restrictedRetryAt: null,
      clockAhead: null,
    });
    this.trace = new LinkingTrace(deps.clock, deps.random);
    this.addressBook = new AddressBook(agentId, { ...deps, changed: () => deps.addressBookChanged() });
    this.passkey = new PasskeyLink({
      random: deps.random,
      state: () => this.#state,
      dispatch: (event) => this.#dispatch(event),
      ceremony: (generation) => this.#sockets.get(generation)?.ceremony ?? null,
    });
    this.#keeper = new LinkKeeper(agentId, {
      ...deps,
      open: async (id) => (await this.#received()).open(id),
    });
  }

  get report(): LinkReport {
    return this.#report;
  }

  /** Takes up the link that the store holds; what a crash left half-way is logged out or destroyed. */
  async start(): Promise<void> {
    const { account, unlinking } = await this.#keeper.start();
    if (account) this.#dispatch({ type: 'resume', account });
    else if (unlinking) this.#dispatch({ type: 'still-unlinking' });
    this.#deps.report(this.#report);
  }

  /** `client` begins the attempt; `phoneNumber`: by a code typed into the phone of this number. Rejects with StoreError, and nothing is begun, where the disk cannot be written. */
  async link(client: Client = null, phoneNumber: string | null = null): Promise<void> {
    await this.#deps.links.tryDisk();
    this.passkey.startedBy(client);
    this.#dispatch(phoneNumber === null ? { type: 'link' } : { type: 'link', phoneNumber });
  }

  /** Another code to type, where WhatsApp leaves it to the person to ask for one. */
  newCode(): void {
    this.#dispatch({ type: 'new-code' });
  }

  cancelLink(): void {
    this.#dispatch({ type: 'cancel' });
  }

  panelClosed(): void {
    this.#dispatch({ type: 'panel-closed' });
  }

  takeOver(): void {
    this.#dispatch({ type: 'take-over' });
  }

  /**
   * Resolves when the credentials are out of use; the logout itself is confirmed by `loggedOut`. Rejects with StoreError, and changes
   * nothing, where the disk cannot be written.
   */
  async unlink(): Promise<void> {
    await this.#deps.links.tryDisk();
    this.#dispatch({ type: 'unlink' });
    await this.#effects;
  }

  /** A logout of this agent is over: `confirmed` by WhatsApp, or given up. */
  loggedOut(confirmed: boolean): void {
    this.#dispatch({ type: 'logged-out', confirmed });
  }

  /** Asks WhatsApp for whatever must be known before a text can be written to a chat. Never rejects; false: not now. */
  async prepare(chatId: ChatId): Promise<boolean> {
    const socket = this.#openSocket();
    if (!socket) return false;
    return socket.prepare(chatId).catch((err: unknown) => {
      this.#deps.log.warn({ err }, 'the devices of a chat could not be looked up');
      return false;
    });
  }

  /** Whether an answer is being made or is on its way: then a line that is lost is found soon. */
  watchLine(watching: boolean): void {
    this.#watchesLine = watching;
    this.#openSocket()?.watchLine(watching);
  }

  /** Shows a contact that something is being written, or no longer. Resolves to whether WhatsApp could be told. */
  async showTyping(chatId: ChatId, writing: boolean): Promise<boolean> {
    return this.#tryTo('tell that something is written', (socket) => socket.showTyping(chatId, writing));
  }

  markRead(chatId: ChatId, messageIds: readonly string[]): void {
    void this.#tryTo('mark messages as read', (socket) => socket.markRead(chatId, messageIds));
  }

  /** Never rejects; says what WhatsApp said. */
  async send(answer: Answer, limits: Pick<SendLimits, 'signal' | 'withdrawal' | 'mayLeave'>): Promise<SendResult> {
    const socket = this.#openSocket();
    if (!socket) return { type: 'offline' };
    const { clock, settings } = this.#deps;
    return sendAnswer(socket, answer, { ...limits, ackMs: settings.ackSeconds * SECOND_MS, clock });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    for (const timer of this.#later) timer.cancel();
    await Promise.all([...this.#sockets.values()].map((socket) => socket.end()));
    await this.#effects;
    const receiver = await this.#receiver;
    receiver?.stop();
    await receiver?.idle();
    await this.#keeper.settled();
  }

  /** What may come to nothing. */
  async #tryTo(what: string, work: (socket: WhatsAppSocket) => Promise<void>): Promise<boolean> {
    const socket = this.#openSocket();
    if (!socket) return false;
    return work(socket).then(
      () => true,
      (err: unknown) => {
        this.#deps.log.debug({ err, what }, 'WhatsApp was not told');
        return false;
      },
    );
  }

  /** As the settings are now. */
  get #policy(): LinkPolicy {
    return policyOf(this.#deps.settings);
  }

  #openSocket(): WhatsAppSocket | undefined {
    return this.#state.type === 'online' ? this.#sockets.get(this.#state.generation) : undefined;
  }

  #dispatch(event: LinkEvent, now: number = this.#deps.clock.now()): void {
    if (this.#stopped) return;
    const { random } = this.#deps;
    const before = this.#state;
    const { state, effects } = transition(before, event, {
      now,
      jitter: random.fraction(),
      policy: this.#policy,
      nextGeneration: this.#generation + 1,
    });
    this.#state = state;
    if (effects.some(({ type }) => type === 'open')) this.#generation += 1;
    for (const effect of effects) this.#perform(effect);
    this.#arm();
    this.#tell();
  }

  /** One timer for the next moment that the state waits for. When it fires that moment has come, even if the wall clock was set back. */
  #arm(): void {
    const { clock } = this.#deps;
    const deadline = nextDeadline(this.#state);
    // One that runs already goes on as it is: were it counted anew after the clock was set back, it would come that much later.
    if (deadline !== null && deadline === this.#armedFor && this.#timer !== null) return;
    this.#timer?.cancel();
    this.#armedFor = deadline;
    const onTime = (): void => {
      this.#timer = null;
      this.#dispatch({ type: 'tick' }, Math.max(clock.now(), deadline ?? 0));
    };
    this.#timer = deadline === null ? null : clock.after(deadline - clock.now(), onTime);
  }

  #tell(): void {
    const { clock, time } = this.#deps;
    const { until, retryAt } = this.#deps.restriction();
    const ahead = (at: number | null): number | null => (at !== null && at > clock.now() ? at : null);
    const beside = {
      restrictedUntil: ahead(until),
      restrictedRetryAt: ahead(retryAt),
      clockAhead: time.aheadMinutes,
    };
    const next = reportOf(this.#state, this.#policy, this.#report.since, beside);
    const report = next.status === this.#report.status ? next : { ...next, since: clock.now() };
    if (JSON.stringify(report) === JSON.stringify(this.#report)) return;
    if (this.#isLinking || this.#report.status === 'connecting') {
      const { status, phase, cause, qr } = report;
      this.trace.state({ status, phase, cause, code: qr?.number ?? null, renewals: qr?.renewals ?? null });
    }
    this.#report = report;
    this.#deps.report(report);
  }

  /** From the first code to the first login. */
  get #isLinking(): boolean {
    const state = this.#state;
    return (
      state.type === 'pairing' ||
      state.type === 'passkey' ||
      state.type === 'finishing' ||
      ((state.type === 'opening' || state.type === 'catching-up') && state.first)
    );
  }

  #received(): Promise<MessageReceiver> {
    this.#receiver ??= this.#loadReceiver();
    return this.#receiver;
  }

  async #loadReceiver(): Promise<MessageReceiver> {
    const { MessageReceiver } = await import('./message-receiver.ts');
    return new MessageReceiver({
      ...this.#deps,
      agentId: this.#agentId,
      active: (): OpenLink | null => this.#keeper.active,
      united: async (union) => {
        this.addressBook.united(union);
        await this.#deps.united(union);
      },
      failed: (err) => {
        this.#deps.log.error({ err }, 'received messages could not be stored: the connection is closed until they can');
        this.storeFailed(err);
      },
    });
  }

  /** In order: the credentials of a scan are durable before the socket that uses them opens. */
  #perform(effect: LinkEffect): void {
    this.#effects = this.#effects
      .then(() => this.#do(effect))
      .catch((err: unknown) => {
        this.#deps.log.error({ err, effect: effect.type }, 'a step of the link failed');
        this.storeFailed(err);
        if (isDiskFault(err) && LASTING.has(effect.type)) this.#performLater(effect);
      });
  }

  /** What must be done however long the disk takes: until then the device is not destroyed, or not logged out. */
  #performLater(effect: LinkEffect): void {
    const { clock } = this.#deps;
    const timer = clock.after(this.#policy.backoffFirstMs, () => {
      this.#later.delete(timer);
      this.#perform(effect);
    });
    this.#later.add(timer);
  }

  async #do(effect: LinkEffect): Promise<void> {
    switch (effect.type) {
      case 'try-disk':
        return this.#tryDisk();
      case 'create':
        this.trace.begin();
        return this.#keeper.create();
      case 'open':
        return this.#open(effect.generation, effect.purpose);
      case 'close':
        void this.#sockets.get(effect.generation)?.end();
        return;
      case 'ask-letters':
        void this.#askLetters(effect.generation, effect.phoneNumber);
        return;
      case 'passkey-seal':
        // Not waited for: what follows may have to close its socket.
        void this.passkey.seal(effect.generation);
        return;
      case 'passkey-forget':
        return this.passkey.forget(effect.generation);
      case 'discard':
        return this.#keeper.discard();
      case 'activate':
        return this.#activate(effect.account);
      case 'condemn':
        return this.#keeper.condemn(effect.account);
      case 'log-out':
        return this.#keeper.logOutCondemned();
      case 'retire':
        await this.#deps.numberGone();
        await this.#keeper.retire(effect.account);
        return this.addressBook.begin(null);
      case 'destroy':
        await this.#deps.numberGone();
        await this.#keeper.destroy();
        return this.addressBook.begin(null);
    }
  }

  /** The scanned number is the agent's. What was received for an older link is taken in before. */
  async #activate(account: Account): Promise<void> {
    const receiver = await this.#receiver;
    if (this.#keeper.active) {
      await this.#deps.numberGone();
      await receiver?.idle();
    }
    await this.#keeper.activate(account);
    receiver?.forgetPeople();
    await this.#deps.numberTaken();
    this.addressBook.begin(this.#keeper.active?.id ?? null);
  }

  /** A socket that cannot even ask is of no use. */
  async #askLetters(generation: number, phoneNumber: string): Promise<void> {
    const socket = this.#sockets.get(generation);
    try {
      const answer = await socket?.requestPhoneCode(phoneNumber);
      if (answer?.type === 'code') this.#dispatch({ type: 'letters', generation, text: answer.text });
      else if (answer) this.#dispatch({ type: 'letters-refused', generation, why: answer.why });
    } catch (err) {
      this.#deps.log.warn({ err }, 'a code to type could not be asked for');
      void socket?.end();
    }
  }

  async #open(generation: number, purpose: 'pair' | 'resume'): Promise<void> {
    const link = await this.#keeper.linkFor(purpose);
    if (!link || this.#stopped) return;
    const receiver = await this.#received();
    await receiver.replay(link);
    const { WhatsAppSocket } = await import('./socket.ts');
    const socket = new WhatsAppSocket({
      ...this.#deps,
      store: link.store,
      buffer: link.buffer,
      addressBookKnown: () => this.addressBook.known,
      trace: this.#isLinking ? this.trace : null,
      events: {
        code: (text) => this.#dispatch({ type: 'code', generation, text }),
        secretRenewed: (secret) => this.#dispatch({ type: 'secret-renewed', generation, secret }),
        phoneCodeTyped: () => this.#dispatch({ type: 'letters-typed', generation }),
        phoneCodeWorn: (byHand) => this.#dispatch({ type: 'letters-worn', generation, byHand }),
        phoneCodeFailed: () => this.#dispatch({ type: 'letters-failed', generation }),
        scanned: (me) => this.#scanned(generation, me),
        passkey: () => this.#dispatch({ type: 'passkey', generation }),
        passkeyContinued: (code, proven) => this.#dispatch({ type: 'passkey-continued', generation, code, proven }),
        passkeyFailed: (fault) => this.#dispatch({ type: 'passkey-failed', generation, fault }),
        serverTime: (at) => {
          this.#deps.time.said(at);
          this.#tell();
        },
        opened: () => this.#dispatch({ type: 'opened', generation }),
        catchingUp: (left) => this.#dispatch({ type: 'catching-up', generation, left }),
        caughtUp: () => void this.#caughtUp(receiver, generation),
        queueStuck: (whole) => void this.#caughtUp(receiver, generation, { type: 'queue-stuck', generation, whole }),
        closed: (close) => {
          this.#sockets.delete(generation);
          if (this.#isLinking) this.trace.state({ closed: close.code, origin: close.origin, generation });
          this.#dispatch({ type: 'closed', generation, close });
        },
        messages: (messages, live) => {
          receiver.received(link, messages, live);
          if (this.#deps.time.aheadMinutes !== this.#report.clockAhead) this.#tell();
        },
        stanza: (stanza) => receiver.stanza(link, stanza),
        contentMissing: (stanza, where) => receiver.contentMissing(link, stanza, where),
        contacts: (people) => this.#contacts(people, receiver),
        username: (jid, username) => receiver.username(jid, username),
        alias: (one, other) => receiver.alias(one, other),
        restricted: (until) => this.#deps.restricted(until),
      },
    });
    this.#sockets.set(generation, socket);
    await link.store.settled();
    if (this.#stopped) await socket.end();
    else socket.start();
  }

  /** Handed over is not taken in: the conversation comes after its messages. */
  async #caughtUp(
    receiver: MessageReceiver,
    generation: number,
    event: LinkEvent = { type: 'caught-up', generation },
  ): Promise<void> {
    await receiver.idle();
    this.#dispatch(event);
    if (this.#state.type !== 'online' || this.#state.generation !== generation) return;
    this.#openSocket()?.watchLine(this.#watchesLine);
    this.#deps.caughtUp();
  }

  #contacts(people: readonly SavedPerson[], receiver: MessageReceiver): void {
    for (const { lid, username } of people)
      if (lid !== null && username !== null) receiver.username(`${lid}@lid`, username);
    this.addressBook.replace(people).catch((err: unknown) => {
      this.#deps.log.error({ err }, 'the address book could not be kept');
      this.storeFailed(err);
    });
  }

  /** Whether the number is restricted has changed. */
  restrictionMoved(): void {
    this.#tell();
  }

  #scanned(generation: number, me: Me): void {
    const account = accountOf(me);
    // A number is claimed by being asked for: not by a socket that no longer counts.
    if (!account || !hears(this.#state, generation)) return;
    this.#dispatch({ type: 'scanned', generation, account, taken: this.#deps.holderOf(account) !== null });
  }

  /**
   * Something of ours failed, mostly to write: the connection is treated as lost, so that it comes back with what was not handed on;
   * where the disk is at fault, once that works again.
   */
  storeFailed(error: unknown): void {
    if (!('generation' in this.#state)) return;
    const { generation } = this.#state;
    void this.#sockets.get(generation)?.end();
    const origin = isDiskFault(error) ? 'disk' : 'stream';
    this.#dispatch({ type: 'closed', generation, close: { code: null, banSeconds: null, origin } });
  }

  async #tryDisk(): Promise<void> {
    try {
      await this.#deps.links.tryDisk();
    } catch (error) {
      // Not yet: the state looks again.
      if (isDiskFault(error)) return;
      throw error;
    }
    this.#dispatch({ type: 'disk-works' });
  }
}

/** Steps that no later event would ask for again. */
const LASTING: ReadonlySet<LinkEffect['type']> = new Set(['retire', 'destroy']);

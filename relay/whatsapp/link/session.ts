/**
 * The long life of one agent's link: feeds the machine, hands its effects on, and reports.
 * Sockets come and go; each has a generation, and what an old one says no longer counts.
 */
import type { AgentId } from '../../../shared/contract/chat.ts';
import type { Account, LinkReport } from '../../../shared/contract/status.ts';
import type { Clock, Random, Timer } from '../../clock.ts';
import type { Inbound } from '../../inbound.ts';
import type { Log } from '../../log.ts';
import type { OutgoingAnswer } from '../../outbound.ts';
import type { Settings } from '../../settings/catalogue.ts';
import type { AgentLedger } from '../../store/agent-ledger.ts';
import type { ChatLedger } from '../../store/chat-ledger.ts';
import type { LinkId, LinkLedger } from '../../store/link-ledger.ts';
import { isDiskFault } from '../../store/store.ts';
import { accountOf, type Me } from '../chat-id.ts';
import { AddressBook } from '../messages/address-book.ts';
import type { ServerTime } from '../server-time.ts';
import { LinkingTrace } from '../socket/linking-trace.ts';
import type { WhatsAppSocket } from '../socket/socket.ts';
import { LinkEffects } from './link-effects.ts';
import { LinkKeeper } from './link-keeper.ts';
import { INITIAL_STATE, isCurrent, linkTransition } from './link-machine.ts';
import { policyOf } from './link-policy.ts';
import { LinkReporter } from './link-reporter.ts';
import { LinkSockets } from './link-sockets.ts';
import { isLinking, type LinkEvent, type LinkPolicy, type LinkState, nextDeadline } from './link-state.ts';
import { OutgoingMessages } from './outgoing-messages.ts';
import { PasskeyLink, type StartedBy } from './passkey-link.ts';

export type SessionDeps = {
  readonly links: LinkLedger;
  readonly chats: ChatLedger;
  readonly agents: Pick<AgentLedger, 'hashKey'>;
  readonly clock: Clock;
  readonly time: ServerTime;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Settings;
  /** The conversation behind the link. Asked for from `start` on. */
  inbound(): Inbound;
  /** An answer of ours, for a phone that asks again. */
  sentAnswer(messageId: string): Promise<Pick<OutgoingAnswer, 'text' | 'disappearsAfter'> | null>;
  report(report: LinkReport): void;
  /** Reserves a number for this agent; false where another agent of this relay holds it. */
  claim(account: Account): boolean;
  /** A link is to be logged out at WhatsApp. */
  logOut(id: LinkId): void;
};

export class Session {
  readonly #deps: SessionDeps;
  readonly #keeper: LinkKeeper;
  readonly #sockets: LinkSockets;
  readonly #effects: LinkEffects;
  readonly #outgoing: OutgoingMessages;
  readonly #reporter: LinkReporter;
  #state: LinkState = INITIAL_STATE;
  /** Who is in the number's address book. */
  readonly addressBook: AddressBook;
  /** The part of a linking in which WhatsApp asks for a passkey. */
  readonly passkey: PasskeyLink;
  /** What passed while the agent was linked, the latest attempts. */
  readonly trace: LinkingTrace;
  #generation = 0;
  #timer: Timer | null = null;
  /** The moment for which it runs. */
  #armedFor: number | null = null;
  #stopped = false;

  constructor(agentId: AgentId, deps: SessionDeps) {
    this.#deps = deps;
    const { links, chats, agents, clock, time, random, log, settings } = deps;
    const dispatch = (event: LinkEvent): void => this.#dispatch(event);
    const storeFailed = (error: unknown): void => this.storeFailed(error);
    const inbound = (): Inbound => deps.inbound();
    this.trace = new LinkingTrace(clock, random);
    this.#reporter = new LinkReporter(this.#state, {
      clock,
      time,
      trace: this.trace,
      policy: () => this.#policy,
      inbound,
      report: (report) => deps.report(report),
    });
    this.addressBook = new AddressBook(agentId, {
      links,
      agents,
      chats,
      log,
      changed: () => {
        inbound()
          .addressBookChanged()
          .catch((err: unknown) => log.error({ err }, 'chats could not be looked at again'));
      },
    });
    this.passkey = new PasskeyLink({
      random,
      state: () => this.#state,
      dispatch,
      ceremony: (generation) => this.#sockets.get(generation)?.ceremony ?? null,
    });
    this.#keeper = new LinkKeeper(agentId, {
      links,
      clock,
      random,
      open: async (id) => (await this.#sockets.receiver()).open(id),
      logOut: (id) => deps.logOut(id),
    });
    this.#outgoing = new OutgoingMessages({
      clock,
      random,
      log,
      settings,
      addressBook: this.addressBook,
      openSocket: () => this.#openSocket(),
      restrictionChanged: () => this.#reporter.tell(this.#state),
      storeFailed,
    });
    this.#sockets = new LinkSockets(agentId, {
      links,
      chats,
      clock,
      time,
      random,
      log,
      settings,
      addressBook: this.addressBook,
      trace: this.trace,
      inbound,
      sentAnswer: (messageId) => deps.sentAnswer(messageId),
      active: () => this.#keeper.active,
      linkFor: (purpose) => this.#keeper.linkFor(purpose),
      isLinking: () => isLinking(this.#state),
      dispatch,
      scanned: (generation, me) => this.#scanned(generation, me),
      // With every message: told only if the clock is judged otherwise than in the latest report.
      timeHeard: () => {
        if (time.aheadMinutes !== this.#reporter.latest.clockAhead) this.#reporter.tell(this.#state);
      },
      caughtUp: (event) => this.#caughtUp(event),
      storeFailed,
    });
    this.#effects = new LinkEffects({
      links,
      clock,
      log,
      keeper: this.#keeper,
      sockets: this.#sockets,
      passkey: this.passkey,
      addressBook: this.addressBook,
      trace: this.trace,
      inbound,
      dispatch,
      retryMs: () => this.#policy.backoff.firstMs,
      storeFailed,
    });
  }

  get report(): LinkReport {
    return this.#reporter.latest;
  }

  /** The text of the code on show; null where there is none. A secret. */
  get code(): string | null {
    const state = this.#state;
    return state.type === 'pairing' && state.step.type === 'showing' ? state.step.code.text : null;
  }

  /** What a conversation sends over this link. */
  get outgoing(): OutgoingMessages {
    return this.#outgoing;
  }

  /** Takes up the link that the store holds; what a crash left half-way is logged out or destroyed. */
  async start(): Promise<void> {
    const { account, unlinking } = await this.#keeper.start();
    if (account) this.#dispatch({ type: 'resume', account });
    else if (unlinking) this.#dispatch({ type: 'still-unlinking' });
    this.#reporter.begin();
  }

  /** `client` begins the attempt; `phoneNumber`: by a code typed into the phone of this number. Rejects with StoreError, and nothing is begun, where the disk cannot be written. */
  async link(client: StartedBy = null, phoneNumber: string | null = null): Promise<void> {
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
    await this.#effects.settled();
  }

  /** A logout of this agent is over: `confirmed` by WhatsApp, or given up. */
  loggedOut(confirmed: boolean): void {
    this.#dispatch({ type: 'logged-out', confirmed });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#effects.stop();
    await this.#sockets.endAll();
    await this.#effects.settled();
    const receiver = await this.#sockets.loadedReceiver();
    receiver?.stop();
    await receiver?.idle();
    await this.#keeper.settled();
  }

  /**
   * Something of ours failed, mostly to write: the connection is treated as lost, so that it comes back with what was not handed on;
   * where the disk is at fault, once that works again.
   */
  storeFailed(error: unknown): void {
    if (!('generation' in this.#state)) return;
    const { generation } = this.#state;
    this.#sockets.end(generation);
    const origin = isDiskFault(error) ? 'disk' : 'stream';
    this.#dispatch({ type: 'closed', generation, close: { code: null, banSeconds: null, origin } });
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
    const { state, effects } = linkTransition(before, event, {
      now,
      jitter: random.fraction(),
      policy: this.#policy,
      nextGeneration: this.#generation + 1,
    });
    this.#state = state;
    if (effects.some(({ type }) => type === 'open')) this.#generation += 1;
    for (const effect of effects) this.#effects.perform(effect);
    this.#arm();
    this.#reporter.tell(this.#state);
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

  #caughtUp(event: LinkEvent & { readonly generation: number }): void {
    this.#dispatch(event);
    if (this.#state.type !== 'online' || this.#state.generation !== event.generation) return;
    this.#outgoing.online();
    this.#deps.inbound().caughtUp();
  }

  #scanned(generation: number, me: Me): void {
    const account = accountOf(me);
    // `claim` reserves the number, so an outdated socket must not call it.
    if (!account || !isCurrent(this.#state, generation)) return;
    this.#dispatch({ type: 'scanned', generation, account, taken: !this.#deps.claim(account) });
  }
}

/**
 * The long life of one agent's link: feeds the machine, performs its effects one after the other, and reports.
 * Sockets come and go; each has a generation, and what an old one says no longer counts.
 */
import type { AgentId, ChatId } from '../../shared/chat.ts';
import type { Account, LinkReport } from '../../shared/status.ts';
import { type Clock, crockford, type Random, type Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { ChatLedger } from '../store/chat-ledger.ts';
import type { ChatMessage } from '../store/chat-message.ts';
import type { LinkId, LinkLedger } from '../store/link-ledger.ts';
import { accountOf, type Me } from './chat-id.ts';
import { INITIAL_STATE, transition } from './link-machine.ts';
import { policyOf } from './link-policy.ts';
import { reportOf } from './link-report.ts';
import { type LinkEffect, type LinkEvent, type LinkPolicy, type LinkState, nextDeadline } from './link-state.ts';
import { type OpenLink, Reception } from './reception.ts';
import { type Answer, type SendResult, sendAnswer } from './sending.ts';
import { openSignalStore } from './signal-store.ts';
import { WhatsAppSocket } from './socket.ts';

export type SessionPorts = {
  readonly links: LinkLedger;
  readonly chats: ChatLedger;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Settings;
  /** The text of an answer of ours, for a phone that asks again. */
  sentText(messageId: string): Promise<string | null>;
  /** Durable when it resolves. */
  takeIn(batch: readonly ChatMessage[]): Promise<void>;
  report(report: LinkReport): void;
  /** Which other agent of this relay holds the number. */
  holderOf(account: Account): AgentId | null;
  /** Off or out of scope: nothing of such a chat is journalled. */
  keepsText(chatId: ChatId): boolean;
  merged(from: ChatId, into: ChatId): Promise<void>;
  /** A link is to be logged out at WhatsApp. */
  logOut(id: LinkId): void;
};

const LINK_ID_CHARACTERS = 10;
const SECOND_MS = 1_000;

export class Session {
  readonly #agentId: AgentId;
  readonly #ports: SessionPorts;
  readonly #policy: LinkPolicy;
  readonly #reception: Reception;
  readonly #sockets = new Map<number, WhatsAppSocket>();
  #state: LinkState = INITIAL_STATE;
  #report: LinkReport;
  #restrictedUntil: number | null = null;
  #generation = 0;
  #timer: Timer | null = null;
  #effects: Promise<void> = Promise.resolve();
  #active: OpenLink | null = null;
  #pairing: OpenLink | null = null;
  #stopped = false;

  constructor(agentId: AgentId, ports: SessionPorts) {
    this.#agentId = agentId;
    this.#ports = ports;
    this.#policy = policyOf(ports.settings);
    this.#report = reportOf(this.#state, this.#policy, ports.clock.now(), null);
    this.#reception = new Reception({
      ...ports,
      agentId,
      active: () => this.#active,
      failed: (err) => {
        ports.log.error({ err }, 'received messages could not be stored: the line is closed until they can');
        this.#dispatchClosed();
      },
    });
  }

  get report(): LinkReport {
    return this.#report;
  }

  /** Takes up the link that the store holds; what a crash left half-way is logged out or destroyed. */
  async start(): Promise<void> {
    for (const link of await this.#ports.links.list()) {
      if (link.agentId !== this.#agentId) continue;
      if (link.state === 'pairing') await this.#dropHalfLink(link.id);
      if (link.state !== 'active' || !link.account) continue;
      this.#active = await this.#reception.open(link.id);
      this.#dispatch({ type: 'resume', account: link.account });
    }
    this.#ports.report(this.#report);
  }

  link(): void {
    this.#dispatch({ type: 'link' });
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

  /** Resolves when the credentials are out of use; the logout itself is confirmed by `loggedOut`. */
  async unlink(): Promise<void> {
    this.#dispatch({ type: 'unlink' });
    await this.#effects;
  }

  /** WhatsApp has confirmed a logout of this agent, or it was given up. */
  loggedOut(): void {
    this.#dispatch({ type: 'logged-out' });
  }

  /** Never rejects; says what WhatsApp said. */
  async send(answer: Answer, signal: AbortSignal): Promise<SendResult> {
    const socket = this.#state.type === 'online' ? this.#sockets.get(this.#state.generation) : undefined;
    if (!socket) return { type: 'offline' };
    const { clock, settings } = this.#ports;
    return sendAnswer(socket, answer, { ackMs: settings.ackSeconds * SECOND_MS, clock, signal });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    for (const socket of this.#sockets.values()) socket.end();
    await this.#effects;
    await this.#reception.idle();
    await Promise.all([this.#active?.store.settled(), this.#pairing?.store.settled()]);
  }

  #dispatch(event: LinkEvent): void {
    if (this.#stopped) return;
    const { clock, random } = this.#ports;
    const before = this.#state;
    const { state, effects } = transition(before, event, {
      now: clock.now(),
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

  /** One timer for the next moment that the state waits for. */
  #arm(): void {
    this.#timer?.cancel();
    const deadline = nextDeadline(this.#state);
    this.#timer =
      deadline === null
        ? null
        : this.#ports.clock.after(deadline - this.#ports.clock.now(), () => this.#dispatch({ type: 'tick' }));
  }

  #tell(): void {
    const { clock } = this.#ports;
    const next = reportOf(this.#state, this.#policy, this.#report.since, this.#restrictedUntil);
    const report = next.status === this.#report.status ? next : { ...next, since: clock.now() };
    if (JSON.stringify(report) === JSON.stringify(this.#report)) return;
    this.#report = report;
    this.#ports.report(report);
  }

  /** In order: the credentials of a scan are durable before the socket that uses them opens. */
  #perform(effect: LinkEffect): void {
    this.#effects = this.#effects
      .then(() => this.#do(effect))
      .catch((err: unknown) => {
        this.#ports.log.error({ err, effect: effect.type }, 'a step of the link failed');
        this.#dispatchClosed();
      });
  }

  async #do(effect: LinkEffect): Promise<void> {
    const { links, clock, random } = this.#ports;
    switch (effect.type) {
      case 'create': {
        const id = `lnk_${crockford(random, LINK_ID_CHARACTERS)}` as LinkId;
        await links.create({ id, agentId: this.#agentId, now: clock.now() });
        this.#pairing = await this.#reception.open(id);
        return;
      }
      case 'open':
        return this.#open(effect.generation, effect.purpose);
      case 'close':
        this.#sockets.get(effect.generation)?.end();
        return;
      case 'discard':
        if (this.#pairing) await links.destroy(this.#pairing.id);
        this.#pairing = null;
        return;
      case 'activate': {
        if (!this.#pairing) return;
        await this.#pairing.store.saveCredentials();
        if (this.#active) await this.#retire(this.#active, null);
        await links.activate(this.#pairing.id, effect.account);
        this.#active = this.#pairing;
        this.#pairing = null;
        return;
      }
      case 'condemn':
        if (!this.#pairing) return;
        await this.#pairing.store.saveCredentials();
        await links.startUnlinking(this.#pairing.id, effect.account, clock.now());
        return;
      case 'log-out':
        if (this.#pairing) this.#ports.logOut(this.#pairing.id);
        this.#pairing = null;
        return;
      case 'retire':
        if (this.#active) await this.#retire(this.#active, effect.account);
        this.#active = null;
        return;
      case 'destroy':
        if (this.#active) await links.destroy(this.#active.id);
        this.#active = null;
        return;
    }
  }

  async #retire({ id, store }: OpenLink, account: Account | null): Promise<void> {
    await store.settled();
    await this.#ports.links.startUnlinking(id, account, this.#ports.clock.now());
    this.#ports.logOut(id);
  }

  async #open(generation: number, purpose: 'pair' | 'resume'): Promise<void> {
    const link = purpose === 'pair' ? this.#pairing : this.#active;
    if (!link || this.#stopped) return;
    await this.#reception.replay(link);
    const socket = new WhatsAppSocket({
      ...this.#ports,
      store: link.store,
      buffer: link.buffer,
      events: {
        code: (text) => this.#dispatch({ type: 'code', generation, text }),
        scanned: (me) => this.#scanned(generation, me),
        passkey: () => this.#dispatch({ type: 'passkey', generation }),
        opened: () => this.#dispatch({ type: 'opened', generation }),
        closed: (close) => {
          this.#sockets.delete(generation);
          this.#dispatch({ type: 'closed', generation, close });
        },
        messages: (messages, live) => this.#reception.received(link, messages, live),
        alias: (one, other) => this.#reception.alias(one, other),
        restricted: (until) => {
          this.#restrictedUntil = until;
          this.#tell();
        },
      },
    });
    this.#sockets.set(generation, socket);
    await link.store.settled();
    socket.start();
  }

  #scanned(generation: number, me: Me): void {
    const account = accountOf(me);
    if (account)
      this.#dispatch({ type: 'scanned', generation, account, taken: this.#ports.holderOf(account) !== null });
  }

  /** Something of ours failed: the line is treated as lost, so that it comes back with what was not handed on. */
  #dispatchClosed(): void {
    if (!('generation' in this.#state)) return;
    const { generation } = this.#state;
    this.#sockets.get(generation)?.end();
    this.#dispatch({ type: 'closed', generation, close: { code: null, banSeconds: null, refused: false } });
  }

  /** Scanned but not judged when the relay ended: nobody's link, so it is logged out. Not scanned: nothing to keep. */
  async #dropHalfLink(id: LinkId): Promise<void> {
    const store = await openSignalStore(this.#ports.links, id);
    if (!store.state.creds.me) return this.#ports.links.destroy(id);
    await this.#ports.links.startUnlinking(id, null, this.#ports.clock.now());
    this.#ports.logOut(id);
  }
}

/**
 * One agent's conversation: messages in, answers out, one question over both. Ties admission, switch, scope, resting chats, lanes and outbox
 * to the store; the link behind it tells it what happens, and carries what it says.
 */
import type { AgentId, ChatId } from '../../shared/contract/chat.ts';
import type { Clock, Random } from '../clock.ts';
import type { Inbound, OwnMessageSeen, OwnReadingSeen, RestrictionEnd } from '../inbound.ts';
import type { Log } from '../log.ts';
import type { MessageTime } from '../message-time.ts';
import type { Outbound } from '../outbound.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { Restricted } from '../store/agent-ledger.ts';
import type { Union } from '../store/chat-ledger.ts';
import type { ChatMessage, MessageChange } from '../store/chat-message.ts';
import { isDiskFault, type Store } from '../store/store.ts';
import type { Agent } from '../turn.ts';
import type { Activity } from './activity.ts';
import { AgentHealth } from './agent-health.ts';
import { AnswerDelivery } from './answer-delivery.ts';
import { AnswerGate } from './answer-gate.ts';
import { AnswerQueue } from './answer-queue.ts';
import { ChatActs } from './chat-acts.ts';
import { ChatScope } from './chat-scope.ts';
import { Lanes } from './lanes.ts';
import { LateChats } from './late-chats.ts';
import { OpenWork } from './open-work.ts';
import { Outbox } from './outbox.ts';
import { OwnMessages } from './own-messages.ts';
import { OwnerFirst } from './owner-first.ts';
import { ReceivedMessages } from './received-messages.ts';
import { RecentChats } from './recent-chats.ts';
import { RestingChats } from './resting-chats.ts';
import { Restriction } from './restriction.ts';
import { Switch } from './switch.ts';
import { TypingSigns } from './typing-signs.ts';

export type ConversationDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly time: MessageTime;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Settings;
  readonly outbound: Outbound;
  /** The back end as it is configured now. */
  readonly agent: () => Agent;
  /** Counts, the switch or the last fault moved. */
  readonly changed: () => void;
};

export class Conversation implements Inbound {
  readonly switch: Switch;
  readonly scope: ChatScope;
  /** What the owner does with one chat by hand. */
  readonly chats: ChatActs;
  readonly recent: RecentChats;
  /** What is wrong with the back end. */
  readonly health: AgentHealth;
  readonly #agentId: AgentId;
  readonly #deps: ConversationDeps;
  readonly #received: ReceivedMessages;
  readonly #resting: RestingChats;
  readonly #ownerFirst: OwnerFirst;
  readonly #restriction: Restriction;
  readonly #gate: AnswerGate;
  readonly #lanes: Lanes;
  readonly #answering: AnswerDelivery;
  readonly #outbox: Outbox;
  readonly #work: OpenWork;
  readonly #typing: TypingSigns;
  readonly #own: OwnMessages;
  readonly #late = new LateChats();
  #diskFailed = false;
  #busy = false;

  constructor(agentId: AgentId, deps: ConversationDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
    const { store, outbound } = deps;
    const parts = { ...deps, storeFailed: (error: unknown) => this.#storeFailed(error) };
    this.#resting = new RestingChats(agentId, deps);
    this.#ownerFirst = new OwnerFirst(agentId, deps);
    this.#own = new OwnMessages(this.#resting);
    this.#restriction = new Restriction(agentId, store.agents, deps.clock);
    this.#typing = new TypingSigns(deps);
    this.scope = new ChatScope(agentId, {
      store,
      isSaved: (chatId, number) => outbound.isSaved(chatId, number),
      changed: () => this.#revisit(),
    });
    this.switch = new Switch(agentId, {
      ...parts,
      agents: store.agents,
      outbox: store.outbox,
      silence: () => this.#lanes.stopAll(),
      withdraw: () => this.#outbox.withdraw(),
      moved: deps.changed,
    });
    const [resting, restriction, ownerFirst] = [this.#resting, this.#restriction, this.#ownerFirst];
    const facts = { switch: this.switch, scope: this.scope, resting, restriction, ownerFirst };
    this.#gate = new AnswerGate(agentId, { ...deps, ...facts });
    this.health = new AgentHealth(agentId, { ...parts, agents: store.agents, isOn: () => this.isOn });
    this.#outbox = new Outbox(agentId, {
      ...parts,
      ledger: store.outbox,
      mayLeave: (item) => this.#gate.ofAnswer(item),
      notBefore: (item) => this.#gate.notBefore(item),
      settled: (chatId, failure) => this.#answering.settled(chatId, failure),
      moved: () => this.#moved(),
      refused: async (chatId, code) => {
        if (await restriction.refused(chatId, code)) await this.#restrictionChanged();
      },
    });
    this.#lanes = new Lanes(agentId, {
      ...parts,
      ownerFirst,
      moved: () => this.#moved(),
      freshMs: (chatId) => this.#gate.freshMs(chatId),
      mayAsk: (chatId, newestAt) => this.#gate.mayAsk(chatId, newestAt),
      answered: (answered) => this.#answering.answered(answered),
      failed: (fault, detail) => this.health.failed(fault, detail),
    });
    const own = { gate: this.#gate, lanes: this.#lanes, outbox: this.#outbox, typing: this.#typing };
    this.#work = new OpenWork(agentId, { ...deps, ...own, resting, ownerFirst });
    this.#answering = new AnswerDelivery(agentId, {
      ...parts,
      ...own,
      restriction,
      resting,
      switch: this.switch,
      health: this.health,
      answers: new AnswerQueue(agentId, { ...deps, newMessageId: () => outbound.newMessageId() }),
      takeUp: () => this.#takeUp(),
      restrictionChanged: () => this.#restrictionChanged(),
    });
    this.chats = new ChatActs(agentId, { ...deps, ...own, resting, ownerFirst, work: this.#work });
    this.recent = new RecentChats(agentId, { ...deps, ...own, resting });
    this.#received = new ReceivedMessages(agentId, { ...deps, ownerWrote: (message) => this.#own.take(message) });
  }

  /** Reads where things stand, and takes up what a stop or a crash left open. */
  async start(): Promise<void> {
    await this.switch.start();
    await this.#load();
    await this.health.load();
    await this.#work.suspectTyping();
    await this.#outbox.withdraw();
    await this.#takeUp();
  }

  async takeIn(batch: readonly ChatMessage[]): Promise<void> {
    const { kept, heard, changed, automatic } = await this.#received.takeIn(batch, {
      ...this.switch.circumstances,
      local: (at) => this.#deps.time.local(at),
      mayAnswer: (message) => this.#gate.ofMessage(message),
    });
    for (const { chatId, sentAt } of heard) this.#ownerFirst.wrote(chatId, sentAt);
    for (const message of kept) {
      if (message.author === 'owner') await this.#work.ownerWrote(message.chatId);
      else await this.#work.contactWrote(message.chatId);
      this.#late.add(message);
    }
    for (const { chatId, messageId } of automatic) await this.#giveBack(chatId, messageId);
    for (const message of batch) if (message.author === 'owner') this.#own.taken(message);
    if (changed || kept.length > 0) this.#deps.changed();
  }

  /** The chat is the owner's from this moment on. */
  async ownerSeen(envelope: OwnMessageSeen): Promise<void> {
    const { chatId, messageId } = envelope;
    if (await this.#deps.store.outbox.isOurs(this.#agentId, messageId)) return;
    this.#own.seen(envelope);
    if (this.keepsText(chatId)) await this.#work.ownerWrote(chatId);
    this.#deps.changed();
  }

  async ownerRead(reading: OwnReadingSeen): Promise<void> {
    if (await this.#work.ownerRead(reading, this.keepsText(reading.chatId))) this.#deps.changed();
  }

  /** Messages that a supposed one of the owner's kept from being answered are answered while they are fresh. */
  async saidNothing(chatId: ChatId, messageId: string): Promise<void> {
    const { store, clock } = this.#deps;
    await store.messages.saidNothing(this.#agentId, chatId, messageId, clock.now());
    if (await this.#giveBack(chatId, messageId)) this.#deps.changed();
  }

  /**
   * Takes back the answer that was about to leave, and asks anew about the rest. A deletion works while off; words that come
   * while off, or in a chat of which nothing is kept, are not written: then the message goes.
   */
  async messageChanged(change: MessageChange): Promise<void> {
    const { store, clock } = this.#deps;
    const { chatId } = change;
    const kept = this.keepsText(chatId) ? change : { ...change, text: null };
    const before = await store.messages.change(this.#agentId, kept, clock.now());
    if (before === null || before === 'settled') return;
    await this.#work.messageChanged(chatId, before === 'answering');
    this.#deps.changed();
  }

  /** Off, until a person switches on. */
  async numberGone(): Promise<void> {
    await this.switch.moveTo(false, { by: 'unlinked', backOnAt: null });
  }

  /** The store has the number: what was kept for another one is not there any more. */
  async numberTaken(): Promise<void> {
    await this.switch.reload();
    await this.#load();
    this.#deps.outbound.restrictionChanged();
    this.#deps.changed();
  }

  linkOpened(): void {
    this.switch.linkOpened();
  }

  /** Only now is anything asked or sent. */
  caughtUp(): void {
    this.#lanes.setCaughtUp(true);
    this.#outbox.setCaughtUp(true);
    this.#work.endTyping().catch((error: unknown) => this.#storeFailed(error));
    if (!this.#diskFailed) return;
    this.#diskFailed = false;
    this.#takeUp().catch((error: unknown) => this.#storeFailed(error));
  }

  linkClosed(): void {
    this.switch.linkClosed();
    this.#lanes.setCaughtUp(false);
    this.#outbox.setCaughtUp(false);
  }

  addressBookChanged(): Promise<void> {
    return this.#revisit();
  }

  async restricted(until: RestrictionEnd): Promise<void> {
    if (await this.#restriction.told(until)) await this.#restrictionChanged();
  }

  get restriction(): Restricted {
    return this.#restriction.now;
  }

  keepsText(chatId: ChatId, others: readonly ChatId[] = []): boolean {
    return this.switch.on && this.scope.includes(chatId, others);
  }

  get isOn(): boolean {
    return this.switch.on;
  }

  /** Without their texts only what was decided holds for both. */
  async united(union: Union): Promise<void> {
    await this.scope.load();
    this.#resting.united(union);
    this.#ownerFirst.united(union);
    if (union.texts) this.#lanes.merged(union.from, union.into);
    // Its number is somebody else's: what was about to be said would reach them.
    else await this.#work.end(union.from, 'undelivered');
    await this.#revisit();
  }

  get activity(): Activity {
    const { held, asking } = this.#resting;
    const lanes = this.#lanes.activity;
    const forOwner = new Set(lanes.forOwner.map(({ chatId }) => chatId));
    const late = this.#late.progress(this.#lanes.busy.filter((chatId) => !forOwner.has(chatId)));
    return {
      ...lanes,
      late,
      sending: this.#outbox.inFlight,
      held,
      asking,
      lastFault: this.health.fault,
    };
  }

  async stop(): Promise<void> {
    this.switch.stop();
    this.health.stop();
    await this.#lanes.stop();
    await this.#outbox.stop();
    await this.#typing.endAll();
  }

  async #load(): Promise<void> {
    await this.scope.load();
    await this.#resting.load();
    await this.#ownerFirst.load();
    await this.#restriction.load();
  }

  async #giveBack(chatId: ChatId, messageId: string): Promise<boolean> {
    const { suspected, freed } = await this.#own.giveBack(chatId, messageId);
    if (freed) await this.#work.reopenHeld(chatId);
    return suspected;
  }

  async #takeUp(): Promise<void> {
    if (this.switch.on) await this.#work.takeUp();
  }

  async #revisit(): Promise<void> {
    await this.#work.revisit();
    this.#deps.changed();
  }

  async #restrictionChanged(): Promise<void> {
    this.#deps.outbound.restrictionChanged();
    await this.#revisit();
  }

  /** What is under way has changed. */
  #moved(): void {
    const { busyChats, forOwner } = this.#lanes.activity;
    const busy = busyChats > forOwner.length || this.#outbox.inFlight > 0;
    if (busy !== this.#busy) this.#deps.outbound.watchConnection(busy);
    this.#busy = busy;
    this.#deps.changed();
  }

  #storeFailed(error: unknown): void {
    this.#deps.log.error({ err: error }, 'a conversation could not be written down');
    if (!isDiskFault(error)) return;
    this.#diskFailed = true;
    this.#deps.outbound.storeFailed(error);
  }
}

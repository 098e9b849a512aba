/**
 * One agent's conversation: messages in, answers out, one question over both. Ties admission, switch, scope, resting chats, lanes and outbox
 * to the store: whatever changes who may be answered visits what is under way.
 */
import type { AgentFault } from '../../shared/agent.ts';
import type { AgentId, ChatId, SkipReason } from '../../shared/chat.ts';
import type { Clock, Random } from '../clock.ts';
import type { Log } from '../log.ts';
import type { MessageTime } from '../message-time.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { Restricted } from '../store/agent-ledger.ts';
import type { Union } from '../store/chat-ledger.ts';
import type { ChatMessage, MessageChange } from '../store/chat-message.ts';
import type { OutboxFailure, OutboxItem } from '../store/outbox-ledger.ts';
import { isDiskFault, type Store } from '../store/store.ts';
import type { Agent } from '../turn.ts';
import type { Activity } from './activity.ts';
import { type Answered, isPassing } from './agent-call.ts';
import { AnswerQueue } from './answer-queue.ts';
import { hasSpentShare, isBraked } from './brakes.ts';
import { ChatScope } from './chat-scope.ts';
import { ENDS_WHEN_REACHED, FaultWatch } from './fault-watch.ts';
import { Lanes } from './lanes.ts';
import { type Facts, mayAnswer } from './may-answer.ts';
import { Outbox, type Sender } from './outbox.ts';
import { ReceivedMessages } from './received-messages.ts';
import { RestingChats } from './resting-chats.ts';
import { Restriction } from './restriction.ts';
import { type Envelope, SuspectedWords } from './suspected-words.ts';
import { Switch } from './switch.ts';
import { TypingSigns } from './typing-signs.ts';

export type ConversationDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly time: MessageTime;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Settings;
  readonly sender: Sender;
  readonly newMessageId: () => string;
  /** Whether a person is in the owner's address book; null while that is not known. */
  readonly isSaved: (chatId: ChatId, number: string | null) => boolean | null;
  /** The back end as it is configured now. */
  readonly agent: () => Agent;
  /** Counts, the switch or the last fault moved. */
  readonly changed: () => void;
  /** Whether something is under way that depends on the connection. */
  readonly needsLine: (needed: boolean) => void;
  /** Whether WhatsApp restricts the number has changed. */
  readonly restrictionMoved: () => void;
  /** Something could not be written: what was under way is taken up when the connection opens again. */
  readonly storeFailed: (error: unknown) => void;
};

const MINUTE_MS = 60_000;

export class Conversation {
  readonly switch: Switch;
  readonly scope: ChatScope;
  readonly #agentId: AgentId;
  readonly #deps: ConversationDeps;
  readonly #received: ReceivedMessages;
  readonly #resting: RestingChats;
  readonly #restriction: Restriction;
  readonly #lanes: Lanes;
  readonly #answers: AnswerQueue;
  readonly #outbox: Outbox;
  readonly #faultWatch: FaultWatch;
  readonly #typing: TypingSigns;
  readonly #suspected = new SuspectedWords();
  #lastFault: Activity['lastFault'] = null;
  #diskFailed = false;
  #ownKey = '';
  #busy = false;

  constructor(agentId: AgentId, deps: ConversationDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
    const parts = { ...deps, storeFailed: (error: unknown) => this.#storeFailed(error) };
    this.#resting = new RestingChats(agentId, deps);
    this.#restriction = new Restriction(agentId, deps.store.agents, deps.clock);
    this.#answers = new AnswerQueue(agentId, deps);
    this.#typing = new TypingSigns(deps);
    this.#outbox = new Outbox(agentId, {
      ...parts,
      ledger: deps.store.outbox,
      mayLeave: (item) => this.#mayLeave(item),
      settled: (chatId, failure) => this.#settled(chatId, failure),
      moved: () => this.#moved(),
      refused: async (chatId, code) => {
        if (await this.#restriction.refused(chatId, code)) await this.#restrictionMoved();
      },
    });
    this.#lanes = new Lanes(agentId, {
      ...parts,
      moved: () => this.#moved(),
      mayAsk: (chatId, newestAt) => this.#mayAsk(chatId, newestAt),
      answered: (answered) => this.#answered(answered),
      failed: (fault, detail) => this.#failed(fault, detail),
    });
    this.switch = new Switch(agentId, {
      ...parts,
      agents: deps.store.agents,
      outbox: deps.store.outbox,
      silence: () => this.#lanes.stopAll(),
      withdraw: () => this.#outbox.withdraw(),
      moved: deps.changed,
    });
    this.scope = new ChatScope(agentId, {
      store: deps.store,
      isSaved: deps.isSaved,
      changed: () => this.#revisit(),
    });
    this.#faultWatch = new FaultWatch({
      clock: deps.clock,
      agent: deps.agent,
      isOn: () => this.switch.on,
      reached: () => this.agentReached(),
    });
    this.#received = new ReceivedMessages(agentId, {
      ...deps,
      ownerWrote: (message) => this.#ownerTakes(message),
    });
  }

  /** Reads where things stand, and takes up what a stop or a crash left open. */
  async start(): Promise<void> {
    await this.switch.start();
    await this.scope.load();
    await this.#resting.load();
    await this.#restriction.load();
    this.#ownKey = await this.#deps.store.agents.ownKey(this.#agentId);
    this.#lastFault = (await this.#deps.store.agents.get(this.#agentId))?.fault ?? null;
    this.#typing.suspect((await this.#deps.store.outbox.pending(this.#agentId)).map(({ chatId }) => chatId));
    await this.#outbox.withdraw();
    await this.#takeUpOpen();
  }

  /** Durable when it resolves; rejects where the store does, and then nothing was taken in. */
  async takeIn(batch: readonly ChatMessage[]): Promise<void> {
    const { kept, changed, automatic } = await this.#received.takeIn(batch, {
      ...this.switch.circumstances,
      local: (at) => this.#deps.time.local(at),
      mayAnswer: ({ chatId, chatKind, sentAt, author, number }) =>
        mayAnswer({ ...this.#facts(chatId, author === 'owner' ? null : sentAt, number), on: this.switch.on, chatKind }),
    });
    for (const { author, chatId } of kept) {
      if (author === 'owner') await this.#ownerWrote(chatId);
      else await this.#contactWrote(chatId);
    }
    for (const { chatId, messageId } of automatic) await this.#giveBack(chatId, messageId);
    for (const message of batch) if (message.author === 'owner') this.#ownerRead(message);
    if (changed || kept.length > 0) this.#deps.changed();
  }

  /** The owner has written from another device, and this one cannot read yet what: the chat is theirs from this moment on. */
  async ownerSeen(envelope: Envelope): Promise<void> {
    const { chatId, messageId } = envelope;
    if (await this.#deps.store.outbox.isOurs(this.#agentId, messageId)) return;
    const before = this.#resting.restOf(chatId);
    this.#resting.ownerWrote(chatId, envelope);
    this.#suspected.add(envelope, before, this.#resting.restOf(chatId));
    if (this.keepsText(chatId)) await this.#ownerWrote(chatId);
    this.#deps.changed();
  }

  #ownerTakes(message: ChatMessage): void {
    const { chatId, messageId } = message;
    const { releasedAt } = this.#resting.restOf(chatId);
    if (!this.#suspected.wasSeenBefore(releasedAt, chatId, messageId)) this.#resting.ownerWrote(chatId, message);
  }

  /** What was seen has come: as a message, or as something that cannot be read yet and may still turn out to be none. */
  #ownerRead({ chatId, messageId, kind }: ChatMessage): void {
    if (kind === 'unreadable') this.#suspected.renew(chatId, messageId, this.#resting.restOf(chatId));
    else this.#suspected.take(chatId, messageId);
  }

  /** What was seen, or could not be read, is no message. What one of the owner's kept from being answered is answered while it is fresh. */
  async saidNothing(chatId: ChatId, messageId: string): Promise<void> {
    const { store, clock } = this.#deps;
    await store.messages.saidNothing(this.#agentId, chatId, messageId, clock.now());
    if (await this.#giveBack(chatId, messageId)) this.#deps.changed();
  }

  /** What an envelope has held, and nobody's hand has written. */
  async #giveBack(chatId: ChatId, messageId: string): Promise<boolean> {
    const suspected = this.#suspected.take(chatId, messageId);
    if (!suspected) return false;
    if (await this.#resting.takeBack(chatId, suspected.before, suspected.after)) await this.#reopenHeld(chatId);
    return true;
  }

  /**
   * Its author changed a message or deleted it. What was about to be said to it is taken back, and the rest is asked about anew. A deletion
   * works while off; words that come while off, or in a chat of which nothing is kept, are not written: then the message goes.
   */
  async messageChanged(change: MessageChange): Promise<void> {
    const { store, clock } = this.#deps;
    const { chatId } = change;
    const kept = this.keepsText(chatId) ? change : { ...change, text: null };
    const before = await store.messages.change(this.#agentId, kept, clock.now());
    if (before === null || before === 'settled') return;
    this.#lanes.stopChat(chatId);
    if (before === 'answering') await this.#takeBack(chatId);
    if ((await store.messages.openChats(this.#agentId)).includes(chatId)) this.#lanes.contactWrote(chatId);
    this.#deps.changed();
  }

  /** The number is unlinked: off, until a person switches on. */
  async numberGone(): Promise<void> {
    await this.switch.moveTo(false, { by: 'unlinked', backOnAt: null });
  }

  /** A number is linked, and the store has it: what was kept for another one is not there any more. */
  async numberTaken(): Promise<void> {
    const ownKey = await this.#deps.store.agents.ownKey(this.#agentId);
    if (ownKey !== this.#ownKey) this.#resting.clear();
    this.#ownKey = ownKey;
    await this.switch.reload();
    await this.scope.load();
    await this.#resting.load();
    await this.#restriction.load();
    this.#deps.restrictionMoved();
    this.#deps.changed();
  }

  linkOpened(): void {
    this.switch.linkOpened();
  }

  /** What waited at WhatsApp while the connection was away has been taken in: only now is anything asked or sent. */
  caughtUp(): void {
    this.#lanes.setCaughtUp(true);
    this.#outbox.setCaughtUp(true);
    this.#endTyping().catch((error: unknown) => this.#storeFailed(error));
    if (!this.#diskFailed) return;
    this.#diskFailed = false;
    this.#takeUpOpen().catch((error: unknown) => this.#storeFailed(error));
  }

  linkClosed(): void {
    this.switch.linkClosed();
    this.#lanes.setCaughtUp(false);
    this.#outbox.setCaughtUp(false);
  }

  /** Who is in the owner's address book has changed, or is known now. */
  async addressBookChanged(): Promise<void> {
    await this.#revisit();
  }

  /** WhatsApp restricts the number until then, epoch ms, or without an end; null: it does not. */
  async restricted(until: number | null | 'endless'): Promise<void> {
    if (await this.#restriction.told(until)) await this.#restrictionMoved();
  }

  get restriction(): Restricted {
    return this.#restriction.now;
  }

  /** Whether a text of this chat may be written at all, now. `others`: further addresses of the same person. */
  keepsText(chatId: ChatId, others: readonly ChatId[] = []): boolean {
    return this.switch.on && this.scope.includes(chatId, others);
  }

  /** Two chats are one person's, and one in the store already; without their texts only what was decided holds for both. */
  async united(union: Union): Promise<void> {
    await this.scope.load();
    this.#resting.united(union);
    if (union.texts) this.#lanes.merged(union.from, union.into);
    // Its number is somebody else's: what was about to be said would reach them.
    else await this.#end(union.from, 'undelivered');
    await this.#revisit();
  }

  /** The owner gives a chat back to the agent, and what waits in it is answered while it is fresh; says whether it was held or muted. */
  async release(chatId: ChatId): Promise<boolean> {
    const released = await this.#resting.release(chatId);
    if (released) await this.#reopenHeld(chatId);
    this.#deps.changed();
    return released;
  }

  async #reopenHeld(chatId: ChatId): Promise<void> {
    const { store, time, settings } = this.#deps;
    if (this.#mayAnswer(chatId, null) !== 'yes') return;
    const sentAfter = time.now() - settings.freshMinutes * MINUTE_MS;
    if ((await store.outcomes.reopenHeld(this.#agentId, chatId, sentAfter)) > 0) this.#lanes.contactWrote(chatId);
  }

  /** On the owner's word: what of a chat was too old, or met a fault, is answered. All else decides as ever. */
  async answer(chatId: ChatId): Promise<{ readonly messages: number; readonly verdict: 'yes' | SkipReason }> {
    const verdict = this.#mayAnswer(chatId, null);
    if (verdict !== 'yes') return { messages: 0, verdict };
    const messages = await this.#deps.store.outcomes.reopen(this.#agentId, chatId);
    if (messages > 0) this.#lanes.contactWrote(chatId);
    return { messages, verdict };
  }

  /** Nothing of the chat is under way any more, and its texts are gone. */
  async forget(chatId: ChatId): Promise<void> {
    await this.#end(chatId, 'forgotten');
    await this.#deps.store.chats.forget(this.#agentId, chatId);
    this.#deps.changed();
  }

  /** The same for all chats. */
  async forgetTexts(): Promise<void> {
    for (const chatId of await this.#underWay()) await this.#end(chatId, 'forgotten');
    await this.#outbox.withdraw({ reason: 'forgotten' });
    await this.#deps.store.forgetTexts(this.#agentId);
    this.#deps.changed();
  }

  /** A test or a check has shown that the back end fails, without any message. */
  agentFails(fault: AgentFault, detail: string): void {
    this.#failed(fault, detail, 'the agent failed in a test');
  }

  /** The back end has answered, or is another one: what was wrong with it is over. */
  agentWorks(): void {
    this.#faultWatch.set(null);
    if (this.#lastFault === null) return;
    this.#lastFault = null;
    this.#keepFault();
    this.#deps.changed();
  }

  /** The back end's address answers, and nothing else is known: only what the address was to blame for is over. */
  agentReached(): void {
    if (this.#lastFault !== null && ENDS_WHEN_REACHED.has(this.#lastFault.fault)) this.agentWorks();
  }

  get activity(): Activity {
    const { held } = this.#resting;
    return { ...this.#lanes.counts, sending: this.#outbox.inFlight, held, lastFault: this.#lastFault };
  }

  async stop(): Promise<void> {
    this.switch.stop();
    this.#faultWatch.stop();
    await this.#lanes.stop();
    await this.#outbox.stop();
    await this.#typing.endAll();
  }

  /** What a contact was shown of an answer that will not come, or not yet. */
  async #endTyping(): Promise<void> {
    const pending = await this.#deps.store.outbox.pending(this.#agentId);
    await this.#typing.endAll(new Set(pending.map(({ chatId }) => chatId)));
  }

  /** An answer that has not left is thought over: it has not heard what was said since. */
  async #contactWrote(chatId: ChatId): Promise<void> {
    const since = this.#lanes.repeatableSince(chatId);
    if (since !== null && (await this.#outbox.hasPending(chatId, since))) await this.#takeBack(chatId, since);
    this.#lanes.contactWrote(chatId);
  }

  async #takeBack(chatId: ChatId, since = 0): Promise<void> {
    await this.#outbox.takeBack(chatId, since);
    if (!(await this.#outbox.hasPending(chatId))) await this.#typing.end(chatId);
  }

  #facts(chatId: ChatId, newestAt: number | null, number: string | null = null): Omit<Facts, 'on' | 'chatKind'> {
    const { clock, time, settings } = this.#deps;
    return {
      ...this.scope.factsOf(chatId, number),
      ...this.#resting.factsOf(chatId),
      restrictedUntil: this.#restriction.until,
      newestAt,
      freshMs: settings.freshMinutes * MINUTE_MS,
      now: clock.now(),
      messageNow: time.now(),
    };
  }

  /** Of a direct chat: groups never come this far. */
  #mayAnswer(chatId: ChatId, newestAt: number | null): 'yes' | SkipReason {
    return mayAnswer({ ...this.#facts(chatId, newestAt), on: this.switch.on, chatKind: 'direct' });
  }

  #mayLeave({ chatId, newestAt }: OutboxItem): 'yes' | SkipReason {
    return mayAnswer({ ...this.#facts(chatId, newestAt), on: this.switch.on, chatKind: 'direct' });
  }

  async #mayAsk(chatId: ChatId, newestAt: number | null): Promise<'yes' | 'not-yet' | SkipReason> {
    const verdict = this.#mayAnswer(chatId, newestAt);
    if (verdict !== 'yes') return verdict;
    if (await this.#brake(chatId)) return 'brake';
    if (await hasSpentShare(this.#agentId, chatId, this.#deps)) return 'brake';
    return (await this.switch.obeyDayLimits()) === 'room' ? 'yes' : 'not-yet';
  }

  /** What a limit of the day keeps from being asked stays open: for the moment in which the switch goes off, or for room after all. */
  async #obeyDayLimits(): Promise<void> {
    if ((await this.switch.obeyDayLimits()) === 'full') this.#lanes.stopAll();
    else await this.#takeUpOpen();
  }

  /** A chat that has had as many answers as a window allows, or in which a program answers, rests from now on. */
  async #brake(chatId: ChatId): Promise<boolean> {
    if (!(await isBraked(this.#agentId, chatId, this.#deps))) return false;
    await this.#resting.mute(chatId);
    this.#deps.log.warn('a chat had as many answers as its brakes allow, and rests');
    return true;
  }

  /** The chat is the owner's: what was under way in it ends, and what they answered themselves is settled. */
  async #ownerWrote(chatId: ChatId): Promise<void> {
    const { store, clock } = this.#deps;
    const { heldUntil, ownerWroteAt } = this.#resting.factsOf(chatId);
    const held = heldUntil !== null && heldUntil > clock.now();
    // They gave the chat back since.
    if (!held && ownerWroteAt === null) return;
    this.#lanes.stopChat(chatId);
    await this.#outbox.withdraw({ chatId });
    await this.#resting.keep(chatId);
    const now = clock.now();
    const which = held || ownerWroteAt === null ? {} : { sentThrough: ownerWroteAt };
    await store.messages.settle(this.#agentId, chatId, which, 'owner-wrote', now);
    // What came after words that are long past is still to be answered.
    if (!held && (await store.messages.openChats(this.#agentId)).includes(chatId)) this.#lanes.contactWrote(chatId);
  }

  /** Who may be answered has changed: what is under way for others ends, with the reason. */
  async #revisit(): Promise<void> {
    for (const chatId of await this.#underWay()) {
      const verdict = this.#mayAnswer(chatId, null);
      if (verdict !== 'yes') await this.#end(chatId, verdict);
    }
    await this.#outbox.withdraw();
    this.#deps.changed();
  }

  async #restrictionMoved(): Promise<void> {
    this.#deps.restrictionMoved();
    await this.#revisit();
  }

  async #underWay(): Promise<ReadonlySet<ChatId>> {
    return new Set([...this.#lanes.busy, ...(await this.#deps.store.messages.openChats(this.#agentId))]);
  }

  /** A chat's lane and its answers end; all of its messages have this outcome. */
  async #end(chatId: ChatId, reason: SkipReason): Promise<void> {
    const { store, clock } = this.#deps;
    this.#lanes.stopChat(chatId);
    await this.#outbox.withdraw({ chatId, reason });
    await store.messages.settle(this.#agentId, chatId, {}, reason, clock.now());
  }

  /** What was asked and not answered when the relay ended, or when the disk failed. */
  async #takeUpOpen(): Promise<void> {
    if (!this.switch.on) return;
    const busy = new Set(this.#lanes.busy);
    for (const chatId of await this.#deps.store.messages.openChats(this.#agentId))
      if (!busy.has(chatId)) this.#lanes.contactWrote(chatId);
  }

  /** What a contact may see before the answer comes: only where the owner chose so. */
  #announce({ chatId, messageIds }: Answered): void {
    const { sender, settings } = this.#deps;
    if (settings.readReceipts === 'yes') sender.markRead(chatId, messageIds);
    void this.#typing.show(chatId);
  }

  /** An answer has been delivered, or never will be. The one that fills a window is the last for a while. */
  #settled(chatId: ChatId, failure: OutboxFailure | null): void {
    this.#deps.changed();
    if (failure === null) this.#typing.delivered(chatId);
    else void this.#typing.end(chatId);
    const steps: Promise<unknown>[] = [this.#obeyDayLimits()];
    if (failure === null)
      steps.push(this.#restriction.worked().then((news) => (news ? this.#restrictionMoved() : undefined)));
    if (failure === null) steps.push(this.#brake(chatId));
    for (const step of steps) step.catch((error: unknown) => this.#storeFailed(error));
  }

  /** What is under way has changed. */
  #moved(): void {
    const busy = this.#lanes.counts.busyChats > 0 || this.#outbox.inFlight > 0;
    if (busy !== this.#busy) this.#deps.needsLine(busy);
    this.#busy = busy;
    this.#deps.changed();
  }

  #failed(fault: AgentFault, detail: string, what = 'the agent gave no answer'): void {
    const { clock, log, changed } = this.#deps;
    this.#lastFault = { fault, detail, at: clock.now() };
    this.#faultWatch.set(fault);
    log.warn({ fault }, what);
    if (!isPassing(fault)) this.#keepFault();
    changed();
  }

  /** What does not pass by itself is known after a restart too. */
  #keepFault(): void {
    const { store } = this.#deps;
    store.agents.setFault(this.#agentId, this.#lastFault).catch((error: unknown) => this.#storeFailed(error));
  }

  #storeFailed(error: unknown): void {
    this.#deps.log.error({ err: error }, 'a conversation could not be written down');
    if (!isDiskFault(error)) return;
    this.#diskFailed = true;
    this.#deps.storeFailed(error);
  }

  async #answered(answered: Answered): Promise<void> {
    const { store, clock, changed } = this.#deps;
    const { chatId, row, newestAt, result } = answered;
    const shortened = result.type === 'answer' ? result.shortened : undefined;
    if (shortened) this.#failed(shortened.fault, shortened.detail, 'an answer was shortened');
    else this.agentWorks();
    const verdict = this.#mayAnswer(chatId, newestAt);
    if (verdict !== 'yes') await store.messages.settle(this.#agentId, chatId, { row }, verdict, clock.now());
    else if (await this.#answers.add(answered)) {
      this.#announce(answered);
      this.#outbox.kick();
    }
    await this.#obeyDayLimits();
    changed();
  }
}

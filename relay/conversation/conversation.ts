/**
 * One agent's conversation: messages in, answers out, the switch over both.
 * Ties admission, lanes and outbox to the store; decides nothing that they decide.
 */

import type { AgentFault } from '../../shared/agent-fault.ts';
import type { AgentId, ChatId, ChatRule, Scope } from '../../shared/chat.ts';
import { type Clock, localDay, type Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { AgentRecord, OffInterval, SwitchAct } from '../store/agent-ledger.ts';
import type { ChatMessage } from '../store/chat-message.ts';
import { isDiskFault, type Store } from '../store/store.ts';
import type { Agent, AgentResult } from '../turn.ts';
import { admit } from './admission.ts';
import { boundedTexts } from './answer-texts.ts';
import { Lanes } from './lanes.ts';
import { Outbox, type SendResult } from './outbox.ts';
import { isInScope } from './scope.ts';

export type ConversationDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
  /** The back end as it is configured now. */
  agent(): Agent;
  send(
    answer: { readonly chatId: ChatId; readonly messageId: string; readonly text: string },
    signal: AbortSignal,
  ): Promise<SendResult>;
  newMessageId(): string;
  /** Counts, the switch or the last fault moved. */
  changed(): void;
  /** Something could not be written: what was under way is taken up when the line opens again. */
  storeFailed(error: unknown): void;
};

export type LastFault = { readonly fault: AgentFault; readonly detail: string; readonly at: number };

export type Activity = {
  readonly busyChats: number;
  readonly thinking: number;
  readonly sending: number;
  readonly lastFault: LastFault | null;
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

export class Conversation {
  readonly #agentId: AgentId;
  readonly #deps: ConversationDeps;
  readonly #outbox: Outbox;
  #lanes: Lanes | null = null;
  #record: Pick<AgentRecord, 'on' | 'scope'> = { on: false, scope: null };
  #offIntervals: readonly OffInterval[] = [];
  #rules = new Map<ChatId, ChatRule>();
  #lastFault: LastFault | null = null;
  #lineOpen = false;
  #diskFailed = false;
  #openEdge: number | null = null;
  #backOn: Timer | null = null;
  #stopped = false;

  constructor(agentId: AgentId, deps: ConversationDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
    const { settings, store, clock, log } = deps;
    this.#outbox = new Outbox({
      agentId,
      ledger: store.outbox,
      clock,
      log,
      giveUpMs: settings.giveUpMinutes * MINUTE_MS,
      retryMs: settings.ackSeconds * SECOND_MS,
      send: (answer, signal) => deps.send(answer, signal),
      settled: () => deps.changed(),
      storeFailed: (error) => this.#storeFailed(error),
    });
  }

  /** Reads where things stand, and takes up what a stop or a crash left open. */
  async start(): Promise<void> {
    const { store, settings, clock, log } = this.#deps;
    this.#stopped = false;
    await this.#reload();
    const lanes = new Lanes({
      agentId: this.#agentId,
      store,
      hashKey: await store.agents.hashKey(),
      clock,
      log,
      gatherMs: settings.gatherSeconds * SECOND_MS,
      freshMs: settings.freshMinutes * MINUTE_MS,
      agentMs: settings.agentSeconds * SECOND_MS,
      calls: settings.agentCalls,
      contextLines: settings.contextLines,
      agent: () => this.#deps.agent(),
      answered: (chatId, row, result) => this.#answered(chatId, row, result),
      failed: (_chatId, fault, detail) => {
        this.#lastFault = { fault, detail, at: clock.now() };
        log.warn({ fault }, 'the agent gave no answer');
        this.#deps.changed();
      },
      storeFailed: (error) => this.#storeFailed(error),
    });
    this.#lanes = lanes;
    if (!this.#record.on) await this.#outbox.dropIdle();
    else await this.#takeUpOpen();
  }

  /** Durable when it resolves; rejects where the store does, and then nothing was taken. */
  async takeIn(batch: readonly ChatMessage[]): Promise<void> {
    const { store, clock, settings } = this.#deps;
    const others: ChatMessage[] = [];
    for (const message of batch) {
      // Our own answer, come back: from whatever device or order, its id gives it away.
      const echo = message.author === 'owner' && (await store.outbox.isOurs(this.#agentId, message.messageId));
      if (!echo) others.push(message);
    }
    const now = clock.now();
    const freshMs = settings.freshMinutes * MINUTE_MS;
    const circumstances = {
      ...this.#record,
      offIntervals: this.#offIntervals,
      openEdge: this.#openEdge,
      rules: this.#rules,
      now,
      freshMs,
    };
    const admissions = others.map((message) => admit(message, circumstances));
    const fates = await store.messages.receive(this.#agentId, admissions, now);
    let counted = 0;
    for (const [index, admission] of admissions.entries()) {
      if (fates[index] !== 'new' || (admission.type === 'drop' && admission.reason === 'switched-off')) continue;
      const { message } = admission;
      await this.#touch(message);
      if (admission.type === 'drop') continue;
      if (message.author === 'owner') this.#lanes?.ownerWrote(message.chatId);
      else if (admission.settled === null) this.#lanes?.contactWrote(message.chatId);
      if (message.author === 'contact') counted += 1;
    }
    if (counted > 0) await store.agents.addToDay(this.#agentId, localDay(now), { messages: counted });
    // What was ignored or skipped is counted too.
    if (fates.includes('new')) this.#deps.changed();
  }

  lineOpened(): void {
    this.#lineOpen = true;
    this.#outbox.lineOpened();
    if (!this.#diskFailed) return;
    this.#diskFailed = false;
    this.#takeUpOpen().catch((error: unknown) => this.#storeFailed(error));
  }

  lineClosed(): void {
    this.#lineOpen = false;
    this.#outbox.lineClosed();
  }

  /** Rejects where the switch could not be stored: then it stands where it stood. Off: silent before this resolves, and what is dropped is never sent. With `backOnAt` (epoch ms) it goes on again by itself. */
  async switchTo(
    on: boolean,
    act: SwitchAct = { by: 'person', backOnAt: null },
  ): Promise<{ readonly droppedAnswers: number }> {
    const { store, clock } = this.#deps;
    if (!on) {
      // In memory first: what a running agent says from here on finds the switch off.
      this.#record = { ...this.#record, on: false };
      this.#lanes?.switchedOff();
    }
    const now = clock.now();
    const result = await store.agents.switchTo(this.#agentId, on, now, act).catch(async (error: unknown) => {
      await this.#reload();
      // What was asked and taken off the wire is asked again.
      this.#storeFailed(error);
      throw error;
    });
    if (on && !this.#record.on) this.#openEdge = this.#lineOpen ? now : null;
    if (!on && act.by === 'person') await this.#outbox.dropIdle();
    await this.#reload();
    this.#deps.changed();
    return result;
  }

  async setScope(scope: Scope): Promise<void> {
    await this.#deps.store.agents.edit(this.#agentId, { scope });
    await this.#reload();
    this.#deps.changed();
  }

  async setRule(chatId: ChatId, rule: ChatRule | null): Promise<void> {
    await this.#deps.store.chats.setRule(this.#agentId, chatId, rule);
    await this.#reload();
    this.#deps.changed();
  }

  /** Whether a text of this chat may be written at all, now. */
  keepsText(chatId: ChatId): boolean {
    return this.#record.on && isInScope(chatId, this.#record.scope, this.#rules);
  }

  async merged(from: ChatId, into: ChatId): Promise<void> {
    await this.#deps.store.chats.merge(this.#agentId, from, into);
    await this.#reload();
    this.#lanes?.merged(from, into);
  }

  get activity(): Activity {
    const counts = this.#lanes?.counts ?? { busy: 0, thinking: 0 };
    return {
      busyChats: counts.busy,
      thinking: counts.thinking,
      sending: this.#outbox.inFlight,
      lastFault: this.#lastFault,
    };
  }

  async stop(): Promise<void> {
    this.#backOn?.cancel();
    this.#stopped = true;
    await this.#lanes?.stop();
    await this.#outbox.stop();
  }

  /** What was asked and not answered when the relay ended, or when the disk failed. */
  async #takeUpOpen(): Promise<void> {
    if (!this.#record.on) return;
    for (const chatId of await this.#deps.store.messages.openChats(this.#agentId)) this.#lanes?.contactWrote(chatId);
  }

  #storeFailed(error: unknown): void {
    this.#deps.log.error({ err: error }, 'a conversation could not be written down');
    if (!isDiskFault(error)) return;
    this.#diskFailed = true;
    this.#deps.storeFailed(error);
  }

  async #reload(): Promise<void> {
    const { store } = this.#deps;
    const record = await store.agents.get(this.#agentId);
    if (record) {
      this.#record = { on: record.on, scope: record.scope };
      this.#awaitBackOn(record.backOnAt);
    }
    this.#offIntervals = await store.agents.offIntervals(this.#agentId);
    this.#rules = new Map(await store.chats.rules(this.#agentId));
  }

  /** Looks again every minute: a computer that slept has missed its timers, not the time. */
  #awaitBackOn(at: number | null): void {
    this.#backOn?.cancel();
    this.#backOn = null;
    if (at === null || this.#stopped) return;
    const { clock, log } = this.#deps;
    const left = at - clock.now();
    this.#backOn = clock.after(Math.max(0, Math.min(left, MINUTE_MS)), () => {
      if (at > clock.now()) this.#awaitBackOn(at);
      else
        this.switchTo(true, { by: 'clock', backOnAt: null }).catch((err: unknown) =>
          log.error({ err }, 'the switch could not go on again'),
        );
    });
  }

  /** At a limit the agent is asked no more, answers that are queued still go out, and only a person switches it on again. */
  async #obeyDayLimits(): Promise<void> {
    const { store, clock, settings, log } = this.#deps;
    if (!this.#record.on) return;
    const { answers, tokens } = await store.agents.countedOf(this.#agentId, localDay(clock.now()));
    const by =
      answers >= settings.dailyAnswers ? 'answers-limit' : tokens >= settings.dailyTokens ? 'tokens-limit' : null;
    if (by === null) return;
    log.warn({ by }, 'a limit of the day is reached');
    await this.switchTo(false, { by, backOnAt: null });
  }

  async #touch({ chatId, chatKind, senderName, number, sentAt }: ChatMessage): Promise<void> {
    await this.#deps.store.chats.touch(this.#agentId, {
      chatId,
      kind: chatKind,
      name: senderName,
      number,
      at: sentAt,
    });
  }

  async #answered(chatId: ChatId, row: number, result: AgentResult & { type: 'answer' | 'silence' }): Promise<void> {
    const { store, clock, settings, newMessageId } = this.#deps;
    const limits = { characters: settings.answerCharacters, texts: settings.answerTexts };
    const texts = result.type === 'answer' ? boundedTexts(result.texts, limits) : [];
    const now = clock.now();
    const queued = await store.outbox.queueAnswers({
      agentId: this.#agentId,
      chatId,
      row,
      answers: texts.map((text) => ({ messageId: newMessageId(), text })),
      usage: result.usage,
      day: localDay(now),
      now,
    });
    this.#lastFault = null;
    if (queued) this.#outbox.kick();
    await this.#obeyDayLimits();
    this.#deps.changed();
  }
}

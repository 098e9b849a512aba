/**
 * One agent's conversation: messages in, answers out, the switch over both.
 * Ties admission, switch, lanes and outbox to the store; decides nothing that they decide.
 */

import type { AgentFault } from '../../shared/agent-fault.ts';
import type { AgentId, ChatId, ChatRule, Scope } from '../../shared/chat.ts';
import { type Clock, localDay } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { SwitchAct } from '../store/agent-ledger.ts';
import type { ChatMessage } from '../store/chat-message.ts';
import { isDiskFault, type Store } from '../store/store.ts';
import type { Agent, AgentResult } from '../turn.ts';
import { isInScope } from './admission.ts';
import { boundedTexts } from './answer-texts.ts';
import { Lanes } from './lanes.ts';
import { Outbox, type SendResult } from './outbox.ts';
import { ReceivedMessages } from './received-messages.ts';
import { Switch } from './switch.ts';

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
  readonly #switch: Switch;
  readonly #received: ReceivedMessages;
  readonly #outbox: Outbox;
  #lanes: Lanes | null = null;
  #scope: Scope | null = null;
  #rules: ReadonlyMap<ChatId, ChatRule> = new Map();
  #lastFault: LastFault | null = null;
  #diskFailed = false;

  constructor(agentId: AgentId, deps: ConversationDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
    const { settings, store, clock, log } = deps;
    const storeFailed = (error: unknown): void => this.#storeFailed(error);
    this.#outbox = new Outbox({
      agentId,
      ledger: store.outbox,
      clock,
      log,
      giveUpMs: settings.giveUpMinutes * MINUTE_MS,
      retryMs: settings.ackSeconds * SECOND_MS,
      send: (answer, signal) => deps.send(answer, signal),
      settled: () => deps.changed(),
      storeFailed,
    });
    this.#switch = new Switch(agentId, {
      agents: store.agents,
      clock,
      log,
      settings,
      silence: () => this.#lanes?.switchedOff(),
      dropQueued: () => this.#outbox.dropIdle(),
      storeFailed,
      moved: () => deps.changed(),
    });
    this.#received = new ReceivedMessages(agentId, { store, clock, freshMs: settings.freshMinutes * MINUTE_MS });
  }

  /** Reads where things stand, and takes up what a stop or a crash left open. */
  async start(): Promise<void> {
    const { store, settings, clock, log } = this.#deps;
    await this.#switch.start();
    await this.#readScope();
    this.#lanes = new Lanes({
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
    if (this.#switch.on) await this.#takeUpOpen();
    else await this.#outbox.dropIdle();
  }

  /** Durable when it resolves; rejects where the store does, and then nothing was taken in. */
  async takeIn(batch: readonly ChatMessage[]): Promise<void> {
    const circumstances = { ...this.#switch.circumstances, scope: this.#scope, rules: this.#rules };
    const { kept, changed } = await this.#received.takeIn(batch, circumstances);
    for (const { author, chatId } of kept) {
      if (author === 'owner') this.#lanes?.ownerWrote(chatId);
      else this.#lanes?.contactWrote(chatId);
    }
    if (changed) this.#deps.changed();
  }

  lineOpened(): void {
    this.#switch.lineOpened();
    this.#outbox.lineOpened();
    if (!this.#diskFailed) return;
    this.#diskFailed = false;
    this.#takeUpOpen().catch((error: unknown) => this.#storeFailed(error));
  }

  lineClosed(): void {
    this.#switch.lineClosed();
    this.#outbox.lineClosed();
  }

  /** See `Switch.moveTo`. */
  switchTo(on: boolean, act?: SwitchAct): Promise<{ readonly droppedAnswers: number }> {
    return this.#switch.moveTo(on, act);
  }

  async setScope(scope: Scope): Promise<void> {
    await this.#deps.store.agents.edit(this.#agentId, { scope });
    await this.#readScope();
    this.#deps.changed();
  }

  async setRule(chatId: ChatId, rule: ChatRule | null): Promise<void> {
    await this.#deps.store.chats.setRule(this.#agentId, chatId, rule);
    await this.#readScope();
    this.#deps.changed();
  }

  /** Whether a text of this chat may be written at all, now. */
  keepsText(chatId: ChatId): boolean {
    return this.#switch.on && isInScope(chatId, this.#scope, this.#rules);
  }

  async merged(from: ChatId, into: ChatId): Promise<void> {
    await this.#deps.store.chats.merge(this.#agentId, from, into);
    await this.#readScope();
    this.#lanes?.merged(from, into);
  }

  get activity(): Activity {
    const { busy, thinking } = this.#lanes?.counts ?? { busy: 0, thinking: 0 };
    return { busyChats: busy, thinking, sending: this.#outbox.inFlight, lastFault: this.#lastFault };
  }

  async stop(): Promise<void> {
    this.#switch.stop();
    await this.#lanes?.stop();
    await this.#outbox.stop();
  }

  /** What was asked and not answered when the relay ended, or when the disk failed. */
  async #takeUpOpen(): Promise<void> {
    if (!this.#switch.on) return;
    for (const chatId of await this.#deps.store.messages.openChats(this.#agentId)) this.#lanes?.contactWrote(chatId);
  }

  #storeFailed(error: unknown): void {
    this.#deps.log.error({ err: error }, 'a conversation could not be written down');
    if (!isDiskFault(error)) return;
    this.#diskFailed = true;
    this.#deps.storeFailed(error);
  }

  async #readScope(): Promise<void> {
    const { store } = this.#deps;
    this.#scope = (await store.agents.get(this.#agentId))?.scope ?? this.#scope;
    this.#rules = await store.chats.rules(this.#agentId);
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
    await this.#switch.obeyDayLimits();
    this.#deps.changed();
  }
}

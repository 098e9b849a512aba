/**
 * One agent's conversation: messages in, answers out, the switch over both.
 * Ties admission, switch, lanes and outbox to the store; decides nothing that they decide.
 */
import type { AgentFault } from '../../shared/agent.ts';
import type { AgentId, ChatId } from '../../shared/chat.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { ChatMessage } from '../store/chat-message.ts';
import { isDiskFault, type Store } from '../store/store.ts';
import type { Agent, AgentResult } from '../turn.ts';
import { ChatScope } from './chat-scope.ts';
import { Lanes } from './lanes.ts';
import { Outbox, type OutboxDeps } from './outbox.ts';
import { ReceivedMessages } from './received-messages.ts';
import { Switch } from './switch.ts';

export type ConversationDeps = Pick<OutboxDeps, 'send' | 'newMessageId'> & {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
  /** The back end as it is configured now. */
  readonly agent: () => Agent;
  /** Counts, the switch or the last fault moved. */
  readonly changed: () => void;
  /** Something could not be written: what was under way is taken up when the connection opens again. */
  readonly storeFailed: (error: unknown) => void;
};

export type Activity = {
  readonly busyChats: number;
  readonly thinking: number;
  readonly sending: number;
  readonly lastFault: { readonly fault: AgentFault; readonly detail: string; readonly at: number } | null;
};

export class Conversation {
  readonly switch: Switch;
  readonly scope: ChatScope;
  readonly #agentId: AgentId;
  readonly #deps: ConversationDeps;
  readonly #received: ReceivedMessages;
  readonly #lanes: Lanes;
  readonly #outbox: Outbox;
  #lastFault: Activity['lastFault'] = null;
  #diskFailed = false;

  constructor(agentId: AgentId, deps: ConversationDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
    const parts = { ...deps, storeFailed: (error: unknown) => this.#storeFailed(error) };
    this.#outbox = new Outbox(agentId, { ...parts, ledger: deps.store.outbox, settled: deps.changed });
    this.#lanes = new Lanes(agentId, {
      ...parts,
      answered: (chatId, row, result) => this.#answered(chatId, row, result),
      failed: (fault, detail) => this.#failed(fault, detail),
    });
    this.switch = new Switch(agentId, {
      ...parts,
      agents: deps.store.agents,
      silence: () => this.#lanes.switchedOff(),
      dropQueued: () => this.#outbox.dropIdle(),
      moved: deps.changed,
    });
    this.scope = new ChatScope(agentId, deps);
    this.#received = new ReceivedMessages(agentId, deps);
  }

  /** Reads where things stand, and takes up what a stop or a crash left open. */
  async start(): Promise<void> {
    await this.switch.start();
    await this.scope.load();
    if (this.switch.on) await this.#takeUpOpen();
    else await this.#outbox.dropIdle();
  }

  /** Durable when it resolves; rejects where the store does, and then nothing was taken in. */
  async takeIn(batch: readonly ChatMessage[]): Promise<void> {
    const circumstances = { ...this.switch.circumstances, ...this.scope.circumstances };
    const { kept, changed } = await this.#received.takeIn(batch, circumstances);
    for (const { author, chatId } of kept) {
      if (author === 'owner') this.#lanes.ownerWrote(chatId);
      else this.#lanes.contactWrote(chatId);
    }
    if (changed) this.#deps.changed();
  }

  linkOpened(): void {
    this.switch.linkOpened();
    this.#outbox.linkOpened();
    if (!this.#diskFailed) return;
    this.#diskFailed = false;
    this.#takeUpOpen().catch((error: unknown) => this.#storeFailed(error));
  }

  linkClosed(): void {
    this.switch.linkClosed();
    this.#outbox.linkClosed();
  }

  /** Whether a text of this chat may be written at all, now. */
  keepsText(chatId: ChatId): boolean {
    return this.switch.on && this.scope.includes(chatId);
  }

  async merged(from: ChatId, into: ChatId): Promise<void> {
    await this.#deps.store.chats.merge(this.#agentId, from, into);
    await this.scope.load();
    this.#lanes.merged(from, into);
  }

  get activity(): Activity {
    return { ...this.#lanes.counts, sending: this.#outbox.inFlight, lastFault: this.#lastFault };
  }

  async stop(): Promise<void> {
    this.switch.stop();
    await this.#lanes.stop();
    await this.#outbox.stop();
  }

  /** What was asked and not answered when the relay ended, or when the disk failed. */
  async #takeUpOpen(): Promise<void> {
    if (!this.switch.on) return;
    for (const chatId of await this.#deps.store.messages.openChats(this.#agentId)) this.#lanes.contactWrote(chatId);
  }

  #failed(fault: AgentFault, detail: string): void {
    const { clock, log, changed } = this.#deps;
    this.#lastFault = { fault, detail, at: clock.now() };
    log.warn({ fault }, 'the agent gave no answer');
    changed();
  }

  #storeFailed(error: unknown): void {
    this.#deps.log.error({ err: error }, 'a conversation could not be written down');
    if (!isDiskFault(error)) return;
    this.#diskFailed = true;
    this.#deps.storeFailed(error);
  }

  async #answered(chatId: ChatId, row: number, result: AgentResult & { type: 'answer' | 'silence' }): Promise<void> {
    await this.#outbox.queue({ chatId, row, result });
    this.#lastFault = null;
    await this.switch.obeyDayLimits();
    this.#deps.changed();
  }
}

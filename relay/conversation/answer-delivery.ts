/** An answer's two moments: the back end has given it, and WhatsApp has it, or never will. */
import type { AgentId, ChatId } from '../../shared/contract/chat.ts';
import type { Clock } from '../clock.ts';
import type { Outbound } from '../outbound.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { OutboxFailure } from '../store/outbox-ledger.ts';
import type { Store } from '../store/store.ts';
import type { Answered } from './agent-call.ts';
import type { AgentHealth } from './agent-health.ts';
import type { AnswerGate } from './answer-gate.ts';
import type { AnswerQueue } from './answer-queue.ts';
import type { Lanes } from './lanes.ts';
import type { Outbox } from './outbox.ts';
import type { RestingChats } from './resting-chats.ts';
import type { Restriction } from './restriction.ts';
import type { Switch } from './switch.ts';
import type { TypingSigns } from './typing-signs.ts';

export type AnswerDeliveryDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'readReceipts'>;
  readonly outbound: Pick<Outbound, 'markRead'>;
  readonly gate: AnswerGate;
  readonly answers: AnswerQueue;
  readonly outbox: Pick<Outbox, 'kick'>;
  readonly lanes: Pick<Lanes, 'stopAll'>;
  readonly health: AgentHealth;
  readonly restriction: Restriction;
  readonly resting: Pick<RestingChats, 'asks'>;
  readonly switch: Switch;
  readonly typing: TypingSigns;
  /** There is room in the day: what waits is taken up. */
  readonly takeUp: () => Promise<void>;
  readonly restrictionChanged: () => Promise<void>;
  readonly changed: () => void;
  readonly storeFailed: (error: unknown) => void;
};

export class AnswerDelivery {
  readonly #agentId: AgentId;
  readonly #deps: AnswerDeliveryDeps;

  constructor(agentId: AgentId, deps: AnswerDeliveryDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  /** The back end has answered: the answer is queued, if the message may still be answered. */
  async answered(answered: Answered): Promise<void> {
    const { store, clock, changed } = this.#deps;
    const { chatId, row, newestAt, result } = answered;
    const shortened = result.type === 'answer' ? result.shortened : undefined;
    if (shortened) this.#deps.health.failed(shortened.fault, shortened.detail, 'an answer was shortened');
    else this.#deps.health.works();
    const verdict = this.#deps.gate.ofChat(chatId, newestAt);
    if (verdict === 'yes') await this.#queue(answered);
    else await store.messages.settle(this.#agentId, chatId, { row }, verdict, clock.now());
    await this.#obeyDayLimits();
    changed();
  }

  async #queue(answered: Answered): Promise<void> {
    const queued = await this.#deps.answers.add(answered);
    const { chatId, newestAt, result } = answered;
    if (queued !== 'refused' && result.asksOwner) await this.#deps.resting.asks(chatId, newestAt);
    if (queued !== 'waits') return;
    this.#announce(answered);
    this.#deps.outbox.kick();
  }

  /** An answer has been delivered, or never will be. The one that fills a window is the last for a while. */
  settled(chatId: ChatId, failure: OutboxFailure | null): void {
    this.#deps.changed();
    if (failure === null) this.#deps.typing.delivered(chatId);
    else void this.#deps.typing.end(chatId);
    const steps: Promise<unknown>[] = [this.#obeyDayLimits()];
    if (failure === null)
      steps.push(this.#deps.restriction.worked().then((news) => (news ? this.#deps.restrictionChanged() : undefined)));
    if (failure === null) steps.push(this.#deps.gate.brake(chatId));
    for (const step of steps) step.catch((error: unknown) => this.#deps.storeFailed(error));
  }

  /** What a contact may see before the answer comes: only where the owner chose so. */
  #announce({ chatId, messageIds }: Answered): void {
    const { outbound, settings } = this.#deps;
    if (settings.readReceipts === 'yes') outbound.markRead(chatId, messageIds);
    void this.#deps.typing.show(chatId);
  }

  /** What a limit of the day keeps from being asked stays open: for the moment in which the switch goes off, or for room after all. */
  async #obeyDayLimits(): Promise<void> {
    if ((await this.#deps.switch.obeyDayLimits()) === 'full') this.#deps.lanes.stopAll();
    else await this.#deps.takeUp();
  }
}

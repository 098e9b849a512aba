/** Judges if a message may be answered now: the switch, the scope, resting chats, a restriction, the age and the brakes together. */
import type { AgentId, ChatId, SkipReason } from '../../shared/contract/chat.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { MessageTime } from '../message-time.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { ChatMessage } from '../store/chat-message.ts';
import type { OutboxItem } from '../store/outbox-ledger.ts';
import type { Store } from '../store/store.ts';
import { hasSpentShare, isBraked } from './brakes.ts';
import type { ChatScope } from './chat-scope.ts';
import { type Facts, mayAnswer } from './may-answer.ts';
import type { OwnerFirst } from './owner-first.ts';
import type { RestingChats } from './resting-chats.ts';
import type { Restriction } from './restriction.ts';
import type { Switch } from './switch.ts';

export type AnswerGateDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly time: MessageTime;
  readonly log: Log;
  readonly settings: Settings;
  readonly switch: Switch;
  readonly scope: ChatScope;
  readonly resting: RestingChats;
  readonly ownerFirst: OwnerFirst;
  readonly restriction: Restriction;
};

const MINUTE_MS = 60_000;

export class AnswerGate {
  readonly #agentId: AgentId;
  readonly #deps: AnswerGateDeps;

  constructor(agentId: AgentId, deps: AnswerGateDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  /** The verdict of a message that has just come. The owner's own are never too old. */
  ofMessage({ chatId, chatKind, sentAt, author, number }: ChatMessage): 'yes' | SkipReason {
    const newestAt = author === 'owner' ? null : sentAt;
    return mayAnswer({ ...this.#facts(chatId, newestAt, number), on: this.#deps.switch.on, chatKind });
  }

  /** The verdict of a direct chat: groups never come this far. `newestAt`: WhatsApp's time of the message, epoch ms; null if its age does not count. */
  ofChat(chatId: ChatId, newestAt: number | null): 'yes' | SkipReason {
    return this.#ofDirect(this.#facts(chatId, newestAt, null));
  }

  /** The verdict of an answer on its way. What is said while the owner is asked for is not kept back by that. */
  ofAnswer({ chatId, newestAt, asksOwner }: Pick<OutboxItem, 'chatId' | 'newestAt' | 'asksOwner'>): 'yes' | SkipReason {
    const facts = this.#facts(chatId, newestAt, null);
    const asksSince = asksOwner ? null : facts.asksSince;
    return this.#ofDirect({ ...facts, asksSince });
  }

  /** True if the back end may be asked. `not-yet`: a limit of the day is reached; `owner-first`: the owner has their time. Then the message stays open. */
  async mayAsk(chatId: ChatId, newestAt: number | null): Promise<'yes' | 'not-yet' | 'owner-first' | SkipReason> {
    const verdict = this.ofChat(chatId, newestAt);
    if (verdict !== 'yes') return verdict;
    if (newestAt !== null && this.#deps.ownerFirst.leftMs(chatId) > 0) return 'owner-first';
    if (await this.brake(chatId)) return 'brake';
    if (await hasSpentShare(this.#agentId, chatId, this.#deps)) return 'brake';
    return (await this.#deps.switch.obeyDayLimits()) === 'room' ? 'yes' : 'not-yet';
  }

  /** A chat that has had as many answers as a window allows, or in which a program answers, rests from now on. */
  async brake(chatId: ChatId): Promise<boolean> {
    if (!(await isBraked(this.#agentId, chatId, this.#deps))) return false;
    await this.#deps.resting.mute(chatId);
    this.#deps.log.warn('a chat had as many answers as its brakes allow, and rests');
    return true;
  }

  /** Before which moment an answer does not leave, monotonic ms: the owner has their time first. */
  notBefore({ chatId, newestAt }: Pick<OutboxItem, 'chatId' | 'newestAt'>): number {
    return newestAt === null ? Number.NEGATIVE_INFINITY : this.#deps.ownerFirst.until(chatId);
  }

  /** How old a message of the chat may be, counted from the end of the owner's time. */
  freshMs(chatId: ChatId): number {
    return this.#deps.settings.freshMinutes * MINUTE_MS + this.#deps.ownerFirst.graceMs(chatId);
  }

  /** WhatsApp's time from which on a message of the chat still counts as fresh, epoch ms. */
  freshFrom(chatId: ChatId): number {
    return this.#deps.time.now() - this.freshMs(chatId);
  }

  /** Until when a message of that time, as WhatsApp dates it, may be answered: epoch ms of this computer. */
  freshUntil(chatId: ChatId, sentAt: number): number {
    return this.#deps.time.local(sentAt) + this.freshMs(chatId);
  }

  #ofDirect(facts: Omit<Facts, 'on' | 'chatKind'>): 'yes' | SkipReason {
    return mayAnswer({ ...facts, on: this.#deps.switch.on, chatKind: 'direct' });
  }

  #facts(chatId: ChatId, newestAt: number | null, number: string | null): Omit<Facts, 'on' | 'chatKind'> {
    const { clock, time, scope, resting, restriction } = this.#deps;
    return {
      ...scope.factsOf(chatId, number),
      ...resting.factsOf(chatId),
      restrictedUntil: restriction.until,
      newestAt,
      freshMs: this.freshMs(chatId),
      now: clock.now(),
      messageNow: time.now(),
    };
  }
}

/**
 * Whether WhatsApp restricts the number, also over a restart. Until when is what WhatsApp says; where it says nothing and refuses all the
 * same, more than one person or by its quota, no end is known: then it is tried again after a while, with the next message, and after a
 * longer while where that is refused too.
 */
import type { AgentId, ChatId } from '../../shared/chat.ts';
import type { Clock } from '../clock.ts';
import type { AgentLedger, Restricted } from '../store/agent-ledger.ts';

/** WhatsApp's codes for an account that may not write to this person now: the time-lock, and the quota of new chats. */
const TIME_LOCKED = 463;
const QUOTA_USED = 475;
export const RESTRICTED_CODES: ReadonlySet<number> = new Set([TIME_LOCKED, QUOTA_USED]);
const MINUTE_MS = 60_000;
/** Pauses before an answer is tried again while no end is known; the last one again and again. */
const PAUSES_MS = [15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE_MS);
const FREE: Restricted = { until: null, retryAt: null };

export class Restriction {
  readonly #agentId: AgentId;
  readonly #agents: Pick<AgentLedger, 'get' | 'setRestricted'>;
  readonly #clock: Clock;
  #now: Restricted = FREE;
  /** Who was refused since somebody was not: one person may have refused by themselves. */
  readonly #refused = new Set<ChatId>();
  #tries = 0;

  constructor(agentId: AgentId, agents: Pick<AgentLedger, 'get' | 'setRestricted'>, clock: Clock) {
    this.#agentId = agentId;
    this.#agents = agents;
    this.#clock = clock;
  }

  /** Epoch ms; either may have passed. */
  get now(): Restricted {
    return this.#now;
  }

  /** Nobody is answered before this moment, epoch ms; may have passed. */
  get until(): number | null {
    const { until, retryAt } = this.#now;
    return until === null || retryAt === null ? (until ?? retryAt) : Math.max(until, retryAt);
  }

  async load(): Promise<void> {
    const record = await this.#agents.get(this.#agentId);
    this.#now = record?.restricted ?? FREE;
    this.#refused.clear();
    this.#tries = 0;
  }

  /**
   * What WhatsApp says: until when, epoch ms, or that nothing restricts the number; `endless`: it does, and no end was named. In memory at
   * once, durable when it resolves; says whether that is news.
   */
  async told(until: number | null | 'endless'): Promise<boolean> {
    if (until === 'endless') return this.#pause();
    // That there is no lock is no word on a refusal of another kind; that one was lifted is.
    const retryAt = until === null && this.#now.until === null ? this.#now.retryAt : null;
    return this.#set({ until, retryAt });
  }

  /** An answer was refused with this code. Says whether that restricts the number from now on. */
  async refused(chatId: ChatId, code: number): Promise<boolean> {
    if (!RESTRICTED_CODES.has(code)) return false;
    this.#refused.add(chatId);
    const own = code === TIME_LOCKED && this.#refused.size === 1 && this.#tries === 0;
    return own ? false : this.#pause();
  }

  /** An answer reached WhatsApp. Says whether that is news. */
  async worked(): Promise<boolean> {
    this.#refused.clear();
    this.#tries = 0;
    return this.#now.retryAt === null ? false : this.#set({ ...this.#now, retryAt: null });
  }

  /** No end is known. Once for all the answers that were on their way together. */
  async #pause(): Promise<boolean> {
    const now = this.#clock.now();
    if ((this.until ?? 0) > now) return false;
    const pause = PAUSES_MS[Math.min(this.#tries, PAUSES_MS.length - 1)] ?? 0;
    this.#tries += 1;
    return this.#set({ until: null, retryAt: now + pause });
  }

  async #set(next: Restricted): Promise<boolean> {
    if (next.until === this.#now.until && next.retryAt === this.#now.retryAt) return false;
    this.#now = next;
    await this.#agents.setRestricted(this.#agentId, next);
    return true;
  }
}

/**
 * Whether WhatsApp restricts the number, also over a restart. Until when is what WhatsApp says; where it says nothing and refuses all the
 * same, more than one person or by its quota, no end is known: then it is tried again after a while, with the next message, and after a
 * longer while where that is refused too.
 */
import type { AgentId, ChatId } from '../../shared/contract/chat.ts';
import type { Clock } from '../clock.ts';
import type { AgentLedger, Restricted } from '../store/agent-ledger.ts';

/** WhatsApp's codes for an account that may not write to this person now: the time-lock, and the quota of new chats. */
const TIME_LOCKED = 463;
const QUOTA_USED = 475;
export const RESTRICTED_CODES: ReadonlySet<number> = new Set([TIME_LOCKED, QUOTA_USED]);
const MINUTE_MS = 60_000;
/** Pauses before an answer is tried again while no end is known; the last one again and again. */
const PAUSES_MS = [15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE_MS);
const LONGEST_PAUSE_MS = Math.max(...PAUSES_MS);
const FREE: Restricted = { until: null, retryAt: null };

export class Restriction {
  readonly #agentId: AgentId;
  readonly #agents: Pick<AgentLedger, 'get' | 'setRestricted'>;
  readonly #clock: Clock;
  #until: number | null = null;
  /** When it is tried again, in monotonic ms: a clock that is set changes nothing. */
  #retryDue: number | null = null;
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
    const clock = this.#clock;
    const retryAt = this.#retryDue === null ? null : Math.round(clock.now() + this.#retryDue - clock.monotonic());
    return { until: this.#until, retryAt };
  }

  /** Nobody is answered before this moment, epoch ms; may have passed. */
  get until(): number | null {
    const { until, retryAt } = this.now;
    return until === null || retryAt === null ? (until ?? retryAt) : Math.max(until, retryAt);
  }

  async load(): Promise<void> {
    const record = await this.#agents.get(this.#agentId);
    const { until, retryAt } = record?.restricted ?? FREE;
    this.#until = until;
    // No pause is longer than the longest: a later moment was written down before the clock was set back.
    this.#pauseFor(retryAt === null ? null : Math.min(retryAt - this.#clock.now(), LONGEST_PAUSE_MS));
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
    const goesOn = until === null && this.#until === null;
    return this.#set(until, goesOn ? this.#pauseLeft : null);
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
    return this.#retryDue === null ? false : this.#set(this.#until, null);
  }

  /** No end is known. Once for all the answers that were on their way together. */
  async #pause(): Promise<boolean> {
    if ((this.until ?? 0) > this.#clock.now()) return false;
    const pause = PAUSES_MS[Math.min(this.#tries, PAUSES_MS.length - 1)] ?? 0;
    this.#tries += 1;
    return this.#set(null, pause);
  }

  get #pauseLeft(): number | null {
    return this.#retryDue === null ? null : this.#retryDue - this.#clock.monotonic();
  }

  #pauseFor(ms: number | null): void {
    this.#retryDue = ms === null ? null : this.#clock.monotonic() + ms;
  }

  async #set(until: number | null, pauseMs: number | null): Promise<boolean> {
    if (until === this.#until && (pauseMs === null) === (this.#retryDue === null) && pauseMs === this.#pauseLeft)
      return false;
    this.#until = until;
    this.#pauseFor(pauseMs);
    await this.#agents.setRestricted(this.#agentId, this.now);
    return true;
  }
}

/**
 * One agent's switch: on or off, off until a time, the week's schedule, and the limits of a day that turn it off. The latest act by hand
 * holds until the schedule's next edge. What it says in memory counts at once;
 * the store has it durably. Its conversation does what follows from a move.
 */
import type { AgentId } from '../../shared/contract/chat.ts';
import type { Edge, Schedule } from '../../shared/contract/schedule.ts';
import type { SwitchedBy } from '../../shared/contract/switched-by.ts';
import { isOnAt, lastEdge, nextEdge } from '../../shared/rules/schedule.ts';
import { type Clock, firstOfMonth, localDay, type Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import type { OffInterval, SwitchAct } from '../store/agent-ledger.ts';
import type { Store } from '../store/store.ts';
import type { Circumstances } from './admission.ts';

export type SwitchDeps = {
  readonly agents: Store['agents'];
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<NumberSettings, 'dailyAnswers' | 'dailyTokens'>;
  readonly outbox: Pick<Store['outbox'], 'answersPending'>;
  /** Takes every running question off the wire before it returns; says in how many chats something was under way. */
  silence(): number;
  /** Drops every answer that may not leave any more; says how many. */
  withdraw(): Promise<number>;
  storeFailed(error: unknown): void;
  moved(): void;
};

const MINUTE_MS = 60_000;
/** Longer than a message that comes at once is on its way. */
const LONG_MS = 10_000;
type Limit = Extract<SwitchedBy, `${string}-limit`>;

const BY_PERSON: SwitchAct = { by: 'person', backOnAt: null };
const BY_SCHEDULE: SwitchAct = { by: 'schedule', backOnAt: null };

export class Switch {
  readonly #agentId: AgentId;
  readonly #deps: SwitchDeps;
  #on = false;
  #offIntervals: readonly OffInterval[] = [];
  #openEdge: number | null = null;
  /** Monotonic; on from the start is on for ever. */
  #onSince = Number.NEGATIVE_INFINITY;
  #linkOpen = false;
  #backOnAt: number | null = null;
  /** Its number was unlinked, and no person has switched it on since: neither schedule nor clock does. */
  #unlinked = false;
  #schedule: Schedule = [];
  /** Edges of the schedule up to here have been obeyed, or overruled by hand. */
  #obeyedUntil: number | null = null;
  #timer: Timer | null = null;
  #stopped = false;

  constructor(agentId: AgentId, deps: SwitchDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  get on(): boolean {
    return this.#on;
  }

  /** How much a day may bring. */
  get limits(): { readonly answers: number; readonly tokens: number } {
    const { dailyAnswers, dailyTokens } = this.#deps.settings;
    return { answers: dailyAnswers, tokens: dailyTokens };
  }

  /** What admission asks of the switch. */
  get circumstances(): Pick<Circumstances, 'on' | 'offIntervals' | 'openEdge' | 'longOn'> {
    const longOn = this.#on && this.#deps.clock.monotonic() - this.#onSince >= LONG_MS;
    return { on: this.#on, offIntervals: this.#offIntervals, openEdge: this.#openEdge, longOn };
  }

  async start(): Promise<void> {
    this.#stopped = false;
    await this.#load();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  linkOpened(): void {
    this.#linkOpen = true;
  }

  linkClosed(): void {
    this.#linkOpen = false;
  }

  /**
   * Off: silent before this resolves, and what is dropped is never sent. With `backOnAt` (epoch ms) it goes on again by itself.
   * On by the clock where a limit of the day is reached: it stays off. Rejects where the move could not be stored: then the switch
   * stands where it stood.
   */
  async moveTo(on: boolean, act: SwitchAct = BY_PERSON): Promise<{ readonly droppedAnswers: number }> {
    const { agents, clock, moved } = this.#deps;
    const now = clock.now();
    if (on) {
      const limited = (await this.#reachedLimit()) !== null;
      const moves = !limited || act.by === 'person';
      // Stored first: the day goes on by the owner's word alone.
      if (limited && moves) await agents.goOn(this.#agentId, localDay(now));
      await this.#store(moves, now, moves ? act : BY_PERSON);
      moved();
      return { droppedAnswers: 0 };
    }
    // In memory first: what a running agent says from here on finds the switch off.
    this.#on = false;
    const silenced = this.#deps.silence();
    await this.#store(false, now, act);
    const withdrawn = await this.#deps.withdraw();
    moved();
    return { droppedAnswers: silenced + withdrawn };
  }

  /** From now on the switch follows the schedule, and stands where that says that it stands now. Empty, or after an unlinking: it stays where it is. */
  async setSchedule(schedule: Schedule): Promise<{ readonly droppedAnswers: number }> {
    const { agents, clock } = this.#deps;
    await agents.edit(this.#agentId, { schedule });
    await this.#load();
    if (schedule.length === 0 || this.#unlinked) return { droppedAnswers: 0 };
    return this.moveTo(isOnAt(schedule, clock.now()), BY_SCHEDULE);
  }

  /**
   * At a limit the agent is asked no more. The switch goes off when the last answer that the limit allows has left, and only a person
   * switches it on again. Says whether anything more may be asked.
   */
  async obeyDayLimits(): Promise<'room' | 'full'> {
    if (!this.#on) return 'full';
    const by = await this.#reachedLimit();
    if (by === null) return 'room';
    if ((await this.#deps.outbox.answersPending(this.#agentId)) > 0) return 'full';
    this.#deps.log.warn({ by }, 'a limit of the day is reached');
    await this.moveTo(false, { by, backOnAt: null });
    return 'full';
  }

  /** The limits of a day are others now. Where they are lower, a day that was to go on without them has them again. */
  async limitsChanged(lower: boolean): Promise<void> {
    if (lower) await this.#deps.agents.goOn(this.#agentId, null);
    await this.obeyDayLimits();
  }

  /** The count of a day or month does not hang on the switch; what is on its way counts as delivered. */
  async #reachedLimit(): Promise<Limit | null> {
    const { agents, outbox, clock, settings } = this.#deps;
    const today = localDay(clock.now());
    const record = await agents.get(this.#agentId);
    if (!record || record.goOnDay === today) return null;
    const { caps } = record;
    const { answers, inputTokens, outputTokens } = await agents.countOf(this.#agentId, today);
    if (answers + (await outbox.answersPending(this.#agentId)) >= settings.dailyAnswers) return 'answers-limit';
    if (inputTokens + outputTokens >= (caps.dayTokens ?? settings.dailyTokens)) return 'tokens-limit';
    const spentSince = async (from: string): Promise<number> =>
      (await agents.spent(this.#agentId, from, today)).money.find(({ currency }) => currency === caps.currency)
        ?.micros ?? 0;
    if (caps.dayMicros !== null && (await spentSince(today)) >= caps.dayMicros) return 'money-limit';
    return caps.monthMicros !== null && (await spentSince(firstOfMonth(today))) >= caps.monthMicros
      ? 'month-limit'
      : null;
  }

  async #store(on: boolean, now: number, act: SwitchAct): Promise<void> {
    const { agents, storeFailed } = this.#deps;
    const wasOn = this.#on;
    await agents.switchTo(this.#agentId, on, now, act).catch(async (error: unknown) => {
      await this.#load();
      // Questions that were taken off the wire are asked again.
      storeFailed(error);
      throw error;
    });
    this.#obeyedUntil = now;
    if (on && !wasOn) this.#openEdge = this.#linkOpen ? now : null;
    if (on && !wasOn) this.#onSince = this.#deps.clock.monotonic();
    await this.#load();
  }

  /** As the store has it, where something else than this has moved it. */
  async reload(): Promise<void> {
    await this.#load();
  }

  async #load(): Promise<void> {
    const { agents } = this.#deps;
    const record = await agents.get(this.#agentId);
    if (record) {
      this.#on = record.on;
      this.#backOnAt = record.backOnAt;
      this.#unlinked = !record.on && record.switchedBy === 'unlinked';
      this.#schedule = record.schedule;
      this.#obeyedUntil ??= record.actedAt;
    }
    this.#offIntervals = await agents.offIntervals(this.#agentId);
    this.#watchTime();
  }

  /** Looks again every minute: a computer that slept has missed its timers, not the time. */
  #watchTime(leastMs = 0): void {
    this.#timer?.cancel();
    this.#timer = null;
    const { clock, log } = this.#deps;
    const now = clock.now();
    const edge = lastEdge(this.#schedule, now);
    const moments = [this.#backOnAt, nextEdge(this.#schedule, now)?.at ?? null].filter((at) => at !== null);
    const due = this.#dueAct(edge, now);
    if (this.#stopped || this.#unlinked || (due === null && moments.length === 0)) return;
    const waitMs = due === null ? Math.min(Math.min(...moments) - now, MINUTE_MS) : leastMs;
    this.#timer = clock.after(waitMs, () => {
      const act = this.#dueAct(lastEdge(this.#schedule, clock.now()), clock.now());
      if (act === null) return this.#watchTime();
      this.moveTo(act.on, act).catch((err: unknown) => {
        log.error({ err }, 'the switch could not be moved by the clock');
        this.#watchTime(MINUTE_MS);
      });
    });
  }

  /** What the time has brought: an edge of the schedule, which ends whatever a person chose before; or the time that a person chose. */
  #dueAct(edge: Edge | null, now: number): (SwitchAct & { readonly on: boolean }) | null {
    if (this.#unlinked) return null;
    if (edge !== null && this.#obeyedUntil !== null && edge.at > this.#obeyedUntil)
      return { on: edge.on, ...BY_SCHEDULE };
    if (this.#backOnAt !== null && this.#backOnAt <= now) return { on: true, by: 'clock', backOnAt: null };
    return null;
  }
}

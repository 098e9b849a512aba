/**
 * One agent's switch: on or off, off until a time, and the limits of a day that turn it off. What it says in memory counts at once;
 * the store has it durably. Its conversation does what follows from a move.
 */
import type { AgentId } from '../../shared/chat.ts';
import { type Clock, localDay, type Timer } from '../clock.ts';
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
  /** Takes every running question off the wire before it returns. */
  silence(): void;
  /** Drops every answer that is not on the wire. */
  dropQueued(): Promise<void>;
  storeFailed(error: unknown): void;
  moved(): void;
};

const MINUTE_MS = 60_000;
const BY_PERSON: SwitchAct = { by: 'person', backOnAt: null };

export class Switch {
  readonly #agentId: AgentId;
  readonly #deps: SwitchDeps;
  #on = false;
  #offIntervals: readonly OffInterval[] = [];
  #openEdge: number | null = null;
  #linkOpen = false;
  #backOn: Timer | null = null;
  #stopped = false;

  constructor(agentId: AgentId, deps: SwitchDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
  }

  get on(): boolean {
    return this.#on;
  }

  /** What admission asks of the switch. */
  get circumstances(): Pick<Circumstances, 'on' | 'offIntervals' | 'openEdge'> {
    return { on: this.#on, offIntervals: this.#offIntervals, openEdge: this.#openEdge };
  }

  async start(): Promise<void> {
    this.#stopped = false;
    await this.#load();
  }

  stop(): void {
    this.#stopped = true;
    this.#backOn?.cancel();
  }

  linkOpened(): void {
    this.#linkOpen = true;
  }

  linkClosed(): void {
    this.#linkOpen = false;
  }

  /**
   * Off: silent before this resolves, and what is dropped is never sent. With `backOnAt` (epoch ms) it goes on again by itself.
   * Rejects where the move could not be stored: then the switch stands where it stood.
   */
  async moveTo(on: boolean, act: SwitchAct = BY_PERSON): Promise<{ readonly droppedAnswers: number }> {
    const { agents, clock, silence, dropQueued, storeFailed, moved } = this.#deps;
    if (!on) {
      // In memory first: what a running agent says from here on finds the switch off.
      this.#on = false;
      silence();
    }
    const now = clock.now();
    const result = await agents.switchTo(this.#agentId, on, now, act).catch(async (error: unknown) => {
      await this.#load();
      // What was asked and taken off the wire is asked again.
      storeFailed(error);
      throw error;
    });
    if (on && !this.#on) this.#openEdge = this.#linkOpen ? now : null;
    if (!on && act.by === 'person') await dropQueued();
    await this.#load();
    moved();
    return result;
  }

  /** At a limit the agent is asked no more, answers that are queued still go out, and only a person switches it on again. */
  async obeyDayLimits(): Promise<void> {
    const { agents, clock, settings, log } = this.#deps;
    if (!this.#on) return;
    const { answers, tokens } = await agents.countedOf(this.#agentId, localDay(clock.now()));
    const by =
      answers >= settings.dailyAnswers ? 'answers-limit' : tokens >= settings.dailyTokens ? 'tokens-limit' : null;
    if (by === null) return;
    log.warn({ by }, 'a limit of the day is reached');
    await this.moveTo(false, { by, backOnAt: null });
  }

  async #load(): Promise<void> {
    const { agents } = this.#deps;
    const record = await agents.get(this.#agentId);
    if (record) {
      this.#on = record.on;
      this.#awaitBackOn(record.backOnAt);
    }
    this.#offIntervals = await agents.offIntervals(this.#agentId);
  }

  /** Looks again every minute: a computer that slept has missed its timers, not the time. */
  #awaitBackOn(at: number | null): void {
    this.#backOn?.cancel();
    this.#backOn = null;
    if (at === null || this.#stopped) return;
    const { clock, log } = this.#deps;
    this.#backOn = clock.after(Math.max(0, Math.min(at - clock.now(), MINUTE_MS)), () => {
      if (at > clock.now()) this.#awaitBackOn(at);
      else
        this.moveTo(true, { by: 'clock', backOnAt: null }).catch((err: unknown) =>
          log.error({ err }, 'the switch could not go on again'),
        );
    });
  }
}

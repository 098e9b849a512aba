/** Looks whether a back end that failed in passing works again, so that nobody has to write to find out. */
import type { AgentFault } from '../../shared/contract/agent.ts';
import { type Backoff, backoffMs } from '../../shared/rules/backoff.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Agent } from '../turn.ts';

export type FaultWatchDeps = {
  readonly clock: Clock;
  readonly agent: () => Pick<Agent, 'check'>;
  /** Nobody would be answered anyway: there is nothing to look for. */
  readonly isOn: () => boolean;
  /** It answers again, or its address does. */
  readonly reached: () => void;
};

/** Between two looks. */
const BACKOFF: Backoff = { firstMs: 10_000, factor: 2, mostMs: 60_000 };
/** What passes by itself, and is looked for. */
const PASSES: ReadonlySet<AgentFault> = new Set(['unreachable', 'too-slow', 'rate-limited']);
/** What is over where the address answers: others are of the question that was asked, or the owner's to put right. */
export const ENDS_WHEN_REACHED: ReadonlySet<AgentFault> = new Set([
  ...PASSES,
  'certificate',
  'address-refused',
  'browser-check',
]);

export class FaultWatch {
  readonly #deps: FaultWatchDeps;
  #timer: Timer | null = null;
  #looking: AbortController | null = null;
  #looks = 0;

  constructor(deps: FaultWatchDeps) {
    this.#deps = deps;
  }

  /** What is wrong now; null: nothing. */
  set(fault: AgentFault | null): void {
    this.stop();
    if (fault !== null && PASSES.has(fault)) this.#wait();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#looking?.abort(new Error('nothing is looked for any more'));
    this.#looking = null;
    this.#looks = 0;
  }

  #wait(): void {
    const pauseMs = backoffMs(BACKOFF, this.#looks);
    this.#looks += 1;
    this.#timer = this.#deps.clock.after(pauseMs, () => void this.#look());
  }

  async #look(): Promise<void> {
    const { agent, isOn, reached } = this.#deps;
    if (!isOn()) return this.#wait();
    const looking = new AbortController();
    this.#looking = looking;
    const result = await agent()
      .check(looking.signal)
      .catch(() => null);
    if (looking.signal.aborted) return;
    if (result === null || result.type === 'fault') this.#wait();
    else reached();
  }
}

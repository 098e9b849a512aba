/** Knows the fault of an agent's back end until it works again: from an answer, from a test, and watched if it passes by itself. */
import type { AgentFault } from '../../shared/contract/agent.ts';
import type { AgentId } from '../../shared/contract/chat.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Agent } from '../turn.ts';
import type { Activity } from './activity.ts';
import { isPassing } from './agent-call.ts';
import { ENDS_WHEN_REACHED, FaultWatch } from './fault-watch.ts';

export type AgentHealthDeps = {
  readonly agents: Pick<Store['agents'], 'get' | 'setFault'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The back end as it is configured now. */
  readonly agent: () => Agent;
  readonly isOn: () => boolean;
  /** The fault has changed. */
  readonly changed: () => void;
  readonly storeFailed: (error: unknown) => void;
};

export class AgentHealth {
  readonly #agentId: AgentId;
  readonly #deps: AgentHealthDeps;
  readonly #watch: FaultWatch;
  #fault: Activity['lastFault'] = null;

  constructor(agentId: AgentId, deps: AgentHealthDeps) {
    this.#agentId = agentId;
    this.#deps = deps;
    const { clock, agent, isOn } = deps;
    this.#watch = new FaultWatch({ clock, agent, isOn, reached: () => this.reached() });
  }

  get fault(): Activity['lastFault'] {
    return this.#fault;
  }

  /** As a restart has it: a fault that does not pass by itself is kept. */
  async load(): Promise<void> {
    this.#fault = (await this.#deps.agents.get(this.#agentId))?.fault ?? null;
  }

  /** The back end failed at a question; `what` stands in the log. */
  failed(fault: AgentFault, detail: string, what = 'the agent gave no answer'): void {
    const { clock, log, changed } = this.#deps;
    this.#fault = { fault, detail, at: clock.now() };
    this.#watch.set(fault);
    log.warn({ fault }, what);
    if (!isPassing(fault)) this.#keep();
    changed();
  }

  /** A test or a check has shown that the back end fails, without any message. */
  failedTest(fault: AgentFault, detail: string): void {
    this.failed(fault, detail, 'the agent failed in a test');
  }

  /** The back end has answered, or is another one: what was wrong with it is over. */
  works(): void {
    this.#watch.set(null);
    if (this.#fault === null) return;
    this.#fault = null;
    this.#keep();
    this.#deps.changed();
  }

  /** The back end's address answers, and nothing else is known: only what the address was to blame for is over. */
  reached(): void {
    if (this.#fault !== null && ENDS_WHEN_REACHED.has(this.#fault.fault)) this.works();
  }

  stop(): void {
    this.#watch.stop();
  }

  #keep(): void {
    const { agents, storeFailed } = this.#deps;
    agents.setFault(this.#agentId, this.#fault).catch(storeFailed);
  }
}

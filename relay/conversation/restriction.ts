/** Until when WhatsApp restricts the number, also over a restart: what it said last holds until it says otherwise, or the time is over. */
import type { AgentId } from '../../shared/chat.ts';
import type { AgentLedger } from '../store/agent-ledger.ts';

export class Restriction {
  readonly #agentId: AgentId;
  readonly #agents: Pick<AgentLedger, 'get' | 'setRestricted'>;
  #until: number | null = null;

  constructor(agentId: AgentId, agents: Pick<AgentLedger, 'get' | 'setRestricted'>) {
    this.#agentId = agentId;
    this.#agents = agents;
  }

  /** Epoch ms; may have passed. */
  get until(): number | null {
    return this.#until;
  }

  async load(): Promise<void> {
    this.#until = (await this.#agents.get(this.#agentId))?.restrictedUntil ?? null;
  }

  /** In memory at once, durable when it resolves; says whether that is news. */
  async set(until: number | null): Promise<boolean> {
    if (until === this.#until) return false;
    this.#until = until;
    await this.#agents.setRestricted(this.#agentId, until);
    return true;
  }
}

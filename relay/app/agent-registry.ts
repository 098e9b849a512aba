/** All agents of the relay as they run, and which of them holds which number. */
import type { AgentId } from '../../shared/contract/chat.ts';
import type { Account, LinkReport } from '../../shared/contract/status.ts';
import { CommandError } from '../api/command-error.ts';
import { crockford } from '../clock.ts';
import type { AgentRecord, BackEnd } from '../store/agent-ledger.ts';
import { typedPrice } from './agent-costs.ts';
import type { LinkStatuses } from './link-statuses.ts';
import { RunningAgent, type RunningAgentDeps } from './running-agent.ts';
import { TrialTalk } from './trial-talk.ts';

export type AgentRegistryDeps = Omit<RunningAgentDeps, 'report' | 'claim' | 'changed'> & {
  readonly linkStatuses: LinkStatuses;
  /** Something that is shown of an agent has changed. */
  changed(): void;
  /** A number is online. */
  connected(): void;
};

const ID_CHARACTERS = 10;
/** In place of an agent that is not added yet. */
const NO_AGENT = 'agt_NONE' as AgentId;
const FIRST_NAME = 'Recado';
const FIRST_BACK_END: BackEnd = { adapter: 'built-in', settings: {} };

export class AgentGone extends CommandError {
  constructor() {
    super('no-such-agent', 'This agent is gone.', 'See which there are with: recado agents list.');
  }
}

export class AgentRegistry {
  readonly #deps: AgentRegistryDeps;
  readonly #running = new Map<AgentId, RunningAgent>();
  /** Numbers in use, and by whom: claimed at the scan, given back when the link is gone. */
  readonly #held = new Map<AgentId, Account>();

  constructor(deps: AgentRegistryDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    const { store } = this.#deps;
    for (const link of await store.links.list()) {
      if (link.state === 'active' && link.account) this.#held.set(link.agentId, link.account);
    }
    const records = await store.agents.list();
    for (const record of records) await this.#begin(record);
    if (records.length === 0) await this.addFirst();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map((agent) => agent.stop()));
    this.#running.clear();
  }

  get ids(): readonly AgentId[] {
    return [...this.#running.keys()];
  }

  running(id: AgentId): RunningAgent {
    const agent = this.#running.get(id);
    if (!agent) throw new AgentGone();
    return agent;
  }

  /** For what may come after an agent is gone: a closed panel, a logout confirmed late. */
  find(id: AgentId): RunningAgent | null {
    return this.#running.get(id) ?? null;
  }

  /** A talk with a back end that no agent has, or none yet. */
  async trial(id: AgentId | null, backEnd: BackEnd, secret: string | null): Promise<TrialTalk> {
    const { store } = this.#deps;
    const record = id === null ? null : await store.agents.get(id);
    const knowledge = record ? await store.knowledge.files(record.id) : [];
    const trial = new TrialTalk(id ?? NO_AGENT, this.#deps);
    trial.configure(backEnd, { secret, price: typedPrice(record, backEnd), knowledge });
    return trial;
  }

  async add(agent: {
    readonly name: string;
    readonly backEnd: BackEnd;
    readonly secret: string | null;
  }): Promise<AgentId> {
    const { store, random, clock } = this.#deps;
    const id = `agt_${crockford(random, ID_CHARACTERS)}` as AgentId;
    await store.agents.add({ id, ...agent, now: clock.now() });
    const record = await store.agents.get(id);
    if (record) await this.#begin(record);
    return id;
  }

  /** The agent that a fresh relay has: it needs nothing, and says that it is automatic. */
  addFirst(): Promise<AgentId> {
    return this.add({ name: FIRST_NAME, backEnd: FIRST_BACK_END, secret: null });
  }

  /** Its number is logged out, its texts and keys are gone, its name is free. */
  async remove(id: AgentId): Promise<void> {
    const { store, linkStatuses } = this.#deps;
    const agent = this.running(id);
    await agent.session.unlink();
    await agent.stop();
    await store.forgetTexts(id);
    await store.agents.remove(id);
    // Last: while its record is there, it is listed, and looked for here.
    this.#running.delete(id);
    this.#held.delete(id);
    linkStatuses.remove(id);
  }

  /**
   * The number of one agent becomes another's, with the link as it is: no scan, no logout. The one that gives it is switched off, so that
   * what it was about to say is not said. Both begin anew. Rejects with StoreError, and then the number is where it was.
   */
  async handOver(from: AgentId, to: AgentId): Promise<void> {
    const { store } = this.#deps;
    const link = (await store.links.list()).find(({ agentId, state }) => agentId === from && state === 'active');
    if (!link) throw new CommandError('not-linked', 'This agent has no number.', 'Link one first: recado link.');
    if ((await store.links.list()).some(({ agentId, state }) => agentId === to && state !== 'unlinking')) {
      throw new CommandError('already-linked', 'The other agent has a number.', 'Unlink it first: recado unlink.');
    }
    const [giving, taking] = [this.running(from), this.running(to)];
    await giving.conversation.numberGone();
    await Promise.all([giving.stop(), taking.stop()]);
    try {
      // The phone may have unlinked it a moment ago.
      const still = (await store.links.list()).some(({ id, state }) => id === link.id && state === 'active');
      if (!still) throw new CommandError('not-linked', 'This agent has no number.', 'Link one first: recado link.');
      await store.links.handOver(link.id, to, this.#deps.clock.now());
      this.#held.delete(from);
    } finally {
      for (const id of [from, to]) {
        const record = await store.agents.get(id);
        if (record) await this.#begin(record);
      }
    }
  }

  async #begin(record: AgentRecord): Promise<void> {
    const agent = new RunningAgent(record.id, {
      ...this.#deps,
      report: (id, report) => this.#reported(id, report),
      claim: (account, asking) => this.#claim(account, asking),
      changed: () => this.#deps.changed(),
    });
    this.#running.set(record.id, agent);
    await agent.start(record);
  }

  #claim(account: Account, asking: AgentId): boolean {
    for (const [id, held] of this.#held) {
      if (id !== asking && (held.number === account.number || (held.lid !== null && held.lid === account.lid)))
        return false;
    }
    this.#held.set(asking, account);
    return true;
  }

  #reported(id: AgentId, report: LinkReport): void {
    if (report.account) this.#held.set(id, report.account);
    // While it connects without an account, the number is not known yet, or was claimed at the scan a moment ago.
    else if (report.status === 'offline') this.#held.delete(id);
    if (report.status === 'connected') this.#deps.connected();
    this.#deps.linkStatuses.put(id, report);
  }
}

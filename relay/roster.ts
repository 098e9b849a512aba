/** All agents of the relay as they run, and who holds which number. Each agent whole is an AgentUnit. */
import type { AgentId } from '../shared/chat.ts';
import type { Account, LinkReport } from '../shared/status.ts';
import { AgentUnit, type UnitPorts } from './agent-unit.ts';
import { crockford } from './clock.ts';
import { CommandError } from './hub/command-error.ts';
import type { StatusBoard } from './hub/status-board.ts';
import type { AgentRecord, BackEnd } from './store/agent-ledger.ts';

export type RosterPorts = Omit<UnitPorts, 'report' | 'holderOf' | 'changed'> & {
  readonly board: StatusBoard;
  /** A number is online. */
  connected(): void;
};

const ID_CHARACTERS = 10;
const FIRST_NAME = 'Recado';
const FIRST_BACK_END: BackEnd = { adapter: 'built-in', settings: {} };

export class AgentGone extends CommandError {
  constructor() {
    super('no-such-agent', 'This agent is gone.', 'See which there are with: recado agents list.');
  }
}

export class Roster {
  readonly #ports: RosterPorts;
  readonly #units = new Map<AgentId, AgentUnit>();
  /** Numbers in use, and by whom: claimed at the scan, given back when the link is gone. */
  readonly #held = new Map<AgentId, Account>();

  constructor(ports: RosterPorts) {
    this.#ports = ports;
  }

  async start(): Promise<void> {
    const { store } = this.#ports;
    for (const link of await store.links.list()) {
      if (link.state === 'active' && link.account) this.#held.set(link.agentId, link.account);
    }
    const records = await store.agents.list();
    for (const record of records) await this.#begin(record);
    if (records.length === 0) await this.addFirst();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#units.values()].map((unit) => unit.stop()));
    this.#units.clear();
  }

  get ids(): readonly AgentId[] {
    return [...this.#units.keys()];
  }

  unit(id: AgentId): AgentUnit {
    const unit = this.#units.get(id);
    if (!unit) throw new AgentGone();
    return unit;
  }

  /** For what may come after an agent is gone: a closed panel, a logout confirmed late. */
  find(id: AgentId): AgentUnit | null {
    return this.#units.get(id) ?? null;
  }

  async add(agent: {
    readonly name: string;
    readonly backEnd: BackEnd;
    readonly secret: string | null;
  }): Promise<AgentId> {
    const { store, random, clock } = this.#ports;
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
    const { store, board } = this.#ports;
    const unit = this.unit(id);
    await unit.session.unlink();
    await unit.stop();
    await store.forgetTexts(id);
    await store.agents.remove(id);
    // Last: while its record is there, it is listed, and looked for here.
    this.#units.delete(id);
    this.#held.delete(id);
    board.remove(id);
  }

  async #begin(record: AgentRecord): Promise<void> {
    const unit = new AgentUnit(record.id, {
      ...this.#ports,
      report: (id, report) => this.#reported(id, report),
      holderOf: (account, asking) => this.#holderOf(account, asking),
      changed: () => this.#ports.board.moved(),
    });
    this.#units.set(record.id, unit);
    await unit.start(record);
  }

  #holderOf(account: Account, asking: AgentId): AgentId | null {
    for (const [id, held] of this.#held) {
      if (id !== asking && (held.number === account.number || (held.lid !== null && held.lid === account.lid)))
        return id;
    }
    this.#held.set(asking, account);
    return null;
  }

  #reported(id: AgentId, report: LinkReport): void {
    if (report.account) this.#held.set(id, report.account);
    // While it connects without an account, the number is not known yet, or was claimed at the scan a moment ago.
    else if (report.status === 'offline') this.#held.delete(id);
    if (report.status === 'connected') this.#ports.connected();
    this.#ports.board.put(id, report);
  }
}

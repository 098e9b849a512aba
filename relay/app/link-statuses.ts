/** The latest report of every agent's link, retained: a subscriber hears what is, then what changes. Equal values are dropped. */
import type { AgentId } from '../../shared/chat.ts';
import type { LinkReport } from '../../shared/status.ts';

/** More than anyone needs to see that a connection is unsteady. */
const MOST_FALLS = 20;

type Listener = (report: LinkReport) => void;

export class LinkStatuses {
  readonly #reports = new Map<AgentId, LinkReport>();
  readonly #falls = new Map<AgentId, readonly number[]>();
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Map<AgentId, Set<Listener>>();

  get(agentId: AgentId): LinkReport | null {
    return this.#reports.get(agentId) ?? null;
  }

  put(agentId: AgentId, report: LinkReport): void {
    if (JSON.stringify(this.#reports.get(agentId)) === JSON.stringify(report)) return;
    if (report.status === 'reconnecting' && this.#reports.get(agentId)?.status === 'connected')
      this.#fell(agentId, report);
    this.#reports.set(agentId, report);
    for (const listener of this.#listeners.get(agentId) ?? []) listener(report);
    this.moved();
  }

  remove(agentId: AgentId): void {
    this.#reports.delete(agentId);
    this.#listeners.delete(agentId);
    this.#falls.delete(agentId);
    this.moved();
  }

  /** How often a connection fell from `since` (epoch ms) on, of the latest times. */
  falls(agentId: AgentId, since: number): number {
    return (this.#falls.get(agentId) ?? []).filter((at) => at >= since).length;
  }

  #fell(agentId: AgentId, { since }: LinkReport): void {
    this.#falls.set(agentId, [...(this.#falls.get(agentId) ?? []), since].slice(-MOST_FALLS));
  }

  /** Something beside the links changed: a count, a switch, a name. */
  moved(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** Calls back whenever anything changed. Returns what ends it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** Calls back at once with what is retained. Returns what ends the subscription. */
  subscribe(agentId: AgentId, listener: Listener): () => void {
    const listeners = this.#listeners.get(agentId) ?? new Set();
    this.#listeners.set(agentId, listeners.add(listener));
    const report = this.#reports.get(agentId);
    if (report) listener(report);
    return () => void listeners.delete(listener);
  }
}

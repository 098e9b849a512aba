/** The latest report of every agent's link, retained: a subscriber hears what is, then what changes. Equal values are dropped. */
import type { AgentId } from '../../shared/contract/chat.ts';
import type { LinkReport } from '../../shared/contract/status.ts';

/** More than anyone needs to see that a connection is unsteady. */
const MOST_FALLS = 20;

/** Shorter ones need no word. */
const LONG_MS = 60_000;

/** Epoch ms. */
export type Outage = { readonly from: number; readonly until: number };

type Listener = (report: LinkReport) => void;

export class LinkStatuses {
  readonly #changed: () => void;
  readonly #reports = new Map<AgentId, LinkReport>();
  readonly #falls = new Map<AgentId, readonly number[]>();
  readonly #outages = new Map<AgentId, Outage>();
  readonly #listeners = new Map<AgentId, Set<Listener>>();
  readonly #followers = new Map<AgentId, Set<Listener>>();

  /** `changed`: a report has. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get(agentId: AgentId): LinkReport | null {
    return this.#reports.get(agentId) ?? null;
  }

  put(agentId: AgentId, report: LinkReport): void {
    if (JSON.stringify(this.#reports.get(agentId)) === JSON.stringify(report)) return;
    if (report.status === 'reconnecting' && this.#reports.get(agentId)?.status === 'connected')
      this.#fell(agentId, report);
    this.#restored(agentId, report);
    this.#reports.set(agentId, report);
    for (const listener of this.#listeners.get(agentId) ?? []) listener(report);
    this.#changed();
  }

  remove(agentId: AgentId): void {
    this.#reports.delete(agentId);
    this.#listeners.delete(agentId);
    this.#followers.delete(agentId);
    this.#falls.delete(agentId);
    this.#outages.delete(agentId);
    this.#changed();
  }

  /** How often a connection fell from `since` (epoch ms) on, of the latest times. */
  falls(agentId: AgentId, since: number): number {
    return (this.#falls.get(agentId) ?? []).filter((at) => at >= since).length;
  }

  /** The last time that the connection was away for longer than a minute; null where it was not. */
  outage(agentId: AgentId): Outage | null {
    return this.#outages.get(agentId) ?? null;
  }

  #restored(agentId: AgentId, { status, since }: LinkReport): void {
    const before = this.#reports.get(agentId);
    if (before?.status !== 'reconnecting' || status !== 'connected' || since - before.since < LONG_MS) return;
    this.#outages.set(agentId, { from: before.since, until: since });
  }

  #fell(agentId: AgentId, { since }: LinkReport): void {
    this.#falls.set(agentId, [...(this.#falls.get(agentId) ?? []), since].slice(-MOST_FALLS));
  }

  /** Calls back at once with what is retained. Returns what ends the subscription. */
  subscribe(agentId: AgentId, listener: Listener): () => void {
    const listeners = this.#listeners.get(agentId) ?? new Set();
    this.#listeners.set(agentId, listeners.add(listener));
    const report = this.#reports.get(agentId);
    if (report) listener(report);
    return () => void listeners.delete(listener);
  }

  /** The same for somebody who looks at an attempt to link: two windows may show one code. What ends it says how many still look. */
  follow(agentId: AgentId, listener: Listener): () => number {
    const followers = this.#followers.get(agentId) ?? new Set();
    this.#followers.set(agentId, followers.add(listener));
    const end = this.subscribe(agentId, listener);
    return () => {
      end();
      followers.delete(listener);
      return followers.size;
    };
  }
}

/** What the popup shows and what its buttons do, without a word or a pixel: signals in, commands out. */

import { type Signal, signal } from '@preact/signals';
import { type Code, link, linkCancel, linkNewCode, unlink } from '../../shared/contract/commands/link-commands.ts';
import type { AgentSnapshot, Snapshot } from '../../shared/contract/wire.ts';
import type { ConnectionState } from '../relay-connection/connection-state.ts';
import {
  asksScope,
  RelaySession,
  type RelaySessionDeps,
  type SwitchChange,
} from '../relay-connection/relay-session.ts';
import type { BrowserStore, Opening } from '../storage/browser-store.ts';

/** A panel before or instead of an agent's card. `help` needs no agent. */
export type Panel =
  | { readonly type: 'linking'; readonly agent: string; readonly code: Code | null }
  | { readonly type: 'unlinking' | 'scope' | 'answered' | 'reasons' | 'schedule'; readonly agent: string }
  | { readonly type: 'help'; readonly agent: null };

export type PopupDeps = Omit<RelaySessionDeps, 'changed'> & {
  readonly store: Pick<BrowserStore, 'keepSnapshot' | 'keepAttempt'>;
};

export class PopupModel {
  readonly session: RelaySession;
  /** What the relay said last, in this popup or an earlier one. */
  readonly last: Signal<Snapshot | null> = signal(null);
  readonly panel: Signal<Panel | null> = signal(null);
  /** The agent that fills the popup if there are several. */
  readonly chosen: Signal<string | null> = signal(null);
  readonly #store: PopupDeps['store'];
  #closePanel: AbortController | null = null;
  #resumes: string | null = null;
  #unlinks: string | null = null;

  constructor({ store, ...deps }: PopupDeps) {
    this.#store = store;
    this.session = new RelaySession({
      ...deps,
      pair: async (typed, port) => {
        const result = await deps.pair(typed, port);
        if (result.type === 'paired') this.last.value = null;
        return result;
      },
      changed: (state, before) => this.#changed(state, before),
    });
  }

  start({ pairing, last, preferences, attempt, wish }: Opening): void {
    this.last.value = last;
    this.session.port.value = preferences.port;
    this.#resumes = attempt;
    this.#unlinks = wish;
    this.session.start(pairing);
  }

  async switchTo(agent: AgentSnapshot, on: boolean, change: SwitchChange = {}): Promise<void> {
    if (asksScope(agent, on, change)) {
      this.panel.value = { type: 'scope', agent: agent.id };
      return;
    }
    this.panel.value = null;
    await this.session.switchTo(agent.id, on, change);
  }

  /** The code comes only while this panel is open. `number`: by letters, typed into the phone of these digits. */
  async openLinking(agent: string, number?: string): Promise<void> {
    this.closePanel();
    const closing = new AbortController();
    this.#closePanel = closing;
    // How the attempt ends is told on the agent's own card.
    this.chosen.value = agent;
    this.panel.value = { type: 'linking', agent, code: null };
    this.#keepAttempt(agent);
    const reply = await this.session.ask(
      link,
      { agent, ...(number !== undefined && { number }) },
      {
        signal: closing.signal,
        onProgress: (event) => {
          if (event.event !== 'status') this.panel.value = { type: 'linking', agent, code: event };
        },
      },
    );
    if (closing.signal.aborted) return;
    this.closePanel();
    // A connection that fell says nothing about the attempt.
    if (!reply.ok && reply.fault.code === 'not-delivered') return;
    this.#keepAttempt(null);
    this.session.fault.value = reply.ok ? null : { agent, fault: reply.fault };
  }

  async newLinkCode(agent: string): Promise<void> {
    await this.session.act(linkNewCode, { agent });
  }

  async cancelLinking(agent: string): Promise<void> {
    this.#keepAttempt(null);
    if (await this.session.act(linkCancel, { agent })) this.closePanel();
  }

  async unlink(agent: string): Promise<void> {
    this.panel.value = null;
    await this.session.act(unlink, { agent });
  }

  open(panel: Exclude<Panel, { type: 'linking' }>): void {
    this.closePanel();
    this.panel.value = panel;
  }

  closePanel(): void {
    this.#closePanel?.abort();
    this.#closePanel = null;
    this.panel.value = null;
  }

  #changed(state: ConnectionState, before: ConnectionState): void {
    if (state.type === 'refused') this.closePanel();
    if (state.type !== 'ready') return;
    const { snapshot } = state;
    this.last.value = snapshot;
    if (before.type !== 'ready') {
      // What `npm run bench:popup` reads.
      performance.mark('relay-spoke');
      this.#resume(snapshot);
    }
    this.#join(snapshot, before);
    this.#store.keepSnapshot(snapshot).catch(() => {
      // The next popup's first paint is empty then; nothing that holds depends on it.
    });
  }

  /** A popup closes when the focus moves: a person who comes back finds the attempt that was begun here, not a new one. */
  #resume({ agents }: Snapshot): void {
    const agent = agents.find(({ id }) => id === this.#resumes);
    this.#resumes = null;
    const leaving = agents.find((each) => each.id === this.#unlinks && each.link.account !== null);
    this.#unlinks = null;
    if (leaving) this.open({ type: 'unlinking', agent: leaving.id });
    else if (agent?.link.status === 'connecting') void this.openLinking(agent.id);
    else if (this.panel.value === null) this.#keepAttempt(null);
  }

  /** A linking that was begun elsewhere: what it waits for is shown at once, where nothing else is on show. Once: who goes back stays there. */
  #join({ agents }: Snapshot, before: ConnectionState): void {
    const [agent] = agents;
    if (agent === undefined || agents.length > 1 || this.panel.value !== null || !isLinking(agent)) return;
    const known = before.type === 'ready' ? before.snapshot.agents.find(({ id }) => id === agent.id) : undefined;
    if (known && isLinking(known)) return;
    void this.openLinking(agent.id);
    // Nobody has chosen it here: should another agent come, the list is shown.
    this.chosen.value = null;
  }

  #keepAttempt(agent: string | null): void {
    this.#resumes = agent;
    this.#store.keepAttempt(agent).catch(() => {
      // The next popup shows the card instead of the panel; one click leads to the same attempt.
    });
  }
}

function isLinking({ link: { status, account } }: AgentSnapshot): boolean {
  return status === 'connecting' && account === null;
}

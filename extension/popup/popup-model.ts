/** What the popup shows and what its buttons do, without a word or a pixel: signals in, commands out. */

import { type Signal, signal } from '@preact/signals';
import * as v from 'valibot';
import type { Scope } from '../../shared/chat.ts';
import { DEFAULT_PORT } from '../../shared/protocol.ts';
import type { AgentSnapshot, Snapshot } from '../../shared/wire.ts';
import { confirmedInTime, type SwitchTry } from '../components/switch-try.ts';
import { browserConnection } from '../relay-connection/browser-connection.ts';
import type { ConnectionState } from '../relay-connection/connection-state.ts';
import type { EarlyDial } from '../relay-connection/early-dial.ts';
import type { PairingFault } from '../relay-connection/pairing.ts';
import type { AskResult, RelayConnection } from '../relay-connection/relay-connection.ts';
import { type Code, CodeSchema, SwitchReplySchema } from '../relay-connection/replies.ts';
import type { BrowserStore, Opening } from '../storage/browser-store.ts';

/** What stands before or instead of an agent's card. `help` needs no agent. */
export type Panel =
  | { readonly type: 'linking'; readonly agent: string; readonly code: Code | null }
  | { readonly type: 'unlinking' | 'scope' | 'answered' | 'reasons'; readonly agent: string }
  | { readonly type: 'help'; readonly agent: null };

/** What a click came to when it came to nothing: the relay's own fault code, or `not-delivered`. */
export type Trouble = { readonly agent: string; readonly code: string };

export class PopupModel {
  readonly state: Signal<ConnectionState> = signal({ type: 'idle' });
  /** What the relay said last, in this popup or an earlier one. */
  readonly last: Signal<Snapshot | null> = signal(null);
  readonly panel: Signal<Panel | null> = signal(null);
  /** Of several agents the one that fills the popup. */
  readonly chosen: Signal<string | null> = signal(null);
  readonly switching: Signal<SwitchTry | null> = signal(null);
  readonly trouble: Signal<Trouble | null> = signal(null);
  /** Answers that the last switching-off here has dropped. */
  readonly dropped: Signal<{ readonly agent: string; readonly count: number } | null> = signal(null);
  readonly port: Signal<number> = signal(DEFAULT_PORT);
  readonly pairing: Signal<'asked' | 'not-a-port' | PairingFault | null> = signal(null);
  readonly #store: BrowserStore;
  readonly #connection: RelayConnection;
  #closePanel: AbortController | null = null;
  #resumes: string | null = null;
  #unlinks: string | null = null;

  constructor(store: BrowserStore, early: EarlyDial) {
    this.#store = store;
    this.#connection = browserConnection((state) => this.#changed(state), early.dial);
  }

  start({ pairing, last, preferences, attempt, wish }: Opening): void {
    this.last.value = last;
    this.port.value = preferences.port;
    this.#resumes = attempt;
    this.#unlinks = wish;
    this.#connection.start(pairing);
  }

  retry(): void {
    this.#connection.retry();
  }

  /** `port`: where the relay listens on this computer. */
  async pair(typed: string, port: number): Promise<void> {
    this.pairing.value = 'asked';
    // Once in a browser's life: the popup opens without its weight.
    const { pairBrowser } = await import('../relay-connection/pairing-browser.ts');
    const result = await pairBrowser(typed, port, this.#store);
    this.pairing.value = result.type === 'fault' ? result.fault : null;
    if (result.type === 'fault') return;
    this.last.value = null;
    this.#connection.start(result.pairing);
  }

  /** Never ahead of the truth: the switch moves when the relay says so, and goes back when it does not. `until`: epoch ms. */
  async switchTo(
    agent: AgentSnapshot,
    on: boolean,
    act: { readonly scope?: Scope; readonly until?: number } = {},
  ): Promise<void> {
    if (on && agent.scope === null && act.scope === undefined) {
      this.panel.value = { type: 'scope', agent: agent.id };
      return;
    }
    this.panel.value = null;
    this.trouble.value = null;
    this.dropped.value = null;
    const attempt: SwitchTry = { agent: agent.id, on, phase: 'asked' };
    this.switching.value = attempt;
    const reply = await confirmedInTime(this.#connection.ask('switch', { agent: agent.id, on, ...act }));
    if (this.switching.value !== attempt) return;
    this.switching.value = reply === null ? { ...attempt, phase: 'failed' } : null;
    if (reply === null) return;
    this.#judge(agent.id, reply);
    const parsed = v.safeParse(SwitchReplySchema, reply.ok ? reply.result : null);
    if (parsed.success && parsed.output.droppedAnswers > 0)
      this.dropped.value = { agent: agent.id, count: parsed.output.droppedAnswers };
  }

  /** The code comes only while this panel is open. */
  async openLinking(agent: string): Promise<void> {
    this.closePanel();
    const closing = new AbortController();
    this.#closePanel = closing;
    // How the attempt ends is told on the agent's own card.
    this.chosen.value = agent;
    this.panel.value = { type: 'linking', agent, code: null };
    this.#keepAttempt(agent);
    const reply = await this.#connection.ask(
      'link',
      { agent },
      { signal: closing.signal, progress: (event) => this.#heard(agent, event, closing.signal) },
    );
    if (closing.signal.aborted) return;
    this.closePanel();
    // A line that fell says nothing about the attempt.
    if (!reply.ok && reply.error.code === 'not-delivered') return;
    this.#keepAttempt(null);
    this.#judge(agent, reply);
  }

  async cancelLinking(agent: string): Promise<void> {
    this.#keepAttempt(null);
    if (await this.act('link-cancel', agent)) this.closePanel();
  }

  async unlink(agent: string): Promise<void> {
    this.panel.value = null;
    await this.act('unlink', agent);
  }

  /** A command about one agent; whether it was done. What was not is said on the agent's card. */
  async act(command: string, agent: string, params: object = {}): Promise<boolean> {
    const reply = await this.#connection.ask(command, { agent, ...params });
    this.#judge(agent, reply);
    return reply.ok;
  }

  /** A list of the relay's, judged by its schema; null where there was no answer that could be read. */
  async list<const S extends v.GenericSchema>(
    command: string,
    params: object,
    schema: S,
  ): Promise<v.InferOutput<S> | null> {
    const reply = await this.#connection.ask(command, params);
    const parsed = v.safeParse(schema, reply.ok ? reply.result : null);
    return parsed.success ? parsed.output : null;
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

  #judge(agent: string, reply: AskResult): void {
    this.trouble.value = reply.ok ? null : { agent, code: reply.error.code };
  }

  #heard(agent: string, event: unknown, closed: AbortSignal): void {
    const parsed = v.safeParse(CodeSchema, event);
    if (parsed.success && !closed.aborted) this.panel.value = { type: 'linking', agent, code: parsed.output };
  }

  #changed(state: ConnectionState): void {
    const before = this.state.value.type;
    this.state.value = state;
    if (state.type === 'refused') this.closePanel();
    if (state.type !== 'ready') return;
    const { snapshot } = state;
    this.last.value = snapshot;
    if (this.switching.value?.phase === 'failed') this.switching.value = null;
    if (before !== 'ready') {
      // What `npm run bench:popup` reads.
      performance.mark('relay-spoke');
      this.#resume(snapshot);
    }
    this.#store.keepSnapshot(snapshot).catch(() => {
      // The next popup's first paint is empty then; nothing that holds depends on it.
    });
  }

  /** A popup closes when the focus moves: a person who comes back finds the attempt that was begun here, not a new one. */
  #resume({ agents }: Snapshot): void {
    const agent = agents.find(({ id }) => id === this.#resumes);
    this.#resumes = null;
    const leaving = agents.find(({ id, link }) => id === this.#unlinks && link.account !== null);
    this.#unlinks = null;
    if (leaving) this.open({ type: 'unlinking', agent: leaving.id });
    else if (agent?.link.status === 'connecting') void this.openLinking(agent.id);
    else if (this.panel.value === null) this.#keepAttempt(null);
  }

  #keepAttempt(agent: string | null): void {
    this.#resumes = agent;
    this.#store.keepAttempt(agent).catch(() => {
      // The next popup shows the card instead of the panel; one click leads to the same attempt.
    });
  }
}

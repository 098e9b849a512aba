/** A page's session with its relay: what the relay says, pairing, the switch, and what came of a click. No words, no pixels. */
import { type Signal, signal } from '@preact/signals';
import type { Scope } from '../../shared/contract/chat.ts';
import type { Command, ParamsOf } from '../../shared/contract/commands/command.ts';
import { switchAgent } from '../../shared/contract/commands/link-commands.ts';
import { DEFAULT_PORT } from '../../shared/contract/port.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import type { Pairing } from '../storage/browser-store.ts';
import { type Ask, askOver, type CommandFault } from './command-asking.ts';
import type { ConnectionState } from './connection-state.ts';
import type { PairingFault } from './pairing.ts';
import type { BrowserPairing } from './pairing-browser.ts';
import type { RelayConnection } from './relay-connection.ts';

export type RelaySessionDeps = {
  connect(changed: (state: ConnectionState) => void): Pick<RelayConnection, 'start' | 'retry' | 'ask'>;
  /** Pairs this browser with the code that was typed, and keeps the pairing. */
  pair(typed: string, port: number): Promise<BrowserPairing>;
  /** Calls back after `ms`; returns what cancels it. */
  after(ms: number, task: () => void): () => void;
  /** Called with every new state; `before` is the one that it follows. */
  changed(state: ConnectionState, before: ConnectionState): void;
};

/** A switch that the relay has not confirmed yet, or did not confirm in time. */
export type SwitchTry = { readonly agent: string; readonly on: boolean; readonly phase: 'asked' | 'failed' };

export type SwitchChange = {
  /** Who is answered, where that is asked with the first switch-on. */
  readonly scope?: Scope;
  /** Off until then, epoch ms. */
  readonly until?: number;
};

/** What pairing has come to: under way, or why it failed. Null before the first try. */
export type PairingTry = 'asked' | 'not-a-port' | PairingFault | null;

const CONFIRM_MS = 3_000;

export class RelaySession {
  readonly state: Signal<ConnectionState> = signal({ type: 'idle' });
  /** The port at which the relay listens on this computer. */
  readonly port: Signal<number> = signal(DEFAULT_PORT);
  readonly pairing: Signal<PairingTry> = signal(null);
  readonly switching: Signal<SwitchTry | null> = signal(null);
  /** Something is being done that was asked for here: its buttons rest. */
  readonly acting: Signal<boolean> = signal(false);
  #acts = 0;
  /** An agent's click that came to nothing. */
  readonly fault: Signal<{ readonly agent: string; readonly fault: CommandFault } | null> = signal(null);
  /** Answers that the last switching-off here has dropped. */
  readonly dropped: Signal<{ readonly agent: string; readonly count: number } | null> = signal(null);
  readonly ask: Ask;
  readonly #deps: RelaySessionDeps;
  readonly #connection: ReturnType<RelaySessionDeps['connect']>;

  constructor(deps: RelaySessionDeps) {
    this.#deps = deps;
    this.#connection = deps.connect((state) => this.#changed(state));
    this.ask = askOver(this.#connection);
  }

  /** With what this browser keeps of its pairing; null where it is not paired. */
  start(pairing: Pairing | null): void {
    this.#connection.start(pairing);
  }

  retry(): void {
    this.#connection.retry();
  }

  async pair(typed: string, port: number): Promise<void> {
    this.pairing.value = 'asked';
    const result = await this.#deps.pair(typed, port);
    this.pairing.value = result.type === 'fault' ? result.fault : null;
    if (result.type === 'fault') return;
    this.port.value = port;
    this.start(result.pairing);
  }

  /** Never ahead of the truth: the switch moves when the relay says so, and goes back when it does not. */
  async switchTo(agent: string, on: boolean, change: SwitchChange = {}): Promise<void> {
    this.fault.value = null;
    this.dropped.value = null;
    const attempt: SwitchTry = { agent, on, phase: 'asked' };
    this.switching.value = attempt;
    const reply = await this.#inTime(this.ask(switchAgent, { agent, on, ...change }));
    if (this.switching.value !== attempt) return;
    this.switching.value = reply === null ? { ...attempt, phase: 'failed' } : null;
    if (reply === null) return;
    if (!reply.ok) this.fault.value = { agent, fault: reply.fault };
    else if (reply.result.droppedAnswers > 0) this.dropped.value = { agent, count: reply.result.droppedAnswers };
  }

  /** A command about one agent; whether it was done. What was not is kept in `fault`. */
  async act<C extends Command>(command: C, params: ParamsOf<C> & { readonly agent: string }): Promise<boolean> {
    this.#acts += 1;
    this.acting.value = true;
    const reply = await this.ask(command, params);
    this.#acts -= 1;
    this.acting.value = this.#acts > 0;
    this.fault.value = reply.ok ? null : { agent: params.agent, fault: reply.fault };
    return reply.ok;
  }

  /** Null where nothing was heard in time. */
  #inTime<T>(asked: Promise<T>): Promise<T | null> {
    return new Promise((resolve) => {
      const cancel = this.#deps.after(CONFIRM_MS, () => resolve(null));
      void asked.then((reply) => {
        cancel();
        resolve(reply);
      });
    });
  }

  #changed(state: ConnectionState): void {
    const before = this.state.value;
    this.state.value = state;
    if (state.type === 'ready' && this.switching.value?.phase === 'failed') this.switching.value = null;
    this.#deps.changed(state, before);
  }
}

/** True if a first switch-on has to ask who is answered. */
export function asksScope({ scope }: AgentSnapshot, on: boolean, change: SwitchChange): boolean {
  return on && scope === null && change.scope === undefined;
}

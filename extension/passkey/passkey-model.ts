/** One linking that WhatsApp asks a passkey for, without a word or a pixel: whose turn it is, and what the buttons do. */
import { type Signal, signal } from '@preact/signals';
import { linkCancel } from '../../shared/contract/commands/link-commands.ts';
import {
  abandonPasskey,
  answerPasskey,
  comparePasskey,
  passkey,
} from '../../shared/contract/commands/passkey-commands.ts';
import type { PasskeyAssertion, PasskeyOptions } from '../../shared/contract/passkey.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import type { CommandFault } from '../relay-connection/command-asking.ts';
import { RelaySession, type RelaySessionDeps } from '../relay-connection/relay-session.ts';
import type { Pairing } from '../storage/browser-store.ts';

export type PasskeyDeps = Pick<RelaySessionDeps, 'connect' | 'after'> & {
  readonly agent: string;
  /** True if the browser's owner lets the extension onto WhatsApp's page; asked at a click. */
  askPermission(): Promise<boolean>;
  dropPermission(): Promise<void>;
  /** Null where it came to nothing: refused, no passkey, the tab closed. */
  sign(options: PasskeyOptions, signal: AbortSignal): Promise<PasskeyAssertion | null>;
  /** The toolbar's own popup. */
  openPopup(): Promise<void>;
};

/** The step of this page's own part; the relay tells what the phone and WhatsApp do. */
export type PasskeyTurn =
  | { readonly type: 'idle' }
  /** The browser asks for its permission. */
  | { readonly type: 'permission' }
  /** The browser's owner did not give it: nothing was begun. */
  | { readonly type: 'not-permitted' }
  | { readonly type: 'under-way' }
  /** The relay would not begin, or not go on. */
  | { readonly type: 'refused'; readonly fault: CommandFault };

export class PasskeyModel {
  readonly session: RelaySession;
  readonly turn: Signal<PasskeyTurn> = signal({ type: 'idle' });
  /** To be compared with the phone's. */
  readonly code: Signal<string | null> = signal(null);
  /** What the phone shows should it not have taken the proof. */
  readonly shown: Signal<string | null> = signal(null);
  readonly #deps: PasskeyDeps;
  #attempt: string | null = null;

  constructor(deps: PasskeyDeps) {
    this.#deps = deps;
    this.session = new RelaySession({
      connect: deps.connect,
      after: deps.after,
      // This page pairs nothing.
      pair: async () => ({ type: 'fault', fault: 'no-relay' }),
      changed: () => undefined,
    });
  }

  start(pairing: Pairing | null): void {
    this.session.start(pairing);
  }

  /** The agent that is being linked, as the relay tells of it now; null before, and where there is none. */
  get agent(): AgentSnapshot | null {
    const state = this.session.state.value;
    if (state.type !== 'ready') return null;
    return state.snapshot.agents.find(({ id }) => id === this.#deps.agent) ?? null;
  }

  /** At a click: a browser asks for a permission only then. */
  async begin(): Promise<void> {
    if (this.turn.value.type === 'permission' || this.turn.value.type === 'under-way') return;
    this.turn.value = { type: 'permission' };
    if (!(await this.#deps.askPermission())) {
      this.turn.value = { type: 'not-permitted' };
      return;
    }
    this.turn.value = { type: 'under-way' };
    const over = new AbortController();
    const { agent } = this.#deps;
    const reply = await this.session.ask(
      passkey,
      { agent },
      {
        onProgress: (event) => {
          if (event.event === 'question') void this.#answer(event.attempt, event.options, over.signal);
          if (event.event === 'compare') this.code.value = event.code;
          if (event.event === 'shown') this.shown.value = event.code;
        },
      },
    );
    over.abort();
    this.code.value = null;
    this.shown.value = null;
    this.#attempt = null;
    await this.#deps.dropPermission();
    this.turn.value = reply.ok ? { type: 'idle' } : { type: 'refused', fault: reply.fault };
  }

  async compared(same: boolean): Promise<void> {
    const attempt = this.#attempt;
    if (attempt === null || this.code.value === null) return;
    this.code.value = null;
    await this.session.ask(comparePasskey, { agent: this.#deps.agent, attempt, same });
  }

  /** Back to where it began, at a click. */
  leave(): void {
    void this.#deps.openPopup();
  }

  cancel(): void {
    void this.session.act(linkCancel, { agent: this.#deps.agent });
  }

  async #answer(attempt: string, options: PasskeyOptions, signal: AbortSignal): Promise<void> {
    this.#attempt = attempt;
    const { agent } = this.#deps;
    const assertion = await this.#deps.sign(options, signal);
    if (signal.aborted) return;
    if (!assertion) {
      await this.session.ask(abandonPasskey, { agent, attempt });
      return;
    }
    const reply = await this.session.ask(answerPasskey, { agent, attempt, assertion });
    // What the relay does not take is worth no second sending.
    if (!reply.ok) await this.session.ask(abandonPasskey, { agent, attempt });
  }
}

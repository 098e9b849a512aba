/** The options page without a word or a pixel: one line to the relay, the switch, the questions; each section has a model of its own. */

import { type Signal, signal } from '@preact/signals';
import type { Scope } from '../../shared/chat.ts';
import { DEFAULT_PORT, isPort } from '../../shared/protocol.ts';
import type { AgentSnapshot, Snapshot } from '../../shared/wire.ts';
import type { Language } from '../../shared/words/words.ts';
import { confirmedInTime, type SwitchTry } from '../components/switch-try.ts';
import type { ConnectionState } from '../relay-connection/connection-state.ts';
import type { PairingFault } from '../relay-connection/pairing.ts';
import type { BrowserPairing } from '../relay-connection/pairing-browser.ts';
import type { RelayConnection } from '../relay-connection/relay-connection.ts';
import type { BrowserStore, Preferences } from '../storage/browser-store.ts';
import { AgentFormModel } from './agent-form-model.ts';
import { KeepingModel } from './keeping-model.ts';
import { AnyReplySchema, type Ask, relayAsker, type Trouble } from './relay-asker.ts';
import { SettingsModel } from './settings-model.ts';
import { TalkModel } from './talk-model.ts';

export type OptionsDeps = {
  readonly store: Pick<BrowserStore, 'pairing' | 'forgetPairing' | 'preferences' | 'keepPreferences' | 'lastSnapshot'>;
  link(changed: (state: ConnectionState) => void): Pick<RelayConnection, 'state' | 'start' | 'retry' | 'ask'>;
  pair(typed: string, port: number): Promise<BrowserPairing>;
  /** The extension's other pages look again at what is kept. */
  tellChanged(): void;
  /** Milliseconds that only grow. */
  now(): number;
};

/** A question that stands over the page. */
export type Asking =
  | { readonly type: 'scope'; readonly agent: string }
  | { readonly type: 'remove-agent'; readonly agent: string }
  | { readonly type: 'remove-client'; readonly client: string }
  | { readonly type: 'forget-texts' | 'forget-all' };

export class OptionsModel {
  readonly state: Signal<ConnectionState> = signal({ type: 'idle' });
  /** What was known last, for the moments in which the relay does not speak. */
  readonly last: Signal<Snapshot | null> = signal(null);
  readonly asking: Signal<Asking | null> = signal(null);
  readonly switching: Signal<SwitchTry | null> = signal(null);
  /** An agent's click that came to nothing. */
  readonly trouble: Signal<{ readonly agent: string; readonly trouble: Trouble } | null> = signal(null);
  readonly port: Signal<number> = signal(DEFAULT_PORT);
  readonly language: Signal<Language | null> = signal(null);
  readonly pairing: Signal<'asked' | 'not-a-port' | PairingFault | null> = signal(null);
  /** This browser among the paired ones. */
  readonly clientId: Signal<string | null> = signal(null);
  readonly form: AgentFormModel;
  readonly talk: TalkModel;
  readonly settings: SettingsModel;
  readonly keeping: KeepingModel;
  readonly #deps: OptionsDeps;
  readonly #connection: ReturnType<OptionsDeps['link']>;
  readonly #ask: Ask;

  constructor(deps: OptionsDeps) {
    this.#deps = deps;
    this.#connection = deps.link((state) => this.#changed(state));
    this.#ask = relayAsker((command, params, options) => this.#connection.ask(command, params, options));
    const parts = { ask: this.#ask, now: () => deps.now() };
    this.form = new AgentFormModel(parts);
    this.talk = new TalkModel(parts);
    this.settings = new SettingsModel(this.#ask);
    this.keeping = new KeepingModel({
      ask: this.#ask,
      isSentAway: () => this.#connection.state.type === 'refused',
      leave: () => this.#leave(),
    });
  }

  /** Again, where another page of the extension has changed what is kept. */
  async start(): Promise<void> {
    const { store } = this.#deps;
    const [last, { port, language }] = await Promise.all([store.lastSnapshot(), store.preferences()]);
    this.last.value = last;
    this.port.value = port;
    this.language.value = language;
    await this.#connect();
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
    await this.#connect();
  }

  /** Never ahead of the truth: the switch moves when the relay says so, and goes back when it does not. */
  async switchTo(agent: AgentSnapshot, on: boolean, act: { readonly scope?: Scope } = {}): Promise<void> {
    if (on && agent.scope === null && act.scope === undefined) {
      this.asking.value = { type: 'scope', agent: agent.id };
      return;
    }
    this.asking.value = null;
    this.trouble.value = null;
    const attempt: SwitchTry = { agent: agent.id, on, phase: 'asked' };
    this.switching.value = attempt;
    const reply = await confirmedInTime(this.#ask(AnyReplySchema, 'switch', { agent: agent.id, on, ...act }));
    if (this.switching.value !== attempt) return;
    this.switching.value = null;
    if (reply === null) this.trouble.value = { agent: agent.id, trouble: { code: 'not-confirmed', detail: '' } };
    else if (!reply.ok) this.trouble.value = { agent: agent.id, trouble: reply.trouble };
  }

  async removeAgent(agent: string): Promise<void> {
    this.asking.value = null;
    if (this.form.form.value?.agent?.id === agent) this.form.close();
    if (this.talk.agent.value === agent) this.talk.restart();
    const reply = await this.#ask(AnyReplySchema, 'agents.remove', { agent });
    this.trouble.value = reply.ok ? null : { agent, trouble: reply.trouble };
  }

  closePanel(): void {
    this.asking.value = null;
  }

  /** False where that is no port. A relay that moved is the same relay: its pairing goes along. */
  async lookAt(port: number): Promise<boolean> {
    if (!isPort(port)) return false;
    await this.#keep({ port });
    this.port.value = port;
    await this.#connect();
    return true;
  }

  /** Null: the browser's own. */
  async speak(language: Language | null): Promise<void> {
    await this.#keep({ language });
    this.language.value = language;
  }

  async #keep(part: Partial<Preferences>): Promise<void> {
    const { store, tellChanged } = this.#deps;
    await store.keepPreferences({ ...(await store.preferences()), ...part });
    tellChanged();
  }

  async #connect(): Promise<void> {
    const pairing = await this.#deps.store.pairing();
    this.clientId.value = pairing?.clientId ?? null;
    this.#connection.start(pairing);
  }

  async #leave(): Promise<void> {
    await this.#deps.store.forgetPairing();
    this.last.value = null;
    this.#deps.tellChanged();
    await this.#connect();
  }

  #changed(state: ConnectionState): void {
    const before = this.state.value.type;
    this.state.value = state;
    if (state.type === 'refused') this.closePanel();
    if (state.type !== 'ready') return;
    this.last.value = state.snapshot;
    if (before === 'ready') return;
    // Each says itself what it could not load.
    void this.settings.load();
    void this.keeping.load();
  }
}

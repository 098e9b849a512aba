/** The options page without a word or a pixel: its session with the relay, the questions; each section has a model of its own. */

import { type Signal, signal } from '@preact/signals';
import { removeAgent } from '../../shared/contract/commands/setup-commands.ts';
import { isPort } from '../../shared/contract/port.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import type { Language } from '../../shared/locales/languages.ts';
import type { OpeningWish } from '../components/options-link.ts';
import type { ConnectionState } from '../relay-connection/connection-state.ts';
import {
  asksScope,
  RelaySession,
  type RelaySessionDeps,
  type SwitchChange,
} from '../relay-connection/relay-session.ts';
import type { BrowserStore, Preferences } from '../storage/browser-store.ts';
import { AgentFormModel } from './agent-form-model.ts';
import { placesFor } from './fault-fields.ts';
import { KeepingModel } from './keeping-model.ts';
import { SettingsModel } from './settings-model.ts';
import { TalkModel } from './talk-model.ts';

export type OptionsDeps = Omit<RelaySessionDeps, 'changed'> & {
  readonly store: Pick<BrowserStore, 'pairing' | 'forgetPairing' | 'preferences' | 'keepPreferences'>;
  /** The extension's other pages look again at what is kept. */
  tellChanged(): void;
  /** Milliseconds that only grow. */
  now(): number;
  /** Resolves once the pointer presses nothing. */
  pressOver(): Promise<void>;
};

/** A question that stands over the page. */
export type Asking =
  | { readonly type: 'scope'; readonly agent: string }
  | { readonly type: 'remove-agent'; readonly agent: string }
  | { readonly type: 'remove-client'; readonly client: string }
  | { readonly type: 'forget-texts' | 'forget-all' };

export class OptionsModel {
  readonly session: RelaySession;
  readonly asking: Signal<Asking | null> = signal(null);
  readonly language: Signal<Language | null> = signal(null);
  /** The agent whose costs are shown. */
  readonly costsOf: Signal<string | null> = signal(null);
  /** This browser among the paired ones. */
  readonly clientId: Signal<string | null> = signal(null);
  readonly form: AgentFormModel;
  readonly talk: TalkModel;
  readonly settings: SettingsModel;
  readonly keeping: KeepingModel;
  readonly #deps: OptionsDeps;
  #wish: OpeningWish | null = null;

  constructor(deps: OptionsDeps) {
    this.#deps = deps;
    this.session = new RelaySession({
      connect: deps.connect,
      after: deps.after,
      pair: async (typed, port) => {
        const result = await deps.pair(typed, port);
        if (result.type === 'paired') this.clientId.value = result.pairing.clientId;
        return result;
      },
      changed: (state, before) => this.#changed(state, before),
    });
    const { ask } = this.session;
    this.form = new AgentFormModel({ ask, now: deps.now, pressOver: deps.pressOver });
    this.talk = new TalkModel({ ask, now: deps.now });
    this.settings = new SettingsModel({ ask, moved: (port) => this.lookAt(port), pressOver: deps.pressOver });
    this.keeping = new KeepingModel({
      ask,
      isSentAway: () => this.session.state.value.type === 'refused',
      leave: () => this.#leave(),
    });
  }

  /** Again, where another page of the extension has changed what is kept. `wish`: what to open with. */
  async start(wish: OpeningWish | null = null): Promise<void> {
    this.#wish = wish;
    const { port, language } = await this.#deps.store.preferences();
    this.session.port.value = port;
    this.language.value = language;
    await this.#connect();
  }

  async switchTo(agent: AgentSnapshot, on: boolean, change: SwitchChange = {}): Promise<void> {
    if (asksScope(agent, on, change)) {
      this.asking.value = { type: 'scope', agent: agent.id };
      return;
    }
    this.asking.value = null;
    await this.session.switchTo(agent.id, on, change);
  }

  async removeAgent(agent: string): Promise<void> {
    this.asking.value = null;
    if (this.form.form.value?.agent?.id === agent) this.form.close();
    if (this.talk.agent.value === agent) this.talk.restart();
    if (this.costsOf.value === agent) this.costsOf.value = null;
    await this.session.act(removeAgent, { agent });
  }

  closePanel(): void {
    this.asking.value = null;
  }

  /** False where that is no port. A relay that moved is the same relay: its pairing goes along. */
  async lookAt(port: number): Promise<boolean> {
    if (!isPort(port)) return false;
    await this.#keep({ port });
    this.session.port.value = port;
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
    this.session.start(pairing);
  }

  async #leave(): Promise<void> {
    await this.#deps.store.forgetPairing();
    this.#deps.tellChanged();
    await this.#connect();
  }

  #changed(state: ConnectionState, before: ConnectionState): void {
    if (state.type === 'refused') this.closePanel();
    if (state.type !== 'ready' || before.type === 'ready') return;
    // Each says itself what it could not load.
    void this.settings.load();
    void this.keeping.load();
    this.#grant();
  }

  /** Another page of the extension leads to an agent's field. */
  open(wish: OpeningWish): void {
    this.#wish = wish;
    if (this.session.state.value.type === 'ready') this.#grant();
  }

  #grant(): void {
    const wish = this.#wish;
    this.#wish = null;
    if (wish) void this.form.edit(wish.agent, placesFor(wish.fault));
  }
}

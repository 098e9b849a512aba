/** What the popup shows and what its buttons do, without a word or a pixel: signals in, commands out. */
import { type Signal, signal } from '@preact/signals';
import * as v from 'valibot';
import { DEFAULT_PORT } from '../../shared/protocol.ts';
import type { Snapshot } from '../../shared/wire.ts';
import { browserLink, dial, ORIGIN } from '../relay-link/browser-link.ts';
import { tellChanged } from '../relay-link/changed-message.ts';
import type { LinkState } from '../relay-link/link-state.ts';
import { type PairingFault, pair } from '../relay-link/pairing.ts';
import type { BrowserStore } from '../storage/browser-store.ts';

export type Agent = Snapshot['agents'][number];
export type Scope = 'everyone' | 'listed';

/** The QR code on show; the text is a secret and lives here only while the panel is open. */
export type Code = { readonly text: string; readonly number: number; readonly of: number; readonly expiresAt: number };

/** A switch that the relay has not confirmed yet, or did not. */
export type SwitchTry = { readonly agent: string; readonly on: boolean; readonly phase: 'asked' | 'failed' };

export type Panel =
  | { readonly type: 'linking'; readonly agent: string; readonly code: Code | null }
  | { readonly type: 'unlinking'; readonly agent: string }
  | { readonly type: 'scope'; readonly agent: string };

const CONFIRM_MS = 3_000;
const MOST_PORT = 65_535;
const CodeSchema = v.object({
  event: v.literal('qr'),
  text: v.string(),
  number: v.number(),
  of: v.number(),
  expiresAt: v.number(),
});

export class PopupModel {
  readonly state: Signal<LinkState> = signal({ type: 'idle' });
  /** What the relay said last, in this popup or an earlier one. */
  readonly last: Signal<Snapshot | null> = signal(null);
  readonly panel: Signal<Panel | null> = signal(null);
  readonly switching: Signal<SwitchTry | null> = signal(null);
  readonly port: Signal<number> = signal(DEFAULT_PORT);
  readonly pairing: Signal<'asked' | 'not-a-port' | PairingFault | null> = signal(null);
  readonly #store: BrowserStore;
  readonly #link = browserLink((state) => this.#changed(state));
  #closePanel: AbortController | null = null;

  constructor(store: BrowserStore) {
    this.#store = store;
  }

  async start(): Promise<void> {
    const [pairing, last, { port }] = await Promise.all([
      this.#store.pairing(),
      this.#store.lastSnapshot(),
      this.#store.preferences(),
    ]);
    this.last.value = last;
    this.port.value = port;
    this.#link.start(pairing);
  }

  retry(): void {
    this.#link.retry();
  }

  /** `port`: where the relay listens on this computer. */
  async pair(typed: string, port: number): Promise<void> {
    if (!(Number.isInteger(port) && port > 0 && port <= MOST_PORT)) {
      this.pairing.value = 'not-a-port';
      return;
    }
    this.pairing.value = 'asked';
    const result = await pair(typed, { port, origin: ORIGIN, name: browserName(), dial });
    if (result.type === 'fault') {
      this.pairing.value = result.fault;
      return;
    }
    await this.#store.keepPreferences({ ...(await this.#store.preferences()), port });
    await this.#store.keepPairing(result.pairing);
    this.pairing.value = null;
    this.last.value = null;
    this.#link.start(result.pairing);
    tellChanged();
  }

  /** Never ahead of the truth: the switch moves when the relay says so, and goes back when it does not. */
  async switchTo(agent: Agent, on: boolean, scope?: Scope): Promise<void> {
    if (on && agent.scope === null && scope === undefined) {
      this.panel.value = { type: 'scope', agent: agent.id };
      return;
    }
    this.panel.value = null;
    const attempt: SwitchTry = { agent: agent.id, on, phase: 'asked' };
    this.switching.value = attempt;
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), CONFIRM_MS));
    const asked = this.#link.ask('switch', { agent: agent.id, on, ...(scope ? { scope } : {}) }).then(({ ok }) => ok);
    const confirmed = await Promise.race([asked, late]);
    if (this.switching.value !== attempt) return;
    this.switching.value = confirmed ? null : { ...attempt, phase: 'failed' };
  }

  /** The code comes only while this panel is open. */
  async openLinking(agent: Agent): Promise<void> {
    this.closePanel();
    const closing = new AbortController();
    this.#closePanel = closing;
    this.panel.value = { type: 'linking', agent: agent.id, code: null };
    await this.#link.ask(
      'link',
      { agent: agent.id },
      { signal: closing.signal, progress: (event) => this.#heard(agent.id, event, closing.signal) },
    );
    if (!closing.signal.aborted) this.closePanel();
  }

  async cancelLinking(agent: string): Promise<void> {
    await this.#link.ask('link-cancel', { agent });
    this.closePanel();
  }

  async takeOver(agent: Agent): Promise<void> {
    await this.#link.ask('take-over', { agent: agent.id });
  }

  askUnlink(agent: Agent): void {
    this.panel.value = { type: 'unlinking', agent: agent.id };
  }

  async unlink(agent: string): Promise<void> {
    this.panel.value = null;
    await this.#link.ask('unlink', { agent });
  }

  closePanel(): void {
    this.#closePanel?.abort();
    this.#closePanel = null;
    this.panel.value = null;
  }

  #heard(agent: string, event: unknown, closed: AbortSignal): void {
    const parsed = v.safeParse(CodeSchema, event);
    if (parsed.success && !closed.aborted) this.panel.value = { type: 'linking', agent, code: parsed.output };
  }

  #changed(state: LinkState): void {
    this.state.value = state;
    if (state.type === 'refused') this.closePanel();
    if (state.type !== 'ready') return;
    const { snapshot } = state;
    this.last.value = snapshot;
    if (this.switching.value?.phase === 'failed') this.switching.value = null;
    this.#store.keepSnapshot(snapshot).catch(() => {
      // The next popup's first paint is empty then; nothing that holds depends on it.
    });
  }
}

/** What this browser is called in the relay's list. */
function browserName(): string {
  const agent = navigator.userAgent;
  const known = ['Firefox', 'Edg', 'OPR', 'Chrome'].find((name) => agent.includes(`${name}/`)) ?? 'Browser';
  return { Edg: 'Edge', OPR: 'Opera' }[known] ?? known;
}

/** The relay's settings on the page: what holds, what waits for the next start, and what became of the last change. */
import { type Signal, signal } from '@preact/signals';
import { listSettings, restart, type Setting, setSetting } from '../../shared/contract/commands/setup-commands.ts';
import type { Ask, CommandFault } from '../relay-connection/command-asking.ts';

export type SettingTry = { readonly phase: 'saving' } | { readonly phase: 'refused'; readonly fault: CommandFault };

/** What people care about, in this order; the rest is for those who look for it. */
const EVERYDAY = [
  'takeoverMinutes',
  'readReceipts',
  'typing',
  'dailyAnswers',
  'dailyTokens',
  'keepTextsDays',
  'language',
] as const;

export type SettingsDeps = {
  readonly ask: Ask;
  /** The relay will be found at this port. */
  moved(port: number): Promise<unknown>;
  /** Resolves once the pointer presses nothing. */
  pressOver(): Promise<void>;
};

export class SettingsModel {
  readonly settings: Signal<readonly Setting[]> = signal([]);
  readonly tries: Signal<Readonly<Record<string, SettingTry>>> = signal({});
  readonly fault: Signal<CommandFault | null> = signal(null);
  readonly restarting: Signal<boolean> = signal(false);
  readonly #ask: Ask;
  readonly #deps: SettingsDeps;

  constructor(deps: SettingsDeps) {
    this.#ask = deps.ask;
    this.#deps = deps;
  }

  get everyday(): readonly Setting[] {
    return EVERYDAY.flatMap((name) => this.settings.value.filter((setting) => setting.name === name));
  }

  get advanced(): readonly Setting[] {
    const everyday: readonly string[] = EVERYDAY;
    return this.settings.value.filter(({ name }) => !everyday.includes(name));
  }

  get waits(): boolean {
    return this.settings.value.some(({ value, next }) => value !== next);
  }

  /** The relay stops and starts again; the page hears of it by its connection. */
  async restart(): Promise<void> {
    const port = this.settings.value.find(({ name }) => name === 'port');
    this.restarting.value = true;
    const reply = await this.#ask(restart, {});
    this.fault.value = reply.ok ? null : reply.fault;
    if (!reply.ok) this.restarting.value = false;
    else if (port && port.next !== port.value) await this.#deps.moved(Number(port.next));
  }

  async load(): Promise<void> {
    this.restarting.value = false;

    const reply = await this.#ask(listSettings, {});
    this.fault.value = reply.ok ? null : reply.fault;
    if (reply.ok) this.settings.value = reply.result.settings;
  }

  /** As typed; an empty text goes back to the default. Whether it was taken. */
  async change(setting: Setting, typed: string): Promise<boolean> {
    const value = typed.trim() === '' ? null : typed.trim();
    // What is said of it makes room for itself, and would move what is being pressed.
    await this.#deps.pressOver();
    this.#try(setting.name, { phase: 'saving' });
    const reply = await this.#ask(setSetting, { name: setting.name, value });
    this.#try(setting.name, reply.ok ? null : { phase: 'refused', fault: reply.fault });
    if (reply.ok) {
      const { result } = reply;
      this.settings.value = this.settings.value.map((each) => (each.name === result.name ? result : each));
    }
    return reply.ok;
  }

  #try(name: string, next: SettingTry | null): void {
    const { [name]: _before, ...others } = this.tries.value;
    this.tries.value = next ? { ...others, [name]: next } : others;
  }
}

/** The relay's settings on the page: what holds, what waits for the next start, and what became of the last change. */
import { type Signal, signal } from '@preact/signals';
import { listSettings, type Setting, setSetting } from '../../shared/commands/setup-commands.ts';
import type { Ask, CommandFault } from '../relay-connection/command-asking.ts';

export type SettingTry = { readonly phase: 'saving' } | { readonly phase: 'refused'; readonly fault: CommandFault };

/** What people care about, in this order; the rest is for those who look for it. */
const EVERYDAY = [
  'gatherSeconds',
  'freshMinutes',
  'agentSeconds',
  'contextLines',
  'dailyAnswers',
  'dailyTokens',
  'keepTextsDays',
  'language',
] as const;

export class SettingsModel {
  readonly settings: Signal<readonly Setting[]> = signal([]);
  readonly tries: Signal<Readonly<Record<string, SettingTry>>> = signal({});
  readonly fault: Signal<CommandFault | null> = signal(null);
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
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

  async load(): Promise<void> {
    const reply = await this.#ask(listSettings, {});
    this.fault.value = reply.ok ? null : reply.fault;
    if (reply.ok) this.settings.value = reply.result.settings;
  }

  /** As typed; an empty text goes back to the default. Whether it was taken. */
  async change(setting: Setting, typed: string): Promise<boolean> {
    const value = typed.trim() === '' ? null : typed.trim();
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

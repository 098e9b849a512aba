/** The choice with which adding an agent begins: what people already have, and what runs on this computer right now. */
import { type Signal, signal } from '@preact/signals';
import { findLocalAgents, type LocalAgent, listPresets } from '../../shared/contract/commands/setup-commands.ts';
import type { Preset } from '../../shared/contract/preset.ts';
import type { Ask, CommandFault } from '../relay-connection/command-asking.ts';

/** `found`: null until the relay has looked. Empty too where it could not be asked: then everything else is there still. */
export type Choice = { readonly presets: readonly Preset[]; readonly found: readonly LocalAgent[] | null };

export class PresetChoice {
  /** Null while nothing is chosen. */
  readonly open: Signal<Choice | null> = signal(null);
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Looks on the relay's computer anew, each time. Resolves to what kept it from opening. */
  async begin(): Promise<CommandFault | null> {
    const reply = await this.#ask(listPresets, {});
    if (!reply.ok) return reply.fault;
    const presets = reply.result.presets.filter((preset) => preset !== null);
    const choice: Choice = { presets, found: null };
    this.open.value = choice;
    const looked = await this.#ask(findLocalAgents, {});
    if (this.open.value === choice) this.open.value = { presets, found: looked.ok ? looked.result.found : [] };
    return null;
  }

  end(): void {
    this.open.value = null;
  }
}

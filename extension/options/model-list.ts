/** The models that an agent's server offers, asked for while the form is filled in. */
import { type Signal, signal } from '@preact/signals';
import type { ParamsOf } from '../../shared/contract/commands/command.ts';
import { listModels, type OfferedModelList } from '../../shared/contract/commands/setup-commands.ts';
import type { Ask } from '../relay-connection/command-asking.ts';

type Asked = ParamsOf<typeof listModels>;

export class ModelList {
  /** `asked` while the server is asked; null before, and where nothing could be had without more being typed. */
  readonly list: Signal<OfferedModelList | 'asked' | null> = signal(null);
  readonly #ask: Ask;
  #asked = '';

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Once for the same settings and key. Resolves to the list that came; null where none did, or another was asked for meanwhile. */
  async load(params: Asked): Promise<OfferedModelList | null> {
    const asked = JSON.stringify(params);
    if (asked === this.#asked) return null;
    this.#asked = asked;
    this.list.value = 'asked';
    const reply = await this.#ask(listModels, params);
    if (this.#asked !== asked) return null;
    // What is wrong with a setting is said when it is saved.
    this.list.value = reply.ok ? reply.result : null;
    return this.list.value;
  }

  forget(): void {
    this.#asked = '';
    this.list.value = null;
  }
}

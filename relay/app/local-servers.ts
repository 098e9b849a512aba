/** Looks for programs on this computer that serve models: at the places where they listen by themselves, and never beyond loopback. Only when asked. */
import type { Preset } from '../../shared/contract/preset.ts';
import type { AgentDeps } from '../agents/adapter.ts';
import { createAgent, withAnyModel } from '../agents/agent.ts';
import { PRESETS } from '../agents/presets.ts';
import type { LocalServer } from '../api/relay-api.ts';

/** A program on this computer answers within that, or is taken for absent. */
const PATIENCE_SECONDS = 2;

export type LocalServersDeps = Omit<AgentDeps, 'notes' | 'knowledge'>;

export class LocalServers {
  readonly #deps: LocalServersDeps;
  readonly #places: readonly Preset[];

  /** `places`: the presets whose addresses are looked at. */
  constructor(deps: LocalServersDeps, places: readonly Preset[] = PRESETS.filter(({ shelf }) => shelf === 'computer')) {
    this.#deps = deps;
    this.#places = places;
  }

  /** Those that answer, in the order of the presets. Rejects with the signal's reason when it is aborted. */
  async find(signal: AbortSignal): Promise<readonly LocalServer[]> {
    const found = await Promise.all(this.#places.map((place) => this.#look(place, signal)));
    return found.filter((server) => server !== null);
  }

  async #look({ id, adapter, settings }: Preset, signal: AbortSignal): Promise<LocalServer | null> {
    const quick = { ...this.#deps.settings, agentSeconds: PATIENCE_SECONDS, agentRetries: 0 };
    const notes = { note: async () => null, keepNote: async () => undefined };
    const agent = createAgent(withAnyModel({ adapter, settings }), null, {
      ...this.#deps,
      settings: quick,
      knowledge: [],
      notes,
    });
    const offered = await agent.models?.(signal);
    if (offered?.type === 'models') return { preset: id, settings, wantsKey: false, models: offered.models };
    // Somebody is there, and asks who we are.
    if (offered?.fault === 'key-refused') return { preset: id, settings, wantsKey: true, models: [] };
    return null;
  }
}

/** What the menu and the key do: as the popup's own controls, and what was not delivered is said. */
import { switchAgent } from '../../shared/contract/commands/link-commands.ts';
import type { AgentSnapshot, Snapshot } from '../../shared/contract/wire.ts';
import { inAnHour, tomorrowMorning } from '../../shared/rules/switch-times.ts';
import type { Ask } from '../relay-connection/command-asking.ts';
import type { MenuAct } from './context-menu.ts';

export type ToolbarActionsDeps = {
  readonly ask: Ask;
  now(): number;
  /** For what needs a question answered first; with an agent, to ask about unlinking it. */
  openPopup(unlinking: string | null): Promise<void>;
  notDelivered(): Promise<void>;
};

/** What one press of the key means: off when anything answers, on when there is one agent to switch on. */
export type KeyMeaning =
  | { readonly type: 'off'; readonly agents: readonly string[] }
  | { readonly type: 'on'; readonly agent: string }
  /** Several agents to choose from, none, or a first time that asks who is answered. */
  | { readonly type: 'ask' };

export function keyMeaning(snapshot: Snapshot | null): KeyMeaning {
  const linked = snapshot?.agents.filter(({ link }) => link.account !== null) ?? [];
  const on = linked.filter((agent: AgentSnapshot) => agent.on);
  if (on.length > 0) return { type: 'off', agents: on.map(({ id }) => id) };
  const [only, ...others] = linked;
  return only && others.length === 0 && only.scope !== null ? { type: 'on', agent: only.id } : { type: 'ask' };
}

export class ToolbarActions {
  readonly #deps: ToolbarActionsDeps;

  constructor(deps: ToolbarActionsDeps) {
    this.#deps = deps;
  }

  async choose(act: MenuAct, agent: string): Promise<void> {
    const { now, openPopup } = this.#deps;
    switch (act) {
      case 'on':
        return this.#switch(agent, true);
      case 'off':
        return this.#switch(agent, false);
      case 'off-hour':
        return this.#switch(agent, false, inAnHour(now()));
      case 'off-tomorrow':
        return this.#switch(agent, false, tomorrowMorning(now()));
      case 'unlink':
        return openPopup(agent);
    }
  }

  async pressKey(snapshot: Snapshot | null): Promise<void> {
    const meaning = keyMeaning(snapshot);
    switch (meaning.type) {
      case 'off':
        await Promise.all(meaning.agents.map((agent) => this.#switch(agent, false)));
        return;
      case 'on':
        return this.#switch(meaning.agent, true);
      case 'ask':
        return this.#deps.openPopup(null);
    }
  }

  async #switch(agent: string, on: boolean, until?: number): Promise<void> {
    const { ask, openPopup, notDelivered } = this.#deps;
    const reply = await ask(switchAgent, { agent, on, ...(until === undefined ? {} : { until }) });
    if (reply.ok) return;
    // The first time asks who is answered.
    if (reply.fault.code === 'who-is-answered') await openPopup(null);
    else await notDelivered();
  }
}

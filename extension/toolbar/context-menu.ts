/** The toolbar button's own menu, as data: for one agent flat, for several one entry each. Pure. */

import type { AgentSnapshot, Snapshot } from '../../shared/contract/wire.ts';
import type { ToolbarWords } from '../../shared/locales/words.ts';

export type MenuAct = 'on' | 'off' | 'off-hour' | 'off-tomorrow' | 'unlink';

/** `parent` is another entry's id. */
export type ContextMenuEntry = { readonly id: string; readonly title: string; readonly parent: string | null };

const ACTS: readonly MenuAct[] = ['on', 'off', 'off-hour', 'off-tomorrow', 'unlink'];

/** What an entry does, read from its id: a background that was ended meanwhile knows nothing else of it. Null for one that only opens. */
export function menuActOf(id: string): { readonly type: MenuAct; readonly agent: string } | null {
  const [agent = '', named] = id.split(' ');
  const type = ACTS.find((act) => act === named);
  return type ? { type, agent } : null;
}

const SEVERAL = 'agents';

/** Only what can be done now: nothing while the relay is silent, nothing for an agent without a number. */
export function menuEntries(snapshot: Snapshot | null, words: ToolbarWords): readonly ContextMenuEntry[] {
  const linked = snapshot?.agents.filter(({ link }) => link.account !== null) ?? [];
  const [only, ...others] = linked;
  if (!only) return [];
  if (others.length === 0) return entriesOf(only, null, words);
  return [
    { id: SEVERAL, title: words.agents, parent: null },
    ...linked.flatMap((agent) => [
      { id: agent.id, title: agent.name, parent: SEVERAL },
      ...entriesOf(agent, agent.id, words),
    ]),
  ];
}

function entriesOf({ id, on }: AgentSnapshot, parent: string | null, words: ToolbarWords): readonly ContextMenuEntry[] {
  const acts: readonly (readonly [MenuAct, string])[] = on
    ? [
        ['off', words.switchOff],
        ['off-hour', words.offForAnHour],
        ['off-tomorrow', words.offUntilTomorrow],
        ['unlink', words.unlink],
      ]
    : [
        ['on', words.switchOn],
        ['unlink', words.unlink],
      ];
  return acts.map(([type, title]) => ({ id: `${id} ${type}`, title, parent }));
}

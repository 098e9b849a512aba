/** What a person has to hear of while no popup is open: a link lost for good, a switch that moved by itself. Pure. */

import type { AgentSnapshot, Snapshot } from '../../shared/contract/wire.ts';
import { describeReport } from '../../shared/locales/description.ts';
import { fill } from '../../shared/locales/format.ts';
import type { ReportWords, ToolbarWords } from '../../shared/locales/words.ts';
import { LOST_FOR_GOOD } from './toolbar-picture.ts';

/** `id` is the same for the same event, so that no browser shows it twice. */
export type Notice = { readonly id: string; readonly title: string; readonly text: string };

/** `before` is what was told last; null where nothing was, and then nothing is news. */
export function noticesOf(
  before: Snapshot | null,
  now: Snapshot,
  words: ToolbarWords,
  shared: ReportWords,
): readonly Notice[] {
  return now.agents.flatMap((agent) => {
    const former = before?.agents.find(({ id }) => id === agent.id);
    return former ? [...lost(former, agent, shared), ...flipped(former, agent, words)] : [];
  });
}

function lost(former: AgentSnapshot, { id, name, link }: AgentSnapshot, shared: ReportWords): readonly Notice[] {
  // A number that was there; what an attempt to link meets is told where it was begun.
  if (former.link.account === null || link.status === 'connected' || former.link.cause === link.cause) return [];
  if (!LOST_FOR_GOOD.includes(link.cause ?? '')) return [];
  const { description, remedy } = describeReport(link, shared);
  return [{ id: `lost ${id} ${link.since}`, title: name, text: [description, remedy].filter(Boolean).join(' ') }];
}

function flipped(
  former: AgentSnapshot,
  { id, name, on, switchedBy, switchedAt }: AgentSnapshot,
  words: ToolbarWords,
): readonly Notice[] {
  // What a person did, or has set for every day, is no news to them; an unlinking is told as such.
  if (former.on === on || switchedBy === 'person' || switchedBy === 'schedule' || switchedBy === 'unlinked') return [];
  return [{ id: `switch ${id} ${switchedAt}`, title: name, text: fill(on ? words.wentOn : words.wentOff, { name }) }];
}

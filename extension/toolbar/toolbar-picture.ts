/** Everything that the relay tells, as one picture in the toolbar: icon, badge and tooltip. Pure. */

import { limitOf } from '../../shared/contract/switched-by.ts';
import type { AgentSnapshot, Snapshot } from '../../shared/contract/wire.ts';
import { describeReport } from '../../shared/locales/description.ts';
import { fill } from '../../shared/locales/format.ts';
import { sayTruth } from '../../shared/locales/state-description.ts';
import type { ReportWords, ToolbarWords } from '../../shared/locales/words.ts';
import { answering, onAgainAt } from '../../shared/rules/answering.ts';
import type { ConnectionState } from '../relay-connection/connection-state.ts';

/** Full means that there is a number, hollow that there is none; lit only while an agent answers. */
type ToolbarIcon = 'connected' | 'off' | 'reconnecting' | 'connecting' | 'offline';

/** `badge` is `!` where a person is needed, else how many chats ask for their owner; empty where none does. */
export type ToolbarPicture = { readonly icon: ToolbarIcon; readonly badge: string; readonly title: string };

/** Causes that no person at this computer brought about, and that do not pass by themselves. */
export const LOST_FOR_GOOD: readonly string[] = [
  'unlinked-on-phone',
  'replaced',
  'banned',
  'banned-until',
  'relay-outdated',
  'multi-device-off',
  'server-not-trusted',
];

/** Failed tries, some seconds long: a relay that was only started anew is back before. */
const SEVERAL = 5;

/** As many digits as the badge has room for. */
const MOST_SHOWN = 99;

/** Null in the first moments of a connection, which say nothing yet: what was shown stays. */
export function toolbarPicture(
  state: ConnectionState,
  words: ToolbarWords,
  shared: ReportWords,
  now: number,
): ToolbarPicture | null {
  switch (state.type) {
    case 'idle':
      return null;
    case 'dialing':
    case 'handshake':
      return state.attempt === 0 ? null : silent(words, state.attempt);
    case 'waiting':
      return silent(words, state.attempt);
    case 'refused':
      return {
        icon: 'offline',
        badge: state.why === 'not-paired' ? '' : '!',
        title: `Recado: ${state.why === 'not-paired' ? words.notPaired : words.pairAgain}`,
      };
    case 'ready':
      return told(state.snapshot, words, shared, now);
  }
}

/** Without a fresh snapshot the state is unknown: never lit. */
function silent(words: ToolbarWords, attempt: number): ToolbarPicture {
  return { icon: 'offline', badge: attempt < SEVERAL ? '' : '!', title: `Recado: ${words.noRelay}` };
}

function told({ agents }: Snapshot, words: ToolbarWords, shared: ReportWords, now: number): ToolbarPicture {
  // Chats of a number that has gone can be answered nowhere.
  const asks = agents.reduce((sum, { link, now: { asks: chats } }) => sum + (link.account === null ? 0 : chats), 0);
  const titles = agents.map((agent) => titleOf(agent, agents.length, shared, now));
  const asking = fill(asks === 1 ? words.asks : words.asksMany, { count: asks });
  const count = asks === 0 ? '' : String(Math.min(asks, MOST_SHOWN));
  return {
    icon: iconOf(agents, now),
    badge: agents.some((agent) => needsSomeone(agent, now)) ? '!' : count,
    title: (asks === 0 ? titles : [...titles, asking]).join('\n'),
  };
}

function iconOf(agents: readonly AgentSnapshot[], now: number): ToolbarIcon {
  const has = (status: string): boolean => agents.some(({ link }) => link.status === status);
  if (agents.some((agent) => answering(agent, now) === 'answering')) return 'connected';
  if (has('reconnecting')) return 'reconnecting';
  if (has('connecting')) return 'connecting';
  return has('connected') ? 'off' : 'offline';
}

/** A limit that was reached waits for a person too, and so does whatever keeps an agent that is on from answering anybody. */
function needsSomeone(agent: AgentSnapshot, now: number): boolean {
  const { on, switchedBy, link, lastFault } = agent;
  const limited = !on && limitOf(switchedBy) !== null;
  const truth = answering(agent, now);
  return (
    limited ||
    (on && lastFault !== null) ||
    truth === 'nobody-chosen' ||
    link.cause === 'disk' ||
    (link.status !== 'connected' && LOST_FOR_GOOD.includes(link.cause ?? ''))
  );
}

function titleOf(agent: AgentSnapshot, count: number, shared: ReportWords, now: number): string {
  const { name, on, link } = agent;
  const who = count > 1 ? name : 'Recado';
  const status = shared.statuses[link.status].label;
  if (link.status !== 'connected' && LOST_FOR_GOOD.includes(link.cause ?? ''))
    return `${who}: ${describeReport(link, shared).description}`;
  if (link.account === null) return `${who}: ${status}`;
  const truth = answering(agent, now);
  const plain = on && (truth === 'answering' || truth === 'line-down');
  if (plain) return `${who}: ${status}, ${shared.guidance.switchedOn}`;
  return `${who}: ${status}, ${on || onAgainAt(agent) !== null ? sayTruth(agent, shared, now) : shared.guidance.switchedOff}`;
}

/** Everything that the relay tells, as one picture in the toolbar: icon, badge and tooltip. Pure. */

import type { ToolbarWords, Words } from '../../shared/locales/words.ts';
import type { AgentSnapshot, Snapshot } from '../../shared/wire.ts';
import type { ConnectionState } from '../relay-connection/connection-state.ts';

/** Full means that there is a number, hollow that there is none; lit only while an agent answers. */
type ToolbarIcon = 'connected' | 'off' | 'reconnecting' | 'connecting' | 'offline';

/** `badge` is `!` where a person is needed, otherwise empty. */
export type ToolbarPicture = { readonly icon: ToolbarIcon; readonly badge: '' | '!'; readonly title: string };

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

/** Null in the first moments of a connection, which say nothing yet: what was shown stays. */
export function toolbarPicture(state: ConnectionState, words: ToolbarWords, shared: Words): ToolbarPicture | null {
  switch (state.type) {
    case 'idle':
      return null;
    case 'dialing':
    case 'handshake':
      return state.attempt === 0 ? null : silent(words);
    case 'waiting':
      return silent(words);
    case 'refused':
      return {
        icon: 'offline',
        badge: state.why === 'not-paired' ? '' : '!',
        title: `Recado: ${state.why === 'not-paired' ? words.notPaired : words.pairAgain}`,
      };
    case 'ready':
      return told(state.snapshot, shared);
  }
}

/** Without a fresh snapshot the state is unknown: never lit. */
function silent(words: ToolbarWords): ToolbarPicture {
  return { icon: 'offline', badge: '', title: `Recado: ${words.noRelay}` };
}

function told({ agents }: Snapshot, shared: Words): ToolbarPicture {
  return {
    icon: iconOf(agents),
    badge: agents.some(needsSomeone) ? '!' : '',
    title: agents.map((agent) => titleOf(agent, agents.length, shared)).join('\n'),
  };
}

function iconOf(agents: readonly AgentSnapshot[]): ToolbarIcon {
  const has = (status: string): boolean => agents.some(({ link }) => link.status === status);
  if (agents.some(({ on, link }) => on && link.status === 'connected')) return 'connected';
  if (has('reconnecting')) return 'reconnecting';
  if (has('connecting')) return 'connecting';
  return has('connected') ? 'off' : 'offline';
}

/** A limit of the day that was reached waits for a person too. */
function needsSomeone({ on, switchedBy, link, lastFault }: AgentSnapshot): boolean {
  const limited = !on && (switchedBy === 'answers-limit' || switchedBy === 'tokens-limit');
  return (
    limited || (on && lastFault !== null) || (link.status === 'offline' && LOST_FOR_GOOD.includes(link.cause ?? ''))
  );
}

function titleOf({ name, on, link }: AgentSnapshot, count: number, shared: Words): string {
  const who = count > 1 ? name : 'Recado';
  const status = shared.statuses[link.status].label;
  if (link.account === null) return `${who}: ${status}`;
  return `${who}: ${status}, ${on ? shared.guidance.switchedOn : shared.guidance.switchedOff}`;
}

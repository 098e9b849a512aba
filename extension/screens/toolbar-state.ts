/** One picture for everything that the relay tells: what the toolbar's icon shows. Pure. */
import type { Snapshot } from '../../shared/wire.ts';
import type { LinkState } from '../relay-link/link-state.ts';

/** Full means that there is a number, hollow that there is none; lit only while an agent answers. */
export type ToolbarIcon = 'connected' | 'off' | 'reconnecting' | 'connecting' | 'offline';

export function toolbarIcon(state: LinkState): ToolbarIcon {
  // Without a fresh word from the relay nobody knows: never lit.
  return state.type === 'ready' ? iconOf(state.snapshot) : 'offline';
}

function iconOf({ agents }: Snapshot): ToolbarIcon {
  const has = (status: string): boolean => agents.some(({ link }) => link.status === status);
  if (agents.some(({ on, link }) => on && link.status === 'connected')) return 'connected';
  if (has('reconnecting')) return 'reconnecting';
  if (has('connecting')) return 'connecting';
  return has('connected') ? 'off' : 'offline';
}

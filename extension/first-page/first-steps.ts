/** Which step the first page shows: what is true decides, never a timer. Pure. */
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import type { ConnectionState } from '../relay-connection/connection-state.ts';

export const FIRST_STEPS = ['begin', 'pin', 'link', 'on'] as const;
type FirstStep = (typeof FIRST_STEPS)[number];

export type FirstPlace =
  /** Nothing is known yet. */
  | { readonly type: 'waiting' }
  /** Not paired. */
  | { readonly type: 'begin' }
  /** Paired, and nothing answers now. */
  | { readonly type: 'stopped' }
  | { readonly type: 'pin' }
  | { readonly type: 'link'; readonly agent: AgentSnapshot }
  | { readonly type: 'on'; readonly agent: AgentSnapshot }
  | { readonly type: 'end'; readonly agent: AgentSnapshot };

export type FirstFacts = {
  readonly state: ConnectionState;
  /** The button stands in the toolbar, or the browser does not say. */
  readonly isPinned: boolean;
  /** The person goes on without. */
  readonly pinsLater: boolean;
  readonly staysOff: boolean;
};

export function firstPlace({ state, isPinned, pinsLater, staysOff }: FirstFacts): FirstPlace {
  if (state.type === 'refused') return { type: 'begin' };
  if (state.type === 'waiting') return { type: 'stopped' };
  if (state.type !== 'ready') return { type: 'waiting' };
  const [first] = state.snapshot.agents;
  if (first === undefined) return { type: 'waiting' };
  if (!isPinned && !pinsLater) return { type: 'pin' };
  // Of several agents the one with a number is the one that this is about.
  const agent = state.snapshot.agents.find(({ link }) => link.account !== null) ?? first;
  if (agent.link.account === null) return { type: 'link', agent };
  return agent.on || staysOff ? { type: 'end', agent } : { type: 'on', agent };
}

/** Null before the first step is known. */
export function stepOf({ type }: FirstPlace): FirstStep | 'done' | null {
  if (type === 'waiting') return null;
  if (type === 'stopped') return 'begin';
  return type === 'end' ? 'done' : type;
}

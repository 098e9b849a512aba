/**
 * Whether a message that arrives now would be answered, and if not, why: the one truth that card, list, icon, badge, tooltip and command
 * line say. Pure.
 */
import type { AgentFault } from '../contract/agent.ts';
import type { AgentSnapshot } from '../contract/wire.ts';

export const ANSWERING = [
  'answering',
  /** No number is linked. */
  'no-number',
  'linking',
  'off',
  'line-down',
  /** WhatsApp restricts the number. */
  'restricted',
  /** Only chosen chats are answered, and none is chosen. */
  'nobody-chosen',
  /** People who are not in the address book are answered, and that has not come yet. */
  'contacts-unknown',
  'key-refused',
  'agent-failing',
] as const;

/** Yellow means `answering`, and nothing else does. */
export type Answering = (typeof ANSWERING)[number];

export type AnsweringFacts = Pick<AgentSnapshot, 'on' | 'scope' | 'chosenChats' | 'contactsKnown' | 'lastFault'> & {
  readonly link: Pick<AgentSnapshot['link'], 'status' | 'account' | 'restrictedUntil' | 'restrictedRetryAt'>;
};

/** With these an answer went out all the same. After every other one the last message got none, and the next is promised none. */
const ANSWERED: ReadonlySet<AgentFault> = new Set(['cut-off', 'too-long']);

/** `now` in epoch milliseconds. */
export function answering(facts: AnsweringFacts, now: number): Answering {
  const { on, link, scope, chosenChats, lastFault } = facts;
  if (link.account === null) return link.status === 'connecting' ? 'linking' : 'no-number';
  if (!on) return 'off';
  if (link.status !== 'connected') return 'line-down';
  if (Math.max(link.restrictedUntil ?? 0, link.restrictedRetryAt ?? 0) > now) return 'restricted';
  if (chosenChats === 0 && (scope === null || scope === 'listed')) return 'nobody-chosen';
  if (chosenChats === 0 && scope === 'unknown-people' && !facts.contactsKnown) return 'contacts-unknown';
  if (lastFault === null || ANSWERED.has(lastFault.fault)) return 'answering';
  return lastFault.fault === 'key-refused' ? 'key-refused' : 'agent-failing';
}

/** When an agent that is off goes on by itself, epoch ms: the time that a person set, or the schedule's next if that is earlier; null where neither is. */
export function onAgainAt({
  on,
  backOnAt,
  nextEdge,
}: Pick<AgentSnapshot, 'on' | 'backOnAt' | 'nextEdge'>): number | null {
  if (on) return null;
  const edge = nextEdge?.on ? nextEdge.at : null;
  if (backOnAt === null || edge === null) return backOnAt ?? edge;
  return Math.min(backOnAt, edge);
}

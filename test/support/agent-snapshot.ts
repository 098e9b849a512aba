/** An agent as browsers are told of it: on, linked, everyone answered, nothing wrong; unless a test says otherwise. */
import { NOTHING_NOW } from '../../shared/contract/agent-view.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';

export function agentSnapshot(
  change: Omit<Partial<AgentSnapshot>, 'link'> & { readonly link?: Partial<AgentSnapshot['link']> } = {},
): AgentSnapshot {
  const number = change.link?.status === 'offline' ? null : { number: '5511999990001', lid: null };
  return {
    id: 'agt_1',
    name: 'Recado',
    adapter: 'built-in',
    model: null,
    on: true,
    switchedAt: 0,
    switchedBy: 'person',
    backOnAt: null,
    schedule: [],
    nextEdge: null,
    retryAt: null,
    skippedToday: 0,
    now: NOTHING_NOW,
    fellLastHour: 0,
    scope: 'everyone',
    ownerMinutes: 0,
    cost: null,
    chosenChats: 0,
    contactsKnown: true,
    limits: null,
    recent: [],
    outage: null,
    today: { messages: 0, answers: 0, inputTokens: 0, outputTokens: 0 },
    ignoredWhileOff: 0,
    lastFault: null,
    ...change,
    link: {
      status: 'connected',
      phase: 'resting',
      cause: null,
      account: number,
      qr: null,
      retryAt: null,
      until: null,
      left: null,
      since: 0,
      restrictedUntil: null,
      restrictedRetryAt: null,
      clockAhead: null,
      ...change.link,
    },
  };
}

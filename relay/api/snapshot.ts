/** What every paired client may know, made of what the relay knows: no key, no code, no text, no detail of an error. */
import type { Snapshot } from '../../shared/wire.ts';
import type { AgentView } from './relay-api.ts';

/** `at` in epoch milliseconds. */
export function snapshotOf(agents: readonly AgentView[], at: number): Snapshot {
  return { at, agents: agents.map(agentOf) };
}

function agentOf(view: AgentView): Snapshot['agents'][number] {
  const { id, name, adapter, on, switchedAt, scope, link, today, ignoredWhileOff, lastFault } = view;
  const { chosenChats, contactsKnown, switchedBy, backOnAt, schedule, nextEdge, skippedToday, fellLastHour, retryAt } =
    view;
  const { qr } = link;
  return {
    id,
    name,
    adapter,
    on,
    switchedAt,
    switchedBy,
    backOnAt,
    schedule,
    nextEdge,
    retryAt,
    skippedToday,
    fellLastHour,
    scope,
    chosenChats,
    contactsKnown,
    link: { ...link, qr: qr && { kind: qr.kind, number: qr.number, of: qr.of, expiresAt: qr.expiresAt } },
    today,
    ignoredWhileOff,
    lastFault: lastFault && { fault: lastFault.fault, at: lastFault.at },
  };
}

/** What every paired client may know, made of what the relay knows: no key, no code, no text, no detail of an error. */
import { httpStatusIn } from '../../shared/agent.ts';
import type { QrCode } from '../../shared/status.ts';
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
  const { thinkingSince, waiting, heldChats, held } = view.now;
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
    link: { ...link, qr: qr && withoutText(qr) },
    today,
    ignoredWhileOff,
    now: { thinkingSince, waiting, heldChats, held: [...held] },
    lastFault: lastFault && { fault: lastFault.fault, at: lastFault.at, httpStatus: httpStatusIn(lastFault.detail) },
  };
}

/** That a code is on show, for everybody; the code itself goes to whoever asked for it. */
function withoutText({ text: _secret, ...shown }: QrCode): Omit<QrCode, 'text'> {
  return shown;
}

/** One agent as others may see it, read from the running agent and the store. */
import { httpStatusIn } from '../../shared/contract/agent.ts';
import { nextEdge } from '../../shared/rules/schedule.ts';
import { modelOf } from '../agents/agent.ts';
import type { AgentView } from '../api/relay-api.ts';
import { type Clock, localDay } from '../clock.ts';
import type { AgentRecord } from '../store/agent-ledger.ts';
import type { Store } from '../store/store.ts';
import { costAtAGlance } from './agent-costs.ts';
import type { AgentRegistry } from './agent-registry.ts';
import type { LinkStatuses } from './link-statuses.ts';

export type AgentViewDeps = {
  readonly registry: AgentRegistry;
  readonly store: Store;
  readonly linkStatuses: LinkStatuses;
  readonly clock: Clock;
};

/** As many held chats as are named to whoever looks. */
const MOST_HELD = 4;
const HOUR_MS = 3_600_000;
/** WhatsApp dates in whole seconds. */
const SECOND_MS = 1_000;
/** More chats than anybody answers by hand after an outage. */
const MOST_LATE = 100;

export async function viewOf(
  record: AgentRecord,
  { registry, store, clock, linkStatuses }: AgentViewDeps,
): Promise<AgentView> {
  const { conversation, session } = registry.running(record.id);
  const { asked, sending, retryAt, lastFault, busyChats, forOwner, held, asking, late } = conversation.activity;
  const { adapter, settings } = record.backEnd;
  const now = clock.now();
  const { skipped, ...today } = await store.agents.countOf(record.id, localDay(now));
  return {
    id: record.id,
    name: record.name,
    adapter,
    model: modelOf(record.backEnd),
    settings,
    hasKey: record.hasSecret,
    on: record.on,
    switchedAt: record.switchedAt,
    switchedBy: record.switchedBy,
    backOnAt: record.backOnAt,
    schedule: record.schedule,
    nextEdge: followsSchedule(record) ? nextEdge(record.schedule, now) : null,
    scope: record.scope,
    ownerMinutes: record.ownerMinutes,
    chosenChats: conversation.scope.chosenChats,
    contactsKnown: session.addressBook.known,
    link: session.report,
    limits: { ...conversation.switch.limits, tokens: record.caps.dayTokens ?? conversation.switch.limits.tokens },
    cost: await costAtAGlance(record, { store, clock }),
    today,
    ignoredWhileOff: await store.agents.lastIgnored(record.id),
    skippedToday: skipped,
    fellLastHour: linkStatuses.falls(record.id, now - HOUR_MS),
    thinking: asked.length,
    sending,
    outage: await outageOf(record.id, { linkStatuses, store }, now),
    now: {
      answering: await conversation.recent.answering(),
      catchingUp: late,
      waiting: busyChats - forOwner.length,
      forOwner: forOwner.length,
      heldChats: held.length,
      asks: asking.length,
      held: held.slice(0, MOST_HELD).map(({ chatId, until }) => ({ chat: chatId, until })),
    },
    recent: [...(await conversation.recent.list())],
    retryAt,
    lastFault: lastFault && { ...lastFault, httpStatus: httpStatusIn(lastFault.detail) },
  };
}

/** After an unlinking it stays off until a person switches on. */
function followsSchedule({ on, switchedBy }: AgentRecord): boolean {
  return on || switchedBy !== 'unlinked';
}

/** An outage of the last hour, with the chats whose last words came in it and were too old to be answered. */
export async function outageOf(
  id: AgentRecord['id'],
  { linkStatuses, store }: Pick<AgentViewDeps, 'linkStatuses' | 'store'>,
  now: number,
): Promise<AgentView['outage']> {
  const outage = linkStatuses.outage(id);
  if (outage === null || now - outage.until > HOUR_MS) return null;
  const late = (await store.outcomes.unanswered(id, MOST_LATE)).filter(
    ({ reason, newestAt }) => reason === 'too-old' && newestAt >= outage.from - SECOND_MS && newestAt <= outage.until,
  );
  return { ...outage, tooLate: late.length };
}

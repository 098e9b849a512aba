/** Carries out the commands about an agent's link, its passkey, its switch and its schedule. */
import * as links from '../../shared/contract/commands/link-commands.ts';
import * as owners from '../../shared/contract/commands/owner-first-command.ts';
import * as passkeys from '../../shared/contract/commands/passkey-commands.ts';
import * as schedules from '../../shared/contract/commands/schedule-command.ts';
import { agentCalled, type Handler, handlersOf } from './command.ts';
import { CommandError, whoIsAnswered } from './command-error.ts';
import { followLink, nextReport } from './follow-link.ts';
import { followPasskey } from './follow-passkey.ts';

/** How long `unlink` waits for WhatsApp before it says that the logout is still under way. */
const UNLINK_WAIT_MS = 10_000;

const NOTHING_DROPPED = { droppedAnswers: 0 };

const LINK_HANDLERS = handlersOf(links, {
  link: async (params, context) => {
    const agent = await context.agent();
    const { link } = await agent.view();
    if (link.status === 'connected' || link.status === 'reconnecting')
      throw new CommandError('already-linked', 'This agent is linked already.', 'Unlink it first: recado unlink.');
    await agent.link.begin(context.client, params.number ?? null);
    return followLink(agent, link, context);
  },
  'link-cancel': async (_params, context) => {
    const agent = await context.agent();
    agent.link.cancel();
    return {};
  },
  'link-new-code': async (_params, context) => {
    const agent = await context.agent();
    agent.link.newCode();
    return {};
  },
  'linking-trace': async (_params, context) => {
    const agent = await context.agent();
    return {
      attempts: agent.link.trace().map(({ startedAt, entries }) => ({ startedAt, entries: [...entries] })),
    };
  },
  'take-over': async (_params, context) => {
    const agent = await context.agent();
    agent.link.takeOver();
    return {};
  },
  'hand-over': async (params, context) => {
    const { relay } = context;
    const from = await context.agent();
    const to = await agentCalled(params.to, relay);
    await from.link.handOver(to.id);
    return { from: { id: from.id, name: from.name }, to: { id: to.id, name: to.name } };
  },
  unlink: async (_params, context) => {
    const agent = await context.agent();
    if ((await agent.view()).link.account === null)
      throw new CommandError('not-linked', 'This agent is not linked.', 'Link it with: recado link.');
    await agent.link.unlink();
    return { link: await nextReport(agent, context, ({ cause }) => cause !== 'unlinking', UNLINK_WAIT_MS) };
  },
  switch: async ({ on, scope, until }, context) => {
    const agent = await context.agent();
    if (on && agent.scope === null && !scope) throw whoIsAnswered();
    const change = { scope: scope ?? null, backOnAt: on ? null : (until ?? null) };
    const { droppedAnswers } = await agent.switch.moveTo(on, change);
    return { id: agent.id, name: agent.name, on, droppedAnswers, backOnAt: change.backOnAt };
  },
  scope: async ({ scope }, context) => {
    const agent = await context.agent();
    await agent.switch.setScope(scope);
    return { id: agent.id, scope };
  },
});

const SCHEDULE_HANDLERS = handlersOf(schedules, {
  schedule: async ({ spans, scope }, context) => {
    const agent = await context.agent();
    if (spans !== undefined && spans.length > 0 && agent.scope === null && !scope) throw whoIsAnswered();
    if (scope) await agent.switch.setScope(scope);
    const { droppedAnswers } = spans === undefined ? NOTHING_DROPPED : await agent.switch.setSchedule(spans);
    const { id, name, on, schedule, nextEdge } = await agent.view();
    return { id, name, on, schedule, nextEdge, droppedAnswers };
  },
});

const OWNER_HANDLERS = handlersOf(
  { leaveOwnerTime: owners.leaveOwnerTime },
  {
    'owner-first': async ({ minutes }, context) => {
      const agent = await context.agent();
      if (minutes !== undefined) await agent.switch.setOwnerMinutes(minutes);
      const { id, name, ownerMinutes } = await agent.view();
      return { id, name, ownerMinutes };
    },
  },
);

const PASSKEY_HANDLERS = handlersOf(passkeys, {
  passkey: async (_params, context) => {
    const agent = await context.agent();
    const begun = await agent.passkey.begin(context.client);
    if (begun.type === 'begun') return followPasskey(agent, begun, context);
    throw begun.type === 'elsewhere'
      ? new CommandError('passkey-elsewhere', 'Another browser began this linking.', 'Go on there, or begin anew here.')
      : passkeyNotNow();
  },
  'passkey.answer': async ({ attempt, assertion }, context) => {
    const agent = await context.agent();
    if (!(await agent.passkey.answer(attempt, assertion))) throw passkeyNotNow();
    return {};
  },
  'passkey.abandon': async ({ attempt }, context) => {
    const agent = await context.agent();
    agent.passkey.abandon(attempt);
    return {};
  },
  'passkey.compare': async ({ attempt, same }, context) => {
    const agent = await context.agent();
    if (!agent.passkey.compared(attempt, same)) throw passkeyNotNow();
    return {};
  },
});

export const ABOUT_LINKS: readonly Handler[] = [
  ...LINK_HANDLERS,
  ...SCHEDULE_HANDLERS,
  ...OWNER_HANDLERS,
  ...PASSKEY_HANDLERS,
];

function passkeyNotNow(): CommandError {
  return new CommandError('passkey-not-now', 'No passkey is waited for.', 'Scan a new code, and begin again.');
}

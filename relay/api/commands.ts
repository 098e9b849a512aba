/** What is done for each command of a client: the only way upstream. */
import type { AgentId, ChatId } from '../../shared/chat.ts';
import * as chats from '../../shared/commands/chat-commands.ts';
import * as links from '../../shared/commands/link-commands.ts';
import * as passkeys from '../../shared/commands/passkey-commands.ts';
import { schedule as scheduleAgent } from '../../shared/commands/schedule-command.ts';
import * as setup from '../../shared/commands/setup-commands.ts';
import type { ClientId } from '../store/client-ledger.ts';
import type { Line } from '../turn.ts';
import { type Handler, handle } from './command.ts';
import { CommandError, whoIsAnswered } from './command-error.ts';
import { followLink, nextReport } from './follow-link.ts';
import { followPasskey } from './follow-passkey.ts';
import type { AgentRef, AgentView, RelayApi } from './relay-api.ts';

const HANDLERS: readonly Handler[] = [
  handle(setup.status, async (_params, { relay }) => ({ agents: await relay.agents() })),
  handle(setup.adapters, async (_params, { relay }) => ({ adapters: relay.adapters() })),

  handle(links.link, async (params, context) => {
    const { id, link } = await viewOf(params.agent, context.relay);
    if (link.status === 'connected' || link.status === 'reconnecting') {
      throw new CommandError('already-linked', 'This agent is linked already.', 'Unlink it first: recado unlink.');
    }
    await context.relay.link(id, context.client, params.number ?? null);
    return followLink(id, link, context);
  }),
  handle(passkeys.passkey, async (params, context) => {
    const { id } = await refOf(params.agent, context.relay);
    const begun = await context.relay.passkey(id).begin(context.client);
    if (begun.type === 'begun') return followPasskey(id, begun, context);
    throw begun.type === 'elsewhere'
      ? new CommandError('passkey-elsewhere', 'Another browser began this linking.', 'Go on there, or begin anew here.')
      : passkeyNotNow();
  }),
  handle(passkeys.answerPasskey, async (params, { relay }) => {
    const { id } = await refOf(params.agent, relay);
    if (!(await relay.passkey(id).answer(params.attempt, params.assertion))) throw passkeyNotNow();
    return {};
  }),
  handle(passkeys.abandonPasskey, async (params, { relay }) => {
    relay.passkey((await refOf(params.agent, relay)).id).abandon(params.attempt);
    return {};
  }),
  handle(passkeys.comparePasskey, async (params, { relay }) => {
    const { id } = await refOf(params.agent, relay);
    if (!relay.passkey(id).compared(params.attempt, params.same)) throw passkeyNotNow();
    return {};
  }),
  handle(links.linkCancel, async (params, { relay }) => {
    relay.cancelLink((await refOf(params.agent, relay)).id);
    return {};
  }),
  handle(links.linkNewCode, async (params, { relay }) => {
    relay.newLinkCode((await refOf(params.agent, relay)).id);
    return {};
  }),
  handle(links.handOver, async (params, { relay }) => {
    const from = await refOf(params.agent, relay);
    const to = await refOf(params.to, relay);
    await relay.handOver(from.id, to.id);
    return { from: { id: from.id, name: from.name }, to: { id: to.id, name: to.name } };
  }),
  handle(links.takeOver, async (params, { relay }) => {
    relay.takeOver((await refOf(params.agent, relay)).id);
    return {};
  }),
  handle(links.unlink, async (params, { relay, signal }) => {
    const { id, link } = await viewOf(params.agent, relay);
    if (link.account === null)
      throw new CommandError('not-linked', 'This agent is not linked.', 'Link it with: recado link.');
    await relay.unlink(id);
    return { link: await nextReport(id, { relay, signal }, ({ cause }) => cause !== 'unlinking', UNLINK_WAIT_MS) };
  }),

  handle(links.switchAgent, async (params, { relay }) => {
    const found = await refOf(params.agent, relay);
    if (params.on && found.scope === null && !params.scope) {
      throw whoIsAnswered();
    }
    const change = { scope: params.scope ?? null, backOnAt: params.on ? null : (params.until ?? null) };
    const { droppedAnswers } = await relay.switchTo(found.id, params.on, change);
    return { id: found.id, name: found.name, on: params.on, droppedAnswers, backOnAt: change.backOnAt };
  }),
  handle(scheduleAgent, async (params, { relay }) => {
    const found = await refOf(params.agent, relay);
    const { spans } = params;
    if (spans !== undefined && spans.length > 0 && found.scope === null && !params.scope) throw whoIsAnswered();
    if (params.scope) await relay.setScope(found.id, params.scope);
    const { droppedAnswers } = spans === undefined ? NOTHING_DROPPED : await relay.setSchedule(found.id, spans);
    const { id, name, on, schedule, nextEdge } = await relay.agent(found.id);
    return { id, name, on, schedule: [...schedule], nextEdge, droppedAnswers };
  }),

  handle(links.setScope, async (params, { relay }) => {
    const { id } = await refOf(params.agent, relay);
    await relay.setScope(id, params.scope);
    return { id, scope: params.scope };
  }),
  handle(chats.listSkips, async (params, { relay }) =>
    relay.skips((await refOf(params.agent, relay)).id, params.limit),
  ),

  handle(setup.ping, async () => ({})),
  handle(setup.restart, async (_params, { relay }) => {
    relay.restart();
    return {};
  }),
  handle(setup.addAgent, async (params, { relay }) => {
    const id = await relay.addAgent({
      name: params.name,
      backEnd: { adapter: params.adapter, settings: params.settings },
      key: params.key ?? null,
    });
    return relay.agent(id);
  }),
  handle(setup.editAgent, async (params, { relay }) => {
    const found = await viewOf(params.agent, relay);
    const adapterChanges = params.adapter !== undefined && params.adapter !== found.adapter;
    const merged = { ...(adapterChanges ? {} : found.settings), ...params.settings };
    const backEnd = {
      adapter: params.adapter ?? found.adapter,
      settings: Object.fromEntries(Object.entries(merged).filter(([setting]) => !params.unset.includes(setting))),
    };
    await relay.editAgent(found.id, {
      ...(params.name === undefined ? {} : { name: params.name }),
      ...(params.adapter || params.settings || params.unset.length > 0 ? { backEnd } : {}),
      ...(params.key === undefined ? {} : { key: params.key }),
    });
    return relay.agent(found.id);
  }),
  handle(setup.removeAgent, async (params, { relay }) => {
    const { id, name } = await refOf(params.agent, relay);
    await relay.removeAgent(id);
    return { id, name };
  }),
  handle(setup.testAgent, async (params, { relay, signal }) => {
    const { id } = await refOf(params.agent, relay);
    return relay.testAgent(id, params.talk ?? null, params.said.map(lineSaid), signal);
  }),
  handle(setup.tryAgent, async ({ agent, adapter, settings, key, said }, { relay, signal }) => {
    const id = agent === undefined ? null : (await refOf(agent, relay)).id;
    return relay.tryAgent(id, { backEnd: { adapter, settings }, key }, said.map(lineSaid), signal);
  }),
  handle(setup.checkAgents, async (_params, { relay, signal }) => ({ agents: await relay.checkAgents(signal) })),

  handle(chats.listChats, async ({ agent, limit, before }, { relay }) => {
    const { id } = await refOf(agent, relay);
    return { chats: await relay.chats(id, before === undefined ? { limit } : { limit, before }) };
  }),
  handle(chats.ruleChat, async (params, { relay }) => {
    const { id } = await refOf(params.agent, relay);
    const chat = await chatOf(id, params.chat, relay);
    await relay.setRule(id, chat, params.rule);
    return { chat, rule: params.rule };
  }),
  handle(chats.releaseChat, async (params, { relay }) => {
    const { id } = await refOf(params.agent, relay);
    const chat = await chatOf(id, params.chat, relay);
    return { chat, released: await relay.releaseChat(id, chat) };
  }),
  handle(chats.listUnanswered, async (params, { relay }) => {
    const { id } = await refOf(params.agent, relay);
    return { chats: await relay.unanswered(id, params.limit) };
  }),
  handle(chats.answerChat, async (params, { relay }) => {
    const { id } = await refOf(params.agent, relay);
    const chat = await chatOf(id, params.chat, relay);
    return { chat, messages: await relay.answerChat(id, chat) };
  }),
  handle(chats.listOutcomes, async (params, { relay }) => {
    const { id } = await refOf(params.agent, relay);
    const { limit } = params;
    const page = params.chat === undefined ? { limit } : { limit, chatId: await chatOf(id, params.chat, relay) };
    return { outcomes: await relay.outcomes(id, page) };
  }),
  handle(chats.forgetChat, async (params, { relay }) => {
    const { id } = await refOf(params.agent, relay);
    await relay.forgetChat(id, await chatOf(id, params.chat, relay));
    return {};
  }),
  handle(setup.listClients, async (_params, { relay }) => {
    const clients = await relay.clients();
    return { clients: clients.map(({ publicKey: _key, ...client }) => client) };
  }),
  handle(setup.revokeClient, async (params, { relay }) => {
    if (!(await relay.revokeClient(params.client as ClientId)))
      throw new CommandError('no-such-client', 'No browser is paired under this id.', 'See them with: recado clients.');
    return { id: params.client };
  }),

  handle(setup.forget, async ({ agent, all, now }, { relay, client }) => {
    if (all) return { forgotten: 'everything', logoutsLeft: await relay.forgetAll({ now, client }) } as const;
    await relay.forgetTexts(agent === undefined ? null : (await refOf(agent, relay)).id);
    return { forgotten: 'texts', logoutsLeft: 0 } as const;
  }),

  handle(setup.listSettings, async (_params, { relay }) => ({ settings: relay.settings() })),
  handle(setup.setSetting, async (params, { relay }) => relay.changeSetting(params.name, params.value)),
  handle(setup.exportData, async (_params, { relay, signal }) => relay.exportData(signal)),
];

function lineSaid(line: { readonly author: Line['author']; readonly text: string }, index: number): Line {
  return { id: String(index).padStart(32, '0'), ...line, shown: [], sentAt: 0, senderName: null };
}

/** By name: what every client may ask for. */
export const COMMANDS: ReadonlyMap<string, Handler> = new Map(HANDLERS.map((handler) => [handler.name, handler]));

/** A code for a browser is given out at the relay's own machine alone. */
const ISSUE_CODE = handle(setup.pair, async (_params, { relay }) => relay.issueCode());

/** For a person who asks for help with it: read where the relay runs. */
const LINKING_TRACE = handle(links.linkingTrace, async (params, { relay }) => ({
  attempts: relay.linkingTrace((await refOf(params.agent, relay)).id).map(({ startedAt, entries }) => ({
    startedAt,
    entries: [...entries],
  })),
}));

export const LOCAL_COMMANDS: typeof COMMANDS = new Map([
  ...COMMANDS,
  [ISSUE_CODE.name, ISSUE_CODE],
  [LINKING_TRACE.name, LINKING_TRACE],
]);

/** How long `unlink` waits for WhatsApp before it says that the logout is still under way. */
const UNLINK_WAIT_MS = 10_000;

const NOTHING_DROPPED = { droppedAnswers: 0 };

/** The agent that is meant; rejects with CommandError where there is none, or where several may be. */
async function refOf(wanted: string | undefined, relay: RelayApi): Promise<AgentRef> {
  const found = await relay.findAgent(wanted);
  if (found) return found;
  const names = await relay.agentNames();
  throw wanted === undefined
    ? new CommandError('which-agent', 'There are several agents.', 'Name one of them.', { names })
    : new CommandError('no-such-agent', `There is no agent called "${wanted}".`, 'Name one of those that are there.', {
        names,
      });
}

async function viewOf(wanted: string | undefined, relay: RelayApi): Promise<AgentView> {
  return relay.agent((await refOf(wanted, relay)).id);
}

/** A chat by its id or by its number; its person may not have written yet. */
async function chatOf(id: AgentId, wanted: string, relay: RelayApi): Promise<ChatId> {
  const found = await relay.findChat(id, wanted);
  if (found) return found;
  throw new CommandError(
    'no-such-chat',
    'This is no chat, no phone number, and no username that is known.',
    'See the chats with: recado chats. A number starts with its country code; a @username is known once it stands in that list.',
  );
}

function passkeyNotNow(): CommandError {
  return new CommandError('passkey-not-now', 'No passkey is waited for.', 'Scan a new code, and begin again.');
}

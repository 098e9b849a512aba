/**
 * What a client may ask for: command name → schema and handler, a flat object. The only way upstream.
 * No command names a recipient or carries a text to send.
 */
import * as v from 'valibot';
import type { AgentId, ChatId } from '../../shared/chat.ts';
import type { ClientId, ClientRecord } from '../store/client-ledger.ts';
import { type Command, command } from './command.ts';
import { CommandError } from './command-error.ts';
import { followLink, nextReport } from './follow-link.ts';
import type { AgentRef, AgentView, RelayApi } from './relay-api.ts';

const MOST_NAME = 60;
const MOST_TEXT = 16_384;
const MOST_CHATS = 200;
const MOST_VALUE = 200;

/** An agent's name or id; may be left out while there is only one. */
const agent = v.optional(v.pipe(v.string(), v.maxLength(MOST_NAME)));
const adapter = v.picklist(['built-in', 'openai-compatible', 'sippulse', 'webhook']);
const settings = v.record(v.string(), v.unknown());
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MOST_NAME));
const key = v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_TEXT));
const scope = v.picklist(['everyone', 'listed']);
const limit = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_CHATS));
const chat = v.pipe(v.string(), v.maxLength(100));

/** Of a setting: a number in its unit, a text, or null for the default. */
const value = v.nullable(v.union([v.pipe(v.number(), v.finite()), v.pipe(v.string(), v.maxLength(MOST_VALUE))]));

export const COMMANDS: Readonly<Record<string, Command>> = {
  status: command({}, async (_params, { relay }) => ({ agents: (await relay.agents()).map(withoutCode) })),
  adapters: command({}, async (_params, { relay }) => ({ adapters: relay.adapters() })),

  link: command({ agent }, async (params, context) => {
    const { id, link } = await viewOf(params.agent, context.relay);
    if (link.status === 'connected' || link.status === 'reconnecting') {
      throw new CommandError('already-linked', 'This agent is linked already.', 'Unlink it first: recado unlink.');
    }
    await context.relay.link(id);
    return followLink(id, link, context);
  }),
  'link-cancel': command({ agent }, async (params, { relay }) => {
    relay.cancelLink((await refOf(params.agent, relay)).id);
    return {};
  }),
  'take-over': command({ agent }, async (params, { relay }) => {
    relay.takeOver((await refOf(params.agent, relay)).id);
    return {};
  }),
  unlink: command({ agent }, async (params, context) => {
    const { relay } = context;
    const { id, link } = await viewOf(params.agent, relay);
    if (link.account === null)
      throw new CommandError('not-linked', 'This agent is not linked.', 'Link it with: recado link.');
    await relay.unlink(id);
    return { link: await nextReport(id, context, ({ cause }) => cause !== 'unlinking', UNLINK_WAIT_MS) };
  }),

  switch: command(
    {
      agent,
      on: v.boolean(),
      scope: v.optional(scope),
      /** Off until then, epoch ms: it goes on again by itself. */
      until: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
    },
    async (params, { relay }) => {
      const found = await refOf(params.agent, relay);
      if (params.on && found.scope === null && !params.scope) {
        throw new CommandError(
          'who-is-answered',
          'Before it is switched on for the first time: who is answered?',
          'Say --answer everyone, or --answer listed and list chats with: recado chats.',
        );
      }
      const change = { scope: params.scope ?? null, backOnAt: params.on ? null : (params.until ?? null) };
      const { droppedAnswers } = await relay.switchTo(found.id, params.on, change);
      return { id: found.id, name: found.name, on: params.on, droppedAnswers };
    },
  ),

  scope: command({ agent, scope }, async (params, { relay }) => {
    const { id } = await refOf(params.agent, relay);
    await relay.setScope(id, params.scope);
    return { id, scope: params.scope };
  }),
  'skips.list': command({ agent, limit: v.optional(limit, 50) }, async (params, { relay }) =>
    relay.skips((await refOf(params.agent, relay)).id, params.limit),
  ),

  'agents.add': command({ name, adapter, settings, key: v.optional(key) }, async (params, { relay }) => {
    const id = await relay.addAgent({
      name: params.name,
      backEnd: { adapter: params.adapter, settings: params.settings },
      key: params.key ?? null,
    });
    return relay.agent(id);
  }),
  'agents.edit': command(
    {
      agent,
      name: v.optional(name),
      adapter: v.optional(adapter),
      settings: v.optional(settings),
      /** Settings that go back to their default. */
      unset: v.optional(v.array(v.string()), []),
      key: v.optional(v.nullable(key)),
    },
    async (params, { relay }) => {
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
    },
  ),
  'agents.remove': command({ agent: name }, async (params, { relay }) => {
    const found = await refOf(params.agent, relay);
    await relay.removeAgent(found.id);
    return { id: found.id, name: found.name };
  }),
  'agents.test': command(
    {
      agent,
      said: v.pipe(
        v.array(
          v.strictObject({
            author: v.picklist(['contact', 'owner', 'agent']),
            text: v.pipe(v.string(), v.maxLength(MOST_TEXT)),
          }),
        ),
        v.minLength(1),
        v.maxLength(100),
      ),
    },
    async (params, { relay, signal }) => {
      const { id } = await refOf(params.agent, relay);
      return relay.testAgent(
        id,
        params.said.map((line) => ({ ...line, sentAt: 0, senderName: null })),
        signal,
      );
    },
  ),
  'agents.check': command({}, async (_params, { relay, signal }) => ({ agents: await relay.checkAgents(signal) })),

  'chats.list': command(
    {
      agent,
      limit: v.optional(limit, 50),
      before: v.optional(v.number()),
    },
    async (params, { relay }) => {
      const { id } = await refOf(params.agent, relay);
      const page =
        params.before === undefined ? { limit: params.limit } : { limit: params.limit, before: params.before };
      return { chats: await relay.chats(id, page) };
    },
  ),
  'chats.rule': command(
    { agent, chat, rule: v.nullable(v.picklist(['answer', 'never'])) },
    async (params, { relay }) => {
      const { id } = await refOf(params.agent, relay);
      const chatId = await chatOf(id, params.chat, relay);
      await relay.setRule(id, chatId, params.rule);
      return { chat: chatId, rule: params.rule };
    },
  ),
  'chats.forget': command({ agent, chat }, async (params, { relay }) => {
    const { id } = await refOf(params.agent, relay);
    await relay.forgetChat(id, await chatOf(id, params.chat, relay));
    return {};
  }),
  'clients.list': command({}, async (_params, { relay }) => ({ clients: (await relay.clients()).map(withoutKey) })),
  'clients.revoke': command({ client: chat }, async (params, { relay }) => {
    if (!(await relay.revokeClient(params.client as ClientId)))
      throw new CommandError('no-such-client', 'No browser is paired under this id.', 'See them with: recado clients.');
    return { id: params.client };
  }),

  forget: command({ agent, all: v.optional(v.boolean(), false) }, async (params, { relay }) => {
    if (params.all) await relay.forgetAll();
    else await relay.forgetTexts(params.agent === undefined ? null : (await refOf(params.agent, relay)).id);
    return { forgotten: params.all ? 'everything' : 'texts' };
  }),

  'settings.list': command({}, async (_params, { relay }) => ({ settings: relay.settings() })),
  'settings.set': command({ name: v.pipe(v.string(), v.maxLength(60)), value }, async (params, { relay }) =>
    relay.changeSetting(params.name, params.value),
  ),
  export: command({}, async (_params, { relay, signal }) => relay.exportData(signal)),
};

/** A code for a browser is given out at the relay's own machine alone. */
export const LOCAL_COMMANDS: typeof COMMANDS = {
  ...COMMANDS,
  pair: command({}, async (_params, { relay }) => relay.issueCode()),
};

function withoutKey({ publicKey: _key, ...client }: ClientRecord): Omit<ClientRecord, 'publicKey'> {
  return client;
}

/** A QR code is sent by `link` alone, to the client that asked for it. */
function withoutCode(agent: AgentView): AgentView {
  return { ...agent, link: { ...agent.link, qr: null } };
}

/** How long `unlink` waits for WhatsApp before it says that the logout is still under way. */
const UNLINK_WAIT_MS = 10_000;

/** The agent that is meant; rejects with CommandError where there is none, or where several may be. */
async function refOf(wanted: string | undefined, relay: RelayApi): Promise<AgentRef> {
  const found = await relay.findAgent(wanted);
  if (found) return found;
  const names = (await relay.agentNames()).join(', ');
  if (wanted === undefined) throw new CommandError('which-agent', 'There are several agents.', `Name one: ${names}.`);
  throw new CommandError('no-such-agent', `There is no agent called "${wanted}".`, `These are there: ${names}.`);
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
    'This is neither a chat nor a phone number.',
    'See the chats with: recado chats. A number starts with its country code.',
  );
}

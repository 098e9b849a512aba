/** Carries out the commands that set the relay up and look after it: agents, browsers, settings, what is kept. */
import * as costs from '../../shared/contract/commands/cost-commands.ts';
import * as knowledge from '../../shared/contract/commands/knowledge-commands.ts';
import * as setup from '../../shared/contract/commands/setup-commands.ts';
import type { ClientId } from '../store/client-ledger.ts';
import type { Line } from '../turn.ts';
import { agentCalled, handlersOf } from './command.ts';
import { CommandError } from './command-error.ts';

const SETUP_HANDLERS = handlersOf(setup, {
  ping: async () => ({}),
  restart: async (_params, { relay }) => {
    relay.restart();
    return {};
  },
  stop: async (_params, { relay }) => {
    relay.stop();
    return {};
  },
  status: async (_params, { relay }) => ({ agents: await relay.agents.list() }),
  adapters: async (_params, { relay }) => ({ adapters: relay.agents.adapters() }),
  presets: async (_params, { relay }) => ({ presets: [...relay.agents.presets()] }),
  'agents.add': async ({ name, adapter, settings, key }, { relay }) => {
    const added = await relay.agents.add({ name, backEnd: { adapter, settings }, key: key ?? null });
    return added.view();
  },
  'agents.edit': async (params, context) => {
    const agent = await context.agent();
    const found = await agent.view();
    const adapterChanges = params.adapter !== undefined && params.adapter !== found.adapter;
    const merged = { ...(adapterChanges ? {} : found.settings), ...params.settings };
    const backEnd = {
      adapter: params.adapter ?? found.adapter,
      settings: Object.fromEntries(Object.entries(merged).filter(([setting]) => !params.unset.includes(setting))),
    };
    await agent.edit({
      ...(params.name === undefined ? {} : { name: params.name }),
      ...(params.adapter || params.settings || params.unset.length > 0 ? { backEnd } : {}),
      ...(params.key === undefined ? {} : { key: params.key }),
    });
    return agent.view();
  },
  'agents.remove': async (_params, context) => {
    const agent = await context.agent();
    await agent.remove();
    return { id: agent.id, name: agent.name };
  },
  'agents.test': async ({ talk, said }, context) => {
    const { signal } = context;
    const agent = await context.agent();
    return agent.test(talk ?? null, said.map(lineSaid), signal);
  },
  'agents.try': async ({ agent, adapter, settings, key, said }, { relay, signal }) => {
    const id = agent === undefined ? null : (await agentCalled(agent, relay)).id;
    return relay.agents.try(id, { backEnd: { adapter, settings }, key }, said.map(lineSaid), signal);
  },
  'agents.models': async ({ agent, adapter, settings, key }, { relay, signal }) => {
    const id = agent === undefined ? null : (await agentCalled(agent, relay)).id;
    return (
      (await relay.agents.models(id, { backEnd: { adapter, settings }, key }, signal)) ?? ({ type: 'none' } as const)
    );
  },
  'agents.find': async (_params, { relay, signal }) => ({ found: await relay.agents.findLocal(signal) }),
  'agents.check': async (_params, { relay, signal }) => ({ agents: await relay.agents.check(signal) }),
  'clients.list': async (_params, { relay }) => ({ clients: await relay.clients.list() }),
  'clients.revoke': async (params, { relay }) => {
    if (!(await relay.clients.revoke(params.client as ClientId)))
      throw new CommandError('no-such-client', 'No browser is paired under this id.', 'See them with: recado clients.');
    return { id: params.client };
  },
  pair: async (_params, { relay }) => relay.clients.issueCode(),
  'pair.hand': async ({ origin }, { relay }) => relay.clients.handCode(origin),
  forget: async ({ agent, all, now }, { relay, client }) => {
    if (all) return { forgotten: 'everything', logoutsLeft: await relay.data.forgetAll({ now, client }) } as const;
    if (agent === undefined) await relay.data.forgetTexts();
    else await (await agentCalled(agent, relay)).forgetTexts();
    return { forgotten: 'texts', logoutsLeft: 0 } as const;
  },
  export: async (_params, { relay, signal }) => relay.data.export(signal),
  'settings.list': async (_params, { relay }) => ({ settings: relay.settings.list() }),
  'settings.set': async ({ name, value }, { relay }) => relay.settings.change(name, value),
});

const COST_HANDLERS = handlersOf(costs, {
  costs: async ({ price, caps }, context) => {
    const agent = await context.agent();
    if (price !== undefined || caps !== undefined)
      await agent.setCosts({ ...(price === undefined ? {} : { price }), ...(caps === undefined ? {} : { caps }) });
    const { id, name } = agent;
    return { id, name, ...(await agent.costs()) };
  },
  'costs.price': async ({ agent, ...backEnd }, { relay }) =>
    relay.agents.price(agent === undefined ? null : (await agentCalled(agent, relay)).id, backEnd),
});

const KNOWLEDGE_HANDLERS = handlersOf(knowledge, {
  knowledge: async (_params, context) => {
    const agent = await context.agent();
    return { id: agent.id, name: agent.name, ...(await agent.knowledge.list()) };
  },
  'knowledge.add': async (part, context) => {
    const agent = await context.agent();
    return { id: agent.id, name: agent.name, ...(await agent.knowledge.add(part)) };
  },
  'knowledge.remove': async ({ name }, context) => {
    const agent = await context.agent();
    return { id: agent.id, name: agent.name, ...(await agent.knowledge.remove(name)) };
  },
});

export const ABOUT_SETUP = [...SETUP_HANDLERS, ...COST_HANDLERS, ...KNOWLEDGE_HANDLERS];

function lineSaid(line: { readonly author: Line['author']; readonly text: string }, index: number): Line {
  return { id: String(index).padStart(32, '0'), ...line, shown: [], sentAt: 0, senderName: null };
}

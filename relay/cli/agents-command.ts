/** `agents`: list, add, edit, remove, and which back ends there are. Keys go in and are never shown. */
import type { Adapter, AgentDetails } from '../../shared/commands/setup-commands.ts';
import * as setup from '../../shared/commands/setup-commands.ts';
import { readSettings } from './back-end-options.ts';
import { chooseAgent } from './choose-agent.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import { confirm } from './confirm.ts';
import type { Context } from './context.ts';
import { askKey, type KeyOptions, readKey, refuseKeyArgument } from './key-source.ts';
import { writeNumber } from './link-command.ts';
import { printable, table } from './table.ts';

type Change = KeyOptions & { readonly adapter?: string | undefined; readonly set: readonly string[] };

export async function listAgents(context: Context): Promise<ExitCode> {
  const { words, shared } = context;
  const { agents } = await context.ask(setup.status, {});
  for (const agent of agents) context.tell(shownOf(agent));
  const rows = agents.map((agent) => [
    printable(agent.name),
    agent.adapter,
    shared.statuses[agent.link.status].label,
    writeNumber(agent.link.account?.number ?? null),
    agent.on ? shared.guidance.switchedOn : shared.guidance.switchedOff,
    agent.hasKey ? words.agents.keyStored : words.agents.keyNone,
    agent.id,
  ]);
  if (!context.json) context.terminal.out(table(rows));
  return EXIT.done;
}

export async function listAdapters(context: Context): Promise<ExitCode> {
  const { adapters } = await context.ask(setup.adapters, {});
  for (const adapter of adapters) {
    context.tell(adapter);
    context.say('{name}: {meaning}', { name: adapter.name, meaning: adapter.meaning });
    const rows = adapter.fields.map((field) => [
      '  ',
      field.secret ? '--ask-key' : field.name,
      field.choices?.join('|') ?? field.kind,
      field.required ? '*' : '',
      field.meaning,
    ]);
    if (!context.json) context.terminal.out(table(rows));
  }
  return EXIT.done;
}

export async function addAgent(context: Context, name: string, change: Change): Promise<ExitCode> {
  refuseKeyArgument(context, change);
  const wanted = change.adapter ?? 'built-in';
  const adapter = await adapterCalled(context, wanted);
  const settings = readSettings(context, adapter, change.set);
  const key = (await readKey(context, change)) ?? (await askedKey(context, adapter));
  const params = { name, adapter: wanted, settings, ...(key === null ? {} : { key }) };
  const agent = await context.ask(setup.addAgent, params);
  context.tell(shownOf(agent));
  context.say(context.words.agents.added, { agent: printable(agent.name) });
  return EXIT.done;
}

export async function editAgent(
  context: Context,
  wanted: string | undefined,
  change: Change & { readonly name?: string | undefined; readonly unset: readonly string[] },
): Promise<ExitCode> {
  refuseKeyArgument(context, change);
  const before = await chooseAgent(context, wanted);
  const adapter = await adapterCalled(context, change.adapter ?? before.adapter);
  const settings = readSettings(context, adapter, change.set);
  const key = await readKey(context, change);
  const agent = await context.ask(setup.editAgent, {
    agent: before.id,
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.adapter === undefined ? {} : { adapter: change.adapter }),
    ...(change.set.length === 0 ? {} : { settings }),
    ...(change.unset.length === 0 ? {} : { unset: change.unset }),
    ...(key === undefined ? {} : { key }),
  });
  context.tell(shownOf(agent));
  context.say(context.words.agents.edited, { agent: printable(agent.name) });
  return EXIT.done;
}

export async function removeAgent(context: Context, wanted: string, yes: boolean): Promise<ExitCode> {
  const agent = await chooseAgent(context, wanted);
  const question = context.fill(context.words.agents.confirmRemove, { agent: printable(agent.name) });
  if (!(await confirm(context, question, yes))) return EXIT.refused;
  const { id, name } = await context.ask(setup.removeAgent, { agent: agent.id });
  context.tell({ id, name, removed: true });
  context.say(context.words.agents.removed, { agent: printable(name) });
  return EXIT.done;
}

async function adapterCalled(context: Context, wanted: string): Promise<Adapter> {
  const { adapters } = await context.ask(setup.adapters, {});
  const adapter = adapters.find(({ name }) => name === wanted);
  if (adapter) return adapter;
  throw context.fault('usage', EXIT.usage, { detail: `--adapter ${adapters.map(({ name }) => name).join(' | ')}` });
}

/** Asked for without being told to only where a person sits there, and the back end takes a key. */
async function askedKey(context: Context, adapter: Adapter): Promise<string | null> {
  const field = adapter.fields.find(({ secret }) => secret);
  if (!field || context.json || !context.terminal.asks) return null;
  return (await askKey(context, field.required)) || null;
}

/** An agent without what belongs to `status`. */
function shownOf({ id, name, adapter, settings, hasKey, on, scope }: AgentDetails): object {
  return { id, name, adapter, settings, hasKey, on, scope };
}

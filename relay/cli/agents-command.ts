/** `agents`: list, add, edit, remove, and which back ends there are. Keys go in and are never shown. */

import { type Command, Option } from 'commander';
import { ADAPTERS } from '../../shared/contract/agent.ts';
import type { AgentDetails, ShownAdapter } from '../../shared/contract/commands/setup-commands.ts';
import * as setup from '../../shared/contract/commands/setup-commands.ts';
import type { Preset } from '../../shared/contract/preset.ts';
import { suggestedModel } from '../../shared/rules/model-choice.ts';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import { readSettings } from './back-end-options.ts';
import { chooseAgent } from './choose-agent.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import { type CommandSet, collect } from './command-set.ts';
import { confirm } from './confirm.ts';
import type { Context } from './context.ts';
import { askKey, type KeyOptions, readKey, refuseKeyArgument } from './key-source.ts';
import { writeOwnNumber } from './link-command.ts';
import { printable, table } from './table.ts';
import { talkWithAgent } from './test-command.ts';

type Change = KeyOptions & { readonly adapter?: string | undefined; readonly set: readonly string[] };

async function listAgents(context: Context): Promise<ExitCode> {
  const { words, shared } = context;
  const { agents } = await context.ask(setup.status, {});
  for (const agent of agents) context.tell(shownOf(agent));
  const rows = agents.map((agent) => [
    printable(agent.name),
    agent.adapter,
    shared.statuses[agent.link.status].label,
    writeOwnNumber(agent.link.account?.number ?? null),
    agent.on ? shared.guidance.switchedOn : shared.guidance.switchedOff,
    agent.hasKey ? words.agents.keyStored : words.agents.keyNone,
    agent.id,
  ]);
  if (!context.json) context.terminal.out(table(rows));
  return EXIT.done;
}

async function listAdapters(context: Context): Promise<ExitCode> {
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

async function listPresets(context: Context): Promise<ExitCode> {
  const presets = await presetsOf(context);
  for (const preset of presets) context.tell(preset);
  const rows = presets.map(({ id, name, adapter, settings, keyPage }) => [
    id,
    name ?? '',
    String(settings.baseUrl ?? adapter),
    keyPage ?? '',
  ]);
  if (!context.json) context.terminal.out(table(rows));
  return EXIT.done;
}

async function addAgent(
  context: Context,
  name: string,
  change: Change & { readonly preset?: string | undefined },
): Promise<ExitCode> {
  refuseKeyArgument(context, change);
  const preset = change.preset === undefined ? null : await presetCalled(context, change.preset);
  const wanted = change.adapter ?? preset?.adapter ?? 'built-in';
  const adapter = await adapterCalled(context, wanted);
  const given = { ...preset?.settings, ...readSettings(context, adapter, change.set) };
  const key = (await readKey(context, change)) ?? (preset?.key === 'none' ? null : await askedKey(context, adapter));
  const settings = await withModel(context, { adapter, settings: given, key: key ?? null });
  const params = { name, adapter: wanted, settings, ...(key === null ? {} : { key }) };
  const agent = await context.ask(setup.addAgent, params);
  context.tell(shownOf(agent));
  context.say(context.words.agents.added, { agent: printable(agent.name) });
  return EXIT.done;
}

async function editAgent(
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

async function removeAgent(context: Context, wanted: string, yes: boolean): Promise<ExitCode> {
  const agent = await chooseAgent(context, wanted);
  const question = context.fill(context.words.agents.confirmRemove, { agent: printable(agent.name) });
  if (!(await confirm(context, question, yes))) return EXIT.refused;
  const { id, name } = await context.ask(setup.removeAgent, { agent: agent.id });
  context.tell({ id, name, removed: true });
  context.say(context.words.agents.removed, { agent: printable(name) });
  return EXIT.done;
}

async function presetsOf(context: Context): Promise<readonly Preset[]> {
  const { presets } = await context.ask(setup.listPresets, {});
  return presets.filter((preset) => preset !== null);
}

async function presetCalled(context: Context, wanted: string): Promise<Preset> {
  const presets = await presetsOf(context);
  const preset = presets.find(({ id }) => id === wanted);
  if (preset) return preset;
  throw context.fault('usage', EXIT.usage, { detail: `--preset ${presets.map(({ id }) => id).join(' | ')}` });
}

type NewBackEnd = {
  readonly adapter: ShownAdapter;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly key: string | null;
};

/** A model that was not named is the one of the server's list that suits most people, and it is said which. */
async function withModel(
  context: Context,
  { adapter, settings, key }: NewBackEnd,
): Promise<Readonly<Record<string, unknown>>> {
  const field = adapter.fields.find(({ role }) => role === 'model');
  if (!field || settings[field.name] !== undefined) return settings;
  const list = await context.ask(setup.listModels, { adapter: adapter.name, settings, key });
  const best = list.type === 'models' ? suggestedModel(list.models) : null;
  if (!best) return settings;
  context.say(context.words.agents.modelChosen, { model: printable(best.id) });
  return { ...settings, [field.name]: best.id };
}

async function adapterCalled(context: Context, wanted: string): Promise<ShownAdapter> {
  const { adapters } = await context.ask(setup.adapters, {});
  const adapter = adapters.find(({ name }) => name === wanted);
  if (adapter) return adapter;
  throw context.fault('usage', EXIT.usage, { detail: `--adapter ${adapters.map(({ name }) => name).join(' | ')}` });
}

/** Asked for without being told to only where a person sits there, and the back end takes a key. */
async function askedKey(context: Context, adapter: ShownAdapter): Promise<string | null> {
  const field = adapter.fields.find(({ secret }) => secret);
  if (!field || context.json || !context.terminal.asks) return null;
  return (await askKey(context, field.required)) || null;
}

/** An agent without what belongs to `status`. */
function shownOf({ id, name, adapter, settings, hasKey, on, scope }: AgentDetails): object {
  return { id, name, adapter, settings, hasKey, on, scope };
}

export function addAgents({ add, group, run }: CommandSet): void {
  const agents = group('agents', 'who answers: list, adapters, add, edit, remove, test');
  add('list', 'all agents', [], 'few', agents).action((_options, command: Command) => run(command, listAgents));
  add('adapters', 'the back ends that can be chosen, and their settings', [], 'few', agents).action(
    (_options, command: Command) => run(command, listAdapters),
  );
  add('presets', 'agents that people already have, for `add --preset`', [], 'few', agents).action(
    (_options, command: Command) => run(command, listPresets),
  );
  const addExamples = [
    `${COMMAND_LINE} agents add Sales --preset ollama`,
    `${COMMAND_LINE} agents add Sales --adapter openai-compatible --set baseUrl=http://localhost:11434/v1 --set model=llama3.2`,
    `${COMMAND_LINE} agents add Support --adapter sippulse --set agentId=agt_… --key-env SIPPULSE_KEY`,
  ];
  withBackEnd(add('add <name>', 'adds an agent', addExamples, 'few', agents))
    .option(
      '--preset <preset>',
      'one of those that `agents presets` lists: its address is filled in, and a model chosen',
    )
    .action((name: string, options: BackEndOptions & { preset?: string }, command: Command) =>
      run(command, (context) => addAgent(context, name, options)),
    );
  const editExamples = [`${COMMAND_LINE} agents edit Sales --set model=llama3.3 --unset instructions`];
  withBackEnd(add('edit [agent]', 'changes an agent; what is not named stays', editExamples, 'few', agents))
    .option('--name <name>', 'a new name')
    .option('--unset <setting>', 'back to its default; may be repeated', collect, [])
    .option('--remove-key', 'erases the stored key')
    .action(
      (agent: string | undefined, options: BackEndOptions & { name?: string; unset: string[] }, command: Command) =>
        run(command, (context) => editAgent(context, agent, options)),
    );
  add('remove <agent>', 'removes an agent with all that is its own', [], 'few', agents)
    .option('--yes', 'without asking')
    .action((agent: string, options: { yes?: true }, command: Command) =>
      run(command, (context) => removeAgent(context, agent, options.yes ?? false)),
    );
  const meaning = 'talk to an agent right here, without WhatsApp; without a terminal, a line of input each';
  add('test [agent]', meaning, [`${COMMAND_LINE} agents test Sales --say "Are you open on Sunday?"`], 'few', agents)
    .option('--say <text>', 'say one thing and print the answer')
    .action((agent: string | undefined, options: { say?: string }, command: Command) =>
      run(command, (context) => talkWithAgent(context, agent, options.say)),
    );
}

type BackEndOptions = {
  readonly adapter?: string;
  readonly set: readonly string[];
  readonly askKey?: boolean;
  readonly keyStdin?: boolean;
  readonly keyEnv?: string;
  readonly removeKey?: boolean;
  readonly key?: string | boolean;
};

function withBackEnd(command: Command): Command {
  return command
    .option('--adapter <adapter>', `one of ${ADAPTERS.join(', ')}`)
    .option('--set <name=value>', 'a setting of the back end; may be repeated', collect, [])
    .option('--ask-key', 'asks for the key, without showing it')
    .option('--key-stdin', 'reads the key from standard input')
    .option('--key-env <name>', 'reads the key from an environment variable')
    .addOption(new Option('--key [key]').hideHelp());
}

/** The commands, their options and their help. Each hands over to its own file; nothing is done here. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { SCOPES, type Scope } from '../../shared/chat.ts';
import { COMMAND_LINE, START_LINE } from '../../shared/start-line.ts';
import type { Inputs, Resolution } from '../settings/resolution.ts';
import { addAgent, editAgent, listAdapters, listAgents, removeAgent } from './agents-command.ts';
import { forgetChat, listChats, ruleChat } from './chats-command.ts';
import type { ExitCode } from './cli-error.ts';
import { listClients, pair, revokeClient } from './clients-command.ts';
import type { Context } from './context.ts';
import { writeLinkingFile } from './doctor/linking-file.ts';
import { doctor } from './doctor-command.ts';
import { exportData } from './export-command.ts';
import { forget } from './forget-command.ts';
import { handOver, link, reconnect, unlink } from './link-command.ts';
import { answerChat, listUnanswered, releaseChat, why } from './outcomes-command.ts';
import { restart } from './restart-command.ts';
import { schedule } from './schedule-command.ts';
import { type GivenFlags, givenFlags, withSettingFlags } from './setting-flags.ts';
import { listSettings } from './settings-command.ts';
import { type StartRelay, start } from './start-command.ts';
import { status } from './status-command.ts';
import { switchOff, switchOn } from './switch-command.ts';
import type { Terminal } from './terminal.ts';
import { testAgent } from './test-command.ts';

export type Action = (context: Context) => Promise<ExitCode> | ExitCode;

export type Act = (flags: GivenFlags, action: Action) => Promise<void>;

export type ProgramParts = {
  readonly version: string;
  readonly startRelay: StartRelay;
  /** Flags to settings, with this machine's environment and files. */
  readonly resolve: (flags: Inputs['flags']) => Resolution;
  readonly terminal: Terminal;
};

const CHATS_A_PAGE = 50;
const MOST_CHATS = 200;

const EXIT_CODES = `
Exit codes: 0 done; 1 refused or failed; 2 wrong usage or settings; 3 no relay runs;
4 the relay cannot start; 5 the attempt to link came to nothing;
6 the relay met an error that nobody caught, and stopped; 130 interrupted.
With --json every line on standard output is one JSON object; an error is {"error":{"code","message","hint"}}.`;

export function createProgram({ version, startRelay, resolve, terminal }: ProgramParts, act: Act): Command {
  const program = new Command('recado')
    .description('Answers your own WhatsApp number with an AI agent.')
    .version(version)
    // Here only so that it may also stand before the command.
    .option('--json', 'one JSON object a line')
    .addHelpText('after', EXIT_CODES);

  const add = (
    parent: Command,
    usage: string,
    description: string,
    examples: readonly string[],
    which: 'all' | 'few' = 'few',
  ) => {
    // `agents` and `chats` alone mean their list.
    const command = parent
      .command(usage, { isDefault: usage === 'list' })
      .description(description)
      .option('--json', 'one JSON object a line');
    withSettingFlags(command, which);
    if (examples.length > 0)
      command.addHelpText('after', `\nExamples:\n${examples.map((line) => `  ${line}\n`).join('')}`);
    return command;
  };
  const run = (command: Command, action: Action, which: 'all' | 'few' = 'few') =>
    act(givenFlags(command, which), action);

  add(program, 'start', 'runs the relay until Ctrl-C', [START_LINE, `${COMMAND_LINE} start --port 0`], 'all').action(
    (_options, command: Command) => {
      const resolveAgain = () => {
        const resolution = resolve(givenFlags(command, 'all').settings);
        return resolution.type === 'problems' ? null : resolution;
      };
      return run(command, (context) => start(context, startRelay, resolveAgain), 'all');
    },
  );

  add(program, 'restart', 'stops the running relay and starts it again with the settings of its file', []).action(
    (_options, command: Command) => run(command, restart),
  );

  add(program, 'status [agent]', 'link, switch and counts of today', [`${COMMAND_LINE} status --json`]).action(
    (agent: string | undefined, _options, command: Command) => run(command, (context) => status(context, agent)),
  );

  add(program, 'link [agent]', 'joins an agent to a number: shows the QR code and follows to the end', [
    `${COMMAND_LINE} link`,
    `${COMMAND_LINE} link Sales --json`,
    `${COMMAND_LINE} link --number 5511999990001`,
  ])
    .option('--number <number>', 'link by a code that is typed into the phone of this number, instead of a QR code')
    .option('--again', 'scan a new code although the link rests for a cause that this does not cure')
    .option('--light', 'draw the code for a light terminal without colours')
    .action((agent: string | undefined, options: { again?: true; light?: true; number?: string }, command: Command) =>
      run(command, (context) => {
        const { again = false, light = false, number = null } = options;
        return link(context, { agent, again, light, number });
      }),
    );

  add(
    program,
    'hand-over <from> <to>',
    "gives an agent's number to another agent, without a scan; the giving agent is switched off",
    [`${COMMAND_LINE} hand-over Recado Loja`],
  ).action((from: string, to: string, _options, command: Command) =>
    run(command, (context) => handOver(context, from, to)),
  );
  add(
    program,
    'reconnect [agent]',
    'takes the connection back from another program, or tries again at once',
    [],
  ).action((agent: string | undefined, _options, command: Command) =>
    run(command, (context) => reconnect(context, agent)),
  );

  add(program, 'unlink [agent]', 'logs the number out at WhatsApp and destroys the credentials', []).action(
    (agent: string | undefined, _options, command: Command) => run(command, (context) => unlink(context, agent)),
  );

  add(program, 'on [agent]', 'switches an agent on; the first time it asks who is answered', [
    `${COMMAND_LINE} on`,
    `${COMMAND_LINE} on Sales --answer listed`,
  ])
    .addOption(new Option('--answer <who>', 'who is answered').choices([...SCOPES]))
    .action((agent: string | undefined, options: { answer?: Scope }, command: Command) =>
      run(command, (context) => switchOn(context, agent, options.answer)),
    );

  add(program, 'off [agent]', 'switches an agent off; the number stays linked', [
    `${COMMAND_LINE} off`,
    `${COMMAND_LINE} off Sales --for 1h`,
    `${COMMAND_LINE} off --until tomorrow`,
  ])
    .option('--for <time>', 'goes on again by itself after so long: 30m, 1h, 2d')
    .option('--until <moment>', 'goes on again by itself then: tomorrow, 18:30, 2026-11-27T08:00')
    .action((agent: string | undefined, options: { for?: string; until?: string }, command: Command) =>
      run(command, (context) => switchOff(context, agent, options)),
    );

  add(program, 'schedule [agent]', 'the times of a week in which an agent is on; an act by hand holds until the next', [
    `${COMMAND_LINE} schedule`,
    `${COMMAND_LINE} schedule Sales --set "mon-fri 09:00-12:00, mon-fri 13:00-18:00, sat 22:00-02:00"`,
    `${COMMAND_LINE} schedule Sales --clear`,
  ])
    .option('--set <spans>', 'days and times, several spans a day, over midnight where it ends before it begins')
    .option('--clear', 'no schedule: the switch stays where it is')
    .addOption(new Option('--answer <who>', 'who is answered').choices([...SCOPES]))
    .action((agent: string | undefined, options: { set?: string; clear?: true; answer?: Scope }, command: Command) =>
      run(command, (context) => schedule(context, agent, options)),
    );

  withAgent(
    add(program, 'why [chat]', 'what became of the latest messages, of all chats or of one, with the reason', [
      `${COMMAND_LINE} why --json`,
      `${COMMAND_LINE} why 5511988880001`,
    ]),
  )
    .option('--limit <count>', `how many, at most ${MOST_CHATS}`, whole(MOST_CHATS), CHATS_A_PAGE)
    .action((chat: string | undefined, options: { agent?: string; limit: number }, command: Command) =>
      run(command, (context) => why(context, { agent: options.agent, chat, limit: options.limit })),
    );
  add(program, 'unanswered [agent]', 'chats whose last messages were too old, or met a fault', []).action(
    (agent: string | undefined, _options, command: Command) =>
      run(command, (context) => listUnanswered(context, agent)),
  );
  withAgent(add(program, 'answer <chat>', 'has such a chat answered after all, however old', [])).action(
    (chat: string, options: { agent?: string }, command: Command) =>
      run(command, (context) => answerChat(context, { agent: options.agent, chat })),
  );
  withAgent(
    add(program, 'release <chat>', 'gives a chat back to the agent in which you wrote, or which a brake rests', []),
  ).action((chat: string, options: { agent?: string }, command: Command) =>
    run(command, (context) => releaseChat(context, { agent: options.agent, chat })),
  );

  const agents = program.command('agents').description('who answers: list, adapters, add, edit, remove, test');
  add(agents, 'list', 'all agents', []).action((_options, command: Command) => run(command, listAgents));
  add(agents, 'adapters', 'the back ends that can be chosen, and their settings', []).action(
    (_options, command: Command) => run(command, listAdapters),
  );
  withBackEnd(
    add(agents, 'add <name>', 'adds an agent', [
      `${COMMAND_LINE} agents add Sales --adapter openai-compatible --set baseUrl=http://localhost:11434/v1 --set model=llama3.2`,
      `${COMMAND_LINE} agents add Support --adapter sippulse --set agentId=agt_… --key-env SIPPULSE_KEY`,
    ]),
  ).action((name: string, options: BackEndOptions, command: Command) =>
    run(command, (context) => addAgent(context, name, options)),
  );
  withBackEnd(
    add(agents, 'edit [agent]', 'changes an agent; what is not named stays', [
      `${COMMAND_LINE} agents edit Sales --set model=llama3.3 --unset instructions`,
    ]),
  )
    .option('--name <name>', 'a new name')
    .option('--unset <setting>', 'back to its default; may be repeated', collect, [])
    .option('--remove-key', 'erases the stored key')
    .action(
      (agent: string | undefined, options: BackEndOptions & { name?: string; unset: string[] }, command: Command) =>
        run(command, (context) => editAgent(context, agent, options)),
    );
  add(agents, 'remove <agent>', 'removes an agent with all that is its own', [])
    .option('--yes', 'without asking')
    .action((agent: string, options: { yes?: true }, command: Command) =>
      run(command, (context) => removeAgent(context, agent, options.yes ?? false)),
    );
  add(
    agents,
    'test [agent]',
    'talk to an agent right here, without WhatsApp; without a terminal, a line of input each',
    [`${COMMAND_LINE} agents test Sales --say "Are you open on Sunday?"`],
  )
    .option('--say <text>', 'say one thing and print the answer')
    .action((agent: string | undefined, options: { say?: string }, command: Command) =>
      run(command, (context) => testAgent(context, agent, options.say)),
    );

  add(program, 'pair', 'shows a code by which a browser is paired with this relay', []).action(
    (_options, command: Command) => run(command, pair),
  );
  const clients = program.command('clients').description('the browsers that are paired: list, revoke');
  add(clients, 'list', 'oldest first', []).action((_options, command: Command) => run(command, listClients));
  add(clients, 'revoke <id>', 'removes a browser; its connections end at once', []).action(
    (id: string, _options, command: Command) => run(command, (context) => revokeClient(context, id)),
  );

  const chats = program.command('chats').description('the chats seen, and whether each is answered');
  withAgent(add(chats, 'list', 'latest first', []))
    .option('--limit <count>', `how many, at most ${MOST_CHATS}`, whole(MOST_CHATS), CHATS_A_PAGE)
    .option('--before <time>', 'only older than this, epoch milliseconds', whole(Number.MAX_SAFE_INTEGER))
    .action((options: { agent?: string; limit: number; before?: number }, command: Command) =>
      run(command, (context) =>
        listChats(context, { agent: options.agent, limit: options.limit, before: options.before }),
      ),
    );
  const rules = [
    ['answer', 'answer', 'this chat is answered, whatever the agent does elsewhere'],
    ['never', 'never', 'this chat is never answered'],
    ['clear', null, "the agent's own choice holds again for this chat"],
  ] as const;
  for (const [name, rule, description] of rules) {
    withAgent(add(chats, `${name} <chat>`, description, [])).action(
      (chat: string, options: { agent?: string }, command: Command) =>
        run(command, (context) => ruleChat(context, { agent: options.agent, chat, rule })),
    );
  }
  withAgent(add(chats, 'forget <chat>', 'forgets a chat with its texts', [])).action(
    (chat: string, options: { agent?: string }, command: Command) =>
      run(command, (context) => forgetChat(context, options.agent, chat)),
  );

  add(program, 'export', 'writes a copy of what the relay keeps, without keys, into the data directory', []).action(
    (_options, command: Command) => run(command, exportData),
  );
  add(program, 'forget [agent]', 'erases the stored texts; with --all also links, agents and keys', [
    `${COMMAND_LINE} forget --all --yes`,
  ])
    .option('--all', 'everything: the relay is then like new')
    .option('--now', 'with --all: also what would tell WhatsApp that the devices are gone')
    .option('--yes', 'without asking')
    .action((agent: string | undefined, options: { all?: true; now?: true; yes?: true }, command: Command) =>
      run(command, (context) =>
        forget(context, {
          agent,
          all: options.all ?? false,
          now: options.now ?? false,
          yes: options.yes ?? false,
        }),
      ),
    );

  withAgent(
    add(
      program,
      'doctor',
      'checks data directory, disk, clock, port, WhatsApp and agents',
      [`${COMMAND_LINE} doctor --linking`],
      'all',
    ),
  )
    .option('--linking', 'writes one file about the latest attempts to link, without secrets, numbers or names')
    .action((options: { agent?: string; linking?: true }, command: Command) =>
      run(
        command,
        options.linking ? (context) => writeLinkingFile(context, { agent: options.agent, version }) : doctor,
        'all',
      ),
    );

  add(
    program,
    'settings',
    'every setting: value, source, unit, default, meaning',
    [`${COMMAND_LINE} settings --json`],
    'all',
  ).action((_options, command: Command) => run(command, listSettings, 'all'));

  quiet(program, terminal);
  return program;
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
    .option('--adapter <adapter>', 'built-in, openai-compatible, sippulse or webhook')
    .option('--set <name=value>', 'a setting of the back end; may be repeated', collect, [])
    .option('--ask-key', 'asks for the key, without showing it')
    .option('--key-stdin', 'reads the key from standard input')
    .option('--key-env <name>', 'reads the key from an environment variable')
    .addOption(new Option('--key [key]').hideHelp());
}

function withAgent(command: Command): Command {
  return command.option('--agent <agent>', 'which agent; may be left out while there is only one');
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function whole(most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > most) throw new InvalidArgumentError(`1–${most}`);
    return value;
  };
}

/** No command ends the process or writes past the terminal it was given; mistakes are worded by the caller. */
function quiet(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({ writeOut: (text) => terminal.out(text), writeErr: () => undefined });
  for (const child of command.commands) quiet(child, terminal);
}

/** `forget`: the stored texts, or with `--all` everything down to keys and links. */

import type { Command } from 'commander';
import * as setup from '../../shared/contract/commands/setup-commands.ts';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import { chooseAgent } from './choose-agent.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import type { CommandSet } from './command-set.ts';
import { confirm } from './confirm.ts';
import type { Context } from './context.ts';

async function forget(
  context: Context,
  options: {
    readonly agent: string | undefined;
    readonly all: boolean;
    readonly yes: boolean;
    /** With `all`: WhatsApp is not told. */
    readonly now: boolean;
  },
): Promise<ExitCode> {
  const { words } = context;
  // Asked before the question: a yes to a relay that does not run would be for nothing.
  const agent = options.agent === undefined ? null : await chooseAgent(context, options.agent);
  if (!agent) await context.ask(setup.status, {});
  const question = options.all ? words.forget.askEverything : words.forget.askTexts;
  if (!(await confirm(context, question, options.yes))) return EXIT.refused;
  const params = options.all ? { all: true, now: options.now } : agent ? { agent: agent.id } : {};
  const { logoutsLeft } = await context.ask(setup.forget, params);
  context.tell({
    forgotten: options.all ? 'everything' : 'texts',
    agentId: options.all ? null : (agent?.id ?? null),
    logoutsLeft,
  });
  const everything = logoutsLeft > 0 ? words.forget.allButLogouts : words.forget.everything;
  context.say(options.all ? everything : words.forget.texts);
  return EXIT.done;
}

export function addForget({ add, run }: CommandSet): void {
  add('forget [agent]', 'erases the stored texts; with --all also links, agents and keys', [
    `${COMMAND_LINE} forget --all --yes`,
  ])
    .option('--all', 'everything: the relay is then like new')
    .option('--now', 'with --all: also what would tell WhatsApp that the devices are gone')
    .option('--yes', 'without asking')
    .action((agent: string | undefined, options: { all?: true; now?: true; yes?: true }, command: Command) =>
      run(command, (context) => {
        const { all = false, now = false, yes = false } = options;
        return forget(context, { agent, all, now, yes });
      }),
    );
}

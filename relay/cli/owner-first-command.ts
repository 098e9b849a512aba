/** `owner-first`: how long the agent leaves its owner to answer themselves. */
import type { Command } from 'commander';
import { leaveOwnerTime, MOST_OWNER_MINUTES } from '../../shared/contract/commands/owner-first-command.ts';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import { chooseAgent } from './choose-agent.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import { type CommandSet, whole } from './command-set.ts';
import type { Context } from './context.ts';
import { printable } from './table.ts';

async function leaveTime(context: Context, wanted: string | undefined, minutes: number | undefined): Promise<ExitCode> {
  const agent = await chooseAgent(context, wanted);
  const told = await context.ask(leaveOwnerTime, { agent: agent.id, ...(minutes === undefined ? {} : { minutes }) });
  context.tell(told);
  const { words } = context;
  const name = printable(told.name);
  if (told.ownerMinutes === 0) context.say(words.ownerFirst.none, { agent: name });
  else context.say(words.ownerFirst.is, { agent: name, minutes: told.ownerMinutes });
  return EXIT.done;
}

export function addOwnerFirst({ add, run }: CommandSet): void {
  add('owner-first [agent]', 'answers only where you have not within so many minutes', [
    `${COMMAND_LINE} owner-first --minutes 10`,
    `${COMMAND_LINE} owner-first --clear`,
  ])
    .option('--minutes <count>', `how many, at most ${MOST_OWNER_MINUTES}`, whole(MOST_OWNER_MINUTES))
    .option('--clear', 'it answers at once')
    .action((agent: string | undefined, options: { minutes?: number; clear?: true }, command: Command) =>
      run(command, (context) => leaveTime(context, agent, options.clear ? 0 : options.minutes)),
    );
}

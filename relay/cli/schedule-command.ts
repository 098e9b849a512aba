/** `schedule`: the times of a week in which an agent is on. */

import { type Command, Option } from 'commander';
import { SCOPES, type Scope } from '../../shared/contract/chat.ts';
import * as commands from '../../shared/contract/commands/schedule-command.ts';
import type { Schedule } from '../../shared/contract/schedule.ts';
import { writeTime } from '../../shared/locales/format.ts';
import { readSchedule, writeSchedule } from '../../shared/rules/schedule.ts';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import { chooseAgent } from './choose-agent.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import type { CommandSet } from './command-set.ts';
import type { Context } from './context.ts';
import { printable } from './table.ts';

type Wish = { readonly set?: string; readonly clear?: true; readonly answer?: Scope };

async function schedule(context: Context, wanted: string | undefined, wish: Wish): Promise<ExitCode> {
  const { id } = await chooseAgent(context, wanted);
  const spans = spansOf(context, wish);
  const { name, on, nextEdge, droppedAnswers, ...told } = await context.ask(commands.schedule, {
    agent: id,
    ...(spans === undefined ? {} : { spans }),
    ...(wish.answer === undefined ? {} : { scope: wish.answer }),
  });
  const text = writeSchedule(told.schedule);
  context.tell({ id, name, on, schedule: told.schedule, text, nextEdge, droppedAnswers });
  const { words, language } = context;
  if (told.schedule.length === 0) context.say(words.schedule.none, { agent: printable(name) });
  else context.say(words.schedule.is, { agent: printable(name), spans: text });
  if (nextEdge)
    context.say(nextEdge.on ? words.schedule.nextOn : words.schedule.nextOff, { at: writeTime(language, nextEdge.at) });
  else if (told.schedule.length > 0) context.say(words.schedule.never);
  if (droppedAnswers > 0) context.say(words.switch.dropped, { count: droppedAnswers });
  return EXIT.done;
}

function spansOf(context: Context, { set, clear }: Wish): Schedule | undefined {
  if (clear) return [];
  if (set === undefined) return undefined;
  const spans = readSchedule(set);
  if (spans) return spans;
  throw context.fault('usage', EXIT.usage, {
    detail: `--set: "mon-fri 09:00-12:00, sat 22:00-02:00"; days: mon tue wed thu fri sat sun daily`,
  });
}

export function addSchedule({ add, run }: CommandSet): void {
  add('schedule [agent]', 'the times of a week in which an agent is on; an act by hand holds until the next', [
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
}

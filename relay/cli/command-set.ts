/** How a command is added to the command line: its usage, its help, the flags that every command takes, and what runs it. */
import { type Command, InvalidArgumentError } from 'commander';
import type { ExitCode } from './cli-error.ts';
import type { Context } from './context.ts';
import { type GivenFlags, givenFlags, withSettingFlags } from './setting-flags.ts';

/** Rows that a list shows where no limit is given, and at most. */
export const A_PAGE = 50;
export const MOST_A_PAGE = 200;

export type Action = (context: Context) => Promise<ExitCode> | ExitCode;

export type Act = (flags: GivenFlags, action: Action) => Promise<void>;

/** Settings that a command takes as flags: all of them, or the two that every command needs. */
type Which = 'all' | 'few';

export type CommandSet = {
  readonly program: Command;
  /** Adds a command under the program, or under a group of commands. A group's `list` is what the group's name alone means. */
  add(usage: string, description: string, examples?: readonly string[], which?: Which, group?: Command): Command;
  group(name: string, description: string): Command;
  run(command: Command, action: Action, which?: Which): Promise<void>;
};

export function commandSet(program: Command, act: Act): CommandSet {
  return {
    program,
    add: (usage, description, examples = [], which = 'few', group = program) => {
      const command = group
        .command(usage, { isDefault: usage === 'list' })
        .description(description)
        .option('--json', 'one JSON object a line');
      withSettingFlags(command, which);
      if (examples.length > 0)
        command.addHelpText('after', `\nExamples:\n${examples.map((line) => `  ${line}\n`).join('')}`);
      return command;
    },
    group: (name, description) => program.command(name).description(description),
    run: (command, action, which = 'few') => act(givenFlags(command, which), action),
  };
}

export function withAgent(command: Command): Command {
  return command.option('--agent <agent>', 'which agent; may be left out while there is only one');
}

/** An option that may be repeated. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** An option that is a whole number from 1 to `most`. */
export function whole(most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > most) throw new InvalidArgumentError(`1–${most}`);
    return value;
  };
}

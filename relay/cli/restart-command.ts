/** `restart`: the running relay starts again, with the settings of its file. */

import type { Command } from 'commander';
import * as setup from '../../shared/contract/commands/setup-commands.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import type { CommandSet } from './command-set.ts';
import type { Context } from './context.ts';

async function restart(context: Context): Promise<ExitCode> {
  await context.ask(setup.restart, {});
  context.tell({ restarts: true });
  context.say(context.words.start.restarts);
  return EXIT.done;
}

export function addRestart({ add, run }: CommandSet): void {
  add('restart', 'stops the running relay and starts it again with the settings of its file').action(
    (_options, command: Command) => run(command, restart),
  );
}

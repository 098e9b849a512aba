/** `restart`: the running relay starts again, with the settings of its file. */
import * as setup from '../../shared/commands/setup-commands.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import type { Context } from './context.ts';

export async function restart(context: Context): Promise<ExitCode> {
  await context.ask(setup.restart, {});
  context.tell({ restarts: true });
  context.say(context.words.start.restarts);
  return EXIT.done;
}

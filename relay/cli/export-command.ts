/** `export`: has the relay write the owner's copy of the data, and says where it is. */

import type { Command } from 'commander';
import * as setup from '../../shared/contract/commands/setup-commands.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import type { CommandSet } from './command-set.ts';
import type { Context } from './context.ts';

const KIB = 1_024;

async function exportData(context: Context): Promise<ExitCode> {
  const { words, language } = context;
  const { path, bytes } = await context.ask(setup.exportData, {});
  context.tell({ path, bytes });
  const size = new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(Math.ceil(bytes / KIB));
  context.say(words.export.written, { path, size });
  context.say(words.export.holds);
  return EXIT.done;
}

export function addExport({ add, run }: CommandSet): void {
  add('export', 'writes a copy of what the relay keeps, without keys, into the data directory').action(
    (_options, command: Command) => run(command, exportData),
  );
}

/** `pair` and `clients`: which browsers may manage this relay. A code is shown once, here; keys are never shown. */

import type { Command } from 'commander';
import * as setup from '../../shared/contract/commands/setup-commands.ts';
import { writeTime } from '../../shared/locales/format.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import type { CommandSet } from './command-set.ts';
import type { Context } from './context.ts';
import { printable, table } from './table.ts';

async function pair(context: Context): Promise<ExitCode> {
  const { text, expiresAt } = await context.ask(setup.issuePairingCode, {});
  context.tell({ code: text, expiresAt });
  context.say(context.words.clients.code, { code: text });
  context.say(context.words.clients.codeLife);
  return EXIT.done;
}

async function listClients(context: Context): Promise<ExitCode> {
  const { words, language } = context;
  const { clients } = await context.ask(setup.listClients, {});
  for (const client of clients) context.tell(client);
  if (clients.length === 0) context.say(words.clients.none);
  const rows = clients.map(({ id, name, pairedAt, seenAt, madeHere }) => [
    printable(name === '' ? words.clients.unnamed : name),
    context.fill(words.clients.pairedAt, { at: writeTime(language, pairedAt) }),
    context.fill(words.clients.seenAt, { at: writeTime(language, seenAt) }),
    id,
    madeHere ? words.clients.here : '',
  ]);
  if (!context.json) context.terminal.out(table(rows));
  return EXIT.done;
}

async function revokeClient(context: Context, id: string): Promise<ExitCode> {
  await context.ask(setup.revokeClient, { client: id });
  context.tell({ id });
  context.say(context.words.clients.revoked);
  return EXIT.done;
}

export function addClients({ add, group, run }: CommandSet): void {
  add('pair', 'shows a code by which a browser is paired with this relay').action((_options, command: Command) =>
    run(command, pair),
  );
  const clients = group('clients', 'the browsers that are paired: list, revoke');
  add('list', 'oldest first', [], 'few', clients).action((_options, command: Command) => run(command, listClients));
  add('revoke <id>', 'removes a browser; its connections end at once', [], 'few', clients).action(
    (id: string, _options, command: Command) => run(command, (context) => revokeClient(context, id)),
  );
}

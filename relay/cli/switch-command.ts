/** `on` and `off`. The first switch-on asks who is answered: here on a terminal, by `--answer` elsewhere. */

import { type Command, Option } from 'commander';
import { SCOPES, type Scope } from '../../shared/contract/chat.ts';
import * as links from '../../shared/contract/commands/link-commands.ts';
import { writeTime } from '../../shared/locales/format.ts';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import { chooseAgent } from './choose-agent.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import type { CommandSet } from './command-set.ts';
import type { Context } from './context.ts';
import { afterDuration, momentAhead } from './off-times.ts';
import { printable } from './table.ts';

async function switchOn(context: Context, wanted: string | undefined, answer?: Scope): Promise<ExitCode> {
  const agent = await chooseAgent(context, wanted);
  const asks = agent.scope === null && answer === undefined && context.terminal.asks && !context.json;
  const scope = asks ? await askScope(context) : answer;
  const params = { agent: agent.id, on: true, ...(scope === undefined ? {} : { scope }) };
  const { name, on } = await context.ask(links.switchAgent, params);
  context.tell({ id: agent.id, name, on, scope: scope ?? agent.scope });
  context.say(context.words.switch.on, { agent: printable(name) });
  return EXIT.done;
}

async function switchOff(
  context: Context,
  wanted: string | undefined,
  wish: { readonly for?: string; readonly until?: string } = {},
): Promise<ExitCode> {
  const until = backOnOf(context, wish);
  const agent = await chooseAgent(context, wanted);
  const { name, on, droppedAnswers, backOnAt } = await context.ask(links.switchAgent, {
    agent: agent.id,
    on: false,
    ...(until === undefined ? {} : { until }),
  });
  context.tell({ id: agent.id, name, on, scope: agent.scope, droppedAnswers, backOnAt });
  context.say(context.words.switch.off, { agent: printable(name) });
  if (backOnAt !== null) context.say(context.words.switch.until, { at: writeTime(context.language, backOnAt) });
  if (droppedAnswers > 0) context.say(context.words.switch.dropped, { count: droppedAnswers });
  return EXIT.done;
}

function backOnOf(context: Context, wish: { readonly for?: string; readonly until?: string }): number | undefined {
  if (wish.for === undefined && wish.until === undefined) return undefined;
  if (wish.for !== undefined && wish.until !== undefined)
    throw context.fault('usage', EXIT.usage, { detail: '--for, --until' });
  const now = context.clock.now();
  const at = wish.for === undefined ? momentAhead(wish.until ?? '', now) : afterDuration(wish.for, now);
  if (at !== null) return at;
  throw context.fault('usage', EXIT.usage, {
    detail: '--for 1h | 90m | 2d; --until tomorrow | 18:30 | 2026-11-27T08:00',
  });
}

/** The choice that leaves family alone is the one that Enter takes. */
async function askScope(context: Context): Promise<Scope> {
  for (;;) {
    const answer = await context.terminal.ask(context.words.switch.ask, { hidden: false });
    if (answer === null) throw context.fault('interrupted', EXIT.interrupted);
    const choice = answer.trim();
    if (choice === '' || choice === '1') return 'unknown-people';
    if (choice === '2') return 'listed';
    if (choice === '3') return 'everyone';
    context.say(context.words.switch.askAgain);
  }
}

export function addSwitch({ add, run }: CommandSet): void {
  add('on [agent]', 'switches an agent on; the first time it asks who is answered', [
    `${COMMAND_LINE} on`,
    `${COMMAND_LINE} on Sales --answer listed`,
  ])
    .addOption(new Option('--answer <who>', 'who is answered').choices([...SCOPES]))
    .action((agent: string | undefined, options: { answer?: Scope }, command: Command) =>
      run(command, (context) => switchOn(context, agent, options.answer)),
    );
  add('off [agent]', 'switches an agent off; the number stays linked', [
    `${COMMAND_LINE} off`,
    `${COMMAND_LINE} off Sales --for 1h`,
    `${COMMAND_LINE} off --until tomorrow`,
  ])
    .option('--for <time>', 'goes on again by itself after so long: 30m, 1h, 2d')
    .option('--until <moment>', 'goes on again by itself then: tomorrow, 18:30, 2026-11-27T08:00')
    .action((agent: string | undefined, options: { for?: string; until?: string }, command: Command) =>
      run(command, (context) => switchOff(context, agent, options)),
    );
}

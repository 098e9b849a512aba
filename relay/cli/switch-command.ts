/** `on` and `off`. The first switch-on asks who is answered: here on a terminal, by `--answer` elsewhere. */
import * as links from '../../shared/commands/link-commands.ts';
import { chooseAgent } from './choose-agent.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import type { Context } from './context.ts';
import { printable } from './table.ts';

export type Scope = 'everyone' | 'listed';

export async function switchOn(context: Context, wanted: string | undefined, answer?: Scope): Promise<ExitCode> {
  const agent = await chooseAgent(context, wanted);
  const asks = agent.scope === null && answer === undefined && context.terminal.asks && !context.json;
  const scope = asks ? await askScope(context) : answer;
  const params = { agent: agent.id, on: true, ...(scope === undefined ? {} : { scope }) };
  const { name, on } = await context.ask(links.switchAgent, params);
  context.tell({ id: agent.id, name, on, scope: scope ?? agent.scope });
  context.say(context.words.switch.on, { agent: printable(name) });
  return EXIT.done;
}

export async function switchOff(context: Context, wanted: string | undefined): Promise<ExitCode> {
  const agent = await chooseAgent(context, wanted);
  const { name, on, droppedAnswers } = await context.ask(links.switchAgent, { agent: agent.id, on: false });
  context.tell({ id: agent.id, name, on, scope: agent.scope, droppedAnswers });
  context.say(context.words.switch.off, { agent: printable(name) });
  if (droppedAnswers > 0) context.say(context.words.switch.dropped, { count: droppedAnswers });
  return EXIT.done;
}

/** The narrower choice is the one that Enter takes. */
async function askScope(context: Context): Promise<Scope> {
  for (;;) {
    const answer = await context.terminal.ask(context.words.switch.ask, { hidden: false });
    if (answer === null) throw context.fault('interrupted', EXIT.interrupted);
    const choice = answer.trim();
    if (choice === '' || choice === '1') return 'listed';
    if (choice === '2') return 'everyone';
    context.say(context.words.switch.askAgain);
  }
}

/** `agents test`: a talk with an agent right here. Nothing is stored, nothing reaches WhatsApp; tokens are really spent. */

import { randomUUID } from 'node:crypto';
import { httpStatusIn } from '../../shared/contract/agent.ts';
import type { AgentDetails } from '../../shared/contract/commands/setup-commands.ts';
import * as setup from '../../shared/contract/commands/setup-commands.ts';
import { faultAdvice } from '../../shared/locales/fault-advice.ts';
import { chooseAgent } from './choose-agent.ts';
import { CliError, EXIT, type ExitCode } from './cli-error.ts';
import type { Context } from './context.ts';
import { printable, printableLines } from './table.ts';

type Said = { readonly author: 'contact' | 'agent'; readonly text: string };

/** As many as the relay takes. */
const MOST_LINES = 100;
const SECOND_MS = 1_000;

export async function talkWithAgent(
  context: Context,
  wanted: string | undefined,
  say: string | undefined,
): Promise<ExitCode> {
  const agent = await chooseAgent(context, wanted);
  const asks = say === undefined && context.terminal.asks && !context.json;
  if (asks) context.say(context.words.agents.testBegins, { agent: printable(agent.name) });
  const talkId = randomUUID();
  let said: readonly Said[] = [];
  let failure: CliError | null = null;
  for await (const text of say === undefined ? talk(context, asks) : [say]) {
    try {
      said = await exchange(context, { agent, talk: talkId }, said, text);
      failure = null;
    } catch (error) {
      // On a terminal the talk goes on: a fault is an answer like another.
      if (!asks || !(error instanceof CliError)) throw error;
      failure = error;
      context.terminal.err(`${error.message} ${error.hint}\n`);
    }
  }
  return failure ? failure.exitCode : EXIT.done;
}

async function* talk(context: Context, asks: boolean): AsyncGenerator<string> {
  if (!asks) {
    for await (const line of context.terminal.lines()) if (line.trim() !== '') yield line;
    return;
  }
  for (;;) {
    const line = await context.terminal.ask(context.words.agents.you, { hidden: false });
    if (line === null || line.trim() === '') return;
    yield line;
  }
}

async function exchange(
  context: Context,
  { agent, talk }: { readonly agent: AgentDetails; readonly talk: string },
  before: readonly Said[],
  text: string,
): Promise<readonly Said[]> {
  const said: readonly Said[] = [...before, { author: 'contact', text } as const].slice(-MOST_LINES);
  const began = context.clock.monotonic();
  const answer = await context.ask(setup.testAgent, { agent: agent.id, talk, said });
  const ms = Math.round(context.clock.monotonic() - began);
  if (answer.type === 'fault') {
    const { sentence, remedy } = faultAdvice(context.agentFaults, answer.fault, httpStatusIn(answer.detail));
    const message = answer.detail === '' ? sentence : `${sentence} (${context.sayDetail(answer.detail)})`;
    throw new CliError({ code: answer.fault, message, hint: remedy, exitCode: EXIT.refused });
  }
  const texts = answer.type === 'answer' ? answer.texts : [];
  const shortened = answer.type === 'answer' ? answer.shortened : null;
  const asksOwner = answer.type === 'answer' && answer.asksOwner;
  const reason = answer.type === 'silence' ? answer.reason : null;
  const { words } = context;
  context.tell({ agentId: agent.id, texts, reason, shortened, asksOwner, usage: answer.usage, ms });
  if (reason) context.say(words.agents.nothingSent, { reason: context.skipReasons[reason] });
  for (const [index, text] of texts.entries()) {
    if (texts.length > 1) context.say(words.agents.message, { number: index + 1, of: texts.length });
    context.say('{text}', { text: printableLines(text) });
  }
  if (shortened) context.say('({text})', { text: Object.values(context.agentFaults[shortened]).join(' ') });
  if (asksOwner) context.say(words.agents.asksOwner);
  const tokens = answer.usage ? answer.usage.inputTokens + answer.usage.outputTokens : 0;
  const seconds = new Intl.NumberFormat(context.language, { maximumFractionDigits: 1 }).format(ms / SECOND_MS);
  context.say(tokens > 0 ? words.agents.tokens : words.agents.took, { tokens, seconds });
  return [...said, ...texts.map((each): Said => ({ author: 'agent', text: each }))];
}

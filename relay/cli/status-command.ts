/** `status`: every agent's link, switch and counts of today. No texts, no codes. */

import type { Command } from 'commander';
import { SCOPES } from '../../shared/contract/chat.ts';
import type { AgentDetails } from '../../shared/contract/commands/setup-commands.ts';
import * as setup from '../../shared/contract/commands/setup-commands.ts';
import { describeReport } from '../../shared/locales/description.ts';
import { faultAdvice } from '../../shared/locales/fault-advice.ts';
import { writeTime } from '../../shared/locales/format.ts';
import { sayTruth } from '../../shared/locales/state-description.ts';
import { answering } from '../../shared/rules/answering.ts';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import { chooseAgent } from './choose-agent.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import type { CommandSet } from './command-set.ts';
import type { Context } from './context.ts';
import { writeOwnNumber } from './link-command.ts';
import { printable } from './table.ts';

async function status(context: Context, wanted: string | undefined): Promise<ExitCode> {
  const agents =
    wanted === undefined ? (await context.ask(setup.status, {})).agents : [await chooseAgent(context, wanted)];
  const now = context.clock.now();
  for (const [index, agent] of agents.entries()) {
    context.tell({ ...agent, answering: answering(agent, now) });
    if (index > 0) context.say('');
    for (const line of linesOf(context, agent)) context.say('{line}', { line });
  }
  return EXIT.done;
}

function linesOf(context: Context, agent: AgentDetails): readonly string[] {
  const { words, shared, language } = context;
  const { label, description, remedy, note } = describeReport({ ...agent.link, qr: null }, shared);
  const scope = SCOPES.find((each) => each === agent.scope);
  const state = agent.on ? shared.guidance.switchedOn : shared.guidance.switchedOff;
  const { messages, answers, inputTokens, outputTokens } = agent.today;
  const lines = [
    `${printable(agent.name)} (${agent.adapter}): ${label}${agent.link.account ? ` ${writeOwnNumber(agent.link.account.number)}` : ''}`,
    `${sayTruth(agent, shared, context.clock.now())}.`,
    [description, remedy].filter(Boolean).join(' '),
    note,
    agent.link.retryAt === null
      ? null
      : context.fill(words.status.retry, { at: writeTime(language, agent.link.retryAt) }),
    [context.fill(words.status.switch, { state }), agent.on && scope && words.status.scope[scope]]
      .filter(Boolean)
      .join(', '),
    !agent.on && agent.backOnAt !== null
      ? context.fill(words.switch.until, { at: writeTime(language, agent.backOnAt) })
      : null,
    agent.nextEdge === null
      ? null
      : context.fill(agent.nextEdge.on ? words.schedule.nextOn : words.schedule.nextOff, {
          at: writeTime(language, agent.nextEdge.at),
        }),
    context.fill(words.status.today, { messages, answers, tokens: inputTokens + outputTokens }),
    !agent.on && agent.ignoredWhileOff > 0
      ? context.fill(words.status.ignored, { count: agent.ignoredWhileOff })
      : null,
    agent.retryAt === null ? null : context.fill(words.status.triesAgain, { at: writeTime(language, agent.retryAt) }),
    agent.lastFault === null
      ? null
      : `${Object.values(faultAdvice(context.agentFaults, agent.lastFault.fault, agent.lastFault.httpStatus)).join(' ')} (${writeTime(language, agent.lastFault.at)})`,
  ];
  return lines.filter((line) => line !== null).map((line, index) => (index === 0 ? line : `  ${line}`));
}

export function addStatus({ add, run }: CommandSet): void {
  add('status [agent]', 'link, switch and counts of today', [`${COMMAND_LINE} status --json`]).action(
    (agent: string | undefined, _options, command: Command) => run(command, (context) => status(context, agent)),
  );
}

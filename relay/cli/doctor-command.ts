/** `doctor`: looks at everything an answer depends on, a sentence each. Works without a relay, then knows less. */

import type { Command } from 'commander';
import { httpStatusIn } from '../../shared/contract/agent.ts';
import * as setup from '../../shared/contract/commands/setup-commands.ts';
import { describeReport } from '../../shared/locales/description.ts';
import { faultAdvice } from '../../shared/locales/fault-advice.ts';
import { CAUSE_TROUBLES } from '../../shared/locales/help-page.ts';
import type { Advice } from '../../shared/locales/shapes.ts';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import { prepareNetwork, proxyAgent } from '../network.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import { type CommandSet, withAgent } from './command-set.ts';
import type { Context, SentenceValues } from './context.ts';
import { checkDirectory, checkDisk } from './doctor/disk-checks.ts';
import { CHECK_TROUBLES, type Finding, type Level } from './doctor/finding.ts';
import { writeLinkingFile } from './doctor/linking-file.ts';
import {
  checkClock,
  checkPort,
  checkProxy,
  checkWhatsApp,
  type WhatsAppAnswer,
  whatsappAnswer,
} from './doctor/network-checks.ts';
import { printable } from './table.ts';

const COLOURS: Readonly<Record<Level, string>> = {
  ok: '\u001b[32m',
  note: '\u001b[36m',
  warning: '\u001b[33m',
  failed: '\u001b[31m',
};
const RESET = '\u001b[0m';

async function doctor(context: Context): Promise<ExitCode> {
  const counts: Record<Level, number> = { ok: 0, note: 0, warning: 0, failed: 0 };
  const release = prepareNetwork(context.settings);
  try {
    for await (const finding of findings(context)) {
      counts[finding.level] += 1;
      show(context, finding);
    }
  } finally {
    await release();
  }
  const { words } = context;
  context.tell({
    check: 'all',
    level: counts.failed > 0 ? 'failed' : counts.warning > 0 ? 'warning' : 'ok',
    ...counts,
  });
  if (counts.failed > 0) context.say(words.doctor.broken, { count: counts.failed });
  else if (counts.warning > 0) context.say(words.doctor.worth, { count: counts.warning });
  else context.say(words.doctor.healthy);
  return counts.failed > 0 ? EXIT.refused : EXIT.done;
}

async function* findings(context: Context): AsyncGenerator<Finding> {
  const { settings, clock, words } = context;
  yield* checkDirectory(settings.home);
  yield* checkDisk(settings.home);
  const answer: WhatsAppAnswer = await whatsappAnswer(settings.simulated?.url ?? null, proxyAgent(settings));
  yield await checkClock(answer, settings.home, clock.now());
  const { type } = await context.relay.request('status', {});
  const runs = type === 'done';
  if (type === 'silent') yield { check: 'relay', level: 'failed', advice: words.faults['relay-silent'] };
  else if (runs) yield { check: 'relay', level: 'ok', sentence: words.doctor.relayRunning };
  else yield { check: 'relay', level: 'warning', advice: words.doctor.relayNotRunning };
  yield await checkPort(settings.port, runs || type === 'silent');
  if (settings.proxy !== null && settings.simulated === null) yield checkProxy(settings.proxy);
  yield checkWhatsApp(answer);
  if (runs) yield* checkAgents(context);
  else yield { check: 'agents', level: 'warning', sentence: words.doctor.agentsUnknown };
}

async function* checkAgents(context: Context): AsyncGenerator<Finding> {
  const { words, shared } = context;
  const { agents } = await context.ask(setup.status, {});
  for (const { name, link } of agents) {
    const { label, description, remedy } = describeReport({ ...link, qr: null }, shared);
    const sentence = context.fill(words.doctor.link, { agent: printable(name), label, description });
    const troubled = link.status === 'reconnecting' || (link.status === 'offline' && link.account !== null);
    const trouble = link.cause === null ? {} : { trouble: CAUSE_TROUBLES[link.cause] };
    if (troubled) yield { check: 'link', level: 'warning', advice: { sentence, remedy: remedy ?? '' }, ...trouble };
    else yield { check: 'link', level: 'ok', sentence };
  }
  const checks = await context.ask(setup.checkAgents, {});
  for (const { name, fault, isProven, detail } of checks.agents) {
    const values = { agent: printable(name) };
    if (fault === null) {
      yield isProven
        ? { check: 'agent', level: 'ok', sentence: words.doctor.agent, values }
        : { check: 'agent', level: 'note', advice: words.doctor.agentReached, values };
      continue;
    }
    const { sentence, remedy } = faultAdvice(context.agentFaults, fault, httpStatusIn(detail));
    const told = `${values.agent}: ${sentence}${detail === '' ? '' : ` (${context.sayDetail(detail)})`}`;
    yield { check: 'agent', level: 'failed', advice: { sentence: told, remedy } };
  }
}

function show(context: Context, finding: Finding): void {
  const { words, terminal } = context;
  const values: SentenceValues = finding.values ?? {};
  const advice: Advice = adviceOf(context, finding);
  const message = context.fill(advice.sentence, values);
  const hint = context.fill(advice.remedy, values);
  const help =
    finding.level === 'ok' || finding.level === 'note'
      ? null
      : context.helpAt(finding.trouble ?? CHECK_TROUBLES[finding.check]);
  context.tell({ check: finding.check, level: finding.level, message, hint, help });
  const word = words.doctor[finding.level].padEnd(MARK_WIDTH);
  const mark = terminal.colours ? `${COLOURS[finding.level]}${word}${RESET}` : word;
  context.say('{line}', { line: `${mark} ${message}${hint === '' ? '' : ` ${hint}`}` });
  if (help)
    context.say('{line}', { line: `${' '.repeat(MARK_WIDTH)} ${context.fill(words.doctor.more, { page: help })}` });
}

const MARK_WIDTH = 8;

function adviceOf({ words }: Context, finding: Finding): Advice {
  if ('advice' in finding) return finding.advice;
  if ('sentence' in finding) return { sentence: finding.sentence, remedy: '' };
  const told: string | Advice = words.doctor[finding.word];
  return typeof told === 'string' ? { sentence: told, remedy: '' } : told;
}

export function addDoctor({ add, run }: CommandSet, version: string): void {
  const meaning = 'checks data directory, disk, clock, port, WhatsApp and agents';
  withAgent(add('doctor', meaning, [`${COMMAND_LINE} doctor --linking`], 'all'))
    .option('--linking', 'writes one file about the latest attempts to link, without secrets, numbers or names')
    .action((options: { agent?: string; linking?: true }, command: Command) =>
      run(
        command,
        options.linking ? (context) => writeLinkingFile(context, { agent: options.agent, version }) : doctor,
        'all',
      ),
    );
}

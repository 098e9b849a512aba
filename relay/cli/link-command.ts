/**
 * `link`, `reconnect`, `unlink`: the attempt is followed to its end, connected or explained.
 * Ctrl-C cancels the attempt and waits for what comes of it; a second one leaves at once.
 */

import type { Command } from 'commander';
import type { ProgressOf } from '../../shared/contract/commands/command.ts';
import type { Report } from '../../shared/contract/commands/link-commands.ts';
import * as links from '../../shared/contract/commands/link-commands.ts';
import type { AgentDetails } from '../../shared/contract/commands/setup-commands.ts';
import type { Cause } from '../../shared/contract/status.ts';
import { linkWordsIn } from '../../shared/locales/all.ts';
import { describeReport } from '../../shared/locales/description.ts';
import { phoneDigits } from '../../shared/rules/phone-number.ts';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import { chooseAgent } from './choose-agent.ts';
import { CliError, EXIT, type ExitCode } from './cli-error.ts';
import type { CommandSet } from './command-set.ts';
import type { Context } from './context.ts';
import { LinkScreen } from './link-screen.ts';
import { printable } from './table.ts';

/** A new scan cures none of these, and is never the first advice. */
const NOT_CURED_BY_A_SCAN: readonly (Cause | null)[] = [
  'replaced',
  'banned-until',
  'banned',
  'relay-outdated',
  'multi-device-off',
];

async function link(
  context: Context,
  options: {
    readonly agent: string | undefined;
    readonly again: boolean;
    readonly light: boolean;
    /** By letters, typed into the phone of this number; null: by QR code. */
    readonly number: string | null;
  },
): Promise<ExitCode> {
  const number = options.number === null ? null : phoneDigits(options.number);
  if (options.number !== null && number === null) throw context.fault('not-a-number', EXIT.usage);
  const agent = await chooseAgent(context, options.agent);
  if (agent.link.status === 'connected' || agent.link.status === 'reconnecting') {
    throw context.refusal({ code: 'already-linked', message: '', hint: '' });
  }
  if (!options.again && agent.link.status === 'offline' && NOT_CURED_BY_A_SCAN.includes(agent.link.cause)) {
    throw restsFault(context, agent);
  }
  advise(context, number !== null);
  const screen = new LinkScreen(context, options);
  const leaving = new AbortController();
  let cancelled = false;
  const endInterrupts = context.terminal.onInterrupt(() => {
    if (cancelled) {
      leaving.abort();
      return;
    }
    cancelled = true;
    // After the scan this means: linked, then logged out again. What comes of it arrives on the stream.
    context.relay.request(links.linkCancel.name, { agent: agent.id }).catch(() => leaving.abort());
  });
  try {
    const report = await Promise.race([
      context.ask(
        links.link,
        { agent: agent.id, ...(number !== null && { number }) },
        { onProgress: (event) => show(context, screen, event, agent.id) },
      ),
      once(leaving.signal),
    ]);
    await screen.stop();
    if (report === 'left') throw context.fault('interrupted', EXIT.interrupted);
    return ended(context, report, cancelled, agent.on);
  } finally {
    endInterrupts();
    await screen.stop();
  }
}

/** What everyone should know before a number is linked (S2, S9, S13). */
function advise(context: Context, byLetters: boolean): void {
  const { advice } = linkWordsIn(context.language);
  context.say('{badge}. {beta}', { badge: context.shared.guidance.betaBadge, beta: advice.library });
  context.say('{heading}. {why}', { heading: advice.dedicatedNumberHeading, why: advice.dedicatedNumber });
  context.say(context.words.link.follow, { steps: advice.linkSteps });
  if (byLetters) context.say(context.words.link.letterSteps);
  context.say('');
}

function show(context: Context, screen: LinkScreen, event: ProgressOf<typeof links.link>, agent: string): void {
  context.tell(event);
  if (context.json) return;
  if (event.event === 'qr') screen.showCode(event);
  else if (event.event === 'phone-code') screen.showPhoneCode(event);
  else {
    screen.showReport(event);
    // Only a browser can bring one.
    if (event.phase === 'passkey-asked' && event.cause === null) screen.say(context.words.link.passkey);
    if (event.phase === 'code-worn') offerNewCode(context, screen, agent);
  }
}

/** WhatsApp leaves it to the person to ask for another code to type. Not waited for: the attempt may end meanwhile. */
function offerNewCode(context: Context, screen: LinkScreen, agent: string): void {
  if (!context.terminal.asks) {
    screen.say(context.words.link.sameAgain);
    return;
  }
  context.terminal.ask(context.words.link.enterForCode, { hidden: false }).then(
    (answer) => {
      if (answer !== null) context.relay.request(links.linkNewCode.name, { agent }).catch(() => undefined);
    },
    () => undefined,
  );
}

function ended(context: Context, report: Report, cancelled: boolean, on: boolean): ExitCode {
  if (report.status !== 'connected') {
    const { description, remedy } = describeReport({ ...report, qr: null }, context.shared);
    throw new CliError({
      code: report.cause ?? 'link-failed',
      message: description,
      hint: remedy ?? '',
      exitCode: cancelled ? EXIT.interrupted : EXIT.notLinked,
    });
  }
  context.say(context.words.link.linked, { number: writeOwnNumber(report.account?.number ?? null) });
  if (!on) context.say(context.words.link.nextOn);
  return EXIT.done;
}

function restsFault(context: Context, { link: rests }: AgentDetails): CliError {
  const { description, remedy } = describeReport({ ...rests, qr: null }, context.shared);
  return context.fault('link-rests', EXIT.refused, { detail: description, remedy: remedy ?? '' });
}

function once(signal: AbortSignal): Promise<'left'> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve('left'), { once: true }));
}

/** The connection is taken back from another program, or tried again at once. */
async function reconnect(context: Context, wanted: string | undefined): Promise<ExitCode> {
  const agent = await chooseAgent(context, wanted);
  if (!agent.link.account) {
    throw context.refusal({ code: 'not-linked', message: '', hint: '' });
  }
  await context.ask(links.takeOver, { agent: agent.id });
  context.say(context.words.link.reconnecting);
  context.tell({ id: agent.id, name: agent.name });
  return EXIT.done;
}

/** The number of one agent becomes another's, without a scan. */
async function handOver(context: Context, from: string, to: string): Promise<ExitCode> {
  const done = await context.ask(links.handOver, { agent: from, to });
  context.tell(done);
  context.say(context.words.link.handedOver, { from: printable(done.from.name), to: printable(done.to.name) });
  return EXIT.done;
}

async function unlink(context: Context, wanted: string | undefined): Promise<ExitCode> {
  const agent = await chooseAgent(context, wanted);
  const { link: after } = await context.ask(links.unlink, { agent: agent.id });
  const report = after ?? agent.link;
  context.tell({ id: agent.id, name: agent.name, ...report });
  if (report.cause !== 'unlinked-here') {
    // WhatsApp has not confirmed it: the cause's own words say what is left to do.
    const { description, remedy } = describeReport({ ...report, qr: null }, context.shared);
    context.say('{sentence}', { sentence: [description, remedy ?? ''].join(' ').trim() });
  } else {
    context.say(context.words.link.unlinked);
  }
  return EXIT.done;
}

/** As people write it at its shortest; where the groups go differs by country. */
export function writeOwnNumber(number: string | null): string {
  return number === null ? '—' : `+${number}`;
}

export function addLinking({ add, run }: CommandSet): void {
  add('link [agent]', 'joins an agent to a number: shows the QR code and follows to the end', [
    `${COMMAND_LINE} link`,
    `${COMMAND_LINE} link Sales --json`,
    `${COMMAND_LINE} link --number 5511999990001`,
  ])
    .option('--number <number>', 'link by a code that is typed into the phone of this number, instead of a QR code')
    .option('--again', 'scan a new code although the link rests for a cause that this does not cure')
    .option('--light', 'draw the code for a light terminal without colours')
    .action((agent: string | undefined, options: { again?: true; light?: true; number?: string }, command: Command) =>
      run(command, (context) => {
        const { again = false, light = false, number = null } = options;
        return link(context, { agent, again, light, number });
      }),
    );
  add(
    'hand-over <from> <to>',
    "gives an agent's number to another agent, without a scan; the giving agent is switched off",
    [`${COMMAND_LINE} hand-over Recado Loja`],
  ).action((from: string, to: string, _options, command: Command) =>
    run(command, (context) => handOver(context, from, to)),
  );
  add('reconnect [agent]', 'takes the connection back from another program, or tries again at once').action(
    (agent: string | undefined, _options, command: Command) => run(command, (context) => reconnect(context, agent)),
  );
  add('unlink [agent]', 'logs the number out at WhatsApp and destroys the credentials').action(
    (agent: string | undefined, _options, command: Command) => run(command, (context) => unlink(context, agent)),
  );
}

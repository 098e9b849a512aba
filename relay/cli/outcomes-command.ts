/** `why`, `unanswered`, `answer`, `take`, `open`, `release`: what became of messages, and what the owner may still do about it. Never a text. */

import type { Command } from 'commander';
import * as commands from '../../shared/contract/commands/chat-commands.ts';
import { describeSkip } from '../../shared/locales/description.ts';
import { writeTime } from '../../shared/locales/format.ts';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import { A_PAGE, type CommandSet, MOST_A_PAGE, whole, withAgent } from './command-set.ts';
import type { Context } from './context.ts';
import { writeOwnNumber } from './link-command.ts';
import { printable, table } from './table.ts';

type Named = { readonly agent: string | undefined };

async function why(
  context: Context,
  { agent, chat, limit }: Named & { readonly chat: string | undefined; readonly limit: number },
): Promise<ExitCode> {
  const { words, language, skipReasons } = context;
  const params = { ...named(agent), limit, ...(chat === undefined ? {} : { chat }) };
  const { outcomes } = await context.ask(commands.listOutcomes, params);
  for (const { outcome, ...message } of outcomes)
    context.tell({ ...message, outcome, reason: outcome === 'answered' ? null : outcome });
  if (outcomes.length === 0) context.say(words.why.none);
  const rows = outcomes.map(({ name, number, outcome, sentAt, chatId }) => [
    writeTime(language, sentAt),
    printable(name ?? '') || writeOwnNumber(number) || chatId,
    outcome === 'answered' ? words.why.answered : describeSkip(outcome, skipReasons),
  ]);
  if (!context.json) context.terminal.out(table(rows));
  return EXIT.done;
}

async function listUnanswered(context: Context, agent: string | undefined): Promise<ExitCode> {
  const { words, language, skipReasons } = context;
  const { chats } = await context.ask(commands.listUnanswered, named(agent));
  for (const chat of chats) context.tell(chat);
  if (chats.length === 0) context.say(words.unanswered.none);
  const rows = chats.map(({ name, number, messages, oldestAt, reason, chatId }) => [
    printable(name ?? '') || writeOwnNumber(number),
    context.fill(words.unanswered.line, {
      count: messages,
      at: writeTime(language, oldestAt),
      reason: describeSkip(reason, skipReasons),
    }),
    chatId,
  ]);
  if (!context.json) context.terminal.out(table(rows));
  if (chats.length > 0) context.say(words.unanswered.toAnswer);
  return EXIT.done;
}

async function answerChat(context: Context, { agent, chat }: Named & { readonly chat: string }): Promise<ExitCode> {
  const { chat: chatId, messages } = await context.ask(commands.answerChat, { ...named(agent), chat });
  context.tell({ chatId, messages });
  context.say(context.words.unanswered.asked, { count: messages });
  return EXIT.done;
}

async function takeChat(context: Context, { agent, chat }: Named & { readonly chat: string }): Promise<ExitCode> {
  const { chat: chatId, until } = await context.ask(commands.takeChat, { ...named(agent), chat });
  context.tell({ chatId, heldUntil: until });
  context.say(context.words.chats.taken, { at: writeTime(context.language, until) });
  return EXIT.done;
}

async function openChat(context: Context, { agent, chat }: Named & { readonly chat: string }): Promise<ExitCode> {
  const { chat: chatId, address } = await context.ask(commands.openChat, { ...named(agent), chat });
  context.tell({ chatId, address });
  context.say(address ?? context.words.chats.noNumber);
  return EXIT.done;
}

async function releaseChat(context: Context, { agent, chat }: Named & { readonly chat: string }): Promise<ExitCode> {
  const { chat: chatId, released } = await context.ask(commands.releaseChat, { ...named(agent), chat });
  context.tell({ chatId, released, heldUntil: null });
  context.say(released ? context.words.chats.released : context.words.chats.notHeld);
  return EXIT.done;
}

function named(agent: string | undefined): { readonly agent?: string } {
  return agent === undefined ? {} : { agent };
}

export function addOutcomes({ add, run }: CommandSet): void {
  withAgent(
    add('why [chat]', 'what became of the latest messages, of all chats or of one, with the reason', [
      `${COMMAND_LINE} why --json`,
      `${COMMAND_LINE} why 5511988880001`,
    ]),
  )
    .option('--limit <count>', `how many, at most ${MOST_A_PAGE}`, whole(MOST_A_PAGE), A_PAGE)
    .action((chat: string | undefined, options: { agent?: string; limit: number }, command: Command) =>
      run(command, (context) => why(context, { agent: options.agent, chat, limit: options.limit })),
    );
  add('unanswered [agent]', 'chats whose last messages were too old, or met a fault').action(
    (agent: string | undefined, _options, command: Command) =>
      run(command, (context) => listUnanswered(context, agent)),
  );
  withAgent(add('answer <chat>', 'has such a chat answered after all, however old')).action(
    (chat: string, options: { agent?: string }, command: Command) =>
      run(command, (context) => answerChat(context, { agent: options.agent, chat })),
  );
  withAgent(add('take <chat>', 'keeps a chat for you for a while, without a word in it: the agent stays out')).action(
    (chat: string, options: { agent?: string }, command: Command) =>
      run(command, (context) => takeChat(context, { agent: options.agent, chat })),
  );
  withAgent(add('open <chat>', 'says where WhatsApp opens a chat, for you to write in yourself')).action(
    (chat: string, options: { agent?: string }, command: Command) =>
      run(command, (context) => openChat(context, { agent: options.agent, chat })),
  );
  withAgent(add('release <chat>', 'gives a chat back to the agent in which you wrote, or which a brake rests')).action(
    (chat: string, options: { agent?: string }, command: Command) =>
      run(command, (context) => releaseChat(context, { agent: options.agent, chat })),
  );
}

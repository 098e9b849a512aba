/** `chats`: which there are, and whether each is answered. Names and numbers, reasons, never texts. */

import type { Command } from 'commander';
import * as commands from '../../shared/contract/commands/chat-commands.ts';
import { describeSkip } from '../../shared/locales/description.ts';
import { writeTime } from '../../shared/locales/format.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import { A_PAGE, type CommandSet, MOST_A_PAGE, whole, withAgent } from './command-set.ts';
import type { Context } from './context.ts';
import { writeOwnNumber } from './link-command.ts';
import { printable, table } from './table.ts';

const DAY_MS = 86_400_000;

type Page = { readonly agent: string | undefined; readonly limit: number; readonly before: number | undefined };

async function listChats(context: Context, { agent, limit, before }: Page): Promise<ExitCode> {
  const { words, language, skipReasons } = context;
  const params = { ...named(agent), limit, ...(before === undefined ? {} : { before }) };
  const { chats } = await context.ask(commands.listChats, params);
  for (const chat of chats) context.tell(chat);
  if (chats.length === 0) context.say(words.chats.none);
  const rows = chats.map((chat) => [
    printable(chat.name ?? ''),
    addressOf(context, chat),
    words.chats.rules[chat.rule ?? 'none'],
    writeTime(language, chat.lastMessageAt),
    restOf(context, chat),
    chat.lastSkip ? context.fill(words.chats.skipped, { reason: describeSkip(chat.lastSkip.reason, skipReasons) }) : '',
    chat.chatId,
  ]);
  if (!context.json) context.terminal.out(table(rows));
  const last = chats.at(-1);
  if (last && chats.length === limit) context.say(words.chats.more, { before: last.lastMessageAt });
  return EXIT.done;
}

/** A number, else what the person calls themselves. */
function addressOf({ words }: Context, { kind, number, username }: commands.Chat): string {
  if (kind === 'group') return words.chats.group;
  return number === null && username !== null ? `@${printable(username)}` : writeOwnNumber(number);
}

/** Until when the chat is the owner's, that it asks for them, or that it rests; else that what was written for the owner has not taken it. */
function restOf(context: Context, { heldUntil, mutedUntil, asksSince, automaticAt }: commands.Chat): string {
  const { words, language, clock } = context;
  const now = clock.now();
  if (heldUntil !== null && heldUntil > now)
    return context.fill(words.chats.held, { at: writeTime(language, heldUntil) });
  if (asksSince !== null) return context.fill(words.chats.asks, { at: writeTime(language, asksSince) });
  if (mutedUntil !== null && mutedUntil > now)
    return context.fill(words.chats.muted, { at: writeTime(language, mutedUntil) });
  if (automaticAt !== null && automaticAt > now - DAY_MS)
    return context.fill(words.chats.automatic, { at: writeTime(language, automaticAt) });
  return '';
}

async function ruleChat(
  context: Context,
  choice: { readonly agent: string | undefined; readonly chat: string; readonly rule: 'answer' | 'never' | null },
): Promise<ExitCode> {
  const params = { ...named(choice.agent), chat: choice.chat, rule: choice.rule };
  const { chat, rule } = await context.ask(commands.ruleChat, params);
  context.tell({ chatId: chat, rule });
  context.say(context.words.chats.ruled[rule ?? 'none']);
  return EXIT.done;
}

async function forgetChat(context: Context, agent: string | undefined, chat: string): Promise<ExitCode> {
  await context.ask(commands.forgetChat, { ...named(agent), chat });
  context.tell({ chat, forgotten: true });
  context.say(context.words.chats.forgotten);
  return EXIT.done;
}

function named(agent: string | undefined): { readonly agent?: string } {
  return agent === undefined ? {} : { agent };
}

export function addChats({ add, group, run }: CommandSet): void {
  const chats = group('chats', 'the chats seen, and whether each is answered');
  withAgent(add('list', 'latest first', [], 'few', chats))
    .option('--limit <count>', `how many, at most ${MOST_A_PAGE}`, whole(MOST_A_PAGE), A_PAGE)
    .option('--before <time>', 'only older than this, epoch milliseconds', whole(Number.MAX_SAFE_INTEGER))
    .action((options: { agent?: string; limit: number; before?: number }, command: Command) =>
      run(command, (context) =>
        listChats(context, { agent: options.agent, limit: options.limit, before: options.before }),
      ),
    );
  const rules = [
    ['answer', 'answer', 'this chat is answered, whatever the agent does elsewhere'],
    ['never', 'never', 'this chat is never answered'],
    ['clear', null, "the agent's own choice holds again for this chat"],
  ] as const;
  for (const [name, rule, description] of rules) {
    withAgent(add(`${name} <chat>`, description, [], 'few', chats)).action(
      (chat: string, options: { agent?: string }, command: Command) =>
        run(command, (context) => ruleChat(context, { agent: options.agent, chat, rule })),
    );
  }
  withAgent(add('forget <chat>', 'forgets a chat with its texts', [], 'few', chats)).action(
    (chat: string, options: { agent?: string }, command: Command) =>
      run(command, (context) => forgetChat(context, options.agent, chat)),
  );
}

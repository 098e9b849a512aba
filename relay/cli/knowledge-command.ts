/** `knowledge`: the files that an agent's model reads with every question, and what they cost before they are added. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { agentCosts } from '../../shared/contract/commands/cost-commands.ts';
import {
  addKnowledge,
  type Knowledge,
  listKnowledge,
  removeKnowledge,
} from '../../shared/contract/commands/knowledge-commands.ts';
import { fileNameOf, MOST_FILE_BYTES } from '../../shared/contract/knowledge.ts';
import { writeMoney } from '../../shared/locales/money.ts';
import { answersADay, answerTokens, costOfAnswer, tokensIn } from '../../shared/rules/brief.ts';
import { filePartsOf, textBytes, textOfFile } from '../../shared/rules/file-text.ts';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import { chooseAgent } from './choose-agent.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import type { CommandSet } from './command-set.ts';
import { confirm } from './confirm.ts';
import type { Context } from './context.ts';
import { printable } from './table.ts';

type Wish = { readonly add?: readonly string[]; readonly remove?: readonly string[]; readonly yes?: true };
type NewFile = { readonly name: string; readonly text: string };

async function knowledge(
  context: Context,
  wanted: string | undefined,
  { add = [], remove = [], yes }: Wish,
): Promise<ExitCode> {
  const { id } = await chooseAgent(context, wanted);
  const files = await Promise.all(add.map((file) => readNew(context, file)));
  let told = await context.ask(listKnowledge, { agent: id });
  // One that reads none refuses them: there is nothing to weigh.
  if (files.length > 0 && told.reads) {
    for (const line of await costLines(context, told, files, remove)) context.say('{line}', { line });
    const names = files.map(({ name }) => printable(name)).join(', ');
    const question = context.fill(context.words.knowledge.question, { files: names, agent: printable(told.name) });
    // A script has decided; nothing is lost by it.
    const asks = context.terminal.asks && !context.json;
    if (asks && !(await confirm(context, question, yes ?? false))) return EXIT.refused;
  }
  for (const name of remove) told = await context.ask(removeKnowledge, { agent: id, name });
  for (const { name, text } of files) {
    for (const part of filePartsOf(text))
      told = await context.ask(addKnowledge, { agent: id, name, of: text.length, ...part });
  }
  context.tell(told);
  for (const line of listLines(context, told)) context.say('{line}', { line });
  return EXIT.done;
}

/** Throws where it is no file, or none that an agent could read. */
async function readNew(context: Context, file: string): Promise<NewFile> {
  let bytes: Uint8Array | null;
  try {
    // Twice as many where each letter has two.
    bytes = (await stat(file)).size > 2 * MOST_FILE_BYTES ? null : await readFile(file);
  } catch (error) {
    throw context.fault('file-unreadable', EXIT.usage, { file: printable(file) }, error);
  }
  const text = bytes && textOfFile(bytes);
  if (text === null || text.trim() === '' || textBytes(text) > MOST_FILE_BYTES)
    throw context.fault('file-not-taken', EXIT.usage, { file: printable(file) });
  return { name: fileNameOf(path.basename(file)), text };
}

/** What all files together cost with every answer, those among them that are about to be added. */
async function costLines(
  context: Context,
  { id, files: kept }: Knowledge,
  added: readonly NewFile[],
  removed: readonly string[],
): Promise<readonly string[]> {
  const { language } = context;
  const words = context.words.knowledge;
  const count = (value: number): string => new Intl.NumberFormat(language).format(value);
  const stays = kept.filter(({ name }) => !removed.includes(name) && !added.some((file) => file.name === name));
  const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);
  const tokens = sum(stays.map((file) => file.tokens)) + sum(added.map(({ text }) => tokensIn(text)));
  const { price, limits, caps } = await context.ask(agentCosts, { agent: id });
  const answer = answerTokens(tokens);
  const most = caps.dayTokens ?? limits.tokens;
  const answers = answersADay(answer, { answers: limits.answers, tokens: most });
  const paid = price === null || price.source === 'own-computer' ? null : costOfAnswer(answer, price);
  return [
    context.fill(words.tokens, { count: count(tokens) }),
    ...(paid ? [context.fill(words.perAnswer, { money: writeMoney(language, paid.currency, paid.micros) })] : []),
    context.fill(words.lasts, { limit: count(most), answers: count(answers) }),
  ];
}

function listLines(context: Context, { name: agent, files, reads }: Knowledge): readonly string[] {
  const words = context.words.knowledge;
  const count = (value: number): string => new Intl.NumberFormat(context.language).format(value);
  if (files.length === 0) return [context.fill(words.none, { agent: printable(agent) })];
  return [
    ...files.map(({ name, bytes, tokens }) =>
      context.fill(words.file, { file: printable(name), bytes: count(bytes), tokens: count(tokens) }),
    ),
    ...(reads ? [] : [context.fill(words.unread, { agent: printable(agent) })]),
  ];
}

export function addKnowledgeCommand({ add, run }: CommandSet): void {
  add('knowledge [agent]', 'files of text or Markdown that the agent’s model reads with every question', [
    `${COMMAND_LINE} knowledge Sales --add prices.md questions.txt`,
    `${COMMAND_LINE} knowledge Sales --remove prices.md`,
  ])
    .option('--add <files...>', 'files of 64 kB at the most; one of the same name is replaced')
    .option('--remove <names...>', 'the names of files that it is to read no more')
    .option('--yes', 'without asking')
    .action((agent: string | undefined, wish: Wish, command: Command) =>
      run(command, (context) => knowledge(context, agent, wish)),
    );
}

/** `costs`: what an agent has cost today and this month, its price, and how much it may spend. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type AgentCosts, agentCosts, type Spending } from '../../shared/contract/commands/cost-commands.ts';
import { type Caps, CURRENCIES, type Currency, MICROS, NO_CAPS, type Price } from '../../shared/contract/cost.ts';
import { writeMoney } from '../../shared/locales/money.ts';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import { chooseAgent } from './choose-agent.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import { type CommandSet, whole } from './command-set.ts';
import type { Context } from './context.ts';
import { printable } from './table.ts';

type Wish = {
  readonly priceIn?: number;
  readonly priceOut?: number;
  readonly currency?: Currency;
  readonly clearPrice?: true;
  readonly dayTokens?: number;
  readonly dayMoney?: number;
  readonly monthMoney?: number;
  readonly chatTokens?: number;
  readonly chatMoney?: number;
  readonly clearLimits?: true;
};

const MOST_TOKENS = 1_000_000_000;
const NONE = '–';

async function costs(context: Context, wanted: string | undefined, wish: Wish): Promise<ExitCode> {
  const { id } = await chooseAgent(context, wanted);
  const before = await context.ask(agentCosts, { agent: id });
  const price = priceWanted(context, before, wish);
  const caps = capsWanted(before, wish, price?.currency);
  const change = { ...(price === undefined ? {} : { price }), ...(caps === undefined ? {} : { caps }) };
  const told = Object.keys(change).length === 0 ? before : await context.ask(agentCosts, { agent: id, ...change });
  context.tell(told);
  for (const line of linesOf(context, told)) context.say('{line}', { line });
  return EXIT.done;
}

/** Undefined: it stays as it is. Half a price is none. */
function priceWanted(context: Context, { price }: AgentCosts, wish: Wish): Price | null | undefined {
  const { priceIn: input, priceOut: output, currency, clearPrice } = wish;
  if (clearPrice) return null;
  if (input === undefined && output === undefined) return undefined;
  if (input === undefined || output === undefined)
    throw context.fault('usage', EXIT.usage, { detail: '--price-in, --price-out' });
  return { currency: currency ?? price?.currency ?? 'USD', input, output };
}

function capsWanted({ caps, price }: AgentCosts, wish: Wish, priced: Currency | undefined): Caps | undefined {
  if (wish.clearLimits) return { ...NO_CAPS, currency: caps.currency };
  const micros = (amount: number | undefined, now: number | null): number | null =>
    amount === undefined ? now : Math.round(amount * MICROS);
  const { dayTokens, dayMoney, monthMoney, chatTokens, chatMoney } = wish;
  if ([dayTokens, dayMoney, monthMoney, chatTokens, chatMoney].every((each) => each === undefined)) return undefined;
  const hasMoney = caps.dayMicros !== null || caps.monthMicros !== null || caps.chatMicros !== null;
  const currency = wish.currency ?? priced ?? (hasMoney ? caps.currency : (price?.currency ?? caps.currency));
  // An amount of another currency would be another amount.
  const kept = currency === caps.currency ? caps : NO_CAPS;
  return {
    currency,
    dayTokens: dayTokens ?? caps.dayTokens,
    dayMicros: micros(dayMoney, kept.dayMicros),
    monthMicros: micros(monthMoney, kept.monthMicros),
    chatTokens: chatTokens ?? caps.chatTokens,
    chatMicros: micros(chatMoney, kept.chatMicros),
  };
}

function linesOf(context: Context, costs: AgentCosts): readonly string[] {
  const { language } = context;
  const { name, countsTokens, price, caps, capsHold, limits, today, month } = costs;
  const words = context.words.costs;
  const count = (value: number): string => new Intl.NumberFormat(language).format(value);
  const money = (micros: number | null): string =>
    micros === null ? NONE : writeMoney(language, caps.currency, micros);
  const spent = ({ answers, inputTokens, outputTokens, money: paid }: Spending) => ({
    answers: count(answers),
    tokens: count(inputTokens + outputTokens),
    money: paid.map(({ currency, micros }) => writeMoney(language, currency, micros)).join(' + ') || NONE,
  });
  const perMillion = (amount: number): string =>
    price === null ? NONE : writeMoney(language, price.currency, Math.round(amount * MICROS));
  const priceLine = (): string => {
    if (price === null) return `  ${words.noPrice}`;
    const source = context.fill(words.sources[price.source], { date: price.asOf ?? '' });
    const values = { input: perMillion(price.input), output: perMillion(price.output), source };
    return `  ${context.fill(words.price, values)}`;
  };
  const limitLines = [
    `  ${context.fill(words.dayLimit, { tokens: count(caps.dayTokens ?? limits.tokens), answers: count(limits.answers), money: money(caps.dayMicros) })}`,
    `  ${context.fill(words.monthLimit, { money: money(caps.monthMicros) })}`,
    `  ${context.fill(words.chatLimit, { tokens: count(caps.chatTokens ?? limits.chatTokens), money: money(caps.chatMicros) })}`,
    ...(capsHold ? [] : [`  ${words.idle}`]),
  ];
  return [
    printable(name),
    `  ${context.fill(words.today, spent(today))}`,
    `  ${context.fill(words.month, spent(month))}`,
    ...(countsTokens
      ? [priceLine(), ...limitLines]
      : [price?.source === 'own-computer' ? priceLine() : `  ${words.silent}`]),
  ];
}

/** An option that is an amount of money, in whole units and parts of them. */
function amount(text: string): number {
  const value = Number(text.replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(value) || value < 0 || value > MOST_TOKENS)
    throw new InvalidArgumentError('0.00');
  return value;
}

export function addCosts({ add, run }: CommandSet): void {
  add('costs [agent]', 'what an agent has cost today and this month, its price, and how much it may spend', [
    `${COMMAND_LINE} costs`,
    `${COMMAND_LINE} costs Sales --price-in 5 --price-out 20 --currency BRL`,
    `${COMMAND_LINE} costs Sales --day-money 2 --month-money 40`,
  ])
    .option('--price-in <amount>', 'the price of a million tokens that the model reads', amount)
    .option('--price-out <amount>', 'the price of a million tokens that it writes', amount)
    .addOption(new Option('--currency <code>', 'of the price and of the limits').choices([...CURRENCIES]))
    .option('--clear-price', 'the price that is known holds, where there is one')
    .option('--day-tokens <count>', 'tokens a day before the switch goes off', whole(MOST_TOKENS))
    .option('--day-money <amount>', 'money a day before the switch goes off', amount)
    .option('--month-money <amount>', 'money a month before the switch goes off', amount)
    .option('--chat-tokens <count>', 'tokens a day that one chat may take', whole(MOST_TOKENS))
    .option('--chat-money <amount>', 'money a day that one chat may take', amount)
    .option('--clear-limits', 'the limits of all agents hold again')
    .action((agent: string | undefined, options: Wish, command: Command) =>
      run(command, (context) => costs(context, agent, options)),
    );
}

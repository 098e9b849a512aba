/** The counts of a day, in SQLite: shared by the ledgers that raise them. */
import type { AgentId } from '../../shared/contract/chat.ts';
import { CURRENCIES, type Money } from '../../shared/contract/cost.ts';
import type { DayCount, Spent } from './agent-ledger.ts';
import type { Database, Row } from './database.ts';
import { number, word } from './row-reader.ts';

/** Far beyond any day's tokens, and sums of two of it are still exact: a server may say that it has spent anything. */
export const MOST_TOKENS = 2 ** 50;

/** `day` is the owner's local day, `YYYY-MM-DD`. */
export function addToDay(database: Database, id: AgentId, day: string, plus: Partial<DayCount>): void {
  database.run(
    `INSERT INTO days (agent, day, messages, answers, skipped, input_tokens, output_tokens) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET messages = messages + excluded.messages, answers = answers + excluded.answers,
       skipped = skipped + excluded.skipped,
       input_tokens = min(input_tokens + excluded.input_tokens, ${MOST_TOKENS}),
       output_tokens = min(output_tokens + excluded.output_tokens, ${MOST_TOKENS})`,
    id,
    day,
    plus.messages ?? 0,
    plus.answers ?? 0,
    plus.skipped ?? 0,
    Math.min(plus.inputTokens ?? 0, MOST_TOKENS),
    Math.min(plus.outputTokens ?? 0, MOST_TOKENS),
  );
}

export function dayCountOf(database: Database, id: AgentId, day: string): DayCount {
  const row = database.get('SELECT * FROM days WHERE agent = ? AND day = ?', id, day);
  if (!row) return { messages: 0, answers: 0, skipped: 0, inputTokens: 0, outputTokens: 0 };
  return {
    messages: number(row, 'messages'),
    answers: number(row, 'answers'),
    skipped: number(row, 'skipped'),
    inputTokens: number(row, 'input_tokens'),
    outputTokens: number(row, 'output_tokens'),
  };
}

export function addCost(database: Database, id: AgentId, day: string, { currency, micros }: Money): void {
  database.run(
    `INSERT INTO costs (agent, day, currency, micros) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET micros = min(micros + excluded.micros, ${MOST_TOKENS})`,
    id,
    day,
    currency,
    Math.min(micros, MOST_TOKENS),
  );
}

export function spentBetween(database: Database, id: AgentId, from: string, to: string): Spent {
  const sums = database.get(
    `SELECT total(answers) AS answers, total(input_tokens) AS input, total(output_tokens) AS output
     FROM days WHERE agent = ? AND day BETWEEN ? AND ?`,
    id,
    from,
    to,
  );
  const money = database.all(
    'SELECT currency, total(micros) AS micros FROM costs WHERE agent = ? AND day BETWEEN ? AND ? GROUP BY currency ORDER BY currency',
    id,
    from,
    to,
  );
  return {
    answers: sums ? number(sums, 'answers') : 0,
    inputTokens: sums ? number(sums, 'input') : 0,
    outputTokens: sums ? number(sums, 'output') : 0,
    money: money.map(moneyIn),
  };
}

/** The money of a row of `costs`. */
export function moneyIn(row: Row): Money {
  return { currency: word(row, 'currency', CURRENCIES), micros: number(row, 'micros') };
}

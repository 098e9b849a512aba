/** The counts of a day, in SQLite: shared by the ledgers that raise them. */
import type { AgentId } from '../../shared/contract/chat.ts';
import type { DayCount } from './agent-ledger.ts';
import type { Database } from './database.ts';
import { number } from './row-reader.ts';

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

/** Writes outcomes: the one writer of them, which all ledgers share. One outcome a message, never two. */
import type { AgentId, ChatId, Outcome, SkipReason } from '../../shared/contract/chat.ts';
import { localDay } from '../clock.ts';
import type { Database } from './database.ts';
import { addToDay } from './days.ts';
import { numberOrNull, textOrNull } from './row-reader.ts';

/** Values of `messages.open`. */
export const OPEN = { settled: 0, open: 1, answering: 2, asked: 3 } as const;
/** To be answered. */
export const IS_OPEN = `open > 0 AND open <> ${OPEN.answering}`;

/** Which messages are settled: all, or those of a chat, up to a row, or sent up to a moment. `from` is what they are now. */
export type Settling = {
  readonly agentId: AgentId;
  readonly chatId?: ChatId;
  readonly row?: number;
  readonly sentThrough?: number;
  readonly outcome: Outcome;
  readonly now: number;
};

/** Gives every message that waits for an answer its outcome; says how many there were. To be called inside a transaction. */
export function settleOpen(database: Database, settling: Settling): number {
  return settleWhere(database, settling, IS_OPEN);
}

/** The same for messages whose answer was on its way. */
export function settleAnswering(database: Database, settling: Settling): number {
  return settleWhere(database, settling, `open > 0 AND open = ${OPEN.answering}`);
}

/** One message, whatever it waits for. */
export function settleMessage(
  database: Database,
  {
    agentId,
    row,
    outcome,
    now,
  }: { readonly agentId: AgentId; readonly row: number; readonly outcome: SkipReason; readonly now: number },
): void {
  database.run(
    'INSERT INTO outcomes (agent, chat, message, sent_at, outcome, at) SELECT agent, chat, row, sent_at, ?, ? FROM messages WHERE row = ?',
    outcome,
    now,
    row,
  );
  database.run(`UPDATE messages SET open = ${OPEN.settled} WHERE row = ?`, row);
  countSkipped(database, agentId, outcome, 1, now);
}

function settleWhere(database: Database, settling: Settling, condition: string): number {
  const { agentId, chatId = null, row = Number.MAX_SAFE_INTEGER, outcome, now } = settling;
  const sentThrough = settling.sentThrough ?? Number.MAX_SAFE_INTEGER;
  const where = `${condition} AND agent = ?1 AND (?2 IS NULL OR chat = ?2) AND row <= ?3 AND sent_at <= ?4`;
  if (outcome !== 'answered') {
    database.run(
      `UPDATE chats SET skip_reason = ?5, skipped_at = ?6 WHERE agent = ?1 AND chat IN (SELECT chat FROM messages WHERE ${where})`,
      agentId,
      chatId,
      row,
      sentThrough,
      outcome,
      now,
    );
  }
  database.run(
    `INSERT INTO outcomes (agent, chat, message, sent_at, outcome, at) SELECT agent, chat, row, sent_at, ?5, ?6 FROM messages WHERE ${where} ORDER BY row`,
    agentId,
    chatId,
    row,
    sentThrough,
    outcome,
    now,
  );
  const settled = database.run(
    `UPDATE messages SET open = ${OPEN.settled} WHERE ${where}`,
    agentId,
    chatId,
    row,
    sentThrough,
  );
  countSkipped(database, agentId, outcome, settled, now);
  return settled;
}

function countSkipped(database: Database, agentId: AgentId, outcome: Outcome, skipped: number, now: number): void {
  if (skipped > 0 && outcome !== 'answered') addToDay(database, agentId, localDay(now), { skipped });
}

/** The outcome of a message that was settled as it came; `message` is its row, null where it was not kept. */
export function recordOutcome(
  database: Database,
  record: {
    readonly agentId: AgentId;
    readonly chatId: ChatId;
    readonly message: number | null;
    readonly sentAt: number;
    readonly outcome: SkipReason;
    readonly now: number;
  },
): void {
  const { agentId, chatId, message, sentAt, outcome, now } = record;
  database.run(
    'INSERT INTO outcomes (agent, chat, message, sent_at, outcome, at) VALUES (?, ?, ?, ?, ?, ?)',
    agentId,
    chatId,
    message,
    sentAt,
    outcome,
    now,
  );
  if (!isKnownSince(database, record)) countSkipped(database, agentId, outcome, 1, now);
  database.run(
    'INSERT INTO chats (agent, chat, skip_reason, skipped_at) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET skip_reason = excluded.skip_reason, skipped_at = excluded.skipped_at',
    agentId,
    chatId,
    outcome,
    now,
  );
}

/** A chat that is not to be answered is counted once a day, however busy it is. */
function isKnownSince(
  database: Database,
  {
    agentId,
    chatId,
    outcome,
    now,
  }: { readonly agentId: AgentId; readonly chatId: ChatId; readonly outcome: SkipReason; readonly now: number },
): boolean {
  if (outcome !== 'group' && outcome !== 'not-in-scope') return false;
  const chat = database.get('SELECT skip_reason, skipped_at FROM chats WHERE agent = ? AND chat = ?', agentId, chatId);
  const skippedAt = chat ? numberOrNull(chat, 'skipped_at') : null;
  return (
    skippedAt !== null && textOrNull(chat ?? {}, 'skip_reason') === outcome && localDay(skippedAt) === localDay(now)
  );
}

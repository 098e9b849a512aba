/** The outbox in SQLite: an answer is here before its first byte leaves, under the id it keeps for ever. */
import type { AgentId, ChatId, SkipReason } from '../../shared/contract/chat.ts';
import { localDay } from '../clock.ts';
import type { Database, Row } from './database.ts';
import { addToDay } from './days.ts';
import type { OutboxFailure, OutboxItem, OutboxLedger, SentAnswer } from './outbox-ledger.ts';
import { IS_OPEN, OPEN, settleAnswering, settleOpen } from './outcome-records.ts';
import { number, numberOrNull, text, textOrNull, word } from './row-reader.ts';

/** Selects the chat of an outbox row `o`. */
const DISAPPEARS_AFTER = `coalesce((SELECT c.disappears_after FROM chats c WHERE c.agent = o.agent AND c.chat = o.chat), 0) AS disappears_after`;
/** No answer waits longer for a connection. */
const MOST_WAITED_MS = 24 * 3_600_000;
const PENDING_STATES = ['queued', 'sending'] as const;

export class SqliteOutbox implements OutboxLedger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async queueAnswers(turn: Parameters<OutboxLedger['queueAnswers']>[0]): Promise<boolean> {
    const { agentId, chatId, row, answers, newestAt, now } = turn;
    const asks = turn.asksOwner ? 1 : 0;
    return this.#database.transaction(() => {
      if (!this.#isWanted(agentId, chatId, row)) return false;
      for (const { messageId, text: answer, notBefore } of answers) {
        this.#database.run(
          "INSERT INTO outbox (agent, chat, message_id, text, state, queued_at, after_row, newest_at, not_before, asks) VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?)",
          agentId,
          chatId,
          messageId,
          answer,
          now,
          row,
          newestAt,
          notBefore,
          asks,
        );
      }
      if (asks)
        this.#database.run('UPDATE chats SET asks_since = ? WHERE agent = ? AND chat = ?', now, agentId, chatId);
      this.#database.run(
        `INSERT INTO answered (agent, chat, through) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET through = max(through, excluded.through)`,
        agentId,
        chatId,
        row,
      );
      const outcome = asks ? 'asked-for-you' : 'agent-silent';
      if (answers.length === 0) settleOpen(this.#database, { agentId, chatId, row, outcome, now });
      else
        this.#database.run(
          `UPDATE messages SET open = ${OPEN.answering} WHERE agent = ? AND chat = ? AND ${IS_OPEN} AND row <= ?`,
          agentId,
          chatId,
          row,
        );
      return true;
    });
  }

  async pending(agentId: AgentId): Promise<readonly OutboxItem[]> {
    return this.#database
      .all(
        `SELECT o.*, ${DISAPPEARS_AFTER} FROM outbox o WHERE o.agent = ? AND o.state IN ('queued', 'sending') ORDER BY o.row`,
        agentId,
      )
      .map(readItem);
  }

  async startSending(agentId: AgentId, messageId: string): Promise<boolean> {
    const changed = this.#database.run(
      "UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE agent = ? AND message_id = ? AND state IN ('queued', 'sending')",
      agentId,
      messageId,
    );
    return changed > 0;
  }

  async putBack(agentId: AgentId, messageId: string): Promise<void> {
    this.#database.run(
      "UPDATE outbox SET state = 'queued', attempts = attempts - 1 WHERE agent = ? AND message_id = ? AND state = 'sending'",
      agentId,
      messageId,
    );
  }

  async markSent(agentId: AgentId, messageId: string, now: number): Promise<void> {
    this.#end(agentId, messageId, 'sent', null, now);
  }

  async markFailed(agentId: AgentId, messageId: string, reason: OutboxFailure, now: number): Promise<boolean> {
    return this.#end(agentId, messageId, 'failed', reason, now);
  }

  async takeBack(agentId: AgentId, chatId: ChatId, except: readonly number[], now: number): Promise<void> {
    this.#database.transaction(() => {
      const turns = this.#database
        .all(
          "SELECT DISTINCT after_row FROM outbox WHERE agent = ? AND chat = ? AND state IN ('queued', 'sending') ORDER BY after_row DESC",
          agentId,
          chatId,
        )
        .map((row) => number(row, 'after_row'));
      for (const afterRow of turns) {
        if (except.includes(afterRow) || this.#turn(agentId, chatId, afterRow).sent > 0) continue;
        this.#database.run(
          "UPDATE outbox SET state = 'failed', failure = 'taken-back', text = NULL, settled_at = ? WHERE agent = ? AND chat = ? AND after_row = ?",
          now,
          agentId,
          chatId,
          afterRow,
        );
        // What the turns before it answer stays as it is.
        const before = turns.find((each) => each < afterRow) ?? 0;
        this.#database.run(
          `UPDATE messages SET open = ${OPEN.open} WHERE agent = ? AND chat = ? AND open = ${OPEN.answering} AND row <= ? AND row > ?`,
          agentId,
          chatId,
          afterRow,
          before,
        );
      }
    });
  }

  async answersBetween(agentId: AgentId, chatId: ChatId, since: number, until: number): Promise<number> {
    const row = this.#database.get(
      `SELECT count(DISTINCT queued_at) AS answers FROM outbox
       WHERE agent = ?1 AND chat = ?2 AND queued_at > ?3 - ${MOST_WAITED_MS} AND queued_at <= ?4 AND (state <> 'failed' OR attempts > 0)
         AND (state IN ('queued', 'sending') OR coalesce(settled_at, queued_at) BETWEEN ?3 + 1 AND ?4)`,
      agentId,
      chatId,
      since,
      until,
    );
    return row ? number(row, 'answers') : 0;
  }

  async answersPending(agentId: AgentId): Promise<number> {
    const row = this.#database.get(
      "SELECT count(*) AS answers FROM (SELECT DISTINCT chat, after_row FROM outbox WHERE agent = ? AND state IN ('queued', 'sending'))",
      agentId,
    );
    return row ? number(row, 'answers') : 0;
  }

  async lastText(agentId: AgentId, chatId: ChatId, since: number): Promise<string | null> {
    const row = this.#database.get(
      "SELECT text FROM outbox WHERE agent = ? AND chat = ? AND queued_at > ? AND state <> 'failed' ORDER BY row DESC LIMIT 1",
      agentId,
      chatId,
      since,
    );
    return row ? textOrNull(row, 'text') : null;
  }

  async hasAskedSince(agentId: AgentId, chatId: ChatId, since: number): Promise<boolean> {
    return (
      this.#database.get(
        "SELECT 1 FROM outbox WHERE agent = ? AND chat = ? AND queued_at > ? AND asks = 1 AND state <> 'failed' LIMIT 1",
        agentId,
        chatId,
        since,
      ) !== undefined
    );
  }

  async isOurs(agentId: AgentId, messageId: string): Promise<boolean> {
    return (
      this.#database.get('SELECT 1 FROM outbox WHERE agent = ? AND message_id = ?', agentId, messageId) !== undefined
    );
  }

  async sentAnswer(agentId: AgentId, messageId: string): Promise<SentAnswer | null> {
    const row = this.#database.get(
      `SELECT o.text, ${DISAPPEARS_AFTER} FROM outbox o
       WHERE o.agent = ? AND o.message_id = ? AND (o.state IN ('sending', 'sent') OR o.attempts > 0)`,
      agentId,
      messageId,
    );
    const sent = row ? textOrNull(row, 'text') : null;
    return row && sent !== null ? { text: sent, disappearsAfter: number(row, 'disappears_after') } : null;
  }

  #end(
    agentId: AgentId,
    messageId: string,
    state: 'sent' | 'failed',
    failure: OutboxFailure | null,
    now: number,
  ): boolean {
    return this.#database.transaction(() => {
      const item = this.#database.get(
        "SELECT chat, after_row, asks FROM outbox WHERE agent = ? AND message_id = ? AND state IN ('queued', 'sending')",
        agentId,
        messageId,
      );
      if (!item) return false;
      const chatId = text(item, 'chat') as ChatId;
      const afterRow = number(item, 'after_row');
      const before = this.#turn(agentId, chatId, afterRow);
      // What never left is kept nowhere; what may have left can still be asked for.
      this.#database.run(
        "UPDATE outbox SET state = ?3, failure = ?4, settled_at = ?5, text = CASE WHEN ?3 = 'failed' AND attempts = 0 THEN NULL ELSE text END WHERE agent = ?1 AND message_id = ?2",
        agentId,
        messageId,
        state,
        failure,
        now,
      );
      if (state === 'sent' && before.sent === 0) addToDay(this.#database, agentId, localDay(now), { answers: 1 });
      if (before.pending > 1) return true;
      const delivered = number(item, 'asks') === 1 ? 'asked-for-you' : 'answered';
      const outcome = state === 'sent' || before.sent > 0 ? delivered : outcomeOf(failure);
      settleAnswering(this.#database, { agentId, chatId, row: afterRow, outcome, now });
      return true;
    });
  }

  #turn(agentId: AgentId, chatId: ChatId, afterRow: number): { readonly pending: number; readonly sent: number } {
    const row = this.#database.get(
      "SELECT sum(state IN ('queued', 'sending')) AS pending, sum(state = 'sent') AS sent FROM outbox WHERE agent = ? AND chat = ? AND after_row = ?",
      agentId,
      chatId,
      afterRow,
    );
    return row ? { pending: number(row, 'pending'), sent: number(row, 'sent') } : { pending: 0, sent: 0 };
  }

  /** Still on, and the owner has not spoken after what the agent read. */
  #isWanted(agentId: AgentId, chatId: ChatId, row: number): boolean {
    const agent = this.#database.get('SELECT is_on FROM agents WHERE id = ?', agentId);
    if (!agent || number(agent, 'is_on') !== 1) return false;
    return !this.#database.get(
      "SELECT 1 FROM messages WHERE agent = ? AND chat = ? AND row > ? AND author = 'owner' LIMIT 1",
      agentId,
      chatId,
      row,
    );
  }
}

function outcomeOf(failure: OutboxFailure | null): SkipReason {
  return failure === null || failure === 'refused' || failure === 'too-late' ? 'undelivered' : failure;
}

function readItem(row: Row): OutboxItem {
  return {
    agentId: text(row, 'agent') as AgentId,
    chatId: text(row, 'chat') as ChatId,
    messageId: text(row, 'message_id'),
    text: text(row, 'text'),
    queuedAt: number(row, 'queued_at'),
    notBefore: number(row, 'not_before'),
    newestAt: numberOrNull(row, 'newest_at'),
    afterRow: number(row, 'after_row'),
    state: word(row, 'state', PENDING_STATES),
    attempts: number(row, 'attempts'),
    disappearsAfter: number(row, 'disappears_after'),
    asksOwner: number(row, 'asks') === 1,
  };
}

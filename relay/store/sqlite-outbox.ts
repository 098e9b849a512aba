/** The outbox in SQLite: an answer is here before its first byte leaves, under the id it keeps for ever. */
import type { AgentId, ChatId } from '../../shared/chat.ts';
import type { Database, Row } from './database.ts';
import type { OutboxFailure, OutboxItem, OutboxLedger, SentAnswer } from './outbox-ledger.ts';
import { number, text, textOrNull, word } from './row-reader.ts';
import { addToDay } from './sqlite-agents.ts';

/** Of the chat of an outbox row `o`. */
const DISAPPEARS_AFTER = `coalesce((SELECT c.disappears_after FROM chats c WHERE c.agent = o.agent AND c.chat = o.chat), 0) AS disappears_after`;
const PENDING_STATES = ['queued', 'sending'] as const;

export class SqliteOutbox implements OutboxLedger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async queueAnswers(turn: Parameters<OutboxLedger['queueAnswers']>[0]): Promise<boolean> {
    return this.#database.transaction(() => {
      const usage = turn.usage ?? { inputTokens: 0, outputTokens: 0 };
      // Tokens were spent whatever becomes of the answer.
      const wanted = this.#isWanted(turn.agentId, turn.chatId, turn.row);
      addToDay(this.#database, turn.agentId, turn.day, {
        ...usage,
        answers: wanted && turn.answers.length > 0 ? 1 : 0,
      });
      if (!wanted) return false;
      for (const { messageId, text: answer } of turn.answers) {
        this.#database.run(
          "INSERT INTO outbox (agent, chat, message_id, text, state, queued_at, after_row) VALUES (?, ?, ?, ?, 'queued', ?, ?)",
          turn.agentId,
          turn.chatId,
          messageId,
          answer,
          turn.now,
          turn.row,
        );
      }
      this.#database.run(
        'UPDATE messages SET open = 0 WHERE agent = ? AND chat = ? AND open = 1 AND row <= ?',
        turn.agentId,
        turn.chatId,
        turn.row,
      );
      this.#database.run(
        `INSERT INTO answered (agent, chat, through) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET through = max(through, excluded.through)`,
        turn.agentId,
        turn.chatId,
        turn.row,
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
    this.#database.run(
      "UPDATE outbox SET state = 'sent', settled_at = ? WHERE agent = ? AND message_id = ? AND state IN ('queued', 'sending')",
      now,
      agentId,
      messageId,
    );
  }

  async markFailed(agentId: AgentId, messageId: string, reason: OutboxFailure, now: number): Promise<void> {
    this.#database.run(
      "UPDATE outbox SET state = 'failed', failure = ?, settled_at = ? WHERE agent = ? AND message_id = ? AND state IN ('queued', 'sending')",
      reason,
      now,
      agentId,
      messageId,
    );
  }

  async dropChat(agentId: AgentId, chatId: ChatId): Promise<number> {
    return this.#database.run("DELETE FROM outbox WHERE agent = ? AND chat = ? AND state = 'queued'", agentId, chatId);
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

function readItem(row: Row): OutboxItem {
  return {
    agentId: text(row, 'agent') as AgentId,
    chatId: text(row, 'chat') as ChatId,
    messageId: text(row, 'message_id'),
    text: text(row, 'text'),
    queuedAt: number(row, 'queued_at'),
    state: word(row, 'state', PENDING_STATES),
    attempts: number(row, 'attempts'),
    disappearsAfter: number(row, 'disappears_after'),
  };
}

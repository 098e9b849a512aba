/** The owner's copy, read out of SQLite page by page. */

import type { AgentId, ChatId } from '../../shared/contract/chat.ts';
import { CHAT_KINDS, CHAT_RULES, OUTCOMES } from '../../shared/contract/chat.ts';
import type { Money } from '../../shared/contract/cost.ts';
import type { DayCount } from './agent-ledger.ts';
import type { Database, Row } from './database.ts';
import { moneyIn } from './days.ts';
import type {
  ExportedAnswer,
  ExportedChat,
  ExportedMessage,
  ExportedOutcome,
  ExportLedger,
  Page,
} from './export-ledger.ts';
import { number, numberOrNull, shownOrNone, text, textOrNull, word } from './row-reader.ts';

/** A page is read in about a millisecond. */
const PAGE_ROWS = 500;
const AUTHORS = ['contact', 'owner', 'agent'] as const;

export class SqliteExport implements ExportLedger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Chats have no row of their own: they are counted off, in the order of their ids. */
  async chats(agentId: AgentId, from: number): Promise<Page<ExportedChat>> {
    const rows = this.#database.all(
      'SELECT * FROM chats WHERE agent = ? ORDER BY chat LIMIT ? OFFSET ?',
      agentId,
      PAGE_ROWS,
      from,
    );
    return { rows: rows.map(readChat), next: rows.length < PAGE_ROWS ? null : from + rows.length };
  }

  async messages(agentId: AgentId, from: number): Promise<Page<ExportedMessage>> {
    return this.#page('messages', agentId, from, (row) => ({
      chatId: text(row, 'chat') as ChatId,
      // What WhatsApp Business wrote for the owner.
      author: word(row, 'author', AUTHORS) === 'contact' ? 'contact' : 'owner',
      kind: text(row, 'kind'),
      text: textOrNull(row, 'text'),
      shown: shownOrNone(row, 'shown'),
      senderName: textOrNull(row, 'sender_name'),
      sentAt: number(row, 'sent_at'),
      receivedAt: number(row, 'received_at'),
    }));
  }

  async answers(agentId: AgentId, from: number): Promise<Page<ExportedAnswer>> {
    return this.#page('outbox', agentId, from, (row) => ({
      chatId: text(row, 'chat') as ChatId,
      text: textOrNull(row, 'text'),
      state: text(row, 'state'),
      queuedAt: number(row, 'queued_at'),
      settledAt: numberOrNull(row, 'settled_at'),
    }));
  }

  async outcomes(agentId: AgentId, from: number): Promise<Page<ExportedOutcome>> {
    return this.#page('outcomes', agentId, from, (row) => ({
      chatId: text(row, 'chat') as ChatId,
      outcome: word(row, 'outcome', OUTCOMES),
      sentAt: number(row, 'sent_at'),
      at: number(row, 'at'),
    }));
  }

  async days(agentId: AgentId): Promise<readonly ({ readonly day: string } & DayCount)[]> {
    return this.#database.all('SELECT * FROM days WHERE agent = ? ORDER BY day', agentId).map((row) => ({
      day: text(row, 'day'),
      messages: number(row, 'messages'),
      answers: number(row, 'answers'),
      skipped: number(row, 'skipped'),
      inputTokens: number(row, 'input_tokens'),
      outputTokens: number(row, 'output_tokens'),
    }));
  }

  async costs(agentId: AgentId): Promise<readonly ({ readonly day: string } & Money)[]> {
    return this.#database
      .all('SELECT * FROM costs WHERE agent = ? ORDER BY day, currency', agentId)
      .map((row) => ({ day: text(row, 'day'), ...moneyIn(row) }));
  }

  /** The rows of this agent among so many rows of all agents: however few they are, no page walks the whole table. */
  #page<T>(table: 'messages' | 'outbox' | 'outcomes', agentId: AgentId, from: number, read: (row: Row) => T): Page<T> {
    const walked = `SELECT * FROM ${table} WHERE row > ? ORDER BY row LIMIT ${PAGE_ROWS}`;
    const end = this.#database.get(`SELECT count(*) AS rows, max(row) AS last FROM (${walked})`, from);
    const rows = this.#database.all(`SELECT * FROM (${walked}) WHERE agent = ?`, from, agentId);
    return { rows: rows.map(read), next: end && number(end, 'rows') === PAGE_ROWS ? number(end, 'last') : null };
  }
}

function readChat(row: Row): ExportedChat {
  const kind = textOrNull(row, 'kind');
  const rule = textOrNull(row, 'rule');
  return {
    chatId: text(row, 'chat') as ChatId,
    kind: kind === null ? null : word(row, 'kind', CHAT_KINDS),
    name: textOrNull(row, 'name'),
    username: textOrNull(row, 'username'),
    number: textOrNull(row, 'number'),
    rule: rule === null ? null : word(row, 'rule', CHAT_RULES),
    lastMessageAt: numberOrNull(row, 'last_message_at'),
  };
}

/** Messages in SQLite: taken once, answered once. What is dropped leaves a keyed hash of its id and nothing else. */
import { createHmac } from 'node:crypto';
import { type AgentId, CHAT_KINDS, type ChatId, SKIP_REASONS, type SkipReason } from '../../shared/chat.ts';
import type { Random } from '../clock.ts';
import type { ChatMessage, ContentKind } from './chat-message.ts';
import type { Database, Row } from './database.ts';
import type { Admission, MessageLedger, Skip, StoredLine } from './message-ledger.ts';
import { number, text, textOrNull, word } from './row-reader.ts';
import { hashKey } from './sqlite-agents.ts';

const KINDS = [
  'text',
  'image',
  'video',
  'voice',
  'audio',
  'document',
  'sticker',
  'location',
  'contact',
  'poll',
  'phone-only',
  'other',
] as const satisfies readonly ContentKind[];
const AUTHORS = ['contact', 'owner', 'agent'] as const;
const HASH_BYTES = 16;
/** How many skips are kept for "why was nothing answered". */
const KEPT_SKIPS = 1_000;

export class SqliteMessages implements MessageLedger {
  readonly #database: Database;
  readonly #hashKey: Uint8Array;

  constructor(database: Database, random: Random) {
    this.#database = database;
    this.#hashKey = hashKey(database, random);
  }

  async receive(agentId: AgentId, batch: readonly Admission[], now: number): Promise<readonly ('new' | 'duplicate')[]> {
    return this.#database.transaction(() => batch.map((admission) => this.#receiveOne(agentId, admission, now)));
  }

  async lines(agentId: AgentId, chatId: ChatId, limit: number): Promise<readonly StoredLine[]> {
    // Each answer stands after the last line that the agent had read when it answered.
    return this.#database
      .all(
        `SELECT * FROM (
           SELECT row AS line, 0 AS nth, row, author, message_id, kind, text, sent_at, sender_name, open
             FROM (SELECT * FROM messages WHERE agent = ?1 AND chat = ?2 ORDER BY row DESC LIMIT ?3)
           UNION ALL
           SELECT after_row, row, after_row, 'agent', message_id, 'text', text, settled_at, NULL, 0
             FROM (SELECT * FROM outbox WHERE agent = ?1 AND chat = ?2 AND state = 'sent' AND text IS NOT NULL ORDER BY row DESC LIMIT ?3)
         ) ORDER BY line DESC, nth DESC LIMIT ?3`,
        agentId,
        chatId,
        limit,
      )
      .map(readLine)
      .reverse();
  }

  async answeredThrough(agentId: AgentId, chatId: ChatId): Promise<number> {
    const row = this.#database.get('SELECT through FROM answered WHERE agent = ? AND chat = ?', agentId, chatId);
    return row ? number(row, 'through') : 0;
  }

  async openChats(agentId: AgentId): Promise<readonly ChatId[]> {
    return this.#database
      .all('SELECT DISTINCT chat FROM messages WHERE agent = ? AND open = 1', agentId)
      .map((row) => text(row, 'chat') as ChatId);
  }

  async settle(agentId: AgentId, chatId: ChatId, row: number, reason: SkipReason, now: number): Promise<void> {
    this.#database.transaction(() => {
      const settled = this.#database.run(
        'UPDATE messages SET open = 0 WHERE agent = ? AND chat = ? AND open = 1 AND row <= ?',
        agentId,
        chatId,
        row,
      );
      if (settled > 0) this.#skip(agentId, chatId, reason, now);
    });
  }

  async skips(agentId: AgentId, limit: number): Promise<readonly Skip[]> {
    return this.#database
      .all(
        `SELECT s.chat, s.reason, s.at, c.kind, c.name, c.number FROM skips s
         LEFT JOIN chats c ON c.agent = s.agent AND c.chat = s.chat WHERE s.agent = ? ORDER BY s.row DESC LIMIT ?`,
        agentId,
        limit,
      )
      .map((row) => {
        const kind = textOrNull(row, 'kind');
        return {
          reason: word(row, 'reason', SKIP_REASONS),
          at: number(row, 'at'),
          chatId: text(row, 'chat') as ChatId,
          kind: kind === null ? null : word(row, 'kind', CHAT_KINDS),
          name: textOrNull(row, 'name'),
          number: textOrNull(row, 'number'),
        };
      });
  }

  async skipsSince(agentId: AgentId, at: number): Promise<number> {
    const row = this.#database.get('SELECT count(*) AS skips FROM skips WHERE agent = ? AND at >= ?', agentId, at);
    return row ? number(row, 'skips') : 0;
  }

  #receiveOne(agentId: AgentId, admission: Admission, now: number): 'new' | 'duplicate' {
    const { message } = admission;
    if (this.#wasSeen(agentId, message)) return 'duplicate';
    this.#database.run(
      'INSERT INTO seen (hash, agent, at) VALUES (?, ?, ?)',
      this.#hash(agentId, message.chatId, message.messageId),
      agentId,
      now,
    );
    if (admission.type === 'drop') {
      if (admission.reason === 'switched-off') this.#countIgnored(agentId, message.sentAt);
      else if (message.author === 'contact') {
        // A busy group is one line, not a hundred.
        this.#database.run(
          'DELETE FROM skips WHERE agent = ? AND chat = ? AND reason = ?',
          agentId,
          message.chatId,
          admission.reason,
        );
        this.#skip(agentId, message.chatId, admission.reason, now);
      }
      return 'new';
    }
    const open = message.author === 'contact' && admission.settled === null;
    this.#database.run(
      `INSERT INTO messages (agent, chat, message_id, author, kind, text, sender_name, sent_at, received_at, open)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      agentId,
      message.chatId,
      message.messageId,
      message.author,
      message.kind,
      message.text,
      message.senderName,
      message.sentAt,
      now,
      Number(open),
    );
    if (admission.settled !== null && message.author === 'contact')
      this.#skip(agentId, message.chatId, admission.settled, now);
    return 'new';
  }

  #wasSeen(agentId: AgentId, { chatId, messageId }: ChatMessage): boolean {
    const formers = this.#database.all('SELECT former FROM merged_chats WHERE agent = ? AND chat = ?', agentId, chatId);
    return [chatId, ...formers.map((row) => text(row, 'former') as ChatId)].some(
      (chat) =>
        this.#database.get('SELECT 1 FROM seen WHERE hash = ?', this.#hash(agentId, chat, messageId)) !== undefined,
    );
  }

  #hash(agentId: AgentId, chatId: ChatId, messageId: string): Uint8Array {
    return createHmac('sha256', this.#hashKey)
      .update(`${agentId}\n${chatId}\n${messageId}`)
      .digest()
      .subarray(0, HASH_BYTES);
  }

  /** Counts in the interval that the message was sent in; late ones of an interval long closed included. */
  #countIgnored(agentId: AgentId, sentAt: number): void {
    this.#database.run(
      `UPDATE off_intervals SET ignored = ignored + 1 WHERE agent = ?1 AND began =
         (SELECT coalesce(max(CASE WHEN began < ?2 + 1000 THEN began END), min(began)) FROM off_intervals WHERE agent = ?1)`,
      agentId,
      sentAt,
    );
  }

  #skip(agentId: AgentId, chatId: ChatId, reason: SkipReason, now: number): void {
    this.#database.run('INSERT INTO skips (agent, chat, reason, at) VALUES (?, ?, ?, ?)', agentId, chatId, reason, now);
    this.#database.run(
      'DELETE FROM skips WHERE agent = ?1 AND row <= (SELECT row FROM skips WHERE agent = ?1 ORDER BY row DESC LIMIT 1 OFFSET ?2)',
      agentId,
      KEPT_SKIPS,
    );
    this.#database.run(
      'UPDATE chats SET skip_reason = ?, skipped_at = ? WHERE agent = ? AND chat = ?',
      reason,
      now,
      agentId,
      chatId,
    );
  }
}

function readLine(row: Row): StoredLine {
  return {
    row: number(row, 'row'),
    author: word(row, 'author', AUTHORS),
    message: {
      messageId: text(row, 'message_id'),
      kind: word(row, 'kind', KINDS),
      text: textOrNull(row, 'text'),
      sentAt: number(row, 'sent_at'),
      senderName: textOrNull(row, 'sender_name'),
    },
    open: number(row, 'open') === 1,
  };
}

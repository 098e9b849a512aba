/** Chats and people in SQLite. */
import {
  type AgentId,
  CHAT_KINDS,
  CHAT_RULES,
  type ChatId,
  type ChatKind,
  type ChatRule,
  type ChatSummary,
  SKIP_REASONS,
} from '../../shared/contract/chat.ts';
import type { Alias, ChatLedger, RestingChat, SpentOnChat, Union } from './chat-ledger.ts';
import type { Database, Row } from './database.ts';
import { MOST_TOKENS } from './days.ts';
import { number, numberOrNull, text, textOrNull, word } from './row-reader.ts';

/** Tables whose rows belong to a chat and move with it. */
const CHAT_TABLES = ['messages', 'outbox', 'outcomes'] as const;

/** A chat about which nothing stands but what was seen of it. */
export const UNDECIDED = 'rule IS NULL AND held_until IS NULL AND muted_until IS NULL AND asks_since IS NULL';

/** The chats of an agent in which something was written. */
const SUMMARY = `SELECT *, (SELECT max(sent_at) FROM messages WHERE agent = chats.agent AND chat = chats.chat AND author = 'agent') AS automatic_at
  FROM chats WHERE agent = ? AND last_message_at IS NOT NULL`;

/** Of two chats that become one: the sum where it is of one day, else the later day's. */
function spentTogether(column: string): string {
  return `${column} = CASE WHEN spent_day IS excluded.spent_day THEN ${column} + excluded.${column}
    ELSE CASE WHEN coalesce(spent_day, '') < excluded.spent_day THEN excluded.${column} ELSE ${column} END END`;
}

export class SqliteChats implements ChatLedger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(agentId: AgentId, chatId: ChatId): Promise<ChatSummary | null> {
    const row = this.#database.get(`${SUMMARY} AND chat = ?`, agentId, chatId);
    return row ? readChat(row) : null;
  }

  async list(
    agentId: AgentId,
    page: { readonly limit: number; readonly before?: number },
  ): Promise<readonly ChatSummary[]> {
    return this.#database
      .all(
        `${SUMMARY} AND last_message_at < ? ORDER BY last_message_at DESC LIMIT ?`,
        agentId,
        page.before ?? Number.MAX_SAFE_INTEGER,
        page.limit,
      )
      .map(readChat);
  }

  async setDisappearing(agentId: AgentId, chatId: ChatId, seconds: number): Promise<void> {
    this.#database.run('UPDATE chats SET disappears_after = ? WHERE agent = ? AND chat = ?', seconds, agentId, chatId);
  }

  async setUsername(agentId: AgentId, chatId: ChatId, username: string | null): Promise<void> {
    this.#database.run(
      'UPDATE chats SET username = ?1 WHERE agent = ?2 AND chat = ?3 AND username IS NOT ?1',
      username,
      agentId,
      chatId,
    );
  }

  async chatOfUsername(agentId: AgentId, username: string): Promise<ChatId | null> {
    const rows = this.#database.all(
      'SELECT chat FROM chats WHERE agent = ? AND username = ? COLLATE NOCASE LIMIT 2',
      agentId,
      username,
    );
    const [only] = rows;
    return only && rows.length === 1 ? (text(only, 'chat') as ChatId) : null;
  }

  async setRule(agentId: AgentId, chatId: ChatId, rule: ChatRule | null): Promise<void> {
    this.#database.run(
      'INSERT INTO chats (agent, chat, rule) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET rule = excluded.rule',
      agentId,
      chatId,
      rule,
    );
  }

  async rules(agentId: AgentId): Promise<ReadonlyMap<ChatId, ChatRule>> {
    const rows = this.#database.all('SELECT chat, rule FROM chats WHERE agent = ? AND rule IS NOT NULL', agentId);
    return new Map(rows.map((row) => [text(row, 'chat') as ChatId, word(row, 'rule', CHAT_RULES)]));
  }

  async setHeld(agentId: AgentId, chatId: ChatId, until: number | null): Promise<void> {
    this.#database.run(
      'INSERT INTO chats (agent, chat, held_until) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET held_until = excluded.held_until',
      agentId,
      chatId,
      until,
    );
  }

  async setMuted(agentId: AgentId, chatId: ChatId, until: number | null): Promise<void> {
    this.#database.run(
      'INSERT INTO chats (agent, chat, muted_until) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET muted_until = excluded.muted_until',
      agentId,
      chatId,
      until,
    );
  }

  async setAsking(agentId: AgentId, chatId: ChatId, since: number | null): Promise<void> {
    this.#database.run('UPDATE chats SET asks_since = ? WHERE agent = ? AND chat = ?', since, agentId, chatId);
  }

  async setRead(agentId: AgentId, chatId: ChatId, at: number): Promise<void> {
    this.#database.run(
      'UPDATE chats SET read_at = max(coalesce(read_at, 0), ?) WHERE agent = ? AND chat = ?',
      at,
      agentId,
      chatId,
    );
  }

  async resting(agentId: AgentId, now: number): Promise<readonly RestingChat[]> {
    return this.#database
      .all(
        'SELECT chat, held_until, muted_until, asks_since FROM chats WHERE agent = ?1 AND (held_until > ?2 OR muted_until > ?2 OR asks_since IS NOT NULL)',
        agentId,
        now,
      )
      .map((row) => ({
        chatId: text(row, 'chat') as ChatId,
        heldUntil: numberOrNull(row, 'held_until'),
        mutedUntil: numberOrNull(row, 'muted_until'),
        asksSince: numberOrNull(row, 'asks_since'),
      }));
  }

  async spend(agentId: AgentId, chatId: ChatId, day: string, { tokens, micros }: SpentOnChat): Promise<void> {
    const plus = (column: string, value: string): string =>
      `${column} = min(${value} + CASE WHEN spent_day = ?2 THEN ${column} ELSE 0 END, ${MOST_TOKENS})`;
    this.#database.run(
      `UPDATE chats SET ${plus('spent_tokens', '?1')}, ${plus('spent_micros', '?5')}, spent_day = ?2 WHERE agent = ?3 AND chat = ?4`,
      Math.min(tokens, MOST_TOKENS),
      day,
      agentId,
      chatId,
      Math.min(micros, MOST_TOKENS),
    );
  }

  async spentOn(agentId: AgentId, chatId: ChatId, day: string): Promise<SpentOnChat> {
    const row = this.#database.get(
      'SELECT spent_tokens, spent_micros FROM chats WHERE agent = ? AND chat = ? AND spent_day = ?',
      agentId,
      chatId,
      day,
    );
    return row
      ? { tokens: number(row, 'spent_tokens'), micros: number(row, 'spent_micros') }
      : { tokens: 0, micros: 0 };
  }

  async forget(agentId: AgentId, chatId: ChatId): Promise<void> {
    this.#database.erasing(() => {
      for (const table of CHAT_TABLES)
        this.#database.run(`DELETE FROM ${table} WHERE agent = ? AND chat = ?`, agentId, chatId);
      this.#database.run(
        'UPDATE chats SET asks_since = NULL, read_at = NULL WHERE agent = ? AND chat = ?',
        agentId,
        chatId,
      );
      // What the owner decided outlives the texts: "never" must not become "yes" by forgetting.
      this.#database.run(`DELETE FROM chats WHERE agent = ? AND chat = ? AND ${UNDECIDED}`, agentId, chatId);
      this.#database.run(
        'UPDATE chats SET name = NULL, username = NULL, last_message_at = NULL, skip_reason = NULL, skipped_at = NULL WHERE agent = ? AND chat = ?',
        agentId,
        chatId,
      );
    });
  }

  async unite(agentId: AgentId, { number: digits, lid }: Alias, unions: readonly Union[]): Promise<void> {
    this.#database.transaction(() => {
      this.#database.run(
        'INSERT INTO aliases (agent, number, lid) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET lid = excluded.lid',
        agentId,
        digits,
        lid,
      );
      for (const union of unions) this.#unite(agentId, union);
    });
  }

  async formerLids(agentId: AgentId): Promise<ReadonlyMap<ChatId, Union>> {
    const rows = this.#database.all(
      "SELECT chat, former, texts FROM merged_chats WHERE agent = ? AND former LIKE '%@lid'",
      agentId,
    );
    const unions = rows.map((row) => ({
      from: text(row, 'former') as ChatId,
      into: text(row, 'chat') as ChatId,
      texts: number(row, 'texts') === 1,
    }));
    return new Map(unions.map((union) => [union.from, union]));
  }

  async decided(agentId: AgentId): Promise<readonly ChatId[]> {
    return this.#database
      .all(`SELECT chat FROM chats WHERE agent = ? AND NOT (${UNDECIDED})`, agentId)
      .map((row) => text(row, 'chat') as ChatId);
  }

  async lidOf(agentId: AgentId, digits: string): Promise<string | null> {
    const row = this.#database.get('SELECT lid FROM aliases WHERE agent = ? AND number = ?', agentId, digits);
    return row ? text(row, 'lid') : null;
  }

  async numberOf(agentId: AgentId, lid: string): Promise<string | null> {
    const row = this.#database.get('SELECT number FROM aliases WHERE agent = ? AND lid = ? LIMIT 1', agentId, lid);
    return row ? text(row, 'number') : null;
  }

  #unite(agentId: AgentId, { from, into, texts }: Union): void {
    if (texts) {
      for (const table of CHAT_TABLES) {
        this.#database.run(`UPDATE ${table} SET chat = ? WHERE agent = ? AND chat = ?`, into, agentId, from);
      }
      this.#database.run(
        `INSERT INTO answered (agent, chat, through) SELECT agent, ?, through FROM answered WHERE agent = ? AND chat = ?
         ON CONFLICT DO UPDATE SET through = max(through, excluded.through)`,
        into,
        agentId,
        from,
      );
      this.#database.run('DELETE FROM answered WHERE agent = ? AND chat = ?', agentId, from);
      this.#database.run(
        'UPDATE OR IGNORE merged_chats SET chat = ? WHERE agent = ? AND chat = ?',
        into,
        agentId,
        from,
      );
    }
    this.#mergeRecord(agentId, { from, into, texts });
    // Ids seen under the former chat are still known under the new one.
    this.#database.run(
      'INSERT OR REPLACE INTO merged_chats (agent, chat, former, texts) VALUES (?, ?, ?, ?)',
      agentId,
      into,
      from,
      texts ? 1 : 0,
    );
  }

  /** What stands about a chat itself. Without its texts only what was decided goes along, and the former chat stays as it is. */
  #mergeRecord(agentId: AgentId, { from, into, texts }: Union): void {
    if (!this.#database.get('SELECT 1 FROM chats WHERE agent = ? AND chat = ?', agentId, from)) return;
    const seen = texts
      ? 'name, username, number, last_message_at, skip_reason, skipped_at, disappears_after, spent_day, spent_tokens, spent_micros'
      : 'NULL, NULL, number, NULL, NULL, NULL, NULL, NULL, 0, 0';
    this.#database.run(
      `INSERT INTO chats (agent, chat, kind, name, username, number, last_message_at, skip_reason, skipped_at, disappears_after, spent_day, spent_tokens, spent_micros, rule, held_until, muted_until, asks_since, read_at)
       SELECT agent, ?, kind, ${seen}, rule, held_until, muted_until, ${texts ? 'asks_since, read_at' : 'NULL, NULL'} FROM chats WHERE agent = ? AND chat = ?
       ON CONFLICT DO UPDATE SET name = coalesce(name, excluded.name), username = coalesce(username, excluded.username),
         number = coalesce(number, excluded.number), disappears_after = coalesce(disappears_after, excluded.disappears_after),
         held_until = nullif(max(coalesce(held_until, 0), coalesce(excluded.held_until, 0)), 0),
         muted_until = nullif(max(coalesce(muted_until, 0), coalesce(excluded.muted_until, 0)), 0),
         asks_since = coalesce(asks_since, excluded.asks_since),
         read_at = nullif(max(coalesce(read_at, 0), coalesce(excluded.read_at, 0)), 0),
         ${spentTogether('spent_tokens')},
         ${spentTogether('spent_micros')},
         spent_day = nullif(max(coalesce(spent_day, ''), coalesce(excluded.spent_day, '')), ''),
         -- The stricter rule stays.
         rule = CASE WHEN 'never' IN (coalesce(rule, ''), coalesce(excluded.rule, '')) THEN 'never' ELSE coalesce(rule, excluded.rule) END,
         last_message_at = nullif(max(coalesce(last_message_at, 0), coalesce(excluded.last_message_at, 0)), 0)`,
      into,
      agentId,
      from,
    );
    if (texts) this.#database.run('DELETE FROM chats WHERE agent = ? AND chat = ?', agentId, from);
  }
}

function readChat(row: Row): ChatSummary {
  const rule = textOrNull(row, 'rule');
  const skippedAt = numberOrNull(row, 'skipped_at');
  return {
    chatId: text(row, 'chat') as ChatId,
    kind: word(row, 'kind', CHAT_KINDS),
    name: textOrNull(row, 'name'),
    username: textOrNull(row, 'username'),
    number: textOrNull(row, 'number'),
    rule: rule === null ? null : word(row, 'rule', CHAT_RULES),
    lastMessageAt: number(row, 'last_message_at'),
    heldUntil: numberOrNull(row, 'held_until'),
    mutedUntil: numberOrNull(row, 'muted_until'),
    asksSince: numberOrNull(row, 'asks_since'),
    automaticAt: numberOrNull(row, 'automatic_at'),
    lastSkip: skippedAt === null ? null : { reason: word(row, 'skip_reason', SKIP_REASONS), at: skippedAt },
  };
}

/** What a message tells of its chat: `disappearsAfter` is 0 where messages stay, null where nothing is known. */
type SeenChat = {
  readonly chatId: ChatId;
  readonly kind: ChatKind;
  readonly name: string | null;
  readonly number: string | null;
  readonly at: number;
  readonly disappearsAfter: number | null;
};

/** Remembers that a chat exists; fills in what was unknown, overwrites nothing with null. Part of a larger unit of work. */
export function touchChat(database: Database, agentId: AgentId, chat: SeenChat): void {
  database.run(
    `INSERT INTO chats (agent, chat, kind, name, number, last_message_at, disappears_after) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET kind = excluded.kind, name = coalesce(excluded.name, name), number = coalesce(excluded.number, number),
       last_message_at = max(coalesce(last_message_at, 0), excluded.last_message_at),
       disappears_after = coalesce(excluded.disappears_after, disappears_after)`,
    agentId,
    chat.chatId,
    chat.kind,
    chat.name,
    chat.number,
    chat.at,
    chat.disappearsAfter,
  );
}

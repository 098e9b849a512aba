/** Outcomes in SQLite, as they are read, and opened again on the owner's word. */
import {
  type AgentId,
  CHAT_KINDS,
  CHAT_RULES,
  type ChatId,
  OUTCOMES,
  SKIP_REASONS,
  type SkipReason,
} from '../../shared/contract/chat.ts';
import type { Database, Row } from './database.ts';
import type { LatestChat, OutcomeLedger, OutcomeRecord, Skip, UnansweredChat } from './outcome-ledger.ts';
import { OPEN } from './outcome-records.ts';
import { number, numberOrNull, text, textOrNull, word } from './row-reader.ts';

/** Reasons that the owner may overrule afterwards: nobody decided against an answer. */
const UNANSWERED = ['too-old', 'agent-error', 'undelivered', 'restricted'] as const satisfies readonly SkipReason[];
const UNANSWERED_LIST = UNANSWERED.map((reason) => `'${reason}'`).join(', ');
/** The row after which nothing was answered in a chat of `m`, and the owner wrote nothing. */
const LAST_WORD = `max(
    coalesce((SELECT max(a.message) FROM outcomes a WHERE a.agent = m.agent AND a.chat = m.chat
      AND a.outcome IN ('answered', 'agent-silent', 'owner-wrote')), 0),
    coalesce((SELECT max(n.row) FROM messages n WHERE n.agent = m.agent AND n.chat = m.chat AND n.author = 'owner'), 0))`;
const MAY_BE_OVERRULED = `m.author = 'contact' AND m.open = ${OPEN.settled}
  AND EXISTS (SELECT 1 FROM outcomes o WHERE o.message = m.row AND o.outcome IN (${UNANSWERED_LIST}))`;
/** Kept from the agent by the owner's own words, by a brake, or since it asked for the owner, and nobody has said anything since, nor may have. */
const WAS_HELD = `m.author = 'contact' AND m.open = ${OPEN.settled}
  AND EXISTS (SELECT 1 FROM outcomes o WHERE o.message = m.row AND (o.outcome IN ('owner-wrote', 'brake')
    OR (o.outcome = 'asked-for-you' AND m.row > coalesce((SELECT max(t.through) FROM answered t WHERE t.agent = m.agent AND t.chat = m.chat), 0))))
  AND m.row > max(
    coalesce((SELECT max(a.message) FROM outcomes a WHERE a.agent = m.agent AND a.chat = m.chat
      AND a.outcome IN ('answered', 'agent-silent')), 0),
    coalesce((SELECT max(x.after_row) FROM outbox x WHERE x.agent = m.agent AND x.chat = m.chat AND x.attempts > 0), 0),
    coalesce((SELECT max(n.row) FROM messages n WHERE n.agent = m.agent AND n.chat = m.chat AND n.author = 'owner'), 0))`;
/** Somebody has written in chat `c`, as far as is kept. */
const HAS_WRITTEN = `(EXISTS (SELECT 1 FROM outcomes o WHERE o.agent = c.agent AND o.chat = c.chat)
  OR EXISTS (SELECT 1 FROM messages m WHERE m.agent = c.agent AND m.chat = c.chat AND m.open > 0))`;
/** Chats of agent ?1 with people who have written, and how each stands. `which` may ask for a value in ?2. */
function standing(which: string, order = ''): string {
  const open = 'FROM messages m WHERE m.agent = c.agent AND m.chat = c.chat AND m.open > 0';
  return `SELECT c.*, o.outcome, o.at, (SELECT count(*) ${open}) AS waiting, (SELECT max(m.sent_at) ${open}) AS newest_open,
      EXISTS (SELECT 1 ${open} AND m.open = ${OPEN.answering}) AS sending
    FROM (SELECT * FROM chats c WHERE agent = ?1 AND kind = 'direct' AND ${which} AND ${HAS_WRITTEN} ${order}) c
    LEFT JOIN outcomes o ON o.row = (SELECT max(row) FROM outcomes WHERE agent = c.agent AND chat = c.chat)
    ORDER BY c.last_message_at DESC`;
}

/** How far back is looked: what a person asks about is not long ago, and a store of a million messages answers as quickly as a small one. */
const LATEST = 500;

export class SqliteOutcomes implements OutcomeLedger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(
    agentId: AgentId,
    { limit, chatId }: { readonly limit: number; readonly chatId?: ChatId },
  ): Promise<readonly OutcomeRecord[]> {
    const select = (where: string): string =>
      `SELECT o.*, c.kind, c.name, c.number FROM outcomes o LEFT JOIN chats c ON c.agent = o.agent AND c.chat = o.chat
       WHERE ${where} ORDER BY o.row DESC LIMIT ?`;
    const rows =
      chatId === undefined
        ? this.#database.all(select('o.agent = ?'), agentId, limit)
        : this.#database.all(select('o.agent = ? AND o.chat = ?'), agentId, chatId, limit);
    return rows.map((row) => ({
      ...labelsOf(row),
      outcome: word(row, 'outcome', OUTCOMES),
      sentAt: number(row, 'sent_at'),
      at: number(row, 'at'),
    }));
  }

  async skips(agentId: AgentId, limit: number): Promise<readonly Skip[]> {
    return this.#database
      .all(
        `SELECT o.*, c.kind, c.name, c.number,
           (SELECT count(*) FROM outcomes s WHERE s.agent = o.agent AND s.chat = o.chat AND s.outcome = o.outcome) AS messages FROM
           (SELECT agent, chat, outcome, max(at) AS at, max(row) AS last FROM
             (SELECT * FROM outcomes WHERE agent = ?1 AND outcome <> 'answered' ORDER BY row DESC LIMIT ?3)
             GROUP BY chat, outcome ORDER BY last DESC LIMIT ?2) o
         LEFT JOIN chats c ON c.agent = o.agent AND c.chat = o.chat ORDER BY o.last DESC`,
        agentId,
        limit,
        LATEST,
      )
      .map((row) => ({
        ...labelsOf(row),
        reason: word(row, 'outcome', SKIP_REASONS),
        at: number(row, 'at'),
        messages: number(row, 'messages'),
      }));
  }

  async unanswered(agentId: AgentId, limit: number): Promise<readonly UnansweredChat[]> {
    return this.#database
      .all(
        `WITH latest AS (SELECT agent, chat FROM outcomes WHERE agent = ?1 AND outcome IN (${UNANSWERED_LIST}) ORDER BY row DESC LIMIT ?3),
           last_words AS (SELECT m.agent, m.chat, ${LAST_WORD} AS through FROM (SELECT DISTINCT agent, chat FROM latest) m)
         SELECT u.*, o.outcome, c.kind, c.name, c.number FROM
           (SELECT m.chat, count(*) AS messages, min(m.sent_at) AS oldest, max(m.sent_at) AS newest, max(m.row) AS last
             FROM last_words w CROSS JOIN messages m ON m.agent = w.agent AND m.chat = w.chat AND m.row > w.through
             WHERE ${MAY_BE_OVERRULED} GROUP BY m.chat) u
         JOIN outcomes o ON o.message = u.last LEFT JOIN chats c ON c.agent = ?1 AND c.chat = u.chat ORDER BY u.last DESC LIMIT ?2`,
        agentId,
        limit,
        LATEST,
      )
      .map((row) => ({
        ...labelsOf(row),
        reason: word(row, 'outcome', UNANSWERED),
        messages: number(row, 'messages'),
        oldestAt: number(row, 'oldest'),
        newestAt: number(row, 'newest'),
      }));
  }

  async recent(agentId: AgentId, limit: number): Promise<readonly LatestChat[]> {
    return this.#database
      .all(standing('last_message_at IS NOT NULL', 'ORDER BY last_message_at DESC LIMIT ?2'), agentId, limit)
      .map((row) => this.#recentOf(agentId, row));
  }

  async standing(agentId: AgentId, chatIds: readonly ChatId[]): Promise<readonly LatestChat[]> {
    return this.#database
      .all(
        standing('chat IN (SELECT value FROM json_each(?2)) AND last_message_at IS NOT NULL'),
        agentId,
        JSON.stringify(chatIds),
      )
      .map((row) => this.#recentOf(agentId, row));
  }

  #recentOf(agentId: AgentId, row: Row): LatestChat {
    const [waiting, rule, outcome] = [number(row, 'waiting'), textOrNull(row, 'rule'), textOrNull(row, 'outcome')];
    const labels = labelsOf(row);
    return {
      ...labels,
      username: textOrNull(row, 'username'),
      rule: rule === null ? null : word(row, 'rule', CHAT_RULES),
      lastMessageAt: number(row, 'last_message_at'),
      outcome: waiting > 0 || outcome === null ? null : word(row, 'outcome', OUTCOMES),
      outcomeAt: waiting > 0 ? null : numberOrNull(row, 'at'),
      sending: number(row, 'sending') === 1,
      newestOpenAt: numberOrNull(row, 'newest_open'),
      waiting: waiting > 0 ? waiting : this.#unheard(agentId, labels.chatId, outcome),
    };
  }

  /** Messages at the end of a chat that an act of the owner's would have answered. */
  #unheard(agentId: AgentId, chatId: ChatId, outcome: string | null): number {
    const which =
      outcome === 'owner-wrote' || outcome === 'brake' || outcome === 'asked-for-you'
        ? WAS_HELD
        : `${MAY_BE_OVERRULED} AND m.row > ${LAST_WORD}`;
    const row = this.#database.get(
      `SELECT count(*) AS unheard FROM messages m WHERE m.agent = ?1 AND m.chat = ?2 AND ${which}`,
      agentId,
      chatId,
    );
    return row ? number(row, 'unheard') : 0;
  }

  async hasWritten(agentId: AgentId, chatId: ChatId): Promise<boolean> {
    return (
      this.#database.get(
        `SELECT 1 FROM chats c WHERE c.agent = ? AND c.chat = ? AND ${HAS_WRITTEN}`,
        agentId,
        chatId,
      ) !== undefined
    );
  }

  async reopen(agentId: AgentId, chatId: ChatId): Promise<number> {
    return this.#reopen(agentId, chatId, OPEN.asked, `${MAY_BE_OVERRULED} AND m.row > ${LAST_WORD}`);
  }

  async reopenHeld(agentId: AgentId, chatId: ChatId, sentAfter: number): Promise<number> {
    return this.#reopen(agentId, chatId, OPEN.open, `${WAS_HELD} AND m.sent_at > ?4`, sentAfter);
  }

  /** `which` speaks of a message `m`, and may ask for further values from `?4` on. */
  #reopen(agentId: AgentId, chatId: ChatId, open: number, which: string, ...values: readonly number[]): number {
    return this.#database.transaction(() => {
      const reopened = this.#database.run(
        `UPDATE messages SET open = ?3 WHERE row IN (SELECT m.row FROM messages m WHERE m.agent = ?1 AND m.chat = ?2 AND ${which})`,
        agentId,
        chatId,
        open,
        ...values,
      );
      this.#database.run(
        'DELETE FROM outcomes WHERE agent = ?1 AND chat = ?2 AND message IN (SELECT row FROM messages WHERE agent = ?1 AND chat = ?2 AND open = ?3)',
        agentId,
        chatId,
        open,
      );
      return reopened;
    });
  }
}

function labelsOf(row: Row) {
  const kind = textOrNull(row, 'kind');
  return {
    chatId: text(row, 'chat') as ChatId,
    kind: kind === null ? null : word(row, 'kind', CHAT_KINDS),
    name: textOrNull(row, 'name'),
    number: textOrNull(row, 'number'),
  };
}

/** Messages in SQLite: taken once, answered once. What is dropped leaves a keyed hash of its id and nothing else. */
import { createHmac } from 'node:crypto';
import type { AgentId, ChatId, SkipReason } from '../../shared/contract/chat.ts';
import { localDay, type Random } from '../clock.ts';
import type { ChatMessage, ContentKind, MessageChange } from './chat-message.ts';
import type { Database, Row } from './database.ts';
import { addToDay } from './days.ts';
import type { Admission, MessageLedger, StoredLine } from './message-ledger.ts';
import { IS_OPEN, OPEN, recordOutcome, settleMessage, settleOpen } from './outcome-records.ts';
import { number, numberOrNull, shownOrNone, text, textOrNull, word } from './row-reader.ts';
import { hashKey } from './sqlite-agents.ts';
import { touchChat } from './sqlite-chats.ts';

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
  'event',
  'product',
  'order',
  'payment',
  'invite',
  'menu',
  'form',
  'phone-only',
  'unreadable',
  'other',
] as const satisfies readonly ContentKind[];
const AUTHORS = ['contact', 'owner', 'agent'] as const;
const HASH_BYTES = 16;

export class SqliteMessages implements MessageLedger {
  readonly #database: Database;
  readonly #hashKey: Uint8Array;

  constructor(database: Database, random: Random) {
    this.#database = database;
    this.#hashKey = hashKey(database, random);
  }

  async receive(agentId: AgentId, batch: readonly Admission[], now: number): Promise<readonly ('new' | 'duplicate')[]> {
    return this.#database.transaction(() => {
      const fates = batch.map((admission) => this.#receiveOne(agentId, admission, now));
      const fresh = batch.filter((_admission, at) => fates[at] === 'new');
      for (const admission of fresh) if (!isIgnored(admission)) this.#touch(agentId, admission.message);
      const counted = fresh.filter(({ type, message }) => type === 'keep' && message.author === 'contact').length;
      if (counted > 0) addToDay(this.#database, agentId, localDay(now), { messages: counted });
      return fates;
    });
  }

  #touch(
    agentId: AgentId,
    { chatId, chatKind, senderName, number: digits, sentAt, disappearsAfter }: ChatMessage,
  ): void {
    const seen = { chatId, kind: chatKind, name: senderName, number: digits, at: sentAt, disappearsAfter };
    touchChat(this.#database, agentId, seen);
  }

  async lines(agentId: AgentId, chatId: ChatId, limit: number): Promise<readonly StoredLine[]> {
    // Each answer stands after the last line that the agent had read when it answered.
    return this.#database
      .all(
        `SELECT * FROM (
           SELECT row AS line, 0 AS nth, row, author, message_id, kind, text, shown, sent_at, sender_name, open
             FROM (SELECT * FROM messages WHERE agent = ?1 AND chat = ?2 ORDER BY row DESC LIMIT ?3)
           UNION ALL
           SELECT after_row, row, after_row, 'agent', message_id, 'text', text, NULL, settled_at, NULL, 0
             FROM (SELECT * FROM outbox WHERE agent = ?1 AND chat = ?2 AND state = 'sent' AND text IS NOT NULL ORDER BY row DESC LIMIT ?3)
         ) ORDER BY line DESC, nth DESC LIMIT ?3`,
        agentId,
        chatId,
        limit,
      )
      .map(readLine)
      .reverse();
  }

  async chatsWithOwnWords(agentId: AgentId, words: string, since: number, except: ChatId): Promise<number> {
    const row = this.#database.get(
      "SELECT count(DISTINCT chat) AS chats FROM messages WHERE agent = ? AND sent_at > ? AND author <> 'contact' AND text = ? AND chat <> ?",
      agentId,
      since,
      words,
      except,
    );
    return row ? number(row, 'chats') : 0;
  }

  async answeredThrough(agentId: AgentId, chatId: ChatId): Promise<number> {
    const row = this.#database.get('SELECT through FROM answered WHERE agent = ? AND chat = ?', agentId, chatId);
    return row ? number(row, 'through') : 0;
  }

  async change(
    agentId: AgentId,
    { chatId, messageId, author, text: words }: MessageChange,
    now: number,
  ): Promise<'open' | 'answering' | 'settled' | null> {
    return this.#database.erasing(() => {
      const found = this.#database.get(
        'SELECT row, open, sent_at FROM messages WHERE agent = ? AND chat = ? AND message_id = ? AND author = ?',
        agentId,
        chatId,
        messageId,
        author,
      );
      if (!found) {
        if (author === 'owner' && words === null) this.#deleteAnswer(agentId, messageId);
        return null;
      }
      const row = number(found, 'row');
      const open = number(found, 'open');
      if (words === null) {
        if (open !== OPEN.settled) settleMessage(this.#database, { agentId, row, outcome: 'deleted', now });
        this.#database.run('DELETE FROM messages WHERE row = ?', row);
      } else {
        this.#database.run('UPDATE messages SET text = ? WHERE row = ?', words, row);
      }
      if (open === OPEN.settled) return 'settled';
      return open === OPEN.answering ? 'answering' : 'open';
    });
  }

  #deleteAnswer(agentId: AgentId, messageId: string): void {
    this.#database.run(
      "UPDATE outbox SET text = NULL WHERE agent = ? AND message_id = ? AND state = 'sent'",
      agentId,
      messageId,
    );
  }

  async saidNothing(agentId: AgentId, chatId: ChatId, messageId: string, now: number): Promise<void> {
    if (!this.#unreadable(agentId, { chatId, messageId })) return;
    this.#database.transaction(() => this.#strikeUnreadable(agentId, { chatId, messageId }, now));
  }

  async openChats(agentId: AgentId): Promise<readonly ChatId[]> {
    return this.#database
      .all(`SELECT DISTINCT chat FROM messages WHERE agent = ? AND ${IS_OPEN}`, agentId)
      .map((row) => text(row, 'chat') as ChatId);
  }

  async latestWords(agentId: AgentId, since: number): ReturnType<MessageLedger['latestWords']> {
    return this.#database
      .all(
        `SELECT m.chat, max(m.sent_at) AS newest, c.read_at FROM messages m LEFT JOIN chats c ON c.agent = m.agent AND c.chat = m.chat
         WHERE m.agent = ? AND m.received_at > ? AND m.author = 'contact' GROUP BY m.chat HAVING max(m.open = ${OPEN.asked}) = 0`,
        agentId,
        since,
      )
      .map((row) => ({
        chatId: text(row, 'chat') as ChatId,
        newestAt: number(row, 'newest'),
        readAt: numberOrNull(row, 'read_at'),
      }));
  }

  async askNow(agentId: AgentId, chatId: ChatId): Promise<number> {
    return this.#database.run(
      `UPDATE messages SET open = ${OPEN.asked} WHERE agent = ? AND chat = ? AND open > 0 AND open = ${OPEN.open}`,
      agentId,
      chatId,
    );
  }

  async settle(
    agentId: AgentId,
    chatId: ChatId,
    which: { readonly row?: number; readonly sentThrough?: number },
    reason: SkipReason,
    now: number,
  ): Promise<number> {
    return this.#database.transaction(() =>
      settleOpen(this.#database, { agentId, chatId, ...which, outcome: reason, now }),
    );
  }

  #receiveOne(agentId: AgentId, admission: Admission, now: number): 'new' | 'duplicate' {
    const { message } = admission;
    if (isUnreadable(message) && admission.type === 'drop') return 'duplicate';
    if (this.#wasSeen(agentId, message)) {
      const isReadableNow = !isUnreadable(message) && admission.type === 'keep';
      if (!isReadableNow || !this.#strikeUnreadable(agentId, message, now)) return 'duplicate';
    } else this.#remember(agentId, message, now);
    const { chatId, sentAt, author } = message;
    if (admission.type === 'drop') {
      const outcome = admission.reason;
      // The owner's own are nobody's to answer.
      if (author === 'owner') return 'new';
      if (outcome === 'switched-off') this.#countIgnored(agentId, sentAt);
      else recordOutcome(this.#database, { agentId, chatId, message: null, sentAt, outcome, now });
      return 'new';
    }
    const open = author === 'contact' && admission.settled === null;
    const row = this.#database.insert(
      `INSERT INTO messages (agent, chat, message_id, author, kind, text, shown, sender_name, sent_at, received_at, open)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      agentId,
      message.chatId,
      message.messageId,
      admission.automatic ? 'agent' : message.author,
      message.kind,
      message.text,
      message.shown.length > 0 ? JSON.stringify(message.shown) : null,
      message.senderName,
      message.sentAt,
      now,
      open ? OPEN.open : OPEN.settled,
    );
    if (admission.settled !== null && author === 'contact') {
      recordOutcome(this.#database, { agentId, chatId, message: row, sentAt, outcome: admission.settled, now });
    }
    return 'new';
  }

  #remember(agentId: AgentId, { chatId, messageId }: ChatMessage, now: number): void {
    this.#database.run(
      'INSERT INTO seen (hash, agent, at) VALUES (?, ?, ?)',
      this.#hash(agentId, chatId, messageId),
      agentId,
      now,
    );
  }

  /** Neither line nor outcome of it stay, nor does the day count it; says whether there was one. */
  #strikeUnreadable(agentId: AgentId, message: Pick<ChatMessage, 'chatId' | 'messageId'>, now: number): boolean {
    const found = this.#unreadable(agentId, message);
    if (!found) return false;
    const row = number(found, 'row');
    this.#database.run('DELETE FROM outcomes WHERE message = ?', row);
    this.#database.run('DELETE FROM messages WHERE row = ?', row);
    if (word(found, 'author', AUTHORS) === 'contact')
      addToDay(this.#database, agentId, localDay(now), { messages: -1, skipped: -1 });
    return true;
  }

  #unreadable(agentId: AgentId, { chatId, messageId }: Pick<ChatMessage, 'chatId' | 'messageId'>): Row | undefined {
    return this.#database.get(
      "SELECT row, author FROM messages WHERE agent = ? AND chat = ? AND message_id = ? AND kind = 'unreadable'",
      agentId,
      chatId,
      messageId,
    );
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
}

function isUnreadable({ kind }: ChatMessage): boolean {
  return kind === 'unreadable';
}

/** Off: nothing of it is kept but that something came. */
function isIgnored(admission: Admission): boolean {
  return admission.type === 'drop' && admission.reason === 'switched-off';
}

function readLine(row: Row): StoredLine {
  return {
    row: number(row, 'row'),
    author: word(row, 'author', AUTHORS),
    message: {
      messageId: text(row, 'message_id'),
      kind: word(row, 'kind', KINDS),
      text: textOrNull(row, 'text'),
      shown: shownOrNone(row, 'shown'),
      sentAt: number(row, 'sent_at'),
      senderName: textOrNull(row, 'sender_name'),
    },
    open: number(row, 'open') === OPEN.open || number(row, 'open') === OPEN.asked,
    asked: number(row, 'open') === OPEN.asked,
  };
}

/** The store as it is today: one SQLite file behind the port. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AgentId } from '../../shared/contract/chat.ts';
import type { Random } from '../clock.ts';
import { claimDirectory } from './data-directory.ts';
import { type Database, openDatabase } from './database.ts';
import { keepMarker, requireDataFile, requireIdentity } from './identity-marker.ts';
import { migrate } from './migrations.ts';
import { SqliteAgents } from './sqlite-agents.ts';
import { SqliteChats, UNDECIDED } from './sqlite-chats.ts';
import { SqliteClients } from './sqlite-clients.ts';
import { SqliteExport } from './sqlite-export.ts';
import { SqliteKnowledge } from './sqlite-knowledge.ts';
import { SqliteLinks } from './sqlite-links.ts';
import { SqliteMessages } from './sqlite-messages.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';
import { SqliteOutcomes } from './sqlite-outcomes.ts';
import type { Store } from './store.ts';

/** Rows that one transaction of a long work touches, so that the loop breathes in between. */
const BATCH_ROWS = 500;

/** Opens the store in `directory` and holds it alone. Rejects with StoreError. */
export async function openStore(directory: string, deps: { readonly random: Random }): Promise<Store> {
  claimDirectory(directory);
  requireDataFile(directory);
  const database = openDatabase(directory);
  try {
    migrate(database);
    const store = new SqliteStore(directory, database, deps.random);
    requireIdentity(directory, await store.clients.relayKey());
    return store;
  } catch (error) {
    database.close();
    throw error;
  }
}

class SqliteStore implements Store {
  readonly agents: SqliteAgents;
  readonly knowledge: SqliteKnowledge;
  readonly links: SqliteLinks;
  readonly chats: SqliteChats;
  readonly messages: SqliteMessages;
  readonly outbox: SqliteOutbox;
  readonly outcomes: SqliteOutcomes;
  readonly clients: SqliteClients;
  readonly exports: SqliteExport;
  readonly erasing: Store['erasing'] = {
    begin: async () => void this.#database.run("INSERT OR IGNORE INTO relay (name, value) VALUES ('erasing', x'01')"),
    end: async () => void this.#database.run("DELETE FROM relay WHERE name = 'erasing'"),
    isUnderWay: async () => this.#database.get("SELECT 1 FROM relay WHERE name = 'erasing'") !== undefined,
  };
  readonly #directory: string;
  readonly #database: Database;

  constructor(directory: string, database: Database, random: Random) {
    this.#directory = directory;
    this.#database = database;
    this.agents = new SqliteAgents(database, random);
    this.knowledge = new SqliteKnowledge(database);
    this.links = new SqliteLinks(database);
    this.chats = new SqliteChats(database);
    this.messages = new SqliteMessages(database, random);
    this.outbox = new SqliteOutbox(database);
    this.outcomes = new SqliteOutcomes(database);
    this.clients = new SqliteClients(database);
    this.exports = new SqliteExport(database);
  }

  async prune(now: number, keep: Parameters<Store['prune']>[1]): Promise<number> {
    const texts = now - keep.textsMs;
    const sent = now - keep.sentMs;
    const erased =
      (await this.#inBatches(
        'DELETE FROM messages WHERE row IN (SELECT row FROM messages WHERE received_at < ? AND open = 0 LIMIT ?)',
        texts,
      )) +
      (await this.#inBatches(
        'DELETE FROM seen WHERE hash IN (SELECT hash FROM seen WHERE at < ? LIMIT ?)',
        now - keep.idsMs,
      )) +
      (await this.#inBatches(
        'DELETE FROM decrypted WHERE (link, hash) IN (SELECT link, hash FROM decrypted WHERE at < ? LIMIT ?)',
        now - keep.idsMs,
      )) +
      (await this.#inBatches(
        'DELETE FROM outcomes WHERE row IN (SELECT row FROM outcomes WHERE at < ? LIMIT ?)',
        now - keep.idsMs,
      )) +
      (await this.#inBatches(
        "DELETE FROM outbox WHERE row IN (SELECT row FROM outbox WHERE queued_at < ? AND state IN ('sent', 'failed') LIMIT ?)",
        Math.min(texts, sent),
      ));
    if (erased > 0) this.#database.checkpoint();
    return erased;
  }

  async inPlace(): Promise<void> {
    this.#database.requireInPlace();
  }

  async forgetTexts(agentId: AgentId | null): Promise<void> {
    for (const agent of this.agents.withFormer(agentId)) {
      await this.#inBatches(
        'DELETE FROM messages WHERE row IN (SELECT row FROM messages WHERE agent = ? LIMIT ?)',
        agent,
      );
      await this.#inBatches(
        "UPDATE outbox SET text = NULL, state = CASE WHEN state = 'sent' THEN 'sent' ELSE 'failed' END WHERE row IN (SELECT row FROM outbox WHERE agent = ? AND text IS NOT NULL LIMIT ?)",
        agent,
      );
      await this.#inBatches(
        'DELETE FROM journal WHERE row IN (SELECT j.row FROM journal j JOIN links l ON l.id = j.link WHERE l.agent = ? LIMIT ?)',
        agent,
      );
      await this.#inBatches(
        'UPDATE chats SET asks_since = NULL, read_at = NULL WHERE agent = ?1 AND chat IN (SELECT chat FROM chats WHERE agent = ?1 AND (asks_since IS NOT NULL OR read_at IS NOT NULL) LIMIT ?2)',
        agent,
      );
      await this.#inBatches(
        `DELETE FROM chats WHERE agent = ?1 AND chat IN (SELECT chat FROM chats WHERE agent = ?1 AND ${UNDECIDED} LIMIT ?2)`,
        agent,
      );
      await this.#inBatches(
        'UPDATE chats SET name = NULL, last_message_at = NULL WHERE agent = ?1 AND chat IN (SELECT chat FROM chats WHERE agent = ?1 AND last_message_at IS NOT NULL LIMIT ?2)',
        agent,
      );
    }
    this.#database.checkpoint();
  }

  async settle(): Promise<void> {
    this.#database.checkpoint();
    const key = await this.clients.relayKey();
    if (key !== null) keepMarker(this.#directory, key);
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  async #inBatches(sql: string, value: number | string): Promise<number> {
    let total = 0;
    for (;;) {
      const changed = this.#database.run(sql, value, BATCH_ROWS);
      total += changed;
      if (changed < BATCH_ROWS) return total;
      await nextTurn();
    }
  }
}

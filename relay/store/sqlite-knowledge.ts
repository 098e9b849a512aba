/** Agents' files, in SQLite. */
import type { AgentId } from '../../shared/contract/chat.ts';
import type { Database } from './database.ts';
import type { KnowledgeFile, KnowledgeLedger } from './knowledge-ledger.ts';
import { text } from './row-reader.ts';

export class SqliteKnowledge implements KnowledgeLedger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async files(agentId: AgentId): Promise<readonly KnowledgeFile[]> {
    return this.#database
      .all('SELECT name, text FROM knowledge WHERE agent = ? ORDER BY row', agentId)
      .map((row) => ({ name: text(row, 'name'), text: text(row, 'text') }));
  }

  async put(agentId: AgentId, file: KnowledgeFile): Promise<void> {
    this.#database.erasing(() =>
      this.#database.run(
        'INSERT INTO knowledge (agent, name, text) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text',
        agentId,
        file.name,
        file.text,
      ),
    );
  }

  async remove(agentId: AgentId, name: string): Promise<boolean> {
    return this.#database.erasing(
      () => this.#database.run('DELETE FROM knowledge WHERE agent = ? AND name = ?', agentId, name) > 0,
    );
  }
}

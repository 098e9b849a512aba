/** Paired browsers in SQLite. */
import type { ClientId, ClientLedger, ClientRecord } from './client-ledger.ts';
import type { Database, Row } from './database.ts';
import { number, text } from './row-reader.ts';

export class SqliteClients implements ClientLedger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(): Promise<readonly ClientRecord[]> {
    return this.#database.all('SELECT * FROM clients ORDER BY paired_at, id').map(readClient);
  }

  async get(id: ClientId): Promise<ClientRecord | null> {
    const row = this.#database.get('SELECT * FROM clients WHERE id = ?', id);
    return row ? readClient(row) : null;
  }

  async add({ id, name, origin, publicKey, pairedAt, seenAt, madeHere }: ClientRecord, most: number): Promise<boolean> {
    const added = this.#database.run(
      'INSERT INTO clients (id, name, origin, public_key, paired_at, seen_at, made_here) SELECT ?, ?, ?, ?, ?, ?, ? WHERE (SELECT count(*) FROM clients) < ?',
      id,
      name,
      origin,
      publicKey,
      pairedAt,
      seenAt,
      madeHere ? 1 : 0,
      most,
    );
    return added === 1;
  }

  async seen(id: ClientId, now: number): Promise<void> {
    this.#database.run('UPDATE clients SET seen_at = ? WHERE id = ?', now, id);
  }

  async revoke(id: ClientId): Promise<boolean> {
    return this.#database.erasing(() => this.#database.run('DELETE FROM clients WHERE id = ?', id)) === 1;
  }

  async relayKey(): Promise<string | null> {
    const row = this.#database.get("SELECT CAST(value AS TEXT) AS jwk FROM relay WHERE name = 'relay-key'");
    return row ? text(row, 'jwk') : null;
  }

  async keepRelayKey(jwk: string): Promise<void> {
    this.#database.run("INSERT INTO relay (name, value) VALUES ('relay-key', ?)", Buffer.from(jwk));
  }
}

function readClient(row: Row): ClientRecord {
  return {
    id: text(row, 'id') as ClientId,
    name: text(row, 'name'),
    origin: text(row, 'origin'),
    publicKey: text(row, 'public_key'),
    pairedAt: number(row, 'paired_at'),
    seenAt: number(row, 'seen_at'),
    madeHere: number(row, 'made_here') === 1,
  };
}

/** What this browser keeps: its pairing, whose private key no script can read, and the last snapshot for the first paint. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Snapshot } from '../../shared/wire.ts';
import type { Pairing } from '../relay-link/pairing.ts';

interface Schema extends DBSchema {
  pairing: { key: 'relay'; value: Pairing };
  snapshot: { key: 'last'; value: Snapshot };
}

export class BrowserStore {
  readonly #database: Promise<IDBPDatabase<Schema>>;

  constructor() {
    this.#database = openDB<Schema>('recado', 1, {
      upgrade(database) {
        database.createObjectStore('pairing');
        database.createObjectStore('snapshot');
      },
    });
  }

  async pairing(): Promise<Pairing | null> {
    return (await (await this.#database).get('pairing', 'relay')) ?? null;
  }

  /** A new relay knows nothing of what the old one told. */
  async keepPairing(pairing: Pairing): Promise<void> {
    const database = await this.#database;
    await database.put('pairing', pairing, 'relay');
    await database.delete('snapshot', 'last');
  }

  async lastSnapshot(): Promise<Snapshot | null> {
    return (await (await this.#database).get('snapshot', 'last')) ?? null;
  }

  async keepSnapshot(snapshot: Snapshot): Promise<void> {
    await (await this.#database).put('snapshot', snapshot, 'last');
  }
}

/** Links in SQLite: credentials, Signal keys, and the journal of what was decrypted but not handed on. */
import type { AgentId } from '../../shared/contract/chat.ts';
import type { Account } from '../../shared/contract/status.ts';
import { type Database, damaged, type Row } from './database.ts';
import type { JournalEntry, LinkId, LinkLedger, LinkRecord, LinkStep } from './link-ledger.ts';
import { takeNumber } from './own-number.ts';
import { bytes, number, numberOrNull, text, textOrNull, word } from './row-reader.ts';

/** Some pages of the log beyond what it may have room for already. */
const TRIAL_BYTES = 262_144;
const STATES = ['pairing', 'active', 'unlinking'] as const;

export class SqliteLinks implements LinkLedger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(): Promise<readonly LinkRecord[]> {
    return this.#database.all('SELECT * FROM links ORDER BY created_at, id').map(readLink);
  }

  async create(link: Parameters<LinkLedger['create']>[0]): Promise<void> {
    this.#database.run(
      "INSERT INTO links (id, agent, state, created_at) VALUES (?, ?, 'pairing', ?)",
      link.id,
      link.agentId,
      link.now,
    );
  }

  async activate(id: LinkId, account: Account, now: number): Promise<void> {
    this.#database.transaction(() => {
      this.#database.run(
        "UPDATE links SET state = 'active', number = ?, lid = ? WHERE id = ?",
        account.number,
        account.lid,
        id,
      );
      const row = this.#database.get('SELECT agent FROM links WHERE id = ?', id);
      if (row) takeNumber(this.#database, text(row, 'agent') as AgentId, account, now);
    });
    // From here on the number stands and falls with these credentials: no log alone holds them.
    this.#database.checkpoint();
  }

  async handOver(id: LinkId, to: AgentId, now: number): Promise<void> {
    this.#database.transaction(() => {
      this.#database.run('UPDATE links SET agent = ? WHERE id = ?', to, id);
      const link = this.#database.get('SELECT * FROM links WHERE id = ?', id);
      const account = link ? readLink(link).account : null;
      if (account) takeNumber(this.#database, to, account, now);
    });
    this.#database.checkpoint();
  }

  async startUnlinking(id: LinkId, account: Account | null, now: number): Promise<void> {
    this.#database.erasing(() => {
      this.#database.run('DELETE FROM link_keys WHERE link = ?', id);
      this.#database.run('DELETE FROM journal WHERE link = ?', id);
      this.#database.run('DELETE FROM decrypted WHERE link = ?', id);
      this.#database.run('DELETE FROM saved_people WHERE link = ?', id);
      this.#database.run(
        "UPDATE links SET state = 'unlinking', number = coalesce(?, number), lid = coalesce(?, lid), unlinking_since = ? WHERE id = ?",
        account?.number ?? null,
        account?.lid ?? null,
        now,
        id,
      );
    });
  }

  async destroy(id: LinkId): Promise<void> {
    this.#database.erasing(() => this.#database.run('DELETE FROM links WHERE id = ?', id));
  }

  async tryDisk(): Promise<void> {
    this.#database.requireInPlace();
    this.#database.run(
      "INSERT INTO relay (name, value) VALUES ('disk-trial', zeroblob(?)) ON CONFLICT DO UPDATE SET value = excluded.value",
      TRIAL_BYTES,
    );
    this.#database.run("DELETE FROM relay WHERE name = 'disk-trial'");
  }

  async credentials(id: LinkId): Promise<string | null> {
    const row = this.#database.get('SELECT credentials, state FROM links WHERE id = ?', id);
    if (!row) throw damaged();
    const credentials = textOrNull(row, 'credentials');
    // A link that was scanned once has credentials; without them it would come back as somebody new.
    if (credentials === null && text(row, 'state') !== 'pairing') throw damaged();
    return credentials;
  }

  async keys(id: LinkId, type: string, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    for (const each of ids) {
      const row = this.#database.get(
        'SELECT value FROM link_keys WHERE link = ? AND type = ? AND id = ?',
        id,
        type,
        each,
      );
      if (row) found.set(each, bytes(row, 'value'));
    }
    return found;
  }

  async write(id: LinkId, step: LinkStep): Promise<void> {
    this.#database.transaction(() => this.#write(id, step));
  }

  async stage(id: LinkId, step: LinkStep): Promise<{ readonly durable: Promise<void> }> {
    return { durable: this.#database.stage(() => this.#write(id, step)) };
  }

  staged(): Promise<void> | null {
    return this.#database.staged;
  }

  #write(id: LinkId, step: LinkStep): void {
    if (step.credentials !== undefined)
      this.#database.run('UPDATE links SET credentials = ? WHERE id = ?', step.credentials, id);
    for (const change of step.keys ?? []) {
      if (change.value === null) {
        this.#database.run('DELETE FROM link_keys WHERE link = ? AND type = ? AND id = ?', id, change.type, change.id);
      } else {
        this.#database.run(
          'INSERT INTO link_keys (link, type, id, value) VALUES (?, ?, ?, ?) ON CONFLICT (link, type, id) DO UPDATE SET value = excluded.value',
          id,
          change.type,
          change.id,
          change.value,
        );
      }
    }
    for (const entry of step.journal ?? []) {
      this.#database.run(
        'INSERT INTO journal (link, hash, stanza, plaintext, received_at) VALUES (?, ?, ?, ?, ?)',
        id,
        entry.hash,
        entry.stanza,
        entry.plaintext,
        entry.receivedAt,
      );
    }
    for (const { hash, at } of step.decrypted ?? [])
      this.#database.run('INSERT OR IGNORE INTO decrypted (link, hash, at) VALUES (?, ?, ?)', id, hashBytes(hash), at);
  }

  async wasDecrypted(id: LinkId, hash: string): Promise<boolean> {
    const row = this.#database.get('SELECT 1 FROM decrypted WHERE link = ? AND hash = ?', id, hashBytes(hash));
    return row !== undefined;
  }

  async journal(id: LinkId): Promise<readonly JournalEntry[]> {
    return this.#database.all('SELECT * FROM journal WHERE link = ? ORDER BY row', id).map((row) => ({
      hash: text(row, 'hash'),
      stanza: text(row, 'stanza'),
      plaintext: bytes(row, 'plaintext'),
      receivedAt: number(row, 'received_at'),
    }));
  }

  async savedPeople(id: LinkId): Promise<readonly string[] | null> {
    const row = this.#database.get('SELECT address_book_known FROM links WHERE id = ?', id);
    if (!row || number(row, 'address_book_known') === 0) return null;
    return this.#database.all('SELECT hash FROM saved_people WHERE link = ?', id).map((saved) => text(saved, 'hash'));
  }

  async keepSavedPeople(id: LinkId, hashes: readonly string[]): Promise<void> {
    this.#database.transaction(() => {
      this.#database.run('DELETE FROM saved_people WHERE link = ?', id);
      for (const hash of hashes) this.#database.run('INSERT INTO saved_people (link, hash) VALUES (?, ?)', id, hash);
      this.#database.run('UPDATE links SET address_book_known = 1 WHERE id = ?', id);
    });
  }

  async addSavedPerson(id: LinkId, hash: string): Promise<void> {
    this.#database.run(
      'INSERT OR IGNORE INTO saved_people (link, hash) SELECT id, ? FROM links WHERE id = ?',
      hash,
      id,
    );
  }

  async clearJournal(id: LinkId, hashes: readonly string[]): Promise<void> {
    if (hashes.length === 0) return;
    // Nobody waits for this: an entry that a crash brings back is known by its message.
    void this.#database.stage(() => {
      // Once over the journal for all of them: it has no index, and in a burst it is long.
      this.#database.run(
        'DELETE FROM journal WHERE link = ? AND hash IN (SELECT value FROM json_each(?))',
        id,
        JSON.stringify(hashes),
      );
    });
  }
}

/** Half of a sha256 tells ciphertexts apart well enough, and there is one for each message of weeks. */
function hashBytes(hash: string): Uint8Array {
  return Buffer.from(hash, 'hex').subarray(0, 16);
}

function readLink(row: Row): LinkRecord {
  const digits = textOrNull(row, 'number');
  return {
    id: text(row, 'id') as LinkId,
    agentId: text(row, 'agent') as AgentId,
    state: word(row, 'state', STATES),
    account: digits === null ? null : { number: digits, lid: textOrNull(row, 'lid') },
    createdAt: number(row, 'created_at'),
    unlinkingSince: numberOrNull(row, 'unlinking_since'),
  };
}

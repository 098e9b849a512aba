/**
 * The file itself: opened once, held alone, durable, judged before use. Knows no tables.
 * Every failure leaves as a StoreError with a sentence and what to do next.
 */
import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { DATA_FILE } from './data-directory.ts';
import { diskFull, notWritable, StoreError } from './store.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

const OWNER_ONLY_FILE = 0o600;
const OTHERS = 0o077;

export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #inTransaction = false;

  constructor(connection: DatabaseSync) {
    this.#connection = connection;
  }

  all(sql: string, ...values: readonly SQLInputValue[]): readonly Row[] {
    return guarded(() => this.#prepare(sql).all(...values));
  }

  get(sql: string, ...values: readonly SQLInputValue[]): Row | undefined {
    return guarded(() => this.#prepare(sql).get(...values));
  }

  /** How many rows changed. */
  run(sql: string, ...values: readonly SQLInputValue[]): number {
    return guarded(() => Number(this.#prepare(sql).run(...values).changes));
  }

  /** The row number of what was inserted. */
  insert(sql: string, ...values: readonly SQLInputValue[]): number {
    return guarded(() => Number(this.#prepare(sql).run(...values).lastInsertRowid));
  }

  script(sql: string): void {
    guarded(() => this.#connection.exec(sql));
  }

  /** One unit of work: all of it, durable when it returns, or nothing. */
  transaction<T>(work: () => T): T {
    if (this.#inTransaction) return work();
    this.script('BEGIN IMMEDIATE');
    this.#inTransaction = true;
    try {
      const result = work();
      this.script('COMMIT');
      return result;
    } catch (error) {
      // After a failed COMMIT, such as a full disk, SQLite may have rolled back already.
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      throw error;
    } finally {
      this.#inTransaction = false;
    }
  }

  /**
   * A unit of work that erases: what it erased is in no file any more when it returns. secure_delete overwrites it in its pages, and the
   * log, which holds the pages as they were, is emptied after the last deletion.
   */
  erasing<T>(work: () => T): T {
    const result = this.transaction(work);
    this.checkpoint();
    return result;
  }

  /** Brings the log into the file and empties it. Not inside a transaction: the outermost one's end does it. */
  checkpoint(): void {
    if (this.#inTransaction) return;
    const verdict = this.get('PRAGMA wal_checkpoint(TRUNCATE)');
    if (verdict?.busy !== 0) throw new StoreError('failed', 'The log could not be emptied.', 'Start the relay again.');
  }

  close(): void {
    if (!this.#connection.isOpen) return;
    this.#statements.clear();
    this.#connection.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** Opens the file in `directory`, which must be ours already, creating it where it is missing; 0600 whatever the umask says. */
export function openDatabase(directory: string): Database {
  const file = path.join(directory, DATA_FILE);
  // SQLite creates its files with the umask of the process; the write-ahead log must not be readable for a moment.
  const umask = process.umask(OTHERS);
  try {
    return guarded(() => {
      const existed = existsSync(file);
      const connection = new DatabaseSync(file, { timeout: 0 });
      try {
        configure(connection);
        chmodSync(file, OWNER_ONLY_FILE);
        if (existed) checkIntegrity(connection);
        // What a crash left in the log, erased things among it.
        connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch (error) {
        connection.close();
        throw error;
      }
      return new Database(connection);
    });
  } finally {
    process.umask(umask);
  }
}

function configure(connection: DatabaseSync): void {
  connection.exec('PRAGMA locking_mode = EXCLUSIVE');
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = FULL');
  connection.exec('PRAGMA secure_delete = ON');
  connection.exec('PRAGMA foreign_keys = ON');
  // What SQLite puts aside while it works is put into no file elsewhere.
  connection.exec('PRAGMA temp_store = MEMORY');
  // The exclusive lock is taken by the first write and kept until the process ends, however it ends.
  connection.exec('BEGIN EXCLUSIVE; COMMIT');
}

function checkIntegrity(connection: DatabaseSync): void {
  const [verdict] = Object.values(connection.prepare('PRAGMA quick_check(1)').get() ?? {});
  if (verdict !== 'ok') throw damaged();
}

/** SQLite's result codes, https://www.sqlite.org/rescode.html; extended codes carry the primary one in the low byte. */
const FAULTS: Readonly<Record<number, (cause: unknown) => StoreError>> = {
  5: inUse,
  6: inUse,
  8: notWritable,
  10: (cause) =>
    new StoreError('failed', 'The data file could not be read or written.', 'Check the disk, then start again.', {
      cause,
    }),
  11: damaged,
  13: diskFull,
  14: notWritable,
  26: damaged,
};

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw describe(error);
  }
}

function describe(error: unknown): unknown {
  if (error instanceof StoreError || !(error instanceof Error) || !('errcode' in error)) return error;
  const describeFault = FAULTS[Number(error.errcode) & 0xff];
  return describeFault ? describeFault(error) : error;
}

function inUse(cause?: unknown): StoreError {
  return new StoreError(
    'in-use',
    'Another relay is running with this data directory.',
    'Stop it first, or give this one its own directory with RECADO_HOME.',
    { cause },
  );
}

export function damaged(cause?: unknown): StoreError {
  return new StoreError(
    'damaged',
    'The data file is damaged, so the relay stops here rather than start over as somebody new.',
    'Put a backup of recado.sqlite in its place. Without one, move the file away, start again, and remove the old device under Linked devices on the phone.',
    { cause },
  );
}

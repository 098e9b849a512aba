/**
 * The file itself: opened once, held alone, durable, judged before use. Knows no tables.
 * Every failure leaves as a StoreError with a sentence and what to do next.
 */
import { chmodSync, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { DATA_FILE } from './data-directory.ts';
import { diskFull, notWritable, StoreError } from './store.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

const OWNER_ONLY_FILE = 0o600;
const OTHERS = 0o077;

/** What is written and not on the disk yet: one transaction, until the end of this turn of the loop at the latest. */
type Stage = { readonly durable: PromiseWithResolvers<void>; readonly end: NodeJS.Immediate };

export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #inTransaction = false;
  #stage: Stage | null = null;

  readonly #file: string;
  readonly #inode: number;

  constructor(connection: DatabaseSync, file: string) {
    this.#connection = connection;
    this.#file = file;
    this.#inode = statSync(file).ino;
  }

  /** Throws StoreError where the file is another one, or none: what is written then is nobody's. */
  requireInPlace(): void {
    const found = statSync(this.#file, { throwIfNoEntry: false });
    if (found?.ino === this.#inode) return;
    throw new StoreError(
      'not-writable',
      'The data directory was removed or replaced while the relay runs.',
      'Put it back, or stop the relay and start it again.',
    );
  }

  all(sql: string, ...values: readonly SQLInputValue[]): readonly Row[] {
    return guarded(() => this.#prepare(sql).all(...values));
  }

  get(sql: string, ...values: readonly SQLInputValue[]): Row | undefined {
    return guarded(() => this.#prepare(sql).get(...values));
  }

  /** How many rows changed. */
  run(sql: string, ...values: readonly SQLInputValue[]): number {
    const changed = guarded(() => Number(this.#prepare(sql).run(...values).changes));
    this.#endStage();
    return changed;
  }

  /** The row number of what was inserted. */
  insert(sql: string, ...values: readonly SQLInputValue[]): number {
    const row = guarded(() => Number(this.#prepare(sql).run(...values).lastInsertRowid));
    this.#endStage();
    return row;
  }

  script(sql: string): void {
    guarded(() => this.#connection.exec(sql));
  }

  /** One unit of work: all of it, durable when it returns, or nothing. What is staged before it goes to the disk with it. */
  transaction<T>(work: () => T): T {
    if (this.#inTransaction) return work();
    const staged = this.#stage !== null;
    this.script(staged ? 'SAVEPOINT work' : 'BEGIN IMMEDIATE');
    this.#inTransaction = true;
    let result: T;
    try {
      result = work();
      if (!staged) this.script('COMMIT');
    } catch (error) {
      if (staged) this.#takeBack(error);
      else this.#rollBack();
      throw error;
    } finally {
      this.#inTransaction = false;
    }
    this.#endStage();
    return result;
  }

  /**
   * Work that may wait for the disk: read at once by whatever reads, durable when the promise resolves, which is when this turn of the loop
   * ends or the next work begins that does not wait. All that was staged together is on the disk, or none of it. Throws, and the promises
   * of what was staged before it reject, where the work itself fails.
   */
  stage(work: () => void): Promise<void> {
    this.#stage ??= this.#beginStage();
    const { durable } = this.#stage;
    this.#inTransaction = true;
    try {
      work();
    } catch (error) {
      this.#failStage(error);
      throw error;
    } finally {
      this.#inTransaction = false;
    }
    return durable.promise;
  }

  /** When what is staged now is durable; null where nothing is. */
  get staged(): Promise<void> | null {
    return this.#stage?.durable.promise ?? null;
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
    this.#endStage();
    const verdict = this.get('PRAGMA wal_checkpoint(TRUNCATE)');
    if (verdict?.busy !== 0) throw new StoreError('failed', 'The log could not be emptied.', 'Start the relay again.');
  }

  close(): void {
    if (!this.#connection.isOpen) return;
    this.#endStage();
    this.#statements.clear();
    this.#connection.close();
  }

  #beginStage(): Stage {
    this.script('BEGIN IMMEDIATE');
    const durable = Promise.withResolvers<void>();
    // Whoever waits hears of it; nobody has to.
    durable.promise.catch(() => undefined);
    const end = setImmediate(() => {
      try {
        this.#endStage();
      } catch {
        // Told by the promise.
      }
    });
    return { durable, end };
  }

  #endStage(): void {
    if (this.#inTransaction || !this.#stage) return;
    const { durable, end } = this.#stage;
    try {
      this.script('COMMIT');
    } catch (error) {
      this.#failStage(error);
      throw error;
    }
    clearImmediate(end);
    this.#stage = null;
    durable.resolve();
  }

  #failStage(error: unknown): void {
    if (!this.#stage) return;
    const { durable, end } = this.#stage;
    clearImmediate(end);
    this.#stage = null;
    this.#rollBack();
    durable.reject(error);
  }

  /** Only the last work of the stage failed, unless SQLite has given up all of it. */
  #takeBack(error: unknown): void {
    if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK TO work; RELEASE work');
    else this.#failStage(error);
  }

  /** After a failure such as a full disk SQLite may have rolled back already. */
  #rollBack(): void {
    if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
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
      return new Database(connection, file);
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
    'The data file is damaged, so the relay stops here rather than create a second identity.',
    'Put a backup of recado.sqlite in its place. Without one, move the file away, start again, and remove the old device under Linked devices on the phone.',
    { cause },
  );
}

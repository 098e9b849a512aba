/** Brings a data file to the newest version, in one transaction; one from the future is left alone. */
import { type Database, damaged } from './database.ts';
import { number, text } from './row-reader.ts';
import { SCHEMA, TABLES } from './schema.ts';
import { StoreError } from './store.ts';

/** From nothing to version 1, and from there one script a version. A released version stays as it is, and has its file in test/store/schemas. */
const MIGRATIONS: readonly string[] = [SCHEMA];

export function migrate(database: Database): void {
  const row = database.get('PRAGMA user_version');
  const version = row ? number(row, 'user_version') : 0;
  if (version > MIGRATIONS.length) {
    throw new StoreError(
      'newer',
      'The data file was written by a newer Recado.',
      'Update Recado, then start it again.',
    );
  }
  try {
    database.transaction(() => {
      for (const script of MIGRATIONS.slice(version)) database.script(script);
      // PRAGMA takes no bound values; the number is our own.
      database.script(`PRAGMA user_version = ${MIGRATIONS.length}`);
    });
  } catch (error) {
    // A script that does not fit meets another schema than its version says.
    if (!(error instanceof StoreError)) throw damaged(error);
    throw error;
  }
  requireTables(database);
}

/** Something else than this program may have taken a table away. */
function requireTables(database: Database): void {
  const names = new Set(
    database.all("SELECT name FROM sqlite_schema WHERE type = 'table'").map((row) => text(row, 'name')),
  );
  if (TABLES.some((table) => !names.has(table))) throw damaged();
}

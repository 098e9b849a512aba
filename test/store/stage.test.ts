/** What may wait for the disk: read at once, written with others at the end of the turn, all of it or none. */
import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Database, openDatabase } from '../../relay/store/database.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

let home: string;
let database: Database;

beforeEach(() => {
  home = temporaryDirectory();
  database = openDatabase(home);
  onTestFinished(() => database.close());
  database.script('CREATE TABLE lines (line INTEGER PRIMARY KEY, word TEXT NOT NULL)');
  database.script('CREATE TABLE owned (line INTEGER REFERENCES lines (line) DEFERRABLE INITIALLY DEFERRED)');
});

const write = (word: string) => (): void => void database.run('INSERT INTO lines (word) VALUES (?)', word);
const read = (): unknown[] => database.all('SELECT word FROM lines ORDER BY line').map(({ word }) => word);

/** What a relay finds that is started on the file as it is at this moment. */
function afterACrash(): unknown[] {
  const copy = temporaryDirectory();
  for (const file of ['recado.sqlite', 'recado.sqlite-wal']) {
    if (existsSync(path.join(home, file))) copyFileSync(path.join(home, file), path.join(copy, file));
  }
  const found = new DatabaseSync(path.join(copy, 'recado.sqlite'));
  try {
    return found
      .prepare('SELECT word FROM lines ORDER BY line')
      .all()
      .map(({ word }) => word);
  } finally {
    found.close();
  }
}

test('what is staged is read at once, and is on the disk when its promise says so, all together', async () => {
  const one = database.stage(write('one'));
  const two = database.stage(write('two'));
  expect(read()).toEqual(['one', 'two']);
  expect(afterACrash()).toEqual([]);
  expect(one).toBe(two);
  expect(database.staged).toBe(one);
  await one;
  expect(afterACrash()).toEqual(['one', 'two']);
  expect(database.staged).toBeNull();
});

test.each([
  ['a transaction', () => database.transaction(write('now'))],
  ['a single statement', write('now')],
])('%s does not wait, and takes what was staged before it along', async (_name, work) => {
  const durable = database.stage(write('before'));
  work();
  expect(afterACrash()).toEqual(['before', 'now']);
  expect(database.staged).toBeNull();
  await durable;
});

test('a checkpoint and the end of the file lose nothing that was staged', async () => {
  const one = database.stage(write('one'));
  database.checkpoint();
  expect(afterACrash()).toEqual(['one']);
  const two = database.stage(write('two'));
  database.close();
  await Promise.all([one, two]);
  expect(afterACrash()).toEqual(['one', 'two']);
});

test('where it cannot be written, nothing of it stays, everyone who waits hears, and the next begins clean', async () => {
  const first = database.stage(write('lost'));
  // A line that is not there: found out when the transaction ends.
  const second = database.stage(() => void database.run('INSERT INTO owned (line) VALUES (99)'));
  await expect(first).rejects.toThrow('FOREIGN KEY');
  await expect(second).rejects.toThrow('FOREIGN KEY');
  expect(read()).toEqual([]);
  await database.stage(write('kept'));
  expect(afterACrash()).toEqual(['kept']);
});

test('work that does not wait fails with what was staged before it, and is not done', async () => {
  const staged = database.stage(() => void database.run('INSERT INTO owned (line) VALUES (99)'));
  expect(() => database.transaction(write('now'))).toThrow('FOREIGN KEY');
  await expect(staged).rejects.toThrow('FOREIGN KEY');
  expect(read()).toEqual([]);
  database.transaction(write('again'));
  expect(afterACrash()).toEqual(['again']);
});

test('work that does not wait and fails by itself leaves what was staged before it', async () => {
  const staged = database.stage(write('before'));
  expect(() =>
    database.transaction(() => {
      write('half')();
      throw new Error('failed half-way');
    }),
  ).toThrow('failed half-way');
  expect(() => database.run('INSERT INTO lines (word) VALUES (NULL)')).toThrow('NOT NULL');
  expect(read()).toEqual(['before']);
  await staged;
  expect(afterACrash()).toEqual(['before']);
});

test('a step that fails takes those with it that were staged before', async () => {
  const before = database.stage(write('before'));
  expect(() =>
    database.stage(() => {
      write('half')();
      throw new Error('failed half-way');
    }),
  ).toThrow('failed half-way');
  await expect(before).rejects.toThrow('failed half-way');
  expect(read()).toEqual([]);
  await database.stage(write('kept'));
  expect(afterACrash()).toEqual(['kept']);
});

/** The file: whose it is, who may read it, what happens when it is not what it was. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemRandom } from '../../relay/clock.ts';
import type { LinkId } from '../../relay/store/link-ledger.ts';
import { openStore } from '../../relay/store/sqlite-store.ts';
import { StoreError } from '../../relay/store/store.ts';
import type { AgentId } from '../../shared/contract/chat.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const AGENT = 'agt_ONE' as AgentId;
const open = (home: string) => openStore(home, { random: systemRandom });

async function faultOf(opening: Promise<unknown>): Promise<string> {
  const error: unknown = await opening.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StoreError);
  return error instanceof StoreError ? error.fault : '';
}

async function filledHome(): Promise<string> {
  const home = temporaryDirectory();
  const store = await open(home);
  await store.agents.add({
    id: AGENT,
    name: 'One',
    backEnd: { adapter: 'built-in', settings: {} },
    secret: 'key',
    now: 1,
  });
  await store.close();
  return home;
}

test('directory and files are the owner’s alone, while open and after, whatever the umask says', async () => {
  const home = path.join(temporaryDirectory(), 'deep', 'home');
  const umask = process.umask(0);
  const store = await open(home).finally(() => process.umask(umask));
  await store.agents.add({
    id: AGENT,
    name: 'One',
    backEnd: { adapter: 'built-in', settings: {} },
    secret: null,
    now: 1,
  });
  expect(statSync(home).mode & 0o777).toBe(0o700);
  const modes = (): Record<string, number> =>
    Object.fromEntries(readdirSync(home).map((name) => [name, statSync(path.join(home, name)).mode & 0o777]));
  expect(Object.values(modes()).every((mode) => mode === 0o600)).toBe(true);
  expect(Object.keys(modes())).toContain('recado.sqlite-wal');
  await store.close();
  expect(Object.values(modes()).every((mode) => mode === 0o600)).toBe(true);
});

test('a directory that others can read is closed to them', async () => {
  const home = path.join(temporaryDirectory(), 'home');
  mkdirSync(home, { mode: 0o755 });
  chmodSync(home, 0o755);
  const store = await open(home);
  expect(statSync(home).mode & 0o777).toBe(0o700);
  await store.close();
});

test('a second relay on the same directory is refused at once, in this process and in another', async () => {
  const home = temporaryDirectory();
  const first = await open(home);
  expect(await faultOf(open(home))).toBe('in-use');
  const other = holder(home);
  const [code]: (number | null)[] = await once(other, 'exit');
  expect(code).toBe(3);
  await first.close();
  const second = await open(home);
  await second.close();
});

test('a relay that was killed leaves no lock, and nothing that was durable is missing', async () => {
  const home = temporaryDirectory();
  const child = holder(home);
  await once(child.stdout, 'data');
  expect(await faultOf(open(home))).toBe('in-use');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const store = await open(home);
  expect((await store.agents.list()).map(({ name }) => name)).toEqual(['held']);
  await store.close();
});

/** Opens the store in another process, writes an agent, says so and stays; ends with 3 where it may not. */
function holder(home: string) {
  const code = `
    import { openStore } from ${JSON.stringify(path.join(import.meta.dirname, '../../relay/store/sqlite-store.ts'))};
    import { randomBytes } from 'node:crypto';
    try {
      const store = await openStore(${JSON.stringify(home)}, { random: { fraction: () => 0, bytes: (count) => randomBytes(count) } });
      await store.agents.add({ id: 'agt_HELD', name: 'held', backEnd: { adapter: 'built-in', settings: {} }, secret: null, now: 1 });
      process.stdout.write('held');
      setInterval(() => {}, 1000);
    } catch (error) {
      process.exit(error.fault === 'in-use' ? 3 : 4);
    }`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('a file that is damaged stops the relay, and nothing is put in its place', () => {
  const file = (home: string) => path.join(home, 'recado.sqlite');

  test.each<[string, (home: string) => void]>([
    [
      'not a database',
      (home) => writeFileSync(file(home), 'this is no database, and it is longer than a header would be'.repeat(20)),
    ],
    ['cut short', (home) => truncateSync(file(home), 5_000)],
    [
      'overwritten in the middle',
      (home) => {
        const bytes = readFileSync(file(home));
        bytes.fill(0xff, 4_096, 30_000);
        writeFileSync(file(home), bytes);
      },
    ],
    [
      'overwritten at the start',
      (home) => {
        const bytes = readFileSync(file(home));
        bytes.fill(0, 0, 100);
        writeFileSync(file(home), bytes);
      },
    ],
  ])('%s', async (_how, damage) => {
    const home = await filledHome();
    damage(home);
    const before = readFileSync(file(home));
    expect(await faultOf(open(home))).toBe('damaged');
    expect(readFileSync(file(home)).equals(before)).toBe(true);
    expect(existsSync(`${file(home)}-wal`)).toBe(false);
  });
});

test.each([
  ['a table that is gone', 'DROP TABLE outcomes'],
  ['a version that is lower than its tables', 'PRAGMA user_version = 11'],
  ['settings that are no JSON', "UPDATE agents SET settings = '{half'"],
  ['a schedule that is no JSON', "UPDATE agents SET schedule = '['"],
])('%s is told as damage', async (_, harm) => {
  const home = await filledHome();
  const database = new DatabaseSync(path.join(home, 'recado.sqlite'));
  database.exec(harm);
  database.close();
  const read = open(home).then(async (store) => {
    onTestFinished(() => store.close());
    await store.agents.list();
    return store;
  });
  expect(await faultOf(read)).toBe('damaged');
});

test('a file of a newer Recado is left alone', async () => {
  const home = await filledHome();
  const database = new DatabaseSync(path.join(home, 'recado.sqlite'));
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(await faultOf(open(home))).toBe('newer');
});

test('a file of version 8 keeps every key and what was not handed on', async () => {
  const home = await filledHome();
  const link = 'lnk_ONE' as LinkId;
  const before = await open(home);
  await before.links.create({ id: link, agentId: AGENT, now: 1 });
  await before.close();
  const database = new DatabaseSync(path.join(home, 'recado.sqlite'));
  database.exec(`
    DROP TABLE link_keys;
    CREATE TABLE link_keys (
      link TEXT NOT NULL REFERENCES links(id) ON DELETE CASCADE, type TEXT NOT NULL, id TEXT NOT NULL, value BLOB NOT NULL,
      PRIMARY KEY (link, type, id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO link_keys VALUES ('${link}', 'session', 'caio', x'0102'), ('${link}', 'pre-key', '7', x'03');
    DROP TABLE journal;
    CREATE TABLE journal (
      row INTEGER PRIMARY KEY, link TEXT NOT NULL REFERENCES links(id) ON DELETE CASCADE, hash TEXT NOT NULL, stanza TEXT NOT NULL,
      plaintext BLOB NOT NULL, received_at INTEGER NOT NULL, UNIQUE (link, hash)
    ) STRICT;
    INSERT INTO journal VALUES (9, '${link}', 'hash', '{}', x'04', 5);
    DROP INDEX skipped_outcomes;
    DROP INDEX unanswered_outcomes;
    DROP INDEX closing_outcomes;
    DROP INDEX owner_messages;
    DROP INDEX own_words;
    DROP TABLE decrypted;
    ALTER TABLE merged_chats DROP COLUMN texts;
    ALTER TABLE chats DROP COLUMN username;
    ALTER TABLE chats DROP COLUMN spent_day;
    ALTER TABLE chats DROP COLUMN spent_tokens;
    ALTER TABLE agents DROP COLUMN former_of;
    ALTER TABLE agents DROP COLUMN own_key;
    ALTER TABLE agents DROP COLUMN own_lid;
    ALTER TABLE agents DROP COLUMN own_number;
    ALTER TABLE agents DROP COLUMN restricted_retry_at;
    ALTER TABLE agents DROP COLUMN acted_at;
    PRAGMA user_version = 8;
  `);
  database.close();
  const after = await open(home);
  expect([...(await after.links.keys(link, 'session', ['caio']))]).toEqual([['caio', Uint8Array.of(1, 2)]]);
  expect([...(await after.links.keys(link, 'pre-key', ['7', '8']))]).toEqual([['7', Uint8Array.of(3)]]);
  expect(await after.links.journal(link)).toEqual([
    { hash: 'hash', stanza: '{}', plaintext: Uint8Array.of(4), receivedAt: 5 },
  ]);
  await after.links.destroy(link);
  expect(await after.links.journal(link)).toEqual([]);
  await after.close();
});

test('a directory that cannot be made is said to be so', async () => {
  const blocker = path.join(temporaryDirectory(), 'file');
  writeFileSync(blocker, '');
  expect(await faultOf(open(path.join(blocker, 'home')))).toBe('not-writable');
});

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
  ['a version that is lower than its tables', 'PRAGMA user_version = 0'],
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

const SCHEMAS = path.join(import.meta.dirname, 'schemas');

/** Tables and indexes as SQLite understands them, whatever their order and spelling. */
function shapeOf(database: DatabaseSync): unknown {
  const entries = database.prepare("SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").all();
  return entries
    .map(({ type, name }) => {
      const pragma = type === 'table' ? 'table_xinfo' : 'index_xinfo';
      const parts = database.prepare(`PRAGMA ${pragma}(${name})`).all();
      return { type, name, parts: parts.map(({ cid: _at, ...part }) => JSON.stringify(part)).sort() };
    })
    .sort((one, other) => String(one.name).localeCompare(String(other.name)));
}

test('a file of every version that is kept opens, and has what a new one has', async () => {
  const fresh = await filledHome();
  const expected = new DatabaseSync(path.join(fresh, 'recado.sqlite'));
  onTestFinished(() => expected.close());
  const newest = Number(expected.prepare('PRAGMA user_version').get()?.user_version);
  const versions = readdirSync(SCHEMAS).map((name) => Number(/^version-(\d+)\.sql$/.exec(name)?.[1]));
  expect(versions.sort((one, other) => one - other)).toEqual(Array.from({ length: newest }, (_, at) => at + 1));
  for (const version of versions) {
    const home = temporaryDirectory();
    const database = new DatabaseSync(path.join(home, 'recado.sqlite'));
    database.exec(readFileSync(path.join(SCHEMAS, `version-${version}.sql`), 'utf8'));
    database.exec(`
      INSERT INTO agents (id, name, adapter, settings, switched_at, created_at) VALUES ('${AGENT}', 'One', 'built-in', '{}', 1, 1);
      PRAGMA user_version = ${version};
    `);
    database.close();
    const store = await open(home);
    expect(await store.agents.list()).toMatchObject([{ id: AGENT, name: 'One' }]);
    await store.close();
    const after = new DatabaseSync(path.join(home, 'recado.sqlite'));
    expect(shapeOf(after)).toEqual(shapeOf(expected));
    after.close();
  }
});

test('a directory that cannot be made is said to be so', async () => {
  const blocker = path.join(temporaryDirectory(), 'file');
  writeFileSync(blocker, '');
  expect(await faultOf(open(path.join(blocker, 'home')))).toBe('not-writable');
});

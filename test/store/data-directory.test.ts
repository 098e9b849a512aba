/** Whose directory it is, judged before anything is written into it: ours alone, or refused with the path at fault. */
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemRandom } from '../../relay/clock.ts';
import { openStore } from '../../relay/store/sqlite-store.ts';
import { StoreError } from '../../relay/store/store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const SOMEBODY_ELSE = 65_534;
const IS_ROOT = process.getuid?.() === 0;

let home: string;

beforeEach(() => {
  home = path.join(temporaryDirectory(), 'home');
});

async function open(): Promise<void> {
  const store = await openStore(home, { random: systemRandom });
  await store.close();
}

/** The fault and the path of it, below `home`. */
async function refusal(): Promise<readonly [fault: string, place: string]> {
  const error: unknown = await open().then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreError)) throw new Error(`not refused: ${String(error)}`);
  expect(error.message).not.toBe('');
  expect(error.hint).not.toBe('');
  return [error.fault, path.relative(home, error.path ?? home)];
}

async function used(): Promise<void> {
  await open();
  writeFileSync(path.join(home, 'relay.log'), '', { mode: 0o600 });
  writeFileSync(path.join(home, 'settings.json'), '{}', { mode: 0o600 });
}

test('a directory that others can write is refused, and stays as it was', async () => {
  for (const mode of [0o777, 0o775, 0o702]) {
    mkdirSync(home, { recursive: true });
    chmodSync(home, mode);
    expect(await refusal()).toEqual(['open-to-others', '']);
    expect(statSync(home).mode & 0o777).toBe(mode);
    expect(existsSync(path.join(home, 'recado.sqlite'))).toBe(false);
  }
});

describe('a file of ours', () => {
  test.each(['recado.sqlite', 'relay.log', 'settings.json'])('%s that others can write is refused', async (name) => {
    await used();
    chmodSync(path.join(home, name), 0o622);
    expect(await refusal()).toEqual(['open-to-others', name]);
    expect(statSync(path.join(home, name)).mode & 0o777).toBe(0o622);
  });

  test.each(['recado.sqlite', 'recado.sqlite-wal', 'relay.log', 'relay.identity', 'settings.json', 'relay.sock'])(
    'a link in the place of %s is refused, and nothing is written to where it leads',
    async (name) => {
      const victim = path.join(temporaryDirectory(), 'victim');
      writeFileSync(victim, 'precious', { mode: 0o600 });
      mkdirSync(home, { mode: 0o700 });
      symlinkSync(victim, path.join(home, name));
      expect(await refusal()).toEqual(['not-a-file', name]);
      expect(readFileSync(victim, 'utf8')).toBe('precious');
      expect(lstatSync(path.join(home, name)).isSymbolicLink()).toBe(true);
    },
  );

  test('a directory in its place is refused', async () => {
    mkdirSync(path.join(home, 'relay.log'), { recursive: true });
    expect(await refusal()).toEqual(['not-a-file', 'relay.log']);
  });

  test.skipIf(!IS_ROOT)(
    'of another user is refused, and so is a directory of theirs: nothing of it is changed',
    async () => {
      await used();
      chownSync(path.join(home, 'relay.log'), SOMEBODY_ELSE, SOMEBODY_ELSE);
      expect(await refusal()).toEqual(['not-owned', 'relay.log']);
      home = path.join(temporaryDirectory(), 'theirs');
      mkdirSync(home, { mode: 0o755 });
      chownSync(home, SOMEBODY_ELSE, SOMEBODY_ELSE);
      expect(await refusal()).toEqual(['not-owned', '']);
      expect(statSync(home)).toMatchObject({ uid: SOMEBODY_ELSE, mode: 0o40_755 });
      expect(existsSync(path.join(home, 'recado.sqlite'))).toBe(false);
    },
  );
});

test("a directory with something else in it is somebody's, and is left as it is", async () => {
  mkdirSync(home, { mode: 0o755 });
  writeFileSync(path.join(home, 'thesis.odt'), 'years of work');
  expect(await refusal()).toEqual(['not-ours', '']);
  expect(statSync(home).mode & 0o777).toBe(0o755);
});

test('settings that were written before the first start, and what lies beside a data file, are no reason to refuse', async () => {
  mkdirSync(path.join(home, 'lost+found'), { recursive: true, mode: 0o700 });
  writeFileSync(path.join(home, '.DS_Store'), '');
  writeFileSync(path.join(home, 'settings.json'), '{}', { mode: 0o644 });
  await open();
  writeFileSync(path.join(home, 'a note of my own.txt'), '');
  await open();
});

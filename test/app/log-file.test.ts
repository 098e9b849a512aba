/** The log is a file of its own. */
import { linkSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openLogFile } from '../../relay/app/log-file.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

test.each([
  ['another name of somebody’s file', linkSync],
  ['a link to somebody’s file', symlinkSync],
])('%s is not written into', (_, link) => {
  const home = temporaryDirectory();
  const other = path.join(temporaryDirectory(), 'other');
  writeFileSync(other, 'mine');
  link(other, path.join(home, 'relay.log'));
  const { log, close } = openLogFile(home, 'info');
  log.info('the relay is up');
  close();
  expect(readFileSync(other, 'utf8')).toBe('mine');
  expect(readFileSync(path.join(home, 'relay.log'), 'utf8')).toContain('the relay is up');
  expect(statSync(path.join(home, 'relay.log')).nlink).toBe(1);
});

test('a log that grows while the relay runs makes room for a new one, and one former is kept', () => {
  const home = temporaryDirectory();
  const { log, close } = openLogFile(home, 'info', 2_000);
  for (let line = 0; line < 100; line += 1) log.info({ line }, 'a line of some length');
  close();
  const sizes = readdirSync(home).map((name) => [name, statSync(path.join(home, name)).size <= 2_200]);
  expect(sizes.toSorted()).toEqual([
    ['relay.log', true],
    ['relay.log.1', true],
  ]);
  expect(statSync(path.join(home, 'relay.log')).mode & 0o777).toBe(0o600);
  const kept = ['relay.log.1', 'relay.log'].map((name) => readFileSync(path.join(home, name), 'utf8')).join('');
  const lines = [...kept.matchAll(/"line":(\d+)/g)].map(([, line]) => Number(line));
  expect(lines.at(-1)).toBe(99);
  expect(lines).toEqual(Array.from({ length: lines.length }, (_, index) => 100 - lines.length + index));
});

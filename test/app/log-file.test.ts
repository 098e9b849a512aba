/** The log is a file of its own. */
import { linkSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
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

import { expect, test } from 'vitest';
import { NUMBER_SETTINGS } from '../../relay/settings/catalogue.ts';
import { SETTING_NAMES } from '../../relay/settings/setting-names.ts';
import { run } from './command-bench.ts';

test('settings lists every setting with value, source, unit, default, both spellings and meaning, without a relay', async () => {
  const { terminal, code } = await run(['settings', '--json', '--qr-codes', '3'], {
    environment: { RECADO_PORT: '5' },
  });
  expect(code).toBe(0);
  const rows = terminal.objects;
  expect(rows.map(({ name }) => name)).toEqual(SETTING_NAMES);
  expect(rows.find(({ name }) => name === 'qrCodes')).toEqual({
    name: 'qrCodes',
    value: 3,
    source: 'flag',
    unit: 'count',
    default: 10,
    environment: 'RECADO_QR_CODES',
    flag: '--qr-codes',
    needsRestart: false,
    meaning: NUMBER_SETTINGS.qrCodes.meaning,
  });
  expect(rows.find(({ name }) => name === 'port')).toMatchObject({ value: 5, source: 'environment' });
  expect(rows.find(({ name }) => name === 'qrSeconds')).toMatchObject({
    value: 45,
    source: 'default',
    unit: 'seconds',
  });
});

test('the table for people has the same, one line a setting', async () => {
  const { out } = await run(['settings', '--language', 'en']);
  const lines = out.trimEnd().split('\n');
  expect(lines).toHaveLength(SETTING_NAMES.length + 1);
  expect(lines[0]).toMatch(/^name +value +source +unit +default +environment +flag +takes effect +meaning$/);
  expect(out).toMatch(
    /qrSeconds +45 +default +seconds +45 +RECADO_QR_SECONDS +--qr-seconds +at once +how long one QR code is shown/,
  );
});

test('settings that are wrong are one error for scripts, with all problems in it', async () => {
  const { terminal, code } = await run(['settings', '--json', '--qr-codes', 'x', '--port', 'y']);
  expect(code).toBe(2);
  expect(terminal.objects).toMatchObject([{ error: { code: 'settings-wrong', message: expect.any(String) } }]);
  expect(JSON.stringify(terminal.objects)).toMatch(/--qr-codes.*--port|--port.*--qr-codes/);
});

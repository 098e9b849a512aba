import { expect, test } from 'vitest';
import { describeAdapters } from '../../relay/agents/agent.ts';
import { NUMBER_SETTINGS, TEXT_SETTINGS } from '../../relay/settings/catalogue.ts';
import { SETTING_NAMES } from '../../relay/settings/setting-names.ts';
import { fieldWordsIn } from '../../shared/locales/all.ts';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
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
    /qrSeconds +45 +default +seconds +45 +RECADO_QR_SECONDS +--qr-seconds +at once +How long each code is shown/,
  );
});

test('settings that are wrong are one error for scripts, with all problems in it', async () => {
  const { terminal, code } = await run(['settings', '--json', '--qr-codes', 'x', '--port', 'y']);
  expect(code).toBe(2);
  expect(terminal.objects).toMatchObject([{ error: { code: 'settings-wrong', message: expect.any(String) } }]);
  expect(JSON.stringify(terminal.objects)).toMatch(/--qr-codes.*--port|--port.*--qr-codes/);
});

test.each([
  [
    'pt_BR.UTF-8',
    'Não há ajuste chamado --qr-code. Seria --qr-codes?',
    'número inteiro de 0 a 65535.',
    'Sem ele, vale 45.',
  ],
  [
    'en_US.UTF-8',
    'There is no setting called --qr-code. Did you mean --qr-codes?',
    'whole number from 0 to 65535.',
    'Left out, it is 45.',
  ],
  [
    'es_MX.UTF-8',
    'No hay ningún ajuste llamado --qr-code. ¿Quizás --qr-codes?',
    'número entero de 0 a 65535.',
    'Sin él, vale 45.',
  ],
])('what is wrong with settings is said in the language of the system: %s', async (LANG, unknown, port, seconds) => {
  const { err, code } = await run(['settings', '--qr-code', '3'], {
    environment: { LANG, RECADO_PORT: 'soon', RECADO_QR_SECONDS: '-1', RECADO_LOG_LEVEL: 'loud' },
  });
  expect(code).toBe(2);
  expect(err).toContain(unknown);
  expect(err).toContain(port);
  expect(err).toContain(seconds);
  expect(err).toContain('RECADO_LOG_LEVEL');
  expect(err).not.toMatch(/\{\w+\}/);
});

test('every setting has its meaning in three languages', () => {
  for (const language of LANGUAGE_CODES)
    expect(new Set(Object.keys(fieldWordsIn(language).settings)), language).toEqual(new Set(SETTING_NAMES));
});

test.each([
  [['statu'], 'Não há comando statu. Seria status?'],
  [['status', '--jso'], 'Não há opção --jso. Seria --json?'],
  [['off', '--key=planted'], 'Não há opção --key.'],
  [['on', '--answer', 'planted'], '--answer <who> não aceita este valor. Aceita: everyone, '],
  [['why', '--limit', '0'], 'Aceita: 1–'],
  [['on', '--answer'], 'Falta o valor de --answer <who>.'],
  [['agents', 'remove'], 'Falta'],
  [['restart', 'a', 'b'], 'Há mais palavras do que este comando aceita.'],
])('a line that cannot be understood is answered in the language of the system: %j', async (argv, said) => {
  const { err, code } = await run(argv, { environment: { LANG: 'pt_BR.UTF-8' } });
  expect(code).toBe(2);
  expect(err).toContain(said);
  expect(err).not.toMatch(/planted|error|missing|\{\w+\}/i);
});

test.each(LANGUAGE_CODES)(
  'every choice of every setting, and of every field of a back end, has its words: %s',
  (language) => {
    const { choices } = fieldWordsIn(language);
    const settings = Object.entries(TEXT_SETTINGS).map(([name, { choices: all }]) => ({ name, all }));
    const fields = describeAdapters().flatMap((adapter) =>
      adapter.fields.map(({ name, choices: all }) => ({ name, all })),
    );
    const said = [...settings, ...fields].flatMap(({ name, all }) =>
      (all ?? []).map((choice) => choices[`${name}.${choice}`] ?? choices[choice] ?? `${name}.${choice} has none`),
    );
    expect(said.filter((words) => words.endsWith('has none'))).toEqual([]);
  },
);

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NUMBER_SETTINGS, type NumberSettingName } from '../../relay/settings/catalogue.ts';
import { type Inputs, resolveSettings, systemLanguage } from '../../relay/settings/resolution.ts';
import { environmentName, flagName, nearestName, SETTING_NAMES } from '../../relay/settings/setting-names.ts';

const HOME = '/data/recado';
const ROOT_KEY = 'ab'.repeat(32);

function resolve(given: Partial<Omit<Inputs, 'readFile'>> & { readonly file?: unknown } = {}) {
  const { file, ...inputs } = given;
  return resolveSettings({
    flags: {},
    environment: {},
    defaultHome: HOME,
    readFile: () => (file === undefined ? null : typeof file === 'string' ? file : JSON.stringify(file)),
    ...inputs,
  });
}

function settingsOf(given: Parameters<typeof resolve>[0]) {
  const resolution = resolve(given);
  if (resolution.type === 'problems') throw new Error(JSON.stringify(resolution.problems));
  return resolution.settings;
}

function problemsOf(given: Parameters<typeof resolve>[0]) {
  const resolution = resolve(given);
  return resolution.type === 'problems' ? resolution.problems : [];
}

test('without a word from anyone every setting has the default of the catalogue (S15, S17)', () => {
  const resolution = resolve();
  expect(resolution).toMatchObject({
    type: 'settings',
    settings: { home: HOME, language: 'pt-BR', logLevel: 'info', simulated: null, whatsappVersion: null },
  });
  const settings = settingsOf({});
  for (const [name, { default: value }] of Object.entries(NUMBER_SETTINGS)) {
    expect(settings[name as NumberSettingName], name).toBe(value);
  }
  expect(settings).toMatchObject({ qrSeconds: 45, qrCodes: 10, qrGraceSeconds: 5, panelGraceSeconds: 10 });
  expect(settings).toMatchObject({ gatherSeconds: 2, freshMinutes: 10, giveUpMinutes: 10, unlinkDays: 14 });
});

test('flags come before the environment, that before the file, that before defaults; each says where it is from', () => {
  const file = { qrSeconds: 1, qrCodes: 2, port: 3 };
  const environment = { RECADO_QR_SECONDS: '10', RECADO_QR_CODES: '20' };
  const resolution = resolve({ flags: { qrSeconds: '100' }, environment, file });
  expect(resolution).toMatchObject({
    settings: { qrSeconds: 100, qrCodes: 20, port: 3, ackSeconds: 20 },
    sources: { qrSeconds: 'flag', qrCodes: 'environment', port: 'file', ackSeconds: 'default' },
  });
});

test('the file lies in the data directory that flag and environment choose', () => {
  const read: string[] = [];
  const readFile = (file: string) => {
    read.push(file);
    return null;
  };
  const inputs = { flags: {}, environment: { RECADO_HOME: '/elsewhere' }, defaultHome: HOME, readFile };
  resolveSettings(inputs);
  resolveSettings({ ...inputs, flags: { home: '/nearer' } });
  expect(read).toEqual(['/elsewhere/settings.json', '/nearer/settings.json']);
});

test('an empty variable is as good as none', () => {
  expect(settingsOf({ environment: { RECADO_PORT: '', RECADO_HOME: '' } })).toMatchObject({ port: 47_821, home: HOME });
});

test('all problems are told at once, each with what to do', () => {
  const problems = problemsOf({
    flags: { qrSeconds: 'soon', qrCodes: '1000' },
    environment: { RECADO_PORT: '-1', RECADO_LANGUAGE: 'xx', RECADO_WHATSAPP_VERSION: '2' },
    file: { qrSecond: 4, keepTextsDays: [30], answerTexts: 1.5, backoffFactor: null },
  });
  const told = problems.map(({ setting }) => setting);
  for (const name of [
    '--qr-seconds',
    '--qr-codes',
    'RECADO_PORT',
    'RECADO_LANGUAGE',
    'RECADO_WHATSAPP_VERSION',
    '"qrSecond"',
    '"keepTextsDays"',
    '"answerTexts"',
    '"backoffFactor"',
  ]) {
    expect(told).toContain(name);
  }
  expect(problems).toHaveLength(9);
  expect(problems.find(({ setting }) => setting === '"qrSecond"')).toEqual({
    setting: '"qrSecond"',
    code: 'unknown-near',
    values: { nearest: '"qrSeconds"' },
  });
});

test.each(['', '{', '[]', '"text"', 'null', '3'])(
  'a settings file that is no JSON object (%s) is a problem, not a default',
  (file) => {
    expect(problemsOf({ file })).toHaveLength(1);
  },
);

test.each([
  ['1.5', 1.5],
  ['1,5', 1.5],
  [' 7 ', 7],
  ['0', 0],
])('%s seconds are read as people write them', (text, seconds) => {
  expect(settingsOf({ flags: { gatherSeconds: text } }).gatherSeconds).toBe(seconds);
});

test.each(['', '1e3', '0x10', 'NaN', 'Infinity', '1.2.3', '1 000', '--5', '5s', '١'])('"%s" is no number', (text) => {
  expect(problemsOf({ flags: { gatherSeconds: text } })).toHaveLength(1);
});

test('every number within its bounds is taken from each source, and none beyond', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SETTING_NAMES), fc.integer({ min: -10, max: 2_000_000_000 }), (name, value) => {
      if (!(name in NUMBER_SETTINGS)) return;
      const { least, most } = NUMBER_SETTINGS[name as NumberSettingName];
      const fits = value >= least && value <= most;
      const text = String(value);
      for (const given of [
        { flags: { [name]: text } },
        { environment: { [environmentName(name)]: text } },
        { file: { [name]: value } },
      ]) {
        expect(resolve(given).type).toBe(fits ? 'settings' : 'problems');
      }
    }),
  );
});

test.each([
  ['ws://127.0.0.1:1234/ws/chat', true],
  ['ws://127.8.9.10:1', true],
  ['ws://localhost:1', true],
  ['ws://[::1]:1', true],
  ['wss://127.0.0.1:1', false],
  ['http://127.0.0.1:1', false],
  ['ws://127.evil.com', false],
  ['ws://localhost.evil.com', false],
  ['ws://evil.com', false],
  ['ws://10.0.0.1', false],
  ['ws://0.0.0.0:1', false],
  ['ws://[::]:1', false],
  ['ws://[::ffff:10.0.0.1]:1', false],
  ['ws://me@127.0.0.1:1', false],
  ['ws://127.0.0.1@evil.com', false],
  ['nonsense', false],
])('a simulated WhatsApp at %s: %s', (url, accepted) => {
  const environment = { RECADO_WHATSAPP_URL: url, RECADO_WHATSAPP_ROOT_KEY: ROOT_KEY };
  expect(resolve({ environment }).type).toBe(accepted ? 'settings' : 'problems');
});

test('address and key of a simulated WhatsApp go together, and the key is 64 hex digits', () => {
  const url = 'ws://127.0.0.1:1';
  expect(problemsOf({ environment: { RECADO_WHATSAPP_URL: url } })).toHaveLength(1);
  expect(problemsOf({ environment: { RECADO_WHATSAPP_ROOT_KEY: ROOT_KEY } })).toHaveLength(1);
  for (const key of ['ab', `${ROOT_KEY}ab`, ROOT_KEY.replace('a', 'g')]) {
    const environment = { RECADO_WHATSAPP_URL: url, RECADO_WHATSAPP_ROOT_KEY: key };
    expect(problemsOf({ environment }), key).toHaveLength(1);
  }
  const both = { RECADO_WHATSAPP_URL: url, RECADO_WHATSAPP_ROOT_KEY: ROOT_KEY.toUpperCase() };
  expect(settingsOf({ environment: both }).simulated).toEqual({ url, rootKey: Buffer.from(ROOT_KEY, 'hex') });
});

test.each([
  [{}, 'pt-BR'],
  [{ LANG: 'C' }, 'pt-BR'],
  [{ LANG: 'POSIX' }, 'pt-BR'],
  [{ LANG: 'C.UTF-8' }, 'pt-BR'],
  [{ LANG: 'de_DE.UTF-8' }, 'pt-BR'],
  [{ LANG: 'pt_PT.UTF-8' }, 'pt-BR'],
  [{ LANG: 'en_US.UTF-8' }, 'en'],
  [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'es_MX' }, 'es'],
  [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'es_MX', LC_ALL: 'pt_BR' }, 'pt-BR'],
  [{ LANG: 'es' }, 'es'],
] as const)('with %o the relay speaks %s', (environment, language) => {
  expect(systemLanguage(environment)).toBe(language);
  expect(settingsOf({ environment }).language).toBe(language);
});

test('RECADO_LANGUAGE decides over the system', () => {
  expect(settingsOf({ environment: { LANG: 'en_US', RECADO_LANGUAGE: 'es' } }).language).toBe('es');
  expect(settingsOf({ environment: { LANG: 'en_US', RECADO_LANGUAGE: 'PT-br' } }).language).toBe('pt-BR');
});

test('one name has one flag and one variable, and no two share either', () => {
  expect(flagName('qrSeconds')).toBe('--qr-seconds');
  expect(environmentName('qrSeconds')).toBe('RECADO_QR_SECONDS');
  expect(environmentName('whatsappRootKey')).toBe('RECADO_WHATSAPP_ROOT_KEY');
  for (const spell of [flagName, environmentName]) {
    expect(new Set(SETTING_NAMES.map(spell)).size).toBe(SETTING_NAMES.length);
  }
});

test('a mistyped name finds the one that was meant, a strange one finds none', () => {
  expect(nearestName('qrSecond')).toBe('qrSeconds');
  expect(nearestName('keepTextDays')).toBe('keepTextsDays');
  expect(nearestName('nope')).toBeNull();
  expect(nearestName('')).toBeNull();
});

test('a brake is only made stricter: count, window and rest alike; with a simulated WhatsApp it may be loosened', () => {
  const loose = {
    brakeShortAnswers: 7,
    brakeShortSeconds: 89,
    brakeLongAnswers: 31,
    brakeLongMinutes: 9,
    brakeHourAnswers: 25,
    brakeLoopTurns: 9,
    brakeMinutes: 14,
  };
  const strict = {
    brakeShortAnswers: 1,
    brakeShortSeconds: 91,
    brakeLongAnswers: 2,
    brakeLongMinutes: 11,
    brakeHourAnswers: 2,
    brakeLoopTurns: 4,
    brakeMinutes: 16,
  };
  expect(problemsOf({ file: loose })).toHaveLength(Object.keys(loose).length);
  expect(settingsOf({ file: strict })).toMatchObject(strict);
  const simulated = { whatsappUrl: 'ws://127.0.0.1:9', whatsappRootKey: '0'.repeat(64) };
  expect(settingsOf({ file: { ...loose, ...simulated } })).toMatchObject(loose);
});

test('a proxy is what the setting says, else what other programs are told, and none where that is wanted', () => {
  const usual = { HTTPS_PROXY: 'http://proxy.test:3128', no_proxy: 'a.test, .b.test' };
  expect(settingsOf({ environment: usual })).toMatchObject({
    proxy: 'http://proxy.test:3128/',
    noProxy: 'a.test, .b.test',
  });
  expect(settingsOf({ environment: { https_proxy: 'proxy.test:3128' } }).proxy).toBe('http://proxy.test:3128/');
  expect(settingsOf({ environment: usual, file: { proxy: 'https://own.test' } }).proxy).toBe('https://own.test/');
  expect(settingsOf({ environment: { ...usual, RECADO_PROXY: 'none' } }).proxy).toBeNull();
  expect(settingsOf({ environment: { HTTPS_PROXY: ' ' } }).proxy).toBeNull();
  expect(settingsOf({}).proxy).toBeNull();
});

test.each(['socks5://proxy.test:1080', 'http://', 'a b'])(
  'a proxy that is none of http:// and https:// is refused: %s',
  (proxy) => {
    expect(problemsOf({ environment: { HTTPS_PROXY: proxy } })).toMatchObject([
      { setting: 'HTTPS_PROXY', code: 'proxy' },
    ]);
  },
);

test('what an owner may choose ends where it is said to, and no sooner: answers of one, days of none, brakes that are only lowered', () => {
  const bounds = (name: NumberSettingName) => [NUMBER_SETTINGS[name].least, NUMBER_SETTINGS[name].most];
  expect({
    contextLines: bounds('contextLines'),
    answerCharacters: bounds('answerCharacters'),
    answerTexts: bounds('answerTexts'),
    dailyAnswers: bounds('dailyAnswers'),
    takeoverMinutes: bounds('takeoverMinutes'),
    brakeShortAnswers: bounds('brakeShortAnswers'),
    brakeLongAnswers: bounds('brakeLongAnswers'),
    brakeHourAnswers: bounds('brakeHourAnswers'),
    qrCodes: bounds('qrCodes'),
    agentCalls: bounds('agentCalls'),
  }).toEqual({
    contextLines: [1, 1_000],
    answerCharacters: [1, 65_536],
    answerTexts: [1, 20],
    dailyAnswers: [0, 100_000],
    takeoverMinutes: [0, 10_080],
    brakeShortAnswers: [1, 6],
    brakeLongAnswers: [1, 30],
    brakeHourAnswers: [1, 24],
    qrCodes: [1, 100],
    agentCalls: [1, 64],
  });
});

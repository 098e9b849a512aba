/** What a running relay says of its settings, and what becomes of a change. */

import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { resolveSettings } from '../../relay/settings/resolution.ts';
import { SETTING_NAMES } from '../../relay/settings/setting-names.ts';
import { OFFERED_SETTINGS, SettingsEditor } from '../../relay/settings/settings-editor.ts';
import { LANGUAGE_CODES } from '../../shared/locales/languages.ts';
import { DEFAULT_SOURCES, testSettings } from '../support/settings.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');

function editor(given: { readonly file?: string; readonly sources?: object; readonly environment?: object } = {}) {
  const home = path.join(temporaryDirectory(), 'home');
  mkdirSync(home);
  const file = path.join(home, 'settings.json');
  if (given.file !== undefined) writeFileSync(file, given.file);
  const settings = testSettings(home, null);
  const sources = { ...DEFAULT_SOURCES, ...given.sources };
  const made = new SettingsEditor({ settings, sources, environment: { LANG: 'pt_BR.UTF-8', ...given.environment } });
  return {
    editor: made,
    home,
    file,
    named: (name: string) => made.list().find((setting) => setting.name === name),
    written: () => JSON.parse(readFileSync(file, 'utf8')),
  };
}

test('each setting comes with its kind, unit, bounds, choices, default, value and source', () => {
  const { named } = editor();
  expect(named('gatherSeconds')).toEqual({
    name: 'gatherSeconds',
    kind: 'number',
    unit: 'seconds',
    value: 2,
    source: 'default',
    next: 2,
    default: 2,
    least: 0,
    most: 600,
    whole: false,
    choices: null,
    meaning: expect.any(String),
    needsRestart: false,
  });
  expect(named('language')).toMatchObject({ kind: 'text', unit: null, value: 'pt-BR', choices: LANGUAGE_CODES });
});

test('a change is in the file, and holds at once', () => {
  const {
    editor: settings,
    file,
    home,
    named,
    written,
  } = editor({ file: '{"qrCodes": 5, "of another version": [1]}' });
  expect(settings.change('gatherSeconds', 3)).toMatchObject({
    type: 'changed',
    setting: { value: 3, next: 3, source: 'file' },
  });
  expect(written()).toEqual({ qrCodes: 5, 'of another version': [1], gatherSeconds: 3 });
  expect(named('gatherSeconds')).toMatchObject({ value: 3 });
  expect(settings.change('keepIdsDays', 3)).toMatchObject({
    type: 'changed',
    setting: { value: 14, next: 3, source: 'default', needsRestart: true },
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(globSync('settings.json?*', { cwd: home })).toEqual([]);
});

test('the next start reads what was written', () => {
  const { editor: settings, home, file, named } = editor();
  settings.change('freshMinutes', '2,5');
  settings.change('language', 'es');
  const resolution = resolveSettings({
    flags: { home },
    environment: {},
    defaultHome: home,
    readFile: () => readFileSync(file, 'utf8'),
  });
  expect(resolution).toMatchObject({ settings: { freshMinutes: 2.5, language: 'es' } });
  expect(named('freshMinutes')).toMatchObject({ value: 2.5, next: 2.5 });
});

test('null takes a value back: the file no longer names it', () => {
  const { editor: settings, named, written } = editor({ file: '{"gatherSeconds": 9, "language": "en"}' });
  expect(named('gatherSeconds')).toMatchObject({ next: 9 });
  expect(settings.change('gatherSeconds', null)).toMatchObject({ type: 'changed', setting: { next: 2 } });
  expect(settings.change('language', null)).toMatchObject({ type: 'changed', setting: { next: 'pt-BR' } });
  expect(written()).toEqual({});
});

test.each([
  ['gatherSeconds', -1],
  ['gatherSeconds', 601],
  ['gatherSeconds', 'soon'],
  ['qrCodes', 1.5],
  ['language', 'xx'],
  ['whatsappVersion', '2.x'],
])('%s does not become %s, and no file is written', (name, value) => {
  const { editor: settings, file } = editor();
  expect(settings.change(name, value)).toMatchObject({ type: 'fault', fault: 'setting-refused' });
  expect(existsSync(file)).toBe(false);
});

test.each(['flag', 'environment'])(
  'what comes from a %s is not changed here: it would win at the next start',
  (source) => {
    const { editor: settings, file, named } = editor({ sources: { gatherSeconds: source } });
    expect(settings.change('gatherSeconds', 3)).toMatchObject({ type: 'fault', fault: 'setting-fixed' });
    expect(existsSync(file)).toBe(false);
    expect(named('gatherSeconds')).toMatchObject({ source, value: 2, next: 2 });
  },
);

test.each(['home', 'whatsappUrl', 'whatsappRootKey', 'toString', ''])(
  '%s is not offered, and cannot be set',
  (name) => {
    const { editor: settings, named } = editor();
    expect(named(name)).toBeUndefined();
    expect(settings.change(name, 1)).toMatchObject({ type: 'fault', fault: 'no-such-setting' });
  },
);

test.each(['nonsense', '[]', 'null'])('a file that holds %s is left as it is', (content) => {
  const { editor: settings, file, named } = editor({ file: content });
  expect(settings.change('gatherSeconds', 3)).toMatchObject({ type: 'fault', fault: 'settings-unreadable' });
  expect(readFileSync(file, 'utf8')).toBe(content);
  expect(named('gatherSeconds')).toMatchObject({ value: 2, next: 2 });
});

test('a file that cannot be written stays as it was', () => {
  const { editor: settings, file } = editor({ file: '{"qrCodes": 5}' });
  // Whoever runs the tests, root included, cannot write a file where a folder is.
  mkdirSync(`${file}.new`);
  expect(() => settings.change('gatherSeconds', 3)).toThrow();
  expect(readFileSync(file, 'utf8')).toBe('{"qrCodes": 5}');
});

test('exactly those settings are offered on which a part of the relay acts', () => {
  const code = globSync('relay/**/*.ts', { cwd: ROOT })
    .filter((file) => !file.startsWith(path.join('relay', 'settings')) && !file.includes('words'))
    .map((file) => readFileSync(path.join(ROOT, file), 'utf8'))
    .join('\n');
  const forTests = ['home', 'whatsappUrl', 'whatsappRootKey'];
  const used = SETTING_NAMES.filter((name) => !forTests.includes(name) && new RegExp(`\\b${name}\\b`).test(code));
  expect(new Set(OFFERED_SETTINGS)).toEqual(new Set(used));
});

test('a number that was typed is kept as a number', () => {
  const { editor: settings, file } = editor();
  expect(settings.change('gatherSeconds', '3.5')).toMatchObject({ type: 'changed', setting: { next: 3.5 } });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ gatherSeconds: 3.5 });
});

test('a proxy keeps its password in the file, and nobody reads it', () => {
  const { editor: settings, named, written } = editor();
  expect(settings.change('proxy', 'http://ana:segredo@proxy.test:3128')).toMatchObject({ type: 'changed' });
  expect(written()).toEqual({ proxy: 'http://ana:segredo@proxy.test:3128/' });
  expect(named('proxy')).toMatchObject({ next: 'http://proxy.test:3128', needsRestart: true });
  settings.change('proxy', 'none');
  expect(written()).toEqual({ proxy: 'none' });
  settings.change('proxy', null);
  expect(written()).toEqual({});
  settings.change('noProxy', '  ');
  expect(written()).toEqual({});
});

/** `settings`: every setting with its value, where that comes from, and how else to set it. Works without a relay. */

import type { Command } from 'commander';
import { fieldWordsIn } from '../../shared/locales/all.ts';
import { COMMAND_LINE } from '../../shared/start-line.ts';
import { NEEDS_RESTART, NUMBER_SETTINGS, type NumberSettingName, TEXT_SETTINGS } from '../settings/catalogue.ts';
import { environmentName, flagName, SETTING_NAMES, type SettingName } from '../settings/setting-names.ts';
import { writtenValue } from '../settings/settings-editor.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import type { CommandSet } from './command-set.ts';
import type { Context } from './context.ts';
import { table } from './table.ts';

function listSettings(context: Context): ExitCode {
  const rows = SETTING_NAMES.map((name) => rowOf(context, name));
  for (const row of rows) context.tell(row);
  if (context.json) return EXIT.done;
  const { words } = context;
  const columns = ['name', 'value', 'source', 'unit', 'default', 'environment', 'flag', 'effect', 'meaning'] as const;
  context.terminal.out(
    table([
      columns.map((column) => words.settings[column]),
      ...rows.map((row) =>
        columns.map((column) =>
          String((column === 'effect' ? effectOf(context, row.needsRestart) : said(context, row, column)) ?? ''),
        ),
      ),
    ]),
  );
  return EXIT.done;
}

function rowOf(context: Context, name: SettingName) {
  const setting = isNumber(name) ? NUMBER_SETTINGS[name] : TEXT_SETTINGS[name];
  return {
    name,
    value: writtenValue(context.settings, name),
    source: context.sources[name],
    unit: setting.kind === 'number' ? setting.unit : null,
    default: setting.default,
    environment: environmentName(name),
    flag: flagName(name),
    needsRestart: NEEDS_RESTART.has(name),
    meaning: setting.meaning,
  };
}

type Row = ReturnType<typeof rowOf>;

/** What a setting means in the reader's language; all else as it is typed. */
function said({ language }: Context, row: Row, column: Exclude<keyof Row, 'needsRestart'>): string | number | null {
  return column === 'meaning' ? (fieldWordsIn(language).settings[row.name]?.meaning ?? row.meaning) : row[column];
}

function effectOf({ words }: Context, needsRestart: boolean): string {
  return needsRestart ? words.settings.afterRestart : words.settings.atOnce;
}

function isNumber(name: SettingName): name is NumberSettingName {
  return name in NUMBER_SETTINGS;
}

export function addSettings({ add, run }: CommandSet): void {
  const meaning = 'every setting: value, source, unit, default, meaning';
  add('settings', meaning, [`${COMMAND_LINE} settings --json`], 'all').action((_options, command: Command) =>
    run(command, listSettings, 'all'),
  );
}

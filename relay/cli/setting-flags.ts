/** Settings as flags of a command: all of them where the relay is started or looked at, the two that every command needs elsewhere. */
import { type Command, Option } from 'commander';
import { NUMBER_SETTINGS, TEXT_SETTINGS } from '../settings/catalogue.ts';
import type { SettingsProblem } from '../settings/problem.ts';
import { unknownSetting } from '../settings/resolution.ts';
import { flagName, nearestName, SETTING_NAMES, type SettingName } from '../settings/setting-names.ts';

export type GivenFlags = {
  readonly settings: Readonly<Partial<Record<SettingName, string>>>;
  /** Names of flags that are no settings, as typed, without a value. */
  readonly unknown: readonly string[];
};

/** Where the relay is, and which language is spoken. */
const EVERYWHERE: readonly SettingName[] = ['home', 'language'];

export function withSettingFlags(command: Command, which: 'all' | 'few'): Command {
  for (const name of which === 'all' ? SETTING_NAMES : EVERYWHERE) {
    const setting = { ...NUMBER_SETTINGS, ...TEXT_SETTINGS }[name];
    const unit = setting.kind === 'number' ? setting.unit : 'text';
    command.addOption(new Option(`${flagName(name)} <${unit}>`, setting.meaning));
  }
  // Unknown flags are collected, to be told of together with everything else that is wrong.
  return which === 'all' ? command.allowUnknownOption().allowExcessArguments() : command;
}

export function givenFlags(command: Command, which: 'all' | 'few'): GivenFlags {
  const options: Readonly<Record<string, unknown>> = command.opts();
  const settings: Partial<Record<SettingName, string>> = {};
  for (const name of SETTING_NAMES) {
    const value = options[name];
    if (typeof value === 'string') settings[name] = value;
  }
  const rest = which === 'all' ? command.args : [];
  const flags = rest.filter((arg) => arg.startsWith('-'));
  // Behind an unknown flag stands its value; without one, an argument that no command takes.
  const unknown = flags.length > 0 ? flags : rest;
  return { settings, unknown: unknown.map((arg) => arg.split('=', 1)[0] ?? arg) };
}

export function flagProblems({ unknown }: GivenFlags): readonly SettingsProblem[] {
  return unknown.map((flag) => {
    const nearest = nearestName(camelCase(flag));
    return unknownSetting(flag, nearest && flagName(nearest));
  });
}

function camelCase(flag: string): string {
  return flag.replace(/^-+/, '').replaceAll(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

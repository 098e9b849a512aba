/**
 * Flags, environment, file and defaults → Settings, judged as a whole: every problem at once, each with what to do.
 * Reads nothing by itself; what it is given decides.
 */

import path from 'node:path';
import { LANGUAGE_CODES, spokenIn } from '../../shared/locales/languages.ts';
import {
  NO_PROXY,
  NUMBER_SETTINGS,
  type NumberSetting,
  type NumberSettingName,
  type Settings,
  TEXT_SETTINGS,
} from './catalogue.ts';
import type { SettingsProblem } from './problem.ts';
import { environmentName, flagName, nearestName, SETTING_NAMES, type SettingName } from './setting-names.ts';
import { simulatedAddress } from './simulated-address.ts';

export type Source = 'flag' | 'environment' | 'file' | 'default';

export type Sources = Readonly<Record<SettingName, Source>>;

export type Resolution =
  | { readonly type: 'settings'; readonly settings: Settings; readonly sources: Sources }
  | { readonly type: 'problems'; readonly problems: readonly SettingsProblem[] };

export type Inputs = {
  readonly flags: Readonly<Partial<Record<SettingName, string>>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The text of a file, or null where there is none. */
  readFile(file: string): string | null;
  /** Where the platform keeps such data. */
  readonly defaultHome: string;
};

export const SETTINGS_FILE = 'settings.json';

type Found = { readonly value: string; readonly source: Source; readonly spelling: string };
type Text = Readonly<Record<string, unknown>>;

export function resolveSettings(inputs: Inputs): Resolution {
  const problems: SettingsProblem[] = [];
  const home = path.resolve(find('home', inputs, {})?.value ?? inputs.defaultHome);
  const file = readSettingsFile(path.join(home, SETTINGS_FILE), inputs, problems);
  const found = new Map<SettingName, Found>();
  for (const name of SETTING_NAMES) {
    const value = find(name, inputs, file);
    if (value) found.set(name, value);
  }
  const simulated = simulatedAddress(
    found.get('whatsappUrl')?.value ?? null,
    found.get('whatsappRootKey')?.value ?? null,
    problems,
  );
  const numbers = Object.fromEntries(
    Object.entries(NUMBER_SETTINGS).map(([name, setting]) => [
      name,
      readNumber(
        simulated ? { ...setting, ...looseBounds(setting) } : setting,
        found.get(name as NumberSettingName),
        problems,
      ),
    ]),
  );
  const settings: Settings = {
    ...(numbers as Record<NumberSettingName, number>),
    home,
    language: readChoice('language', found, problems) ?? systemLanguage(inputs.environment),
    logLevel: readChoice('logLevel', found, problems) ?? 'info',
    readReceipts: readChoice('readReceipts', found, problems) ?? 'no',
    typing: readChoice('typing', found, problems) ?? 'no',
    automaticWords: readChoice('automaticWords', found, problems) ?? 'yes',
    passkeyLinking: readChoice('passkeyLinking', found, problems) ?? TEXT_SETTINGS.passkeyLinking.default,
    proxy: readProxy(found.get('proxy'), problems),
    noProxy: found.get('noProxy')?.value.trim() || null,
    systemCertificates: readChoice('systemCertificates', found, problems) ?? TEXT_SETTINGS.systemCertificates.default,
    whatsappVersion: readVersion(found.get('whatsappVersion'), problems),
    simulated,
  };
  if (problems.length > 0) return { type: 'problems', problems };
  const sources = Object.fromEntries(SETTING_NAMES.map((name) => [name, found.get(name)?.source ?? 'default']));
  return { type: 'settings', settings, sources: sources as Record<SettingName, Source> };
}

function find(name: SettingName, { flags, environment }: Inputs, file: Text): Found | null {
  const flag = flags[name];
  if (flag !== undefined) return { value: flag, source: 'flag', spelling: flagName(name) };
  const variable = environment[environmentName(name)];
  // An empty variable is how shells unset one for a single command.
  if (variable !== undefined && variable !== '')
    return { value: variable, source: 'environment', spelling: environmentName(name) };
  const value = file[name];
  if (typeof value === 'string' || typeof value === 'number')
    return { value: String(value), source: 'file', spelling: `"${name}"` };
  const usual = COMMON_VARIABLES.get(name)?.find((each) => environment[each]?.trim());
  return usual === undefined ? null : { value: environment[usual] ?? '', source: 'environment', spelling: usual };
}

/** What other programs are told the same with. Ours is asked first, and so is the file. */
const COMMON_VARIABLES: ReadonlyMap<SettingName, readonly string[]> = new Map([
  ['proxy', ['HTTPS_PROXY', 'https_proxy']],
  ['noProxy', ['NO_PROXY', 'no_proxy']],
]);

function readSettingsFile(file: string, inputs: Inputs, problems: SettingsProblem[]): Text {
  const text = inputs.readFile(file);
  if (text === null) return {};
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // The parser's own words would quote the file.
    content = null;
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    problems.push({ setting: file, code: 'file-unreadable', values: {} });
    return {};
  }
  for (const [name, value] of Object.entries(content)) {
    if (!SETTING_NAMES.some((known) => known === name)) problems.push(unknownName(name));
    else if (typeof value !== 'string' && typeof value !== 'number') {
      problems.push({ setting: `"${name}"`, code: 'value-kind', values: {} });
    }
  }
  return { ...content };
}

function unknownName(name: string): SettingsProblem {
  const nearest = nearestName(name);
  return unknownSetting(`"${name}"`, nearest && `"${nearest}"`);
}

/** `nearest`: what may have been meant, in the same spelling. */
export function unknownSetting(setting: string, nearest: string | null): SettingsProblem {
  return nearest === null
    ? { setting, code: 'unknown', values: {} }
    : { setting, code: 'unknown-near', values: { nearest } };
}

/** Nobody is harmed by a simulated WhatsApp: there a test may loosen what is otherwise only made stricter. */
function looseBounds(setting: NumberSetting): Partial<NumberSetting> {
  return setting.simulated ?? {};
}

function readNumber(setting: NumberSetting, found: Found | undefined, problems: SettingsProblem[]): number {
  if (!found) return setting.default;
  // People type the comma of their language.
  const text = found.value.trim().replace(',', '.');
  const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (
    Number.isNaN(value) ||
    value < setting.least ||
    value > setting.most ||
    (setting.whole && !Number.isInteger(value))
  ) {
    const { least, most, unit, default: usual } = setting;
    const code = setting.whole ? 'whole-number' : 'number';
    problems.push({ setting: found.spelling, code, values: { least, most, unit, usual } });
    return setting.default;
  }
  return value;
}

function readChoice<
  N extends
    | 'language'
    | 'logLevel'
    | 'readReceipts'
    | 'typing'
    | 'automaticWords'
    | 'passkeyLinking'
    | 'systemCertificates',
>(
  name: N,
  found: ReadonlyMap<SettingName, Found>,
  problems: SettingsProblem[],
): (typeof TEXT_SETTINGS)[N]['choices'][number] | null {
  const given = found.get(name);
  if (!given) return null;
  const choices: readonly (typeof TEXT_SETTINGS)[N]['choices'][number][] = TEXT_SETTINGS[name].choices;
  const choice = choices.find((each) => each.toLowerCase() === given.value.toLowerCase());
  if (choice) return choice;
  problems.push({ setting: given.spelling, code: 'choice', values: { choices: choices.join(', ') } });
  return null;
}

function readVersion(found: Found | undefined, problems: SettingsProblem[]): Settings['whatsappVersion'] {
  if (!found) return null;
  const parts = /^(\d{1,9})\.(\d{1,9})\.(\d{1,12})$/.exec(found.value);
  if (parts) return [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  problems.push({ setting: found.spelling, code: 'version', values: { example: '2.3000.1043857760' } });
  return null;
}

/** As curl takes it: without a scheme it is http://. */
function readProxy(found: Found | undefined, problems: SettingsProblem[]): string | null {
  const text = found?.value.trim() ?? '';
  if (!found || text === '' || text.toLowerCase() === NO_PROXY) return null;
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  if (url?.hostname && (url.protocol === 'http:' || url.protocol === 'https:')) return url.href;
  problems.push({ setting: found.spelling, code: 'proxy', values: { example: 'http://proxy.example:3128' } });
  return null;
}

/** What the relay is set to, where the environment says so; else POSIX's order. A system without a language of ours, `C` included, gets Portuguese: most of the people it is for speak it. */
export function systemLanguage(environment: Inputs['environment']): Settings['language'] {
  const chosen = LANGUAGE_CODES.find((language) => language === environment.RECADO_LANGUAGE);
  if (chosen) return chosen;
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return spokenIn(locale) ?? 'pt-BR';
}

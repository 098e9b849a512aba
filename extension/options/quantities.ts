/** Seconds, days, sizes and settings' values, as people of a language write them. */

import type { Setting } from '../../shared/contract/commands/setup-commands.ts';
import type { Language } from '../../shared/locales/languages.ts';
import type { OptionsSpeech } from './options-speech.ts';

const KIB = 1_024;
const MIB = KIB * KIB;

export function writeSeconds(language: Language, seconds: number): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(seconds);
}

/** `3 de novembro`. Epoch milliseconds. */
export function writeDay(language: Language, at: number): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }).format(at);
}

export function writeDayAndTime(language: Language, at: number): string {
  const parts = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(language, parts).format(at);
}

/** As large a thing as a model in the units in which its programs tell it. */
const GIGABYTE = 1e9;

export function writeSize(language: Language, bytes: number): string {
  if (bytes >= GIGABYTE)
    return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(bytes / GIGABYTE)} GB`;
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: bytes < MIB ? 0 : 1 });
  return bytes < MIB ? `${format.format(Math.ceil(bytes / KIB))} KiB` : `${format.format(bytes / MIB)} MiB`;
}

/** Without a unit: as it stands in its field. */
export function writeField(language: Language, value: Setting['value']): string {
  if (typeof value !== 'number') return value ?? '';
  return new Intl.NumberFormat(language, { maximumFractionDigits: 3, useGrouping: false }).format(value);
}

/** With its unit, or by the name of the choice. */
export function writeValue(setting: Setting, value: Setting['value'], speech: OptionsSpeech): string {
  if (value === null) return speech.options.settings.system;
  if (typeof value === 'string') return speech.fields.choices[`${setting.name}.${value}`] ?? value;
  return `${writeField(speech.speech.language, value)} ${unitOf(setting, speech)}`.trim();
}

export function unitOf({ unit }: Setting, { fields }: OptionsSpeech): string {
  return unit === null ? '' : (fields.units[unit] ?? unit);
}

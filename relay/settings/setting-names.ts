/** One name, four spellings: `qrSeconds`, `--qr-seconds`, `RECADO_QR_SECONDS`, and the nearest to a mistyped one. */
import { NUMBER_SETTINGS, TEXT_SETTINGS } from './catalogue.ts';

export type SettingName = keyof typeof NUMBER_SETTINGS | keyof typeof TEXT_SETTINGS;

export const SETTING_NAMES: readonly SettingName[] = [
  ...(Object.keys(TEXT_SETTINGS) as (keyof typeof TEXT_SETTINGS)[]),
  ...(Object.keys(NUMBER_SETTINGS) as (keyof typeof NUMBER_SETTINGS)[]),
];

export function environmentName(name: SettingName): string {
  return `RECADO_${kebab(name).replaceAll('-', '_').toUpperCase()}`;
}

export function flagName(name: SettingName): string {
  return `--${kebab(name)}`;
}

/** The known name that is closest to a mistyped one; null where none is near. */
export function nearestName(typed: string): SettingName | null {
  const [nearest] = SETTING_NAMES.map((name) => ({
    name,
    distance: distance(typed.toLowerCase(), name.toLowerCase()),
  })).sort((one, other) => one.distance - other.distance);
  // Half of a short name mistyped is another word.
  const most = Math.min(MOST_TYPOS, Math.floor(typed.length / 3));
  return nearest && nearest.distance <= most ? nearest.name : null;
}

const MOST_TYPOS = 3;

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Levenshtein's, row by row. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_value, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [column, candidate] of [...other].entries()) {
      const replaced = (row[column] ?? 0) + (letter === candidate ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** Until when an agent is to be off, as a person writes it: `1h`, `90m`, `2d`, `tomorrow`, `18:30`, `2026-11-27T08:00`. Pure. */
import { tomorrowMorning } from '../../shared/rules/switch-times.ts';

const MOST_CHARACTERS = 40;
const UNITS: ReadonlyMap<string, number> = new Map([
  ['s', 1_000],
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);
/** A year. */
const MOST_MS = 366 * 86_400_000;

/** Epoch ms; null where it is no duration. */
export function afterDuration(text: string, now: number): number | null {
  if (text.length > MOST_CHARACTERS) return null;
  const [, count, unit] = /^(\d+(?:\.\d+)?)\s?([a-z]+)$/.exec(text.trim().toLowerCase()) ?? [];
  const ms = Number(count) * (UNITS.get(unit ?? '') ?? Number.NaN);
  return ms > 0 && ms <= MOST_MS ? now + Math.round(ms) : null;
}

/** By this computer's clock; a time of day that has passed is tomorrow's. Null where it is no moment ahead. */
export function momentAhead(text: string, now: number): number | null {
  const wanted = text.trim().toLowerCase();
  if (wanted.length > MOST_CHARACTERS) return null;
  if (wanted === 'tomorrow') return tomorrowMorning(now);
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(wanted) ?? [];
  if (hours !== undefined && minutes !== undefined) return timeOfDayAhead(Number(hours), Number(minutes), now);
  const at = /^\d{4}-\d{2}-\d{2}(?:t.+)?$/.test(wanted)
    ? new Date(wanted.includes('t') ? wanted.toUpperCase() : `${wanted}T00:00`).getTime()
    : Number.NaN;
  return at > now && at <= now + MOST_MS ? at : null;
}

function timeOfDayAhead(hours: number, minutes: number, now: number): number | null {
  if (hours > 23 || minutes > 59) return null;
  const date = new Date(now);
  const on = (day: number): number => new Date(date.getFullYear(), date.getMonth(), day, hours, minutes).getTime();
  const today = on(date.getDate());
  return today > now ? today : on(date.getDate() + 1);
}

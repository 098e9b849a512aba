/** How blanks are filled and times are written: whole, as a glance wants them (the clock alone for today), and how long ago. Knows no sentence itself. */
import type { Language } from './languages.ts';

/** Puts values into a sentence's `{blanks}`. A blank without a value stays as it is, so that a test finds it. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>> = {}): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (blank, name: string) => String(values[name] ?? blank));
}

/** The last day that JavaScript can name. */
const END_OF_TIME_MS = 8.64e15;

/** A point in time (epoch milliseconds) as people of that language write it, in the machine's time zone; `…` where there is no such day. */
export function writeTime(language: Language, at: number): string {
  if (!(Math.abs(at) <= END_OF_TIME_MS)) return '…';
  return new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(at);
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** `14:32` for today, `amanhã, 8h` beside it, otherwise with the day. Both in epoch milliseconds. */
export function writeMoment(language: Language, at: number, now: number): string {
  const days = daysFrom(now, at);
  if (days === 0) return clockOf(language, at);
  const time = isWholeHour(at) && language === 'pt-BR' ? `${new Date(at).getHours()}h` : clockOf(language, at);
  const day =
    Math.abs(days) === 1
      ? new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
      : new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' }).format(at);
  return `${day}, ${time}`;
}

/** Words that stand before a time of day, and not before another day. */
const BEFORE_A_TIME = / (?:às|a las|at) \{at\}/;

/** Fills a sentence's `{at}` with a moment: `às 14:32`, and `amanhã, 8h` without the word before it. */
export function fillMoment(
  sentence: string,
  { language, at, now }: { readonly language: Language; readonly at: number; readonly now: number },
  values: Readonly<Record<string, string | number>> = {},
): string {
  const fitting = daysFrom(now, at) === 0 ? sentence : sentence.replace(BEFORE_A_TIME, ' {at}');
  return fill(fitting, { ...values, at: writeMoment(language, at, now) });
}

function clockOf(language: Language, at: number): string {
  return new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }).format(at);
}

function isWholeHour(at: number): boolean {
  return new Date(at).getMinutes() === 0;
}

/** By this computer's calendar: -1 yesterday, 1 tomorrow. */
function daysFrom(now: number, at: number): number {
  const midnight = (moment: number): number => new Date(moment).setHours(0, 0, 0, 0);
  return Math.round((midnight(at) - midnight(now)) / DAY_MS);
}

/** `4:12`, of a time in milliseconds that is still to come. */
export function writeLeft(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `há 6 min`; `agora` within the first minute. */
export function writeAgo(language: Language, at: number, now: number): string {
  const ago = Math.max(0, now - at);
  if (ago < MINUTE_MS) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(0, 'second');
  const format = new Intl.RelativeTimeFormat(language, { style: 'narrow' });
  if (ago < HOUR_MS) return format.format(-Math.floor(ago / MINUTE_MS), 'minute');
  return ago < DAY_MS
    ? format.format(-Math.floor(ago / HOUR_MS), 'hour')
    : format.format(-Math.floor(ago / DAY_MS), 'day');
}

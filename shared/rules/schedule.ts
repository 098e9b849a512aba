/**
 * A week's times in which an agent is on: spans that may go over midnight, by the clock and the calendar of this computer. Pure.
 * Written `mon-fri 09:00-12:00, sat,sun 22:00-02:00`; a span that ends at or before its beginning ends on the next day.
 */
import * as v from 'valibot';
import { DAYS, type Day, type Edge, type Schedule, ScheduleSchema, type Span } from '../contract/schedule.ts';

const MOST_TEXT = 2_000;
/** A week, and a day on either side for what goes over midnight. */
const DAYS_AROUND = 9;
/** With the hours by which clocks are put forward or back. */
const WEEK_MS = (7 * 24 + 2) * 3_600_000;

/** Null where the text is no schedule. An empty text is the empty one. */
export function readSchedule(text: string): Schedule | null {
  if (text.length > MOST_TEXT) return null;
  const spans: Span[] = [];
  let days: Day[] = [];
  // Commas stand between days and between spans: a word with a colon ends the days before it.
  for (const word of text.toLowerCase().split(/[\s,;]+/)) {
    if (word === '') continue;
    if (!word.includes(':')) {
      const named = readDays(word);
      if (!named) return null;
      days.push(...named);
      continue;
    }
    const [from = '', to = '', ...rest] = word.split('-');
    if (rest.length > 0 || days.length === 0) return null;
    spans.push({ days: DAYS.filter((day) => days.includes(day)), from: twoDigits(from), to: twoDigits(to) });
    days = [];
  }
  const parsed = v.safeParse(ScheduleSchema, spans);
  return parsed.success && days.length === 0 ? parsed.output : null;
}

export function writeSchedule(schedule: Schedule): string {
  return schedule.map(({ days, from, to }) => `${writeDays(days)} ${from}-${to}`).join(', ');
}

export function isOnAt(schedule: Schedule, at: number): boolean {
  return stretches(schedule, at).some(({ from, until }) => from <= at && at < until);
}

/** The first moment after `at` at which the switch turns; null where it never does. */
export function nextEdge(schedule: Schedule, at: number): Edge | null {
  return edges(schedule, at).find((edge) => edge.at > at) ?? null;
}

/** The last moment up to `at` at which it did. */
export function lastEdge(schedule: Schedule, at: number): Edge | null {
  return edges(schedule, at).findLast((edge) => edge.at <= at) ?? null;
}

/** Around a moment, in order. Spans that touch or overlap are one. */
function edges(schedule: Schedule, around: number): readonly Edge[] {
  const merged: { from: number; until: number }[] = [];
  for (const { from, until } of stretches(schedule, around)) {
    const last = merged.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else merged.push({ from, until });
  }
  // A week later everything comes again; what begins or ends further away may only be cut off there.
  return merged
    .flatMap(({ from, until }) => [
      { at: from, on: true },
      { at: until, on: false },
    ])
    .filter((edge) => Math.abs(edge.at - around) <= WEEK_MS);
}

function stretches(schedule: Schedule, around: number): readonly { readonly from: number; readonly until: number }[] {
  const middle = new Date(around);
  const found: { from: number; until: number }[] = [];
  for (let offset = -DAYS_AROUND; offset <= DAYS_AROUND; offset++) {
    const day = new Date(middle.getFullYear(), middle.getMonth(), middle.getDate() + offset);
    const name = DAYS[day.getDay()];
    for (const { days, from, to } of schedule) {
      if (!name || !days.includes(name)) continue;
      found.push({ from: momentOf(day, from, 0), until: momentOf(day, to, to <= from ? 1 : 0) });
    }
  }
  return found.sort((one, other) => one.from - other.from);
}

/** By the local calendar, so that a day of 23 or 25 hours keeps its times. */
function momentOf(day: Date, time: string, daysLater: number): number {
  const [hours, minutes] = time.split(':').map(Number);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + daysLater, hours, minutes).getTime();
}

function readDays(word: string): readonly Day[] | null {
  if (word === 'daily') return DAYS;
  const [first, last, ...rest] = word.split('-').map((name) => DAYS.indexOf(name as Day));
  if (rest.length > 0 || first === undefined || first < 0 || last === -1) return null;
  const until = last ?? first;
  const count = ((until - first + DAYS.length) % DAYS.length) + 1;
  return Array.from({ length: count }, (_value, at) => DAYS[(first + at) % DAYS.length]).filter(
    (day) => day !== undefined,
  );
}

function writeDays(days: readonly Day[]): string {
  if (days.length === DAYS.length) return 'daily';
  const firstAt = days.length === 0 ? 0 : DAYS.indexOf(days[0] ?? 'sun');
  const isRun = days.length > 2 && days.every((day, at) => day === DAYS[firstAt + at]);
  return isRun ? `${days[0]}-${days.at(-1)}` : days.join(',');
}

function twoDigits(time: string): string {
  return time.length === 4 ? `0${time}` : time;
}

/**
 * How long a server asks to be left alone: in its header, in a field of its error, or in words ("Please try again in 4.5s"). Milliseconds
 * from now; null where it asks for nothing that can be read. Matched, never quoted. Pure, and linear in the text.
 */
import { at, parseJson } from './json.ts';

/** Longer than any message waits for its answer. */
const LONGEST_MS = 24 * 3_600_000;
/** An error that says more than that says it in its beginning. */
const MOST_READ = 2_000;

/** `Sun, 06 Nov 1994 08:49:37 GMT`, and the older forms, which begin with a day's name too (RFC 9110, 5.6.7). */
const DATE = /^\s*(?:mon|tue|wed|thu|fri|sat|sun)/i;
/** What makes one of several headers: `3, 5`. */
const SECONDS_LIST = /^\s*\d{1,9}(?:\.\d{1,9})?\s*(?:,\s*\d{1,9}(?:\.\d{1,9})?\s*){0,9}$/;

const UNITS_MS = [
  [/^(?:ms|millis)/i, 1],
  [/^s/i, 1_000],
  [/^m/i, 60_000],
  [/^h/i, 3_600_000],
] as const;
const UNIT =
  '(?:ms|milliseconds?|s|secs?|seconds?|seg|segundos?|m|mins?|minutes?|minutos?|h|hrs?|hours?|horas?)(?![\\p{L}\\p{N}])';
/** Also run together: `1m30s`. */
const PART = `\\d{1,9}(?:\\.\\d{1,9})?\\s?(?:${UNIT}|[hm](?=\\d))`;
const DURATION = `${PART}(?:(?:,? (?:and |e |y )?)?${PART}){0,2}`;
const ASKS =
  '(?:try (?:your request )?again|retry(?:ing)?|wait(?: for)?|resets?|(?:tente|tentar) (?:novamente|de novo|outra vez)|aguarde|espere|intent[ae](?:lo)? de nuevo|int[ée]ntelo de nuevo|vuelva a intentarlo|reintent[ae])';
const IN_WORDS = new RegExp(
  `(?<![\\p{L}\\p{N}])${ASKS}(?: again)?:?(?: (?:in|after|for|at least|em|ap[óo]s|depois de|en|despu[ée]s de|dentro de)){0,2}(?: (?:about|another|mais|cerca de|unos))? (${DURATION})`,
  'iu',
);
const EACH_PART = /(\d{1,9}(?:\.\d{1,9})?)\s?(\p{L}{1,12})/gu;

/** `Retry-After`: seconds, or a date (RFC 9110, 10.2.3). Of several the longest; of what is neither, nothing. */
export function waitInHeader(header: string, now: number): number | null {
  if (SECONDS_LIST.test(header)) return bounded(Math.max(...header.split(',').map(Number)) * 1_000);
  const date = DATE.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : bounded(Math.max(0, date - now));
}

/** In the body of a refusal, JSON or plain text. */
export function waitInBody(text: string): number | null {
  const body = parseJson(text);
  return body === undefined || body === null ? waitInWords(text) : waitInError(body);
}

/** In an error object, alone or in a list: a number of seconds beside the error, Google's `"2s"` among the details, or words. */
export function waitInError(body: unknown): number | null {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const places = [at(first, 'error'), first, at(first, 'parameters')];
  const seconds = places.flatMap((place) => [at(place, 'retry_after'), at(place, 'retryAfter')]).map(secondsOf);
  const milliseconds = places.map((place) => secondsOf(at(place, 'retry_after_ms')));
  const details = at(first, 'error', 'details');
  const delays = Array.isArray(details) ? details.map((detail: unknown) => durationIn(at(detail, 'retryDelay'))) : [];
  const said = [at(first, 'error', 'message'), at(first, 'error'), at(first, 'message'), at(first, 'detail')];
  const found = [
    ...seconds.map((each) => (each === null ? null : each * 1_000)),
    ...milliseconds,
    ...delays,
    ...said.map((each) => (typeof each === 'string' ? waitInWords(each) : null)),
  ].find((each) => each !== null);
  return found === undefined || found === null ? null : bounded(found);
}

/** In words, English, Portuguese or Spanish. */
export function waitInWords(text: string): number | null {
  const duration = IN_WORDS.exec(text.slice(0, MOST_READ))?.[1];
  return duration === undefined ? null : durationIn(duration);
}

function durationIn(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  let total: number | null = null;
  for (const [, amount, unit = ''] of text.slice(0, 100).matchAll(EACH_PART)) {
    const factor = UNITS_MS.find(([pattern]) => pattern.test(unit))?.[1];
    if (factor !== undefined) total = (total ?? 0) + Number(amount) * factor;
  }
  return total === null ? null : bounded(total);
}

function secondsOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && Number.isFinite(number) ? number : null;
}

function bounded(ms: number): number {
  return Math.min(Math.round(ms), LONGEST_MS);
}

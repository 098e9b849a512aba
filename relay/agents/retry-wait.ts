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
/** A proxy makes one header of several: `3, 5`. */
const SECONDS_LIST = /^\s*\d{1,13}(?:\.\d{1,9})?\s*(?:,\s*\d{1,13}(?:\.\d{1,9})?\s*){0,9}$/;

const MS = 1;
const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const UNITS: ReadonlyMap<string, number> = new Map([
  ...['ms', 'millisecond', 'milliseconds'].map((unit) => [unit, MS] as const),
  ...['s', 'sec', 'secs', 'second', 'seconds', 'seg', 'segundo', 'segundos'].map((unit) => [unit, SECOND] as const),
  ...['m', 'min', 'mins', 'minute', 'minutes', 'minuto', 'minutos'].map((unit) => [unit, MINUTE] as const),
  ...['h', 'hr', 'hrs', 'hour', 'hours', 'hora', 'horas'].map((unit) => [unit, HOUR] as const),
]);
const ASKS =
  /(?<![\p{L}\p{N}])(?:try (?:your request )?again|retry|retrying|wait|resets?|(?:tente|tentar) (?:novamente|de novo|outra vez)|aguarde|espere|espera|intent[ae](?:lo)? de nuevo|int[ée]ntelo de nuevo|vuelva a intentarlo|reintent[ae])(?![\p{L}\p{N}])/giu;
/** These may stand between that and the time. */
const BETWEEN: ReadonlySet<string> = new Set([
  ...['again', 'in', 'after', 'for', 'at', 'least', 'about', 'another'],
  ...['em', 'após', 'apos', 'depois', 'de', 'mais', 'cerca', 'en', 'después', 'despues', 'dentro', 'unos'],
]);
const AND: ReadonlySet<string> = new Set(['and', 'e', 'y']);
/** So much after the words that ask still belongs to them. */
const MOST_AFTER = 80;
const NUMBER = /^\d{1,9}(?:\.\d{1,9})?$/;
/** In `4.5s` and `1m30s`. */
const NUMBER_OR_UNIT = /(?<=\d)(?=\p{L})|(?<=\p{L})(?=\d)/u;

/** Where a server says when a limit is over: `x-ratelimit-reset`, `ratelimit-reset-tokens`, `anthropic-ratelimit-requests-reset`. */
const RESETS = /^(?:x-|anthropic-)?rate-?limit-(?:reset(?:-([a-z0-9-]{1,40}))?|([a-z0-9-]{1,40})-reset)$/;
/** One header for all of a limit: `limit=5, remaining=0, reset=30`, and the later draft's `"day";r=0;t=30` (IETF, RateLimit fields). */
const RESET_WITHIN = /(?:\breset\s?=|;\s?t\s?=)\s?"?(\d{1,13})/;
const REMAINING_WITHIN = /(?:\bremaining\s?=|;\s?r\s?=)\s?"?(\d{1,13})/;
/** A number from here on is no duration: it is a moment in epoch seconds, from the next on in milliseconds. */
const LEAST_EPOCH_S = 1_000_000_000;
const LEAST_EPOCH_MS = 1_000_000_000_000;
const ISO_DATE = /^\s*\d{4}-\d{2}-\d{2}T/;

/**
 * In the headers of a reply, by their names in lower case: `Retry-After` and its like of any reply; of a refusal also when its limits are
 * over, the longest of those that have nothing left.
 */
export function waitInHeaders(headers: ReadonlyMap<string, string>, status: number, now: number): number | null {
  const milliseconds = secondsOf(headers.get('retry-after-ms'));
  if (milliseconds !== null) return bounded(milliseconds);
  const asked = headers.get('retry-after');
  const inHeader = asked === undefined ? null : waitInHeader(asked, now);
  if (inHeader !== null || status < 400) return inHeader;
  const resets = [...headers]
    .map(([name, value]) => resetIn(name, value, headers, now))
    .filter((each) => each !== null);
  return resets.length > 0 ? bounded(Math.max(...resets)) : null;
}

function resetIn(name: string, value: string, headers: ReadonlyMap<string, string>, now: number): number | null {
  if (name === 'ratelimit' || name === 'x-ratelimit') {
    const reset = RESET_WITHIN.exec(value)?.[1];
    const remaining = REMAINING_WITHIN.exec(value)?.[1] ?? '0';
    return reset === undefined || Number(remaining) > 0 ? null : waitInHeader(reset, now);
  }
  const found = RESETS.exec(name);
  if (!found) return null;
  const of = found[1] ?? found[2];
  const remaining = headers.get(
    of === undefined
      ? name.replace('reset', 'remaining')
      : found[2] === undefined
        ? name.replace('-reset-', '-remaining-')
        : name.replace(/-reset$/, '-remaining'),
  );
  // A limit that has a name is used up only if the server says so.
  const isUsedUp = remaining === undefined ? of === undefined : secondsOf(remaining) === 0;
  return isUsedUp ? waitInHeader(value, now) : null;
}

/**
 * `Retry-After`: seconds, or a date (RFC 9110, 10.2.3), and what servers put there instead: a duration (`1m30s`), a moment of ISO 8601 or
 * in epoch seconds or milliseconds. Of several the longest; of what is neither, nothing.
 */
export function waitInHeader(header: string, now: number): number | null {
  if (SECONDS_LIST.test(header))
    return bounded(Math.max(...header.split(',').map((each) => momentOf(Number(each), now))));
  if (DATE.test(header) || ISO_DATE.test(header)) {
    const date = Date.parse(header);
    return Number.isNaN(date) ? null : bounded(Math.max(0, date - now));
  }
  return durationIn(header);
}

function momentOf(number: number, now: number): number {
  if (number >= LEAST_EPOCH_MS) return Math.max(0, number - now);
  return number >= LEAST_EPOCH_S ? Math.max(0, number * 1_000 - now) : number * 1_000;
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
  const read = text.slice(0, MOST_READ);
  for (const { 0: asks, index } of read.matchAll(ASKS)) {
    const end = index + asks.length;
    const words = wordsOf(read.slice(end, end + MOST_AFTER));
    const start = words.findIndex((word) => !BETWEEN.has(word));
    const found = start < 0 ? null : durationOf(words.slice(start));
    if (found !== null) return found;
  }
  return null;
}

function durationIn(text: unknown): number | null {
  return typeof text === 'string' ? durationOf(wordsOf(text.slice(0, MOST_AFTER))) : null;
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[\s,:;()]/)
    .map((word) => (word.endsWith('.') || word.endsWith('!') ? word.slice(0, -1) : word))
    .filter((word) => word !== '');
}

/** Numbers with units, from the first word on; null where there is none. */
function durationOf(words: readonly string[]): number | null {
  let total: number | null = null;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (total !== null && AND.has(word)) continue;
    const ms = NUMBER.test(word) ? timed(word, words[++at]) : runTogether(word);
    if (ms === null) break;
    total = (total ?? 0) + ms;
  }
  return total === null ? null : bounded(total);
}

function runTogether(word: string): number | null {
  const parts = word.split(NUMBER_OR_UNIT);
  let total: number | null = 0;
  for (let at = 0; at < parts.length; at += 2) {
    const ms = timed(parts[at] ?? '', parts[at + 1]);
    total = ms === null || total === null ? null : total + ms;
  }
  return total;
}

function timed(amount: string, unit: string | undefined): number | null {
  const ms = unit === undefined ? undefined : UNITS.get(unit);
  return ms === undefined || !NUMBER.test(amount) ? null : Number(amount) * ms;
}

function secondsOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && Number.isFinite(number) ? number : null;
}

function bounded(ms: number): number {
  return Math.min(Math.round(ms), LONGEST_MS);
}

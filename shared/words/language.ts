/** How blanks are filled and times are written. Knows no sentence itself. */
import type { Language } from './words.ts';

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

/** How long a person would take to write a text: pure. */

/** Nobody answers in less. */
const LEAST_MS = 1_000;
/** Somebody who types fast. */
const MS_A_CHARACTER = 40;

/** Milliseconds, at most `mostMs`; 0 where that is 0: no delay is wanted. */
export function writingMs(text: string, mostMs: number): number {
  return Math.min(mostMs, Math.max(LEAST_MS, text.length * MS_A_CHARACTER));
}

/** When a relay that ended is started again: after a crash or a kill, not for ever. The same for every system's own keeper. Pure. */

/** What a relay ends with where another start would end the same: done, wrong settings, it cannot start, interrupted. */
export const FINAL_CODES: readonly number[] = [0, 2, 4, 130];
/** So many starts in so long; more help nobody. */
export const MOST_STARTS = 5;
export const WINDOW_SECONDS = 300;
export const PAUSE_SECONDS = 1;

/** How a process ended: its code, or null where a signal ended it. */
export type ProcessEnd = { readonly code: number | null };

/** `startedAt`: every start so far, in milliseconds of one clock. */
export function isStartedAgain({ code }: ProcessEnd, startedAt: readonly number[], now: number): boolean {
  if (code !== null && FINAL_CODES.includes(code)) return false;
  return startedAt.filter((at) => now - at < WINDOW_SECONDS * 1_000).length < MOST_STARTS;
}

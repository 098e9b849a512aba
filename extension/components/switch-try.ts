/** A switch on its way: it waits halfway until the relay has confirmed, and not for ever. */

/** A switch that the relay has not confirmed yet, or did not. */
export type SwitchTry = { readonly agent: string; readonly on: boolean; readonly phase: 'asked' | 'failed' };

const CONFIRM_MS = 3_000;

/** Null where nothing was heard in time. */
export function confirmedInTime<T>(asked: Promise<T>): Promise<T | null> {
  return Promise.race([asked, new Promise<null>((resolve) => setTimeout(() => resolve(null), CONFIRM_MS))]);
}

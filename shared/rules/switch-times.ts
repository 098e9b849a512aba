/** Until when an agent can be off by one click, in epoch milliseconds. */

const HOUR_MS = 3_600_000;
/** Before people write, and after anyone would want to be woken by an agent that answers. */
const MORNING_HOUR = 8;

export function inAnHour(now: number): number {
  return now + HOUR_MS;
}

/** By this computer's clock. */
export function tomorrowMorning(now: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, MORNING_HOUR).getTime();
}

/** How long to wait before something is tried again. Pure. */

export type Backoff = {
  /** Before the first try again, milliseconds. */
  readonly firstMs: number;
  /** How much longer each wait is than the one before. */
  readonly factor: number;
  /** No wait is longer, milliseconds. */
  readonly mostMs: number;
};

/** `attempt` counts from 0. `jitter`, from 0 up to 1, takes off up to half, so that many who wait do not come back at once. Milliseconds. */
export function backoffMs({ firstMs, factor, mostMs }: Backoff, attempt: number, jitter = 0): number {
  return Math.round(Math.min(firstMs * factor ** attempt, mostMs) * (1 - jitter / 2));
}

/** A model as its server offers it. */
export type OfferedModel = {
  /** What the server calls it. */
  readonly id: string;
  /** On the server's disk; null where it does not say. */
  readonly bytes: number | null;
  /** Whether it is in memory now; null where the server does not say. */
  readonly loaded: boolean | null;
};

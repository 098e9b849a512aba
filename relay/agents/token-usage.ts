/** What a server says it has spent. Its word may be anything; counted is what can be a count. */
import type { Usage } from '../turn.ts';

/** Null where neither is a count: then what was spent is unknown. One that is none counts as 0. */
export function usageOf(input: unknown, output: unknown): Usage | null {
  if (!isCount(input) && !isCount(output)) return null;
  return { inputTokens: isCount(input) ? input : 0, outputTokens: isCount(output) ? output : 0 };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

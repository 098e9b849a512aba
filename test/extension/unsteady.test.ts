/** Hints about the phone come only where the connection to WhatsApp was there and does not hold. */
import { expect, test } from 'vitest';
import { isUnsteady } from '../../extension/popup/unsteady.ts';
import { CAUSES, type Cause } from '../../shared/contract/status.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

function isHelped(cause: Cause | null, fellLastHour: number, sinceMs: number): boolean {
  const link = { status: 'reconnecting', cause, since: NOW - sinceMs };
  return isUnsteady({ link, fellLastHour } as AgentSnapshot, NOW);
}

test('they come after three falls in an hour, or after five minutes without a connection', () => {
  expect(isHelped('connection-lost', 2, MINUTE)).toBe(false);
  expect(isHelped('connection-lost', 3, MINUTE)).toBe(true);
  expect(isHelped('connection-lost', 1, 5 * MINUTE)).toBe(true);
});

test.each(CAUSES.filter((cause) => cause !== 'connection-lost'))(
  'never under %s, which nothing done to the phone mends',
  (cause) => {
    expect(isHelped(cause, 20, 60 * MINUTE)).toBe(false);
  },
);

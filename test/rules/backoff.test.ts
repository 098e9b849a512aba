import { expect, test } from 'vitest';
import { backoffMs } from '../../shared/rules/backoff.ts';

const BACKOFF = { firstMs: 2_000, factor: 1.8, mostMs: 300_000 };

test('each wait is longer by the factor than the one before, up to the longest', () => {
  expect([0, 1, 2].map((attempt) => backoffMs(BACKOFF, attempt))).toEqual([2_000, 3_600, 6_480]);
  expect(backoffMs(BACKOFF, 50)).toBe(300_000);
  expect(backoffMs(BACKOFF, 5_000)).toBe(300_000);
});

test('the jitter takes off nothing, or up to half, and never adds', () => {
  expect(backoffMs(BACKOFF, 0, 0)).toBe(2_000);
  expect(backoffMs(BACKOFF, 0, 0.5)).toBe(1_500);
  expect(backoffMs(BACKOFF, 0, 0.999_999)).toBe(1_000);
  expect(backoffMs(BACKOFF, 50, 0.5)).toBe(225_000);
});

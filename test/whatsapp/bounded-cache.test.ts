/** A cache in front of nothing: it may forget at any time, but never grow without end. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BoundedCache } from '../../relay/whatsapp/bounded-cache.ts';
import { ManualClock } from '../support/manual-clock.ts';

test('forgets what is too old', async () => {
  const clock = new ManualClock(0);
  const cache = new BoundedCache(clock, { most: 10, lifeMs: 1_000 });
  cache.set('a', 1);
  await clock.advance(999);
  expect(cache.get('a')).toBe(1);
  await clock.advance(1);
  expect(cache.get('a')).toBeUndefined();
  expect(cache.size).toBe(0);
});

test('forgets the least recently used when it is full', () => {
  const cache = new BoundedCache(new ManualClock(0), { most: 2, lifeMs: 1_000 });
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
});

test('never keeps more than it may, and what was set last is there', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.integer())), fc.integer({ min: 1, max: 5 }), (entries, most) => {
      const cache = new BoundedCache(new ManualClock(0), { most, lifeMs: 1_000 });
      for (const [key, value] of entries) {
        cache.set(key, value);
        expect(cache.get(key)).toBe(value);
        expect(cache.size).toBeLessThanOrEqual(most);
      }
      const last = entries.at(-1);
      if (last) cache.del(last[0]);
      if (last) expect(cache.get(last[0])).toBeUndefined();
      cache.flushAll();
      expect(cache.size).toBe(0);
    }),
  );
});

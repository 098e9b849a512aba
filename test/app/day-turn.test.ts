import { expect, test } from 'vitest';
import { atEachMidnight } from '../../relay/app/day-turn.ts';
import { ManualClock } from '../support/manual-clock.ts';

const HOUR_MS = 3_600_000;

test('what shows today hears of each midnight on this computer’s clock, once', async () => {
  const evening = new Date(2026, 10, 26, 22, 30).getTime();
  const clock = new ManualClock(evening);
  const heard: string[] = [];
  const end = atEachMidnight(clock, () => heard.push(new Date(clock.now()).toDateString()));
  await clock.advance(HOUR_MS);
  expect(heard).toEqual([]);
  await clock.advance(HOUR_MS);
  expect(heard).toEqual([new Date(2026, 10, 27).toDateString()]);
  await clock.advance(24 * HOUR_MS);
  expect(heard).toHaveLength(2);
  end();
  await clock.advance(48 * HOUR_MS);
  expect(heard).toHaveLength(2);
});

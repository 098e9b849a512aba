/** A weekly schedule: when it turns the switch, over midnight and over the days on which clocks change. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAYS, type Schedule } from '../../shared/contract/schedule.ts';
import { isOnAt, lastEdge, nextEdge, readSchedule, writeSchedule } from '../../shared/rules/schedule.ts';

/** Tuesday. */
const at = (hours: number, minutes = 0, day = 24): number => new Date(2026, 10, day, hours, minutes).getTime();
const schedule = (text: string): Schedule => {
  const read = readSchedule(text);
  if (!read) throw new Error(`not a schedule: ${text}`);
  return read;
};

test.each([
  ['mon-fri 09:00-18:00', 'mon-fri 09:00-18:00'],
  ['MON-FRI 9:00-12:00, mon-fri 13:00-18:00', 'mon-fri 09:00-12:00, mon-fri 13:00-18:00'],
  ['sat,sun 22:00-02:00', 'sun,sat 22:00-02:00'],
  ['daily 00:00-24:00', 'daily 00:00-24:00'],
  ['fri-mon 10:00-11:00', 'sun,mon,fri,sat 10:00-11:00'],
  ['', ''],
])('%s is read, and written as %s', (text, written) => {
  expect(writeSchedule(schedule(text))).toBe(written);
  expect(schedule(writeSchedule(schedule(text)))).toEqual(schedule(text));
});

test.each([
  'monday 9-12',
  'mon',
  '09:00-12:00',
  'mon 25:00-26:00',
  'mon 9:00',
  'mon 9:00-10:00-11:00',
  'mon-tue-wed 9:00-10:00',
  `mon 9:00-10:00 ${'x'.repeat(3_000)}`,
])('%s is none', (text) => {
  expect(readSchedule(text)).toBeNull();
});

test('several spans a day turn the switch at each of their ends', () => {
  const week = schedule('mon-fri 09:00-12:00, mon-fri 13:00-18:00');
  expect([8, 9, 12, 13, 18].map((hour) => isOnAt(week, at(hour)))).toEqual([false, true, false, true, false]);
  expect(nextEdge(week, at(8))).toEqual({ at: at(9), on: true });
  expect(nextEdge(week, at(9))).toEqual({ at: at(12), on: false });
  expect(lastEdge(week, at(8))).toEqual({ at: at(18, 0, 23), on: false });
  expect(nextEdge(week, at(20, 0, 27))).toEqual({ at: at(9, 0, 30), on: true });
});

test('a span over midnight ends on the next day, and two that touch are one', () => {
  const night = schedule('tue 22:00-06:00, wed 06:00-07:00');
  expect(isOnAt(night, at(5, 59, 25))).toBe(true);
  expect(isOnAt(night, at(5, 59))).toBe(false);
  expect(nextEdge(night, at(21))).toEqual({ at: at(22), on: true });
  expect(nextEdge(night, at(23))).toEqual({ at: at(7, 0, 25), on: false });
});

test('a schedule without a time off, and none at all, never turn the switch within a week', () => {
  expect(nextEdge(schedule(''), at(0))).toBeNull();
  expect(nextEdge(schedule('daily 00:00-24:00'), at(12))).toBeNull();
  expect(lastEdge(schedule('mon-sun 10:00-10:00'), at(12))).toBeNull();
  expect(isOnAt(schedule('daily 00:00-24:00'), at(23, 59))).toBe(true);
});

test('between two edges the switch stays, whatever the schedule', () => {
  const time = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);
  const span = fc.record({ days: fc.subarray([...DAYS], { minLength: 1 }), from: time, to: time });
  fc.assert(
    fc.property(fc.array(span, { maxLength: 4 }), fc.nat(14 * 24 * 60), (spans, minutes) => {
      const now = at(0) + minutes * 60_000;
      const edge = nextEdge(spans, now);
      expect(readSchedule(writeSchedule(spans))).toEqual(spans);
      if (edge === null) return;
      expect(isOnAt(spans, edge.at)).toBe(edge.on);
      expect(isOnAt(spans, now)).toBe(!edge.on);
      expect(isOnAt(spans, edge.at - 1)).toBe(!edge.on);
    }),
  );
});

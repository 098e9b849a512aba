/** WhatsApp's clock beside a computer's that is wrong, that is set, and that sleeps. */
import { expect, test } from 'vitest';
import { ServerTime } from '../../relay/whatsapp/server-time.ts';

const T = Date.UTC(2026, 10, 29, 12);
const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A computer whose clock is so far ahead of WhatsApp's. */
function computer(ahead: number) {
  let wall = T + ahead;
  let monotonic = 5_000;
  const time = new ServerTime({ now: () => wall, monotonic: () => monotonic });
  return {
    time,
    wall: () => wall,
    pass: (ms: number) => {
      wall += ms;
      monotonic += ms;
    },
    sleep: (ms: number) => {
      wall += ms;
    },
    setClock: (ms: number) => {
      wall += ms;
    },
  };
}

test('before WhatsApp has said the time, the computer’s own counts', () => {
  const { time, wall } = computer(20 * MINUTE);
  time.heard(T);
  expect([time.now(), time.local(T), time.aheadMinutes]).toEqual([wall(), T, null]);
});

test.each([
  [0, null],
  [9 * SECOND, null],
  [-9 * SECOND, null],
  [MINUTE, null],
  [2 * MINUTE, 2],
  [20 * MINUTE, 20],
  [-20 * MINUTE, -20],
  [26 * HOUR, 1_560],
])('a clock %i ms ahead: what passes here passes there, and it is told in minutes from two on', (ahead, told) => {
  const { time, wall, pass } = computer(ahead);
  time.said(T);
  pass(HOUR);
  const used = Math.abs(ahead) <= 9 * SECOND ? 0 : ahead;
  expect([time.now(), time.local(T), time.aheadMinutes]).toEqual([wall() - used, T + used, told]);
});

test('a clock that is set right is known by the next message', () => {
  const { time, setClock, pass } = computer(20 * MINUTE);
  time.said(T);
  setClock(-20 * MINUTE);
  expect(time.now()).toBe(T);
  pass(MINUTE);
  time.heard(T + MINUTE);
  expect([time.now(), time.aheadMinutes]).toEqual([T + MINUTE, null]);
});

test('a clock that is set wrong counts as sleep, until a message tells', () => {
  const { time, setClock } = computer(0);
  time.said(T);
  setClock(HOUR);
  expect(time.now()).toBe(T + HOUR);
  time.heard(T + SECOND);
  expect([time.now(), time.local(T), time.aheadMinutes]).toEqual([T, T + HOUR, 60]);
});

test('after a sleep what is old is old, and a message that comes then is new', () => {
  const { time, sleep, pass } = computer(0);
  time.said(T);
  sleep(8 * HOUR);
  expect(time.now()).toBe(T + 8 * HOUR);
  time.heard(T + 8 * HOUR + SECOND);
  pass(MINUTE);
  expect([time.now(), time.aheadMinutes]).toEqual([T + 8 * HOUR + MINUTE, null]);
});

test('nothing is sent in the future: a message from there moves the clock', () => {
  const { time } = computer(0);
  time.said(T - HOUR);
  time.heard(T);
  expect([time.now(), time.aheadMinutes]).toEqual([T, null]);
});

test('a message that was late moves nothing, and neither does a time that is none', () => {
  const { time } = computer(20 * MINUTE);
  time.said(T);
  time.heard(T - HOUR);
  time.said(Number.NaN);
  time.said(0);
  expect([time.now(), time.aheadMinutes]).toEqual([T, 20]);
});

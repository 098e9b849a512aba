import { expect, test } from 'vitest';
import { systemRandom } from '../../relay/clock.ts';
import { PairingCodes } from '../../relay/server/pairing-codes.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { CHROME, FIREFOX } from '../support/wire-client.ts';

test('codes that browsers ask for come one at a time, and fill no terminal that nobody answers', async () => {
  const clock = new ManualClock(0);
  const codes = new PairingCodes({ clock, random: systemRandom });
  const shown: string[] = [];
  expect(codes.ask()).toBe(false);
  codes.showWhenAsked(() => shown.push(codes.issue().text.replace('-', '')));
  for (let asked = 1; asked <= 15; asked += 1) {
    expect([codes.ask(), codes.ask(), shown.length]).toEqual([true, true, asked]);
    await clock.advance(120_000);
  }
  expect([codes.ask(), shown.length]).toEqual([false, 15]);
  // Whoever types one reads along after all.
  expect(codes.use({ code: codes.issue().text.replace('-', ''), isHanded: false })).toBe(true);
  expect([codes.ask(), shown.length]).toEqual([true, 16]);
});

test('a code that is handed over is for one Origin, one try and half a minute, and leaves the typed one as it is', async () => {
  const clock = new ManualClock(0);
  const codes = new PairingCodes({ clock, random: systemRandom });
  const typed = codes.issue().text.replace('-', '');
  const handed = codes.hand(CHROME);
  expect(codes.takeTry(FIREFOX)).toEqual({ code: typed, isHanded: false });
  expect(codes.takeTry(CHROME)).toEqual({ code: handed, isHanded: true });
  expect(codes.takeTry(CHROME)).toEqual({ code: typed, isHanded: false });
  codes.hand(CHROME);
  await clock.advance(30_000);
  expect(codes.takeTry(CHROME)).toEqual({ code: typed, isHanded: false });
  await clock.advance(90_000);
  expect([codes.isOpenTo(CHROME), codes.takeTry(CHROME)]).toEqual([false, null]);
  // Each of more extensions than there may be browsers: the first ones are forgotten.
  for (let each = 0; each < 9; each += 1) codes.hand(`${CHROME}${each}`);
  expect([codes.isOpenTo(`${CHROME}0`), codes.isOpenTo(`${CHROME}1`)]).toEqual([false, true]);
});

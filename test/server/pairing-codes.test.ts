import { expect, test } from 'vitest';
import { systemRandom } from '../../relay/clock.ts';
import { PairingCodes } from '../../relay/server/pairing-codes.ts';
import { ManualClock } from '../support/manual-clock.ts';

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
  expect(codes.use(codes.issue().text.replace('-', ''))).toBe(true);
  expect([codes.ask(), shown.length]).toEqual([true, 16]);
});

/** The program that a browser starts: who may ask, what is started, and that nobody else can change what would be. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { frameOf, readFrame } from '../../relay/host/native-frame.ts';
import { answerNative, type NativeHostDeps } from '../../relay/host/native-host.ts';
import { isStartedAgain } from '../../relay/installation/keeper-policy.ts';
import { untrusted } from '../../relay/installation/trusted-files.ts';
import { nativeRequest } from '../../shared/contract/native-host.ts';
import { CHROMIUM_ID, FIREFOX_ID } from '../../shared/extension-identity.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { FIREFOX } from '../support/wire-client.ts';

const CHROMIUM = `chrome-extension://${CHROMIUM_ID}`;
const FROM_CHROMIUM = [`${CHROMIUM}/`];
const FROM_FIREFOX = ['/home/ana/.mozilla/native-messaging-hosts/app.recado.relay.json', FIREFOX_ID];

function bench(
  given: { readonly runsAfter?: number; readonly isSafe?: boolean; readonly args?: readonly string[] } = {},
) {
  const clock = new ManualClock(0);
  const woken: number[] = [];
  const asked: unknown[] = [];
  const deps: NativeHostDeps = {
    args: given.args ?? FROM_CHROMIUM,
    clock,
    isSafe: () => given.isSafe ?? true,
    wake: () => void woken.push(clock.now()),
    ask: async (command, params) => {
      asked.push([command, params]);
      return clock.now() >= (given.runsAfter ?? 0) ? { code: 'ABCDEFGHJK', port: 4_711 } : null;
    },
  };
  return { deps, clock, woken, asked };
}

test('a relay that runs hands over a code for the extension that asks; nothing is started', async () => {
  const { deps, woken, asked } = bench();
  expect(await answerNative(nativeRequest('pair', CHROMIUM), deps)).toEqual({
    type: 'running',
    port: 4_711,
    code: 'ABCDEFGHJK',
  });
  expect(await answerNative(nativeRequest('start', CHROMIUM), deps)).toMatchObject({ type: 'running', code: null });
  expect(await answerNative(nativeRequest('look', CHROMIUM), deps)).toEqual({ type: 'ready' });
  expect([woken, asked]).toEqual([[], Array(2).fill(['pair.hand', { origin: CHROMIUM }])]);
});

test('a relay that does not run is woken once, and waited for; one that does not come is said', async () => {
  const slow = bench({ runsAfter: 3_000 });
  const answer = answerNative(nativeRequest('pair', CHROMIUM), slow.deps);
  await slow.clock.advance(4_000);
  expect(await answer).toMatchObject({ type: 'running' });
  expect(slow.woken).toHaveLength(1);
  const broken = bench({ runsAfter: Number.POSITIVE_INFINITY });
  const none = answerNative(nativeRequest('start', CHROMIUM), broken.deps);
  await broken.clock.advance(60_000);
  expect([await none, broken.woken.length]).toEqual([{ type: 'fault', fault: 'not-started' }, 1]);
});

test.each([
  ['another extension of Chromium', [`chrome-extension://${'a'.repeat(32)}/`], nativeRequest('pair', CHROMIUM)],
  [
    'our extension that speaks for another',
    FROM_CHROMIUM,
    nativeRequest('pair', `chrome-extension://${'a'.repeat(32)}`),
  ],
  ['a Chromium that speaks for a Firefox', FROM_CHROMIUM, nativeRequest('pair', FIREFOX)],
  ['another add-on of Firefox', [FROM_FIREFOX[0] ?? '', 'other@example.org'], nativeRequest('pair', FIREFOX)],
  ['nobody that a browser would name', [], nativeRequest('pair', CHROMIUM)],
  ['a page', FROM_CHROMIUM, { ...nativeRequest('pair', CHROMIUM), origin: 'https://example.org' }],
  ['a request with more in it', FROM_CHROMIUM, { ...nativeRequest('start', CHROMIUM), command: 'rm' }],
  ['a newer request', FROM_CHROMIUM, { ...nativeRequest('start', CHROMIUM), version: 2 }],
  ['nothing', FROM_CHROMIUM, null],
])('refused, and nothing is started: %s', async (_who, args, message) => {
  const { deps, woken, asked } = bench({ args, runsAfter: Number.POSITIVE_INFINITY });
  expect(await answerNative(message, deps)).toEqual({ type: 'fault', fault: 'not-allowed' });
  expect([woken, asked]).toEqual([[], []]);
});

test('Firefox’s own add-on is let in from whichever profile', async () => {
  const { deps } = bench({ args: FROM_FIREFOX });
  expect(await answerNative(nativeRequest('pair', FIREFOX), deps)).toMatchObject({ type: 'running', port: 4_711 });
});

test('what others could have changed is not started', async () => {
  const { deps, woken, asked } = bench({ isSafe: false });
  expect(await answerNative(nativeRequest('start', CHROMIUM), deps)).toEqual({ type: 'fault', fault: 'unsafe' });
  expect([woken, asked]).toEqual([[], []]);
});

test('a file is trusted where nobody else can write it, its folder, or any folder above', () => {
  const top = temporaryDirectory();
  const folder = path.join(top, 'program');
  const file = path.join(folder, 'main.js');
  mkdirSync(folder, { mode: 0o755 });
  writeFileSync(file, '', { mode: 0o644 });
  expect(untrusted([file])).toBeNull();
  for (const [place, mode, sound] of [
    [file, 0o666, 0o644],
    [file, 0o664, 0o644],
    [folder, 0o777, 0o755],
    [top, 0o757, 0o700],
  ] as const) {
    chmodSync(place, mode);
    expect([place, untrusted([file])]).toEqual([place, place]);
    chmodSync(place, sound);
  }
  const planted = path.join(folder, 'planted.js');
  symlinkSync(file, planted);
  expect(untrusted([file, planted])).toBe(planted);
  expect(untrusted([path.join(folder, 'gone.js')])).toBe(path.join(folder, 'gone.js'));
});

test('a frame is read from however many pieces, and one that is too long, cut off or no JSON is refused', async () => {
  const frame = frameOf({ type: 'ready' });
  const read = (...pieces: readonly Buffer[]): Promise<unknown> => {
    const input = new PassThrough();
    const message = readFrame(input);
    for (const piece of pieces) input.write(piece);
    input.end();
    return message;
  };
  expect(await read(...[...frame].map((byte) => Buffer.of(byte)))).toEqual({ type: 'ready' });
  await expect(read(frame.subarray(0, -1))).rejects.toThrow('cut off');
  await expect(read(Buffer.of(0xff, 0xff, 0, 0))).rejects.toThrow('too long');
  await expect(read(Buffer.concat([frame.subarray(0, 4), Buffer.alloc(frame.length - 4)]))).rejects.toThrow();
});

test('a relay is started again after a crash, five times in five minutes, and never after an end that would come again', () => {
  const minute = 60_000;
  expect(isStartedAgain({ code: 6 }, [0], 1)).toBe(true);
  expect(isStartedAgain({ code: null }, [0, 1, 2, 3], 4)).toBe(true);
  expect(isStartedAgain({ code: null }, [0, 1, 2, 3, 4], 5)).toBe(false);
  expect(isStartedAgain({ code: null }, [0, 1, 2, 3, 4], 5 * minute)).toBe(true);
  for (const code of [0, 2, 4, 130]) expect(isStartedAgain({ code }, [0], 1)).toBe(false);
});

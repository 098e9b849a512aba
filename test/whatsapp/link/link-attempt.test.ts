/** An attempt to link, alone: data in, data out. */
import { describe, expect, test } from 'vitest';
import { ACCOUNT, LinkDriver, LOST } from '../../support/link-driver.ts';

describe('an attempt', () => {
  test('shows ten codes of 45 seconds, each on a socket of its own, and then ends (S15, S16, S17)', () => {
    const link = new LinkDriver();
    link.send({ type: 'link' });
    for (let number = 1; number <= 10; number++) {
      link.code();
      expect(link.state).toMatchObject({
        type: 'pairing',
        codes: number,
        step: { code: { number, expiresAt: link.now + 45_000 } },
      });
      const before = link.now;
      while (link.state.type === 'pairing' && link.state.step.type === 'showing') link.wait();
      expect(link.now - before).toBe(45_000);
      expect(link.status).toBe(number < 10 ? 'connecting' : 'offline');
    }
    expect(link.state).toEqual({ type: 'unlinked', cause: 'qr-expired' });
    expect(link.effects.filter(({ type }) => type === 'open')).toHaveLength(10);
    expect(link.effects.at(-1)).toEqual({ type: 'discard' });
  });

  test('keeps a replaced code working five seconds longer', () => {
    const link = new LinkDriver();
    link.send({ type: 'link' });
    link.code();
    expect(link.wait()).toEqual([{ type: 'open', generation: 2, purpose: 'pair' }]);
    link.now += 4_000;
    link.send({ type: 'scanned', generation: 1, account: ACCOUNT, taken: false });
    expect(link.state).toMatchObject({ type: 'finishing', generation: 1 });
    expect(link.effects).toContainEqual({ type: 'close', generation: 2 });
  });

  test('closes the socket of a replaced code after its grace', () => {
    const link = new LinkDriver();
    link.send({ type: 'link' });
    link.code();
    link.wait();
    link.code();
    expect(link.wait()).toEqual([{ type: 'close', generation: 1 }]);
    expect(link.now).toBe(50_000);
  });

  test('goes on counting when WhatsApp closes a socket early', () => {
    const link = new LinkDriver();
    link.send({ type: 'link' });
    link.code();
    link.now += 10_000;
    expect(link.closed({ code: 408, banSeconds: null, origin: 'stream' })).toEqual([
      { type: 'open', generation: 2, purpose: 'pair' },
    ]);
    expect(link.status).toBe('connecting');
    link.code();
    expect(link.state).toMatchObject({ codes: 2, step: { code: { number: 2 } } });
  });

  test('ends as unreachable after three sockets without a code', () => {
    const link = new LinkDriver();
    link.send({ type: 'link' });
    link.closed(LOST);
    link.wait();
    link.closed(LOST);
    link.wait();
    link.closed(LOST);
    expect(link.state).toEqual({ type: 'unlinked', cause: 'unreachable' });
  });

  test('outlives its closed panel by ten seconds, and goes on when the panel opens again (S18)', () => {
    const link = new LinkDriver();
    link.send({ type: 'link' });
    link.code();
    link.send({ type: 'panel-closed' });
    link.now += 9_999;
    link.send({ type: 'tick' });
    expect(link.state.type).toBe('pairing');
    link.send({ type: 'link' });
    link.now += 10_000;
    link.send({ type: 'tick' });
    expect(link.state).toMatchObject({ type: 'pairing', codes: 1 });
    link.send({ type: 'panel-closed' });
    link.now += 10_000;
    link.send({ type: 'tick' });
    expect(link.state).toEqual({ type: 'unlinked', cause: 'link-cancelled' });
  });

  test('is not ended by a closed panel once the phone has scanned', () => {
    const link = new LinkDriver();
    link.send({ type: 'link' });
    link.code();
    link.send({ type: 'panel-closed' });
    link.send({ type: 'scanned', generation: 1, account: ACCOUNT, taken: false });
    link.now += 15_000;
    link.send({ type: 'tick' });
    expect(link.state.type).toBe('finishing');
  });

  test('cancelled after the scan is finished first, then logged out', () => {
    const link = new LinkDriver();
    link.send({ type: 'link' });
    link.code();
    link.send({ type: 'scanned', generation: 1, account: ACCOUNT, taken: false });
    link.send({ type: 'cancel' });
    expect(link.closed({ code: 515, banSeconds: null, origin: 'stream' })).toEqual([
      { type: 'retire', account: ACCOUNT },
    ]);
    expect(link.state).toEqual({ type: 'unlinked', cause: 'link-cancelled' });
  });

  test('opens again at once after 515, with the credentials made durable before (S14)', () => {
    const link = new LinkDriver();
    link.send({ type: 'link' });
    link.code();
    expect(link.send({ type: 'scanned', generation: 1, account: ACCOUNT, taken: false })).toEqual([
      { type: 'activate', account: ACCOUNT },
    ]);
    expect(link.closed({ code: 515, banSeconds: null, origin: 'stream' })).toEqual([
      { type: 'open', generation: 2, purpose: 'resume' },
    ]);
    expect(link.status).toBe('connecting');
    link.send({ type: 'opened', generation: 2 });
    expect(link.status).toBe('connecting');
    link.send({ type: 'caught-up', generation: 2 });
    expect(link.status).toBe('connected');
  });

  test('with a number that another agent holds keeps nothing but what the logout needs (S11)', () => {
    const link = new LinkDriver();
    link.send({ type: 'link' });
    link.code();
    expect(link.send({ type: 'scanned', generation: 1, account: ACCOUNT, taken: true })).toEqual([
      { type: 'mark-for-logout', account: ACCOUNT },
    ]);
    expect(link.closed({ code: 515, banSeconds: null, origin: 'stream' })).toEqual([{ type: 'log-out' }]);
    expect(link.state).toEqual({ type: 'unlinked', cause: 'number-in-use' });
  });

  test('asked for a passkey ends with that cause where its owner has switched that off', () => {
    const link = new LinkDriver({ passkeys: false });
    link.send({ type: 'link' });
    link.code();
    link.send({ type: 'passkey', generation: 1 });
    expect(link.state).toEqual({ type: 'unlinked', cause: 'passkey-required' });
  });

  test.each([
    ['that shows the code', 2, [{ type: 'close', generation: 1 }]],
    ['of the code before, in its grace', 1, [{ type: 'close', generation: 2 }]],
  ] as const)(
    'asked for a passkey the socket %s is held, and no code ends it any more',
    (_which, generation, closed) => {
      const link = new LinkDriver();
      link.send({ type: 'link' });
      link.code();
      link.wait();
      link.code();
      expect(link.send({ type: 'passkey', generation })).toEqual(closed);
      expect(link.state).toMatchObject({ type: 'passkey', generation, step: 'asked' });
      link.send({ type: 'panel-closed' });
      link.now += 599_000;
      expect(link.send({ type: 'tick' })).toEqual([]);
      expect(link.status).toBe('connecting');
      expect(link.wait()).toEqual([{ type: 'close', generation }, { type: 'discard' }]);
      expect(link.state).toEqual({ type: 'unlinked', cause: 'passkey-expired' });
    },
  );
});

test('unlinked between scan and restart, the device is logged out without waiting for either', () => {
  const link = new LinkDriver();
  link.send({ type: 'link' });
  link.code();
  link.send({ type: 'scanned', generation: 1, account: ACCOUNT, taken: false });
  expect(link.send({ type: 'unlink' })).toEqual([
    { type: 'close', generation: 1 },
    { type: 'retire', account: ACCOUNT },
  ]);
  expect(link.state).toEqual({ type: 'unlinked', cause: 'unlinking' });
});

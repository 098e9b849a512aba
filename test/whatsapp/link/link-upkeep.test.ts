/** A linked number's connection, alone: data in, data out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportOf } from '../../../relay/whatsapp/link/link-report.ts';
import { nextDeadline } from '../../../relay/whatsapp/link/link-state.ts';
import type { SocketClose } from '../../../relay/whatsapp/socket/socket-close.ts';
import { ACCOUNT, LinkDriver, LOST, POLICY } from '../../support/link-driver.ts';

describe('a linked number', () => {
  test('waits 2 s × 1.8 and so on to five minutes, for ever (S27)', () => {
    const link = new LinkDriver();
    link.online();
    const waits: number[] = [];
    for (let time = 0; time < 14; time++) {
      const from = link.now;
      link.closed(LOST);
      expect(link.status).toBe('reconnecting');
      link.wait();
      waits.push(link.now - from);
    }
    expect(waits.slice(0, 3)).toEqual([2_000, 3_600, 6_480]);
    expect(waits.at(-1)).toBe(300_000);
  });

  test('counts its tries anew only after sixty seconds online', () => {
    const link = new LinkDriver();
    link.online();
    link.closed(LOST);
    link.wait();
    link.connected();
    link.now += 59_000;
    link.closed(LOST);
    expect(link.state).toMatchObject({ type: 'waiting', attempt: 2 });
    link.wait();
    link.connected();
    link.wait();
    link.closed(LOST);
    expect(link.state).toMatchObject({ type: 'waiting', attempt: 1 });
  });

  test('a refusal that nobody knows does not become a loop', () => {
    const link = new LinkDriver();
    link.online();
    link.closed({ code: 499, banSeconds: null, origin: 'login' });
    const from = link.now;
    link.wait();
    expect(link.now - from).toBe(2_700_000);
  });

  test('a temporary ban is tried again when it is over, and not before', () => {
    const link = new LinkDriver();
    link.online();
    link.closed({ code: 402, banSeconds: 3_600, origin: 'login' });
    expect(link.wait()).toEqual([{ type: 'open', generation: 2, purpose: 'resume' }]);
    expect(link.now).toBe(3_600_000);
  });

  test('replaced by another program it rests until a person takes over', () => {
    const link = new LinkDriver();
    link.online();
    link.closed({ code: 440, banSeconds: null, origin: 'stream' });
    expect(nextDeadline(link.state)).toBeNull();
    expect(link.send({ type: 'take-over' })).toEqual([{ type: 'open', generation: 2, purpose: 'resume' }]);
  });

  test('asked to restart it does so at once, but a server that asks for nothing else is waited for', () => {
    const link = new LinkDriver();
    link.online();
    const restart: SocketClose = { code: 515, banSeconds: null, origin: 'stream' };
    expect(link.closed(restart)).toEqual([{ type: 'open', generation: 2, purpose: 'resume' }]);
    link.closed(restart);
    expect(link.state).toMatchObject({ type: 'waiting', attempt: 2, retryAt: link.now + 3_600 });
  });

  test('is removed by 401 and 516 alone, and only when WhatsApp says so (S29)', () => {
    const origins = fc.constantFrom('stream', 'login', 'certificate', 'transport');
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 400, max: 599 })), origins, (code, origin) => {
        const link = new LinkDriver();
        link.online();
        link.closed({ code, banSeconds: null, origin });
        const gone = (code === 401 || code === 516) && (origin === 'stream' || origin === 'login');
        expect(link.effects.some(({ type }) => type === 'destroy')).toBe(gone);
      }),
    );
  });

  test('unlinking is offline at once, and done when WhatsApp has confirmed (S28)', () => {
    const link = new LinkDriver();
    link.online();
    expect(link.send({ type: 'unlink' })).toEqual([
      { type: 'close', generation: 1 },
      { type: 'retire', account: ACCOUNT },
    ]);
    expect(
      reportOf(link.state, POLICY, 0, { restrictedUntil: null, restrictedRetryAt: null, clockAhead: null }),
    ).toMatchObject({
      status: 'offline',
      phase: 'unlinking',
      cause: 'unlinking',
    });
    link.send({ type: 'logged-out', confirmed: true });
    expect(link.state).toEqual({ type: 'unlinked', cause: 'unlinked-here' });
  });

  test('a logout that was given up is told as such', () => {
    const link = new LinkDriver();
    link.send({ type: 'still-unlinking' });
    expect(link.state).toEqual({ type: 'unlinked', cause: 'unlinking' });
    link.send({ type: 'logged-out', confirmed: false });
    expect(link.state).toEqual({ type: 'unlinked', cause: 'unlink-unconfirmed' });
  });

  test('cancelled before it was online for the first time is logged out again', () => {
    const link = new LinkDriver();
    link.send({ type: 'link' });
    link.code();
    link.send({ type: 'scanned', generation: 1, account: ACCOUNT, taken: false });
    link.closed({ code: 515, banSeconds: null, origin: 'stream' });
    expect(link.send({ type: 'cancel' })).toEqual([
      { type: 'close', generation: 2 },
      { type: 'retire', account: ACCOUNT },
    ]);
    expect(link.state).toEqual({ type: 'unlinked', cause: 'link-cancelled' });
  });
});

describe('a resting link that is to be replaced', () => {
  const banned: SocketClose = { code: 402, banSeconds: 3_600, origin: 'login' };

  function relinking(close: SocketClose): LinkDriver {
    const link = new LinkDriver();
    link.online();
    link.closed(close);
    link.send({ type: 'link' });
    link.code();
    return link;
  }

  test('rests as before when nobody scans: a ban is still told, and still ends', () => {
    const link = relinking(banned);
    link.send({ type: 'cancel' });
    expect(link.state).toEqual({ type: 'blocked', account: ACCOUNT, cause: 'banned-until', until: 3_600_000 });
    expect(link.wait()).toEqual([{ type: 'open', generation: 3, purpose: 'resume' }]);
  });

  test('is kept when the scanned number belongs to another agent (S11)', () => {
    const link = relinking(banned);
    link.send({ type: 'scanned', generation: 2, account: ACCOUNT, taken: true });
    link.closed({ code: 515, banSeconds: null, origin: 'stream' });
    expect(link.state).toEqual({ type: 'blocked', account: ACCOUNT, cause: 'number-in-use', until: 3_600_000 });
  });

  test('goes with the attempt when the agent is unlinked meanwhile', () => {
    const link = relinking({ code: 440, banSeconds: null, origin: 'stream' });
    expect(link.send({ type: 'unlink' })).toEqual([
      { type: 'close', generation: 2 },
      { type: 'discard' },
      { type: 'retire', account: ACCOUNT },
    ]);
    expect(link.state).toEqual({ type: 'unlinked', cause: 'unlinking' });
  });

  test('goes even when the scanned device is about to be logged out', () => {
    const link = relinking({ code: 440, banSeconds: null, origin: 'stream' });
    link.send({ type: 'scanned', generation: 2, account: { number: '5511999990002', lid: null }, taken: true });
    expect(link.send({ type: 'unlink' })).toEqual([
      { type: 'close', generation: 2 },
      { type: 'log-out' },
      { type: 'retire', account: ACCOUNT },
    ]);
  });
});

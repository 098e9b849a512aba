/** The link's machine alone: data in, data out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SocketClose } from '../../relay/whatsapp/disconnect.ts';
import { INITIAL_STATE, transition } from '../../relay/whatsapp/link-machine.ts';
import { reportOf } from '../../relay/whatsapp/link-report.ts';
import {
  type LinkEffect,
  type LinkEvent,
  type LinkPolicy,
  type LinkState,
  nextDeadline,
} from '../../relay/whatsapp/link-state.ts';

const policy: LinkPolicy = {
  codeMs: 45_000,
  codes: 10,
  codeGraceMs: 5_000,
  panelGraceMs: 10_000,
  connectMs: 20_000,
  backoffFirstMs: 2_000,
  backoffFactor: 1.8,
  backoffMostMs: 300_000,
  stableMs: 60_000,
  slowMs: 2_700_000,
};
const account = { number: '5511999990001', lid: '77' };
const lost: SocketClose = { code: 428, banSeconds: null, origin: 'stream' };

/** Drives the machine as a session does: generations count up, time passes. */
class Driver {
  state: LinkState = INITIAL_STATE;
  now = 0;
  generation = 0;
  readonly effects: LinkEffect[] = [];

  send(event: LinkEvent): readonly LinkEffect[] {
    const { state, effects } = transition(this.state, event, {
      now: this.now,
      jitter: 0,
      policy,
      nextGeneration: this.generation + 1,
    });
    this.state = state;
    if (effects.some(({ type }) => type === 'open')) this.generation += 1;
    this.effects.push(...effects);
    return effects;
  }

  /** Moves to the next moment the state waits for. */
  wait(): readonly LinkEffect[] {
    const deadline = nextDeadline(this.state);
    if (deadline === null) throw new Error('nothing is waited for');
    this.now = Math.max(this.now, deadline);
    return this.send({ type: 'tick' });
  }

  code(): void {
    this.send({ type: 'code', generation: this.generation, text: `code of ${this.generation}` });
  }

  online(): void {
    this.send({ type: 'resume', account });
    this.send({ type: 'opened', generation: this.generation });
  }

  closed(close: SocketClose): readonly LinkEffect[] {
    return this.send({ type: 'closed', generation: this.generation, close });
  }

  get status(): string {
    return reportOf(this.state, policy, 0, null).status;
  }
}

describe('an attempt', () => {
  test('shows ten codes of 45 seconds, each on a socket of its own, and then ends (S15, S16, S17)', () => {
    const link = new Driver();
    link.send({ type: 'link' });
    for (let number = 1; number <= 10; number++) {
      link.code();
      expect(link.state).toMatchObject({
        type: 'pairing',
        codes: number,
        code: { number, expiresAt: link.now + 45_000 },
      });
      const before = link.now;
      while (link.state.type === 'pairing' && link.state.code) link.wait();
      expect(link.now - before).toBe(45_000);
      expect(link.status).toBe(number < 10 ? 'connecting' : 'offline');
    }
    expect(link.state).toEqual({ type: 'unlinked', cause: 'qr-expired' });
    expect(link.effects.filter(({ type }) => type === 'open')).toHaveLength(10);
    expect(link.effects.at(-1)).toEqual({ type: 'discard' });
  });

  test('keeps a replaced code working five seconds longer', () => {
    const link = new Driver();
    link.send({ type: 'link' });
    link.code();
    expect(link.wait()).toEqual([{ type: 'open', generation: 2, purpose: 'pair' }]);
    link.now += 4_000;
    link.send({ type: 'scanned', generation: 1, account, taken: false });
    expect(link.state).toMatchObject({ type: 'finishing', generation: 1 });
    expect(link.effects).toContainEqual({ type: 'close', generation: 2 });
  });

  test('closes the socket of a replaced code after its grace', () => {
    const link = new Driver();
    link.send({ type: 'link' });
    link.code();
    link.wait();
    link.code();
    expect(link.wait()).toEqual([{ type: 'close', generation: 1 }]);
    expect(link.now).toBe(50_000);
  });

  test('goes on counting when WhatsApp closes a socket early', () => {
    const link = new Driver();
    link.send({ type: 'link' });
    link.code();
    link.now += 10_000;
    expect(link.closed({ code: 408, banSeconds: null, origin: 'stream' })).toEqual([
      { type: 'open', generation: 2, purpose: 'pair' },
    ]);
    expect(link.status).toBe('connecting');
    link.code();
    expect(link.state).toMatchObject({ codes: 2, code: { number: 2 } });
  });

  test('ends as unreachable after three sockets without a code', () => {
    const link = new Driver();
    link.send({ type: 'link' });
    link.closed(lost);
    link.wait();
    link.closed(lost);
    link.wait();
    link.closed(lost);
    expect(link.state).toEqual({ type: 'unlinked', cause: 'unreachable' });
  });

  test('outlives its closed panel by ten seconds, and goes on when the panel opens again (S18)', () => {
    const link = new Driver();
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
    const link = new Driver();
    link.send({ type: 'link' });
    link.code();
    link.send({ type: 'panel-closed' });
    link.send({ type: 'scanned', generation: 1, account, taken: false });
    link.now += 15_000;
    link.send({ type: 'tick' });
    expect(link.state.type).toBe('finishing');
  });

  test('cancelled after the scan is finished first, then logged out', () => {
    const link = new Driver();
    link.send({ type: 'link' });
    link.code();
    link.send({ type: 'scanned', generation: 1, account, taken: false });
    link.send({ type: 'cancel' });
    expect(link.closed({ code: 515, banSeconds: null, origin: 'stream' })).toEqual([{ type: 'retire', account }]);
    expect(link.state).toEqual({ type: 'unlinked', cause: 'link-cancelled' });
  });

  test('opens again at once after 515, with the credentials made durable before (S14)', () => {
    const link = new Driver();
    link.send({ type: 'link' });
    link.code();
    expect(link.send({ type: 'scanned', generation: 1, account, taken: false })).toEqual([
      { type: 'activate', account },
    ]);
    expect(link.closed({ code: 515, banSeconds: null, origin: 'stream' })).toEqual([
      { type: 'open', generation: 2, purpose: 'resume' },
    ]);
    expect(link.status).toBe('connecting');
    link.send({ type: 'opened', generation: 2 });
    expect(link.status).toBe('connected');
  });

  test('with a number that another agent holds keeps nothing but what the logout needs (S11)', () => {
    const link = new Driver();
    link.send({ type: 'link' });
    link.code();
    expect(link.send({ type: 'scanned', generation: 1, account, taken: true })).toEqual([{ type: 'condemn', account }]);
    expect(link.closed({ code: 515, banSeconds: null, origin: 'stream' })).toEqual([{ type: 'log-out' }]);
    expect(link.state).toEqual({ type: 'unlinked', cause: 'number-in-use' });
  });

  test('asked for a passkey ends with that cause', () => {
    const link = new Driver();
    link.send({ type: 'link' });
    link.code();
    link.send({ type: 'passkey', generation: 1 });
    expect(link.state).toEqual({ type: 'unlinked', cause: 'passkey-required' });
  });
});

describe('a linked number', () => {
  test('waits 2 s × 1.8 and so on to five minutes, for ever (S27)', () => {
    const link = new Driver();
    link.online();
    const waits: number[] = [];
    for (let time = 0; time < 14; time++) {
      const from = link.now;
      link.closed(lost);
      expect(link.status).toBe('reconnecting');
      link.wait();
      waits.push(link.now - from);
    }
    expect(waits.slice(0, 3)).toEqual([2_000, 3_600, 6_480]);
    expect(waits.at(-1)).toBe(300_000);
  });

  test('counts its tries anew only after sixty seconds online', () => {
    const link = new Driver();
    link.online();
    link.closed(lost);
    link.wait();
    link.send({ type: 'opened', generation: link.generation });
    link.now += 59_000;
    link.closed(lost);
    expect(link.state).toMatchObject({ type: 'waiting', attempt: 2 });
    link.wait();
    link.send({ type: 'opened', generation: link.generation });
    link.wait();
    link.closed(lost);
    expect(link.state).toMatchObject({ type: 'waiting', attempt: 1 });
  });

  test('a refusal that nobody knows does not become a loop', () => {
    const link = new Driver();
    link.online();
    link.closed({ code: 499, banSeconds: null, origin: 'login' });
    const from = link.now;
    link.wait();
    expect(link.now - from).toBe(2_700_000);
  });

  test('a temporary ban is tried again when it is over, and not before', () => {
    const link = new Driver();
    link.online();
    link.closed({ code: 402, banSeconds: 3_600, origin: 'login' });
    expect(link.wait()).toEqual([{ type: 'open', generation: 2, purpose: 'resume' }]);
    expect(link.now).toBe(3_600_000);
  });

  test('replaced by another program it rests until a person takes over', () => {
    const link = new Driver();
    link.online();
    link.closed({ code: 440, banSeconds: null, origin: 'stream' });
    expect(nextDeadline(link.state)).toBeNull();
    expect(link.send({ type: 'take-over' })).toEqual([{ type: 'open', generation: 2, purpose: 'resume' }]);
  });

  test('asked to restart it does so at once, but a server that asks for nothing else is waited for', () => {
    const link = new Driver();
    link.online();
    const restart: SocketClose = { code: 515, banSeconds: null, origin: 'stream' };
    expect(link.closed(restart)).toEqual([{ type: 'open', generation: 2, purpose: 'resume' }]);
    link.closed(restart);
    expect(link.state).toMatchObject({ type: 'waiting', attempt: 2, retryAt: link.now + 3_600 });
  });

  test('is removed by 401 alone, and only when WhatsApp says so (S29)', () => {
    const origins = fc.constantFrom('stream', 'login', 'certificate', 'transport');
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 400, max: 599 })), origins, (code, origin) => {
        const link = new Driver();
        link.online();
        link.closed({ code, banSeconds: null, origin });
        const gone = code === 401 && (origin === 'stream' || origin === 'login');
        expect(link.effects.some(({ type }) => type === 'destroy')).toBe(gone);
      }),
    );
  });

  test('unlinking is offline at once, and done when WhatsApp has confirmed (S28)', () => {
    const link = new Driver();
    link.online();
    expect(link.send({ type: 'unlink' })).toEqual([
      { type: 'close', generation: 1 },
      { type: 'retire', account },
    ]);
    expect(reportOf(link.state, policy, 0, null)).toMatchObject({
      status: 'offline',
      phase: 'unlinking',
      cause: 'unlinking',
    });
    link.send({ type: 'logged-out', confirmed: true });
    expect(link.state).toEqual({ type: 'unlinked', cause: 'unlinked-here' });
  });

  test('a logout that was given up is told as such', () => {
    const link = new Driver();
    link.send({ type: 'still-unlinking' });
    expect(link.state).toEqual({ type: 'unlinked', cause: 'unlinking' });
    link.send({ type: 'logged-out', confirmed: false });
    expect(link.state).toEqual({ type: 'unlinked', cause: 'unlink-unconfirmed' });
  });

  test('cancelled before it was online for the first time is logged out again', () => {
    const link = new Driver();
    link.send({ type: 'link' });
    link.code();
    link.send({ type: 'scanned', generation: 1, account, taken: false });
    link.closed({ code: 515, banSeconds: null, origin: 'stream' });
    expect(link.send({ type: 'cancel' })).toEqual([
      { type: 'close', generation: 2 },
      { type: 'retire', account },
    ]);
    expect(link.state).toEqual({ type: 'unlinked', cause: 'link-cancelled' });
  });
});

describe('a resting link that is to be replaced', () => {
  const banned: SocketClose = { code: 402, banSeconds: 3_600, origin: 'login' };

  function relinking(close: SocketClose): Driver {
    const link = new Driver();
    link.online();
    link.closed(close);
    link.send({ type: 'link' });
    link.code();
    return link;
  }

  test('rests as before when nobody scans: a ban is still told, and still ends', () => {
    const link = relinking(banned);
    link.send({ type: 'cancel' });
    expect(link.state).toEqual({ type: 'blocked', account, cause: 'banned-until', until: 3_600_000 });
    expect(link.wait()).toEqual([{ type: 'open', generation: 3, purpose: 'resume' }]);
  });

  test('is kept when the scanned number belongs to another agent (S11)', () => {
    const link = relinking(banned);
    link.send({ type: 'scanned', generation: 2, account, taken: true });
    link.closed({ code: 515, banSeconds: null, origin: 'stream' });
    expect(link.state).toEqual({ type: 'blocked', account, cause: 'number-in-use', until: 3_600_000 });
  });

  test('goes with the attempt when the agent is unlinked meanwhile', () => {
    const link = relinking({ code: 440, banSeconds: null, origin: 'stream' });
    expect(link.send({ type: 'unlink' })).toEqual([
      { type: 'close', generation: 2 },
      { type: 'discard' },
      { type: 'retire', account },
    ]);
    expect(link.state).toEqual({ type: 'unlinked', cause: 'unlinking' });
  });

  test('goes even when the scanned device is about to be logged out', () => {
    const link = relinking({ code: 440, banSeconds: null, origin: 'stream' });
    link.send({ type: 'scanned', generation: 2, account: { number: '5511999990002', lid: null }, taken: true });
    expect(link.send({ type: 'unlink' })).toEqual([
      { type: 'close', generation: 2 },
      { type: 'log-out' },
      { type: 'retire', account },
    ]);
  });
});

test('unlinked between scan and restart, the device is logged out without waiting for either', () => {
  const link = new Driver();
  link.send({ type: 'link' });
  link.code();
  link.send({ type: 'scanned', generation: 1, account, taken: false });
  expect(link.send({ type: 'unlink' })).toEqual([
    { type: 'close', generation: 1 },
    { type: 'retire', account },
  ]);
  expect(link.state).toEqual({ type: 'unlinked', cause: 'unlinking' });
});

const EVENTS: readonly LinkEvent['type'][] = [
  'link',
  'panel-closed',
  'cancel',
  'unlink',
  'take-over',
  'resume',
  'code',
  'scanned',
  'passkey',
  'opened',
  'closed',
  'tick',
  'logged-out',
  'still-unlinking',
];

test('whatever happens in whatever order: one socket at a time but for the grace, at most ten codes, and old sockets are not heard', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          type: fc.constantFrom(...EVENTS),
          ms: fc.nat(60_000),
          age: fc.nat(2),
          code: fc.constantFrom(401, 402, 408, 428, 440, 503, 515),
          taken: fc.boolean(),
        }),
        { maxLength: 60 },
      ),
      (events) => {
        const link = new Driver();
        const open = new Set<number>();
        for (const { type, ms, age, code, taken } of events) {
          link.now += ms;
          const generation = link.generation - age;
          const before = link.state;
          const event = {
            type,
            generation,
            account,
            taken,
            confirmed: taken,
            text: 'code',
            close: { code, banSeconds: null, origin: 'stream' },
          } as LinkEvent;
          const alive = open.has(generation);
          // A socket that is closed says nothing any more.
          if (['code', 'scanned', 'passkey', 'opened', 'closed'].includes(type) && !alive) continue;
          // The relay resumes a link only when it starts.
          if (type === 'resume' && before.type !== 'unlinked') continue;
          const effects = link.send(event);
          if (type === 'closed') open.delete(generation);
          for (const effect of effects) {
            if (effect.type === 'open') open.add(effect.generation);
            if (effect.type === 'close') open.delete(effect.generation);
          }
          expect(open.size).toBeLessThanOrEqual(link.state.type === 'pairing' ? 2 : 1);
          if (link.state.type === 'pairing') expect(link.state.codes).toBeLessThanOrEqual(10);
          if (link.state.type === 'unlinked' || link.state.type === 'waiting' || link.state.type === 'blocked')
            expect(open.size).toBe(0);
        }
      },
    ),
    { numRuns: 500 },
  );
});

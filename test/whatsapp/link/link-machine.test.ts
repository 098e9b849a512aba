/** The link's machine in any order of events. Pair by pair it is tested in link-pairs. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LinkEffect, LinkEvent } from '../../../relay/whatsapp/link/link-state.ts';
import { ACCOUNT, LinkDriver, LOST } from '../../support/link-driver.ts';

/** What the store would hold: a machine that asks for less leaves a device at WhatsApp that nobody knows of. */
class Shelf {
  active = false;
  attempt: 'none' | 'new' | 'marked' = 'none';

  put(effect: LinkEffect['type']): void {
    switch (effect) {
      case 'create':
        expect(this.attempt).toBe('none');
        this.attempt = 'new';
        return;
      case 'discard':
        expect(this.attempt).toBe('new');
        this.attempt = 'none';
        return;
      case 'activate':
        expect(this.attempt).toBe('new');
        this.attempt = 'none';
        this.active = true;
        return;
      case 'mark-for-logout':
        expect(this.attempt).toBe('new');
        this.attempt = 'marked';
        return;
      case 'log-out':
        expect(this.attempt).toBe('marked');
        this.attempt = 'none';
        return;
      case 'retire':
      case 'destroy':
        expect(this.active).toBe(true);
        this.active = false;
        return;
      case 'open':
      case 'close':
      case 'passkey-seal':
      case 'passkey-forget':
        return;
    }
  }
}

const OF_A_SOCKET: readonly LinkEvent['type'][] = [
  'code',
  'scanned',
  'passkey',
  'passkey-continued',
  'passkey-failed',
  'opened',
  'catching-up',
  'caught-up',
  'queue-stuck',
  'secret-renewed',
  'phone-code',
  'phone-code-refused',
  'phone-code-typed',
  'phone-code-worn',
  'phone-code-failed',
  'closed',
];
const EVENTS: readonly LinkEvent['type'][] = [
  ...OF_A_SOCKET,
  'link',
  'panel-closed',
  'cancel',
  'unlink',
  'take-over',
  'resume',
  'tick',
  'logged-out',
  'still-unlinking',
  'passkey-begun',
  'passkey-signed',
  'passkey-compared',
  'passkey-abandoned',
  'new-code',
  'disk-works',
];

/** What leads through every state: as often again as the rest. */
const OFTEN: readonly LinkEvent['type'][] = [
  'resume',
  'opened',
  'opened',
  'caught-up',
  'caught-up',
  'closed',
  'closed',
  'link',
  'scanned',
  'passkey',
];

const MOST_ROUNDS = 10;

test('whatever happens in whatever order: one socket at a time but for the grace, at most ten codes, nothing left behind', () => {
  const visited = new Set<string>();
  const states = [
    'blocked',
    'catching-up',
    'finishing',
    'online',
    'opening',
    'pairing',
    'passkey',
    'unlinked',
    'waiting',
  ];
  const anything = fc.property(
    fc.array(
      fc.record({
        type: fc.constantFrom(...EVENTS, ...OFTEN),
        ms: fc.nat(60_000),
        age: fc.constantFrom(0, 0, 0, 1, 2),
        code: fc.constantFrom(401, 402, 408, 428, 440, 503, 515),
        taken: fc.boolean(),
      }),
      { maxLength: 100 },
    ),
    (events) => {
      const link = new LinkDriver();
      const open = new Set<number>();
      const shelf = new Shelf();
      for (const { type, ms, age, code, taken } of events) {
        link.now += ms;
        const generation = link.generation - age;
        const before = link.state;
        const ofSocket = OF_A_SOCKET.includes(type);
        // A socket that is closed says nothing any more.
        if (ofSocket && !open.has(generation)) continue;
        const close = { code, banSeconds: null, origin: 'stream' };
        const details = { account: ACCOUNT, taken, confirmed: taken, text: 'code', close };
        const passkey = { code: taken ? null : 'ABCD-EFGH', same: taken, fault: 'lost' };
        const letters = { ...(taken && { phoneNumber: ACCOUNT.number }), why: 'refused', byHand: taken };
        const queue = { left: ms, secret: 'another', whole: taken };
        const event = (
          ofSocket
            ? { type, generation, ...details, ...passkey, ...letters, ...queue }
            : { type, ...details, ...passkey, ...letters }
        ) as LinkEvent;
        // The relay resumes a link only when it starts.
        if (type === 'resume' && before.type !== 'unlinked') continue;
        if (type === 'resume') shelf.active = true;
        const effects = link.send(event);
        for (const effect of effects) shelf.put(effect.type);
        visited.add(link.state.type);
        if (type === 'closed') open.delete(generation);
        for (const effect of effects) {
          if (effect.type === 'open') open.add(effect.generation);
          if (effect.type === 'close') open.delete(effect.generation);
        }
        expect(open.size).toBeLessThanOrEqual(link.state.type === 'pairing' ? 2 : 1);
        if (link.state.type === 'pairing') expect(link.state.codes).toBeLessThanOrEqual(10);
        if (link.state.type === 'unlinked' || link.state.type === 'waiting' || link.state.type === 'blocked')
          expect(open.size).toBe(0);
        const linked = ['opening', 'catching-up', 'online', 'waiting', 'blocked'].includes(link.state.type);
        if (linked) expect(shelf).toMatchObject({ active: true, attempt: 'none' });
        if (link.state.type === 'unlinked') expect(shelf).toMatchObject({ active: false, attempt: 'none' });
      }
    },
  );
  // Which states a run comes to is up to chance: until all were met, it is played again.
  for (let round = 0; round < MOST_ROUNDS && visited.size < states.length; round += 1)
    fc.assert(anything, { numRuns: 2_000 });
  expect(visited).toEqual(new Set(states));
});

test('an attempt that is left alone ends by itself, in no more time than its codes and three waits take', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('code', 'lost', 'wait'), { maxLength: 80 }), (steps) => {
      const link = new LinkDriver();
      link.send({ type: 'link' });
      for (const step of steps) {
        if (link.state.type !== 'pairing') break;
        if (step === 'code') link.code();
        else if (step === 'lost') link.closed(LOST);
        else link.wait();
      }
      for (let time = 0; time < 100 && link.state.type === 'pairing'; time += 1) link.wait();
      expect(link.state.type).toBe('unlinked');
      expect(link.now).toBeLessThanOrEqual(10 * (45_000 + 3 * 24_000) + 3 * 24_000);
    }),
  );
});

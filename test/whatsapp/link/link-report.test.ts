/** What people are told of each state: one of four statuses, and never a sentence that is not true there. */
import { describe, expect, test } from 'vitest';
import { reportOf } from '../../../relay/whatsapp/link/link-report.ts';
import type { LinkState } from '../../../relay/whatsapp/link/link-state.ts';
import type { LinkReport } from '../../../shared/contract/status.ts';

const account = { number: '5511999990001', lid: null };
const code = { kind: 'picture', number: 3, expiresAt: 45_000 } as const;
const shown = { ...code, text: 'code' };
const pairing: LinkState = {
  type: 'pairing',
  generation: 1,
  phoneNumber: null,
  step: { type: 'showing', code: shown },
  codes: 3,
  renewals: 0,
  grace: null,
  panelUntil: null,
  failures: 0,
  held: null,
};
const connecting = { ...pairing, step: { type: 'connecting', dueAt: 45_000 } } as const satisfies LinkState;
const finishing: LinkState = { type: 'finishing', generation: 1, account, fate: 'keep', held: null, dueAt: 0 };
const opening: LinkState = { type: 'opening', generation: 1, account, attempt: 0, first: false, dueAt: 0 };
const waiting: LinkState = { type: 'waiting', account, attempt: 1, first: false, cause: 'connection-lost', retryAt: 9 };

function told(state: LinkState): LinkReport {
  return reportOf(state, { codes: 10 }, 7, { restrictedUntil: null, restrictedRetryAt: null, clockAhead: null });
}

describe('the four statuses (S27)', () => {
  test.each<[string, LinkState, Partial<LinkReport>]>([
    ['never linked', { type: 'unlinked', cause: 'not-linked' }, { status: 'offline', phase: 'resting' }],
    ['the logout is under way', { type: 'unlinked', cause: 'unlinking' }, { status: 'offline', phase: 'unlinking' }],
    ['no code yet', connecting, { status: 'connecting', phase: 'preparing', qr: null }],
    ['a code', pairing, { status: 'connecting', phase: 'showing-code', qr: { ...code, of: 10, renewals: 0 } }],
    [
      'a code drawn anew',
      { ...pairing, renewals: 2 },
      { status: 'connecting', phase: 'showing-code', qr: { ...code, of: 10, renewals: 2 } },
    ],
    [
      'letters typed',
      { ...pairing, step: { type: 'typed', dueAt: 0 } },
      { status: 'connecting', phase: 'code-typed', qr: null },
    ],
    [
      'letters worn',
      { ...pairing, step: { type: 'worn', dueAt: 0 } },
      { status: 'connecting', phase: 'code-worn', qr: null },
    ],
    ['the phone has scanned', finishing, { status: 'connecting', phase: 'finishing', account, qr: null }],
    ['its first login', { ...opening, first: true }, { status: 'connecting', phase: 'finishing', account }],
    ['a later login', opening, { status: 'reconnecting', phase: 'opening', account }],
    ['waiting', waiting, { status: 'reconnecting', phase: 'waiting', cause: 'connection-lost', retryAt: 9 }],
    [
      'online',
      { type: 'online', generation: 1, account, attempt: 0, stableAt: 0 },
      { status: 'connected', phase: 'online', account, cause: null },
    ],
    [
      'banned for a time',
      { type: 'blocked', account, cause: 'banned-until', until: 5 },
      { status: 'offline', phase: 'resting', cause: 'banned-until', until: 5, retryAt: null },
    ],
  ])('%s', (_what, state, report) => {
    expect(told(state)).toMatchObject(report);
  });
});

test('a code is told only while it is shown', () => {
  const states: readonly LinkState[] = [connecting, finishing, opening, waiting];
  expect(states.map((state) => told(state).qr)).toEqual([null, null, null, null]);
});

test('since when, what WhatsApp restricts, and how wrong the clock is, are told with every state', () => {
  const beside = { restrictedUntil: 1_000, restrictedRetryAt: null, clockAhead: -3 };
  expect(reportOf(waiting, { codes: 10 }, 7, beside)).toMatchObject({ since: 7, ...beside });
});

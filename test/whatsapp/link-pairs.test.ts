/** Every state of a link with every event: what each pair leads to and asks for. Pairs that are not named change nothing. */
import { describe, expect, test } from 'vitest';
import { transition } from '../../relay/whatsapp/link-machine.ts';
import type { LinkEvent, LinkState } from '../../relay/whatsapp/link-state.ts';
import { ACCOUNT as account, POLICY as policy } from '../support/link-driver.ts';

const NOW = 1_000_000;
const LATER = NOW + 1_000;
const GENERATION = 5;
const code = { text: 'code', number: 1, expiresAt: LATER };

const fresh = {
  type: 'pairing',
  generation: GENERATION,
  code: null,
  codes: 0,
  grace: null,
  panelUntil: null,
  failures: 0,
  dueAt: LATER,
  waits: false,
  held: null,
} as const satisfies LinkState;
const finishing = {
  type: 'finishing',
  generation: GENERATION,
  account,
  fate: 'keep',
  held: null,
  dueAt: LATER,
} as const satisfies LinkState;
const opening = {
  type: 'opening',
  generation: GENERATION,
  account,
  attempt: 1,
  first: false,
  dueAt: LATER,
} as const satisfies LinkState;

const STATES = {
  unlinked: { type: 'unlinked', cause: 'unlinked-on-phone' },
  unlinking: { type: 'unlinked', cause: 'unlinking' },
  'pairing, no code': fresh,
  'pairing, a code': { ...fresh, code, codes: 1 },
  'pairing, the last code': { ...fresh, code, codes: 10 },
  'pairing over a resting link': {
    ...fresh,
    code,
    codes: 1,
    held: { account, cause: 'replaced', until: null },
  },
  finishing,
  'finishing, cancelled': { ...finishing, fate: 'link-cancelled' },
  'finishing, in use': { ...finishing, fate: 'number-in-use' },
  'opening for the first time': { ...opening, first: true, attempt: 0 },
  opening,
  online: { type: 'online', generation: GENERATION, account, attempt: 1, stableAt: LATER },
  waiting: { type: 'waiting', account, attempt: 1, first: false, cause: 'line-lost', retryAt: LATER },
  'waiting for the disk': { type: 'waiting', account, attempt: 1, first: false, cause: 'disk', retryAt: LATER },
  blocked: { type: 'blocked', account, cause: 'replaced', until: null },
  banned: { type: 'blocked', account, cause: 'banned-until', until: LATER },
} as const satisfies Record<string, LinkState>;

const closed = (status: number): LinkEvent => ({
  type: 'closed',
  generation: GENERATION,
  close: { code: status, banSeconds: null, origin: 'stream' },
});

const EVENTS = {
  link: { type: 'link' },
  'panel-closed': { type: 'panel-closed' },
  cancel: { type: 'cancel' },
  unlink: { type: 'unlink' },
  'take-over': { type: 'take-over' },
  resume: { type: 'resume', account },
  'still-unlinking': { type: 'still-unlinking' },
  code: { type: 'code', generation: GENERATION, text: 'code' },
  scanned: { type: 'scanned', generation: GENERATION, account, taken: false },
  'scanned, in use': { type: 'scanned', generation: GENERATION, account, taken: true },
  passkey: { type: 'passkey', generation: GENERATION },
  opened: { type: 'opened', generation: GENERATION },
  lost: closed(428),
  gone: closed(401),
  replaced: closed(440),
  outdated: closed(405),
  restart: closed(515),
  'disk failed': {
    type: 'closed',
    generation: GENERATION,
    close: { code: null, banSeconds: null, origin: 'disk' },
  },
  'disk-works': { type: 'disk-works' },
  tick: { type: 'tick' },
  'logged-out': { type: 'logged-out', confirmed: true },
  'logged-out unconfirmed': { type: 'logged-out', confirmed: false },
} as const satisfies Record<string, LinkEvent>;

type StateName = keyof typeof STATES;
type EventName = keyof typeof EVENTS;

/** `state [cause] → effects` at the moment that each state waits for. */
const CHANGES: Readonly<Record<StateName, Partial<Record<EventName, string>>>> = {
  unlinked: {
    link: 'pairing → create open',
    resume: 'opening → open',
    'still-unlinking': 'unlinked unlinking',
    'logged-out unconfirmed': 'unlinked unlink-unconfirmed',
  },
  unlinking: {
    link: 'pairing → create open',
    resume: 'opening → open',
    'logged-out': 'unlinked unlinked-here',
    'logged-out unconfirmed': 'unlinked unlink-unconfirmed',
  },
  'pairing, no code': {
    'panel-closed': 'pairing',
    cancel: 'unlinked link-cancelled → close discard',
    unlink: 'unlinked unlinked-here → close discard',
    code: 'pairing',
    scanned: 'finishing → activate',
    'scanned, in use': 'finishing → condemn',
    passkey: 'unlinked passkey-required → close discard',
    lost: 'pairing',
    gone: 'pairing',
    replaced: 'unlinked replaced → close discard',
    outdated: 'unlinked relay-outdated → close discard',
    restart: 'pairing',
    tick: 'pairing → close',
    'disk failed': 'unlinked disk → close discard',
  },
  'pairing, a code': {
    'panel-closed': 'pairing',
    cancel: 'unlinked link-cancelled → close discard',
    unlink: 'unlinked unlinked-here → close discard',
    scanned: 'finishing → activate',
    'scanned, in use': 'finishing → condemn',
    passkey: 'unlinked passkey-required → close discard',
    lost: 'pairing → open',
    gone: 'pairing → open',
    replaced: 'unlinked replaced → close discard',
    outdated: 'unlinked relay-outdated → close discard',
    restart: 'pairing → open',
    tick: 'pairing → open',
    'disk failed': 'unlinked disk → close discard',
  },
  'pairing, the last code': {
    'panel-closed': 'pairing',
    cancel: 'unlinked link-cancelled → close discard',
    unlink: 'unlinked unlinked-here → close discard',
    scanned: 'finishing → activate',
    'scanned, in use': 'finishing → condemn',
    passkey: 'unlinked passkey-required → close discard',
    lost: 'unlinked qr-expired → close discard',
    gone: 'unlinked qr-expired → close discard',
    replaced: 'unlinked replaced → close discard',
    outdated: 'unlinked relay-outdated → close discard',
    restart: 'unlinked qr-expired → close discard',
    tick: 'unlinked qr-expired → close discard',
    'disk failed': 'unlinked disk → close discard',
  },
  'pairing over a resting link': {
    'panel-closed': 'pairing',
    cancel: 'blocked replaced → close discard',
    unlink: 'unlinked unlinking → close discard retire',
    scanned: 'finishing → activate',
    'scanned, in use': 'finishing → condemn',
    passkey: 'blocked passkey-required → close discard',
    lost: 'pairing → open',
    gone: 'pairing → open',
    replaced: 'blocked replaced → close discard',
    outdated: 'blocked relay-outdated → close discard',
    restart: 'pairing → open',
    tick: 'pairing → open',
    'disk failed': 'blocked replaced → close discard',
  },
  finishing: {
    cancel: 'finishing',
    unlink: 'unlinked unlinking → close retire',
    lost: 'opening → open',
    gone: 'opening → open',
    replaced: 'opening → open',
    outdated: 'opening → open',
    restart: 'opening → open',
    tick: 'opening → close open',
    'disk failed': 'opening → open',
  },
  'finishing, cancelled': {
    unlink: 'unlinked unlinking → close retire',
    lost: 'unlinked link-cancelled → retire',
    gone: 'unlinked link-cancelled → retire',
    replaced: 'unlinked link-cancelled → retire',
    outdated: 'unlinked link-cancelled → retire',
    restart: 'unlinked link-cancelled → retire',
    tick: 'unlinked link-cancelled → close retire',
    'disk failed': 'unlinked link-cancelled → retire',
  },
  'finishing, in use': {
    unlink: 'unlinked unlinking → close log-out',
    lost: 'unlinked number-in-use → log-out',
    gone: 'unlinked number-in-use → log-out',
    replaced: 'unlinked number-in-use → log-out',
    outdated: 'unlinked number-in-use → log-out',
    restart: 'unlinked number-in-use → log-out',
    tick: 'unlinked number-in-use → close log-out',
    'disk failed': 'unlinked number-in-use → log-out',
  },
  'opening for the first time': {
    cancel: 'unlinked link-cancelled → close retire',
    unlink: 'unlinked unlinking → close retire',
    opened: 'online',
    lost: 'waiting unreachable',
    gone: 'unlinked link-failed → destroy',
    replaced: 'blocked replaced',
    outdated: 'waiting relay-outdated',
    restart: 'opening → open',
    tick: 'waiting unreachable → close',
    'disk failed': 'waiting disk',
  },
  opening: {
    unlink: 'unlinked unlinking → close retire',
    opened: 'online',
    lost: 'waiting unreachable',
    gone: 'unlinked unlinked-on-phone → destroy',
    replaced: 'blocked replaced',
    outdated: 'waiting relay-outdated',
    restart: 'waiting line-lost',
    tick: 'waiting unreachable → close',
    'disk failed': 'waiting disk',
  },
  online: {
    unlink: 'unlinked unlinking → close retire',
    lost: 'waiting line-lost',
    gone: 'unlinked unlinked-on-phone → destroy',
    replaced: 'blocked replaced',
    outdated: 'waiting relay-outdated',
    restart: 'waiting line-lost',
    tick: 'online',
    'disk failed': 'waiting disk',
  },
  waiting: {
    unlink: 'unlinked unlinking → retire',
    'take-over': 'opening → open',
    tick: 'opening → open',
  },
  'waiting for the disk': {
    unlink: 'unlinked unlinking → retire',
    'take-over': 'opening → open',
    'disk-works': 'opening → open',
    tick: 'waiting disk → try-disk',
  },
  blocked: {
    link: 'pairing → create open',
    unlink: 'unlinked unlinking → retire',
    'take-over': 'opening → open',
  },
  banned: {
    link: 'pairing → create open',
    unlink: 'unlinked unlinking → retire',
    'take-over': 'opening → open',
    tick: 'opening → open',
  },
};

function keysOf<Name extends string>(table: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(table).filter((name): name is Name => name in table);
}

function step(state: LinkState, event: LinkEvent): string | null {
  const { state: next, effects } = transition(state, event, {
    now: LATER,
    jitter: 0,
    policy,
    nextGeneration: GENERATION + 1,
  });
  if (effects.length === 0 && JSON.stringify(next) === JSON.stringify(state)) return null;
  const cause = 'cause' in next ? ` ${next.cause}` : '';
  const asked = effects.length === 0 ? '' : ` → ${effects.map(({ type }) => type).join(' ')}`;
  return `${next.type}${cause}${asked}`;
}

describe.each(keysOf(STATES))('%s', (name) => {
  test.each(keysOf(EVENTS))('and %s', (event) => {
    expect(step(STATES[name], EVENTS[event])).toBe(CHANGES[name][event] ?? null);
  });

  test('and whatever a former socket says: nothing', () => {
    for (const event of Object.values(EVENTS)) {
      if ('generation' in event) expect(step(STATES[name], { ...event, generation: GENERATION - 1 })).toBeNull();
    }
  });
});

/** Every state of a link, and every event: the tables that its tests go through pair by pair, and that its picture is drawn from. */
import type { LinkEvent, LinkState } from '../../relay/whatsapp/link/link-state.ts';
import { ACCOUNT as account } from './link-driver.ts';

const NOW = 1_000_000;
/** The moment that each state waits for. */
export const LATER = NOW + 1_000;
/** The socket that every state listens to. */
export const GENERATION = 5;
const NUMBER = '5511999990001';
/** As a QR text: only the field before the last is read. */
const code = { kind: 'picture', text: '#ref,noise,identity,secret,1', number: 1, expiresAt: LATER } as const;
const letters = { ...code, kind: 'phone-code', text: 'ABCD-EFGH' } as const;
const showing = { type: 'showing', code } as const;

const fresh = {
  type: 'pairing',
  generation: GENERATION,
  phoneNumber: null,
  step: { type: 'connecting', dueAt: LATER },
  codes: 0,
  renewals: 0,
  grace: null,
  panelUntil: null,
  failures: 0,
  held: null,
} as const satisfies LinkState;
const typed = { ...fresh, phoneNumber: NUMBER } as const satisfies LinkState;
const passkey = {
  type: 'passkey',
  generation: GENERATION,
  step: 'asked',
  code: null,
  tries: 1,
  failed: null,
  dueAt: LATER,
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

const catchingUp = {
  type: 'catching-up',
  generation: GENERATION,
  account,
  attempt: 1,
  first: false,
  left: null,
} as const satisfies LinkState;

export const STATES = {
  unlinked: { type: 'unlinked', cause: 'unlinked-on-phone' },
  unlinking: { type: 'unlinked', cause: 'unlinking' },
  'pairing, no code': fresh,
  'pairing, a code': { ...fresh, step: showing, codes: 1 },
  'pairing, a code and the one before': {
    ...fresh,
    step: showing,
    codes: 2,
    grace: { generation: GENERATION - 2, until: LATER + 1 },
  },
  'pairing, the last code': { ...fresh, step: showing, codes: 10 },
  'pairing, between two sockets': { ...fresh, step: { type: 'pausing', dueAt: LATER }, failures: 1 },
  'pairing by letters, none yet': typed,
  'pairing by letters, asked for': { ...typed, step: { type: 'asking' } },
  'pairing by letters': { ...typed, step: { type: 'showing', code: letters }, codes: 1 },
  'pairing by letters, typed': { ...typed, step: { type: 'typed', dueAt: LATER }, codes: 1, panelUntil: LATER },
  'pairing by letters, worn': { ...typed, step: { type: 'worn', dueAt: LATER }, codes: 1 },
  'pairing by letters, the last worn': { ...typed, step: { type: 'worn', dueAt: LATER }, codes: 10 },
  'pairing over a resting link': {
    ...fresh,
    step: showing,
    codes: 1,
    held: { account, cause: 'replaced', until: null },
  },
  'passkey, asked for': passkey,
  'passkey, being signed': { ...passkey, step: 'signing' },
  'passkey, being signed once more': { ...passkey, step: 'signing', tries: 2, failed: 'passkey-not-given' },
  'passkey, at the phone': { ...passkey, step: 'phone' },
  'passkey, compared': { ...passkey, step: 'comparing', code: 'ABCD-EFGH' },
  'passkey, sealed, over a resting link': {
    ...passkey,
    step: 'finishing',
    held: { account, cause: 'replaced', until: null },
  },
  finishing,
  'finishing, cancelled': { ...finishing, fate: 'link-cancelled' },
  'finishing, in use': { ...finishing, fate: 'number-in-use' },
  'opening for the first time': { ...opening, first: true, attempt: 0 },
  opening,
  'catching up for the first time': { ...catchingUp, first: true, attempt: 0 },
  'catching up': catchingUp,
  'catching up for the third time': { ...catchingUp, attempt: 2, left: 0 },
  online: { type: 'online', generation: GENERATION, account, attempt: 1, stableAt: LATER },
  waiting: { type: 'waiting', account, attempt: 1, first: false, cause: 'connection-lost', retryAt: LATER },
  'waiting for the disk': { type: 'waiting', account, attempt: 1, first: false, cause: 'disk', retryAt: LATER },
  blocked: { type: 'blocked', account, cause: 'replaced', until: null },
  banned: { type: 'blocked', account, cause: 'banned-until', until: LATER },
} as const satisfies Record<string, LinkState>;

const closed = (status: number): LinkEvent => ({
  type: 'closed',
  generation: GENERATION,
  close: { code: status, banSeconds: null, origin: 'stream' },
});

export const EVENTS = {
  link: { type: 'link' },
  'link by letters': { type: 'link', phoneNumber: NUMBER },
  'panel-closed': { type: 'panel-closed' },
  cancel: { type: 'cancel' },
  unlink: { type: 'unlink' },
  'take-over': { type: 'take-over' },
  resume: { type: 'resume', account },
  'still-unlinking': { type: 'still-unlinking' },
  'new-code': { type: 'new-code' },
  code: { type: 'code', generation: GENERATION, text: 'code' },
  'secret-renewed': { type: 'secret-renewed', generation: GENERATION, secret: 'another' },
  letters: { type: 'phone-code', generation: GENERATION, text: 'ABCD-EFGH' },
  'phone-code-refused': { type: 'phone-code-refused', generation: GENERATION, why: 'refused' },
  'letters unanswered': { type: 'phone-code-refused', generation: GENERATION, why: 'silent' },
  'phone-code-typed': { type: 'phone-code-typed', generation: GENERATION },
  'phone-code-worn': { type: 'phone-code-worn', generation: GENERATION, byHand: false },
  'letters worn, by hand': { type: 'phone-code-worn', generation: GENERATION, byHand: true },
  'phone-code-failed': { type: 'phone-code-failed', generation: GENERATION },
  scanned: { type: 'scanned', generation: GENERATION, account, taken: false },
  'scanned, in use': { type: 'scanned', generation: GENERATION, account, taken: true },
  passkey: { type: 'passkey', generation: GENERATION },
  'passkey-begun': { type: 'passkey-begun' },
  'passkey-signed': { type: 'passkey-signed' },
  'continued with a proof': { type: 'passkey-continued', generation: GENERATION, code: 'ABCD-EFGH', proven: true },
  'continued with a code': {
    type: 'passkey-continued',
    generation: GENERATION,
    code: 'ABCD-EFGH',
    proven: false,
  },
  same: { type: 'passkey-compared', same: true },
  'not the same': { type: 'passkey-compared', same: false },
  'passkey-abandoned': { type: 'passkey-abandoned' },
  'passkey refused': { type: 'passkey-failed', generation: GENERATION, fault: 'refused' },
  'passkey unanswered': { type: 'passkey-failed', generation: GENERATION, fault: 'lost' },
  'passkey odd': { type: 'passkey-failed', generation: GENERATION, fault: 'odd' },
  opened: { type: 'opened', generation: GENERATION },
  'catching-up': { type: 'catching-up', generation: GENERATION, left: 90 },
  'caught-up': { type: 'caught-up', generation: GENERATION },
  'queue-stuck': { type: 'queue-stuck', generation: GENERATION, whole: false },
  'queue-stuck, whole': { type: 'queue-stuck', generation: GENERATION, whole: true },
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

/** One table of frames for both sides: what a proven client may say, and what a proven relay may. */
import { CLOSE } from '../../shared/contract/wire.ts';

type ClientRow = readonly [what: string, frame: unknown, fate: 'taken' | (typeof CLOSE)['badFrame']];
type RelayRow = readonly [what: string, frame: unknown, fate: 'taken' | 'ignored' | 'other-version'];

const SNAPSHOT = { at: 7, agents: [] };

export const CLIENT_FRAMES: readonly ClientRow[] = [
  ['a request', { type: 'request', id: 1, command: 'status' }, 'taken'],
  ['a request with params', { type: 'request', id: 1, command: 'status', params: {} }, 'taken'],
  ['a command that there is not', { type: 'request', id: 1, command: 'send' }, 'taken'],
  ['a cancel of nothing', { type: 'cancel', id: 99 }, 'taken'],
  ['a pong', { type: 'pong' }, 'taken'],
  ['an unknown type', { type: 'send', to: '5511', text: 'x' }, CLOSE.badFrame],
  ['no type', { id: 1 }, CLOSE.badFrame],
  ['a field too many', { type: 'pong', extra: 1 }, CLOSE.badFrame],
  ['an id that is no number', { type: 'request', id: '1', command: 'status' }, CLOSE.badFrame],
  ['an id below zero', { type: 'cancel', id: -1 }, CLOSE.badFrame],
  ['a command that is too long', { type: 'request', id: 1, command: 'x'.repeat(61) }, CLOSE.badFrame],
  ['a greeting once more', { type: 'pair', version: 1, nonce: 'A'.repeat(43), key: 'A' }, CLOSE.badFrame],
  ['a list', [], CLOSE.badFrame],
  ['null', null, CLOSE.badFrame],
];

export const RELAY_FRAMES: readonly RelayRow[] = [
  ['a snapshot', { type: 'event', seq: 1, event: 'snapshot', snapshot: SNAPSHOT }, 'taken'],
  ['a snapshot with a field more', { type: 'event', seq: 1, event: 'snapshot', snapshot: SNAPSHOT, x: 1 }, 'taken'],
  ['a ping', { type: 'ping' }, 'ignored'],
  ['an event of a newer relay', { type: 'event', seq: 1, event: 'draft', draft: {} }, 'ignored'],
  ['a frame of a newer relay', { type: 'notice', text: 'x' }, 'ignored'],
  ['a reply that nobody waits for', { type: 'reply', id: 99, ok: true, result: {} }, 'ignored'],
  ['a snapshot of another shape', { type: 'event', seq: 1, event: 'snapshot', snapshot: {} }, 'other-version'],
  ['a reply of another shape', { type: 'reply', id: 1 }, 'other-version'],
];

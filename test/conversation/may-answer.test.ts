/** One question decides who is answered: each fact alone can forbid it, and none can allow what another forbids. */
import { expect, test } from 'vitest';
import { type Facts, mayAnswer } from '../../relay/conversation/may-answer.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0);
const MINUTE = 60_000;
const YES: Facts = {
  on: true,
  chatKind: 'direct',
  scope: 'everyone',
  rule: null,
  saved: false,
  heldUntil: null,
  mutedUntil: null,
  restrictedUntil: null,
  ownerWroteAt: null,
  asksSince: null,
  newestAt: NOW,
  freshMs: 10 * MINUTE,
  now: NOW,
  messageNow: NOW,
};
/** Facts that forbid an answer, the first of them named first. */
const FORBIDDING = [
  ['switched-off', { on: false }],
  ['group', { chatKind: 'group' }],
  ['not-in-scope', { scope: null }],
  ['in-contacts', { scope: 'unknown-people', saved: true }],
  ['contacts-unknown', { scope: 'unknown-people', saved: null }],
  ['owner-wrote', { heldUntil: NOW + 1 }],
  ['owner-wrote', { ownerWroteAt: NOW }],
  ['restricted', { restrictedUntil: NOW + 1 }],
  ['brake', { mutedUntil: NOW + 1 }],
  ['too-old', { newestAt: NOW - 10 * MINUTE - 1 }],
] as const satisfies readonly (readonly [string, Partial<Facts>])[];

test.each(FORBIDDING)('%s: %j', (reason, facts) => {
  expect(mayAnswer(YES)).toBe('yes');
  expect(mayAnswer({ ...YES, ...facts })).toBe(reason);
});

test('where several facts forbid it, the one that weighs most is the reason', () => {
  for (const [at, [reason, facts]] of FORBIDDING.entries()) {
    for (const [, others] of FORBIDDING.slice(at)) expect(mayAnswer({ ...YES, ...others, ...facts })).toBe(reason);
  }
});

test.each([
  { heldUntil: NOW },
  { mutedUntil: NOW },
  { restrictedUntil: NOW },
  { ownerWroteAt: NOW - 1 },
  { newestAt: NOW - 10 * MINUTE },
])('what is over forbids nothing: %j', (facts) => {
  expect(mayAnswer({ ...YES, ...facts })).toBe('yes');
});

test('the owner may ask for an answer to what is old, or what they had answered themselves; all else forbids it as ever', () => {
  const asked = { ...YES, newestAt: null, ownerWroteAt: NOW };
  expect(mayAnswer(asked)).toBe('yes');
  expect(mayAnswer({ ...asked, heldUntil: NOW + 1 })).toBe('owner-wrote');
  expect(mayAnswer({ ...asked, on: false })).toBe('switched-off');
});

test.each([
  ['everyone', null, 'yes'],
  ['everyone', 'never', 'not-in-scope'],
  ['everyone', 'answer', 'yes'],
  ['listed', null, 'not-in-scope'],
  ['listed', 'never', 'not-in-scope'],
  ['listed', 'answer', 'yes'],
  [null, 'answer', 'not-in-scope'],
] as const)("%s, and the chat's own rule %s: %s", (scope, rule, verdict) => {
  expect(mayAnswer({ ...YES, scope, rule })).toBe(verdict);
});

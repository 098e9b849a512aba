import { describe, expect, test } from 'vitest';
import { admit, type Circumstances, wasSentWhileOff } from '../../relay/conversation/admission.ts';
import type { ChatId } from '../../shared/chat.ts';
import { messageFrom } from '../support/chat-messages.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0);
const MINUTE = 60_000;
const circumstances: Circumstances = {
  on: true,
  offIntervals: [],
  openEdge: null,
  scope: 'everyone',
  rules: new Map(),
  now: NOW,
  freshMs: 10 * MINUTE,
};

test('a fresh message in scope is kept and is to be answered (S24)', () => {
  expect(admit(messageFrom('1', { sentAt: NOW }), circumstances)).toMatchObject({ type: 'keep', settled: null });
});

test('while off nothing is kept but that something came (S25)', () => {
  expect(admit(messageFrom('1', { sentAt: NOW }), { ...circumstances, on: false })).toMatchObject({
    type: 'drop',
    reason: 'switched-off',
  });
});

test('a message older than ten minutes is read and not answered', () => {
  const old = messageFrom('1', { sentAt: NOW - 10 * MINUTE - 1_000 });
  expect(admit(old, circumstances)).toMatchObject({ type: 'keep', settled: 'too-old' });
  expect(admit(messageFrom('1', { sentAt: NOW - 10 * MINUTE }), circumstances)).toMatchObject({
    type: 'keep',
    settled: null,
  });
});

test('what only the phone can show is read, and left to the owner; their own is theirs', () => {
  const masked = messageFrom('1', { kind: 'phone-only', text: null, sentAt: NOW });
  expect(admit(masked, circumstances)).toMatchObject({ type: 'keep', settled: 'only-on-phone' });
  expect(admit({ ...masked, author: 'owner' }, circumstances)).toMatchObject({ type: 'keep', settled: null });
});

test('groups leave no text', () => {
  expect(admit(messageFrom('1', { chatKind: 'group', sentAt: NOW }), circumstances)).toMatchObject({
    type: 'drop',
    reason: 'group',
  });
});

describe('scope', () => {
  const chat = 'chat-1' as ChatId;
  const admitted = (scope: Circumstances['scope'], rule: 'answer' | 'never' | null) =>
    admit(messageFrom('1', { sentAt: NOW, chatId: chat }), {
      ...circumstances,
      scope,
      rules: new Map(rule ? [[chat, rule]] : []),
    }).type;

  test.each([
    [null, null, 'drop'],
    [null, 'answer', 'drop'],
    ['everyone', null, 'keep'],
    ['everyone', 'never', 'drop'],
    ['listed', null, 'drop'],
    ['listed', 'answer', 'keep'],
    ['listed', 'never', 'drop'],
  ] as const)('%s with the rule %s: %s', (scope, rule, fate) => {
    expect(admitted(scope, rule)).toBe(fate);
  });
});

describe('a message sent while off is never answered, whenever it arrives (S25)', () => {
  const from = NOW - 60_500;
  const until = NOW - 30_500;
  const second = (at: number) => Math.floor(at / 1_000) * 1_000;

  test.each([
    ['before the interval', second(from) - 1_000, false, false],
    ['in the second in which the switch went off', second(from), false, true],
    ['inside', from + 10_000, false, true],
    ['from the queue, in the second in which the switch went on', second(until), false, true],
    ['live, in the second in which the switch went on', second(until), true, false],
    ['in the second after', second(until) + 1_000, false, false],
  ] as const)('%s', (_when, sentAt, live, expected) => {
    expect(wasSentWhileOff({ sentAt, live }, [{ from, until, ignored: 0 }], null)).toBe(expected);
  });

  test('from the queue in that very second, but the connection was open then: it was sent after', () => {
    expect(wasSentWhileOff({ sentAt: second(until), live: false }, [{ from, until, ignored: 0 }], until)).toBe(false);
  });

  test('from the queue in that second, and the connection was open when the switch last went on: it was sent after every interval', () => {
    const again = until + 20;
    const intervals = [
      { from, until, ignored: 0 },
      { from: until + 10, until: again, ignored: 0 },
    ];
    expect(wasSentWhileOff({ sentAt: second(until), live: false }, intervals, again)).toBe(false);
    expect(wasSentWhileOff({ sentAt: second(until), live: false }, intervals, null)).toBe(true);
  });

  test('an interval that has not ended takes all that follows', () => {
    expect(wasSentWhileOff({ sentAt: NOW, live: true }, [{ from, until: null, ignored: 0 }], null)).toBe(true);
  });
});

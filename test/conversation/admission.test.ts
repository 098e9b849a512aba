import { describe, expect, test } from 'vitest';
import { admit, type Circumstances, wasSentWhileOff } from '../../relay/conversation/admission.ts';
import { messageFrom } from '../support/chat-messages.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0);
const _MINUTE = 60_000;
const circumstances: Circumstances = {
  on: true,
  offIntervals: [],
  openEdge: null,
  longOn: false,
  local: (at) => at,
  mayAnswer: () => 'yes',
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

test.each(['too-old', 'owner-wrote', 'brake', 'restricted'] as const)(
  'what may not be answered because of %s is read all the same',
  (reason) => {
    const judged = { ...circumstances, mayAnswer: () => reason };
    expect(admit(messageFrom('1', { sentAt: NOW }), judged)).toMatchObject({ type: 'keep', settled: reason });
    expect(admit(messageFrom('1', { sentAt: NOW, author: 'owner' }), judged)).toMatchObject({ settled: null });
  },
);

test.each(['group', 'not-in-scope', 'contacts-unknown'] as const)(
  'of a chat that is not answered because of %s nothing is kept',
  (reason) => {
    const judged = { ...circumstances, mayAnswer: () => reason };
    expect(admit(messageFrom('1', { sentAt: NOW }), judged)).toMatchObject({ type: 'drop', reason });
    expect(admit(messageFrom('1', { sentAt: NOW, author: 'owner' }), judged)).toMatchObject({ type: 'drop', reason });
  },
);

test('what only the phone can show is read, and left to the owner; their own is theirs', () => {
  const masked = messageFrom('1', { kind: 'phone-only', text: null, sentAt: NOW });
  expect(admit(masked, circumstances)).toMatchObject({ type: 'keep', settled: 'only-on-phone' });
  expect(admit({ ...masked, author: 'owner' }, circumstances)).toMatchObject({ type: 'keep', settled: null });
});

test.each(['voice', 'image', 'sticker', 'location'] as const)('a %s without a word is to be answered', (kind) => {
  const message = messageFrom('1', { kind, text: null, sentAt: NOW });
  expect(admit(message, circumstances)).toMatchObject({ type: 'keep', settled: null });
});

test('a text in which nothing is seen is not answered, unless it shows something', () => {
  const blank = messageFrom('1', { text: '\u200b \n', sentAt: NOW });
  expect(admit(blank, circumstances)).toMatchObject({ type: 'keep', settled: 'nothing-to-answer' });
  const shown = [{ is: 'quote', author: 'contact', text: 'pão' }] as never;
  expect(admit({ ...blank, shown }, circumstances)).toMatchObject({ type: 'keep', settled: null });
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

test.each(['', ' \n\t', '\u200b\u200d', '\u2800\u2800', '\u3164', '\ufeff'])(
  'a text in which nothing can be seen (%j) is nothing to answer',
  (text) => {
    expect(admit(messageFrom('1', { sentAt: NOW, text }), circumstances)).toMatchObject({
      settled: 'nothing-to-answer',
    });
    expect(admit(messageFrom('1', { sentAt: NOW, text: `${text}👍` }), circumstances)).toMatchObject({ settled: null });
  },
);

/** What a refusing reply means, and how long it asks to be left alone. */
import { expect, test } from 'vitest';
import type { Reply } from '../../relay/agents/http-client.ts';
import { faultOfReply } from '../../relay/agents/http-fault.ts';

const reply = (status: number, body: unknown, retryAfterMs: number | null = null): Reply => ({
  type: 'reply',
  status,
  contentType: 'application/json',
  retryAfter: null,
  retryAfterMs,
  body: JSON.stringify(body),
});
const google = { error: { code: 429, details: [{ '@type': 'RetryInfo', retryDelay: '2.5s' }] } };

test.each([
  ['a number beside the error', { error: { retry_after: 20 } }, 20_000],
  ['a number in the body', { retry_after: 3 }, 3_000],
  ["Google's details", google, 2_500],
  ["Google's details in a list", [google], 2_500],
])('it asks to be left alone by %s', (_name, body, ms) => {
  expect(faultOfReply(reply(429, body))).toMatchObject({ fault: 'rate-limited', retryAfterMs: ms });
  expect(faultOfReply(reply(429, body, 7_000))).toMatchObject({ retryAfterMs: 7_000 });
});

test.each([
  { error: { retry_after: 'soon' } },
  { error: { details: [{ retryDelay: 'xs' }, null] } },
  [],
  null,
  { retry_after: -1 },
])('%j asks for nothing', (body) => {
  expect(faultOfReply(reply(429, body))?.retryAfterMs).toBeUndefined();
});

test.each([408, 425, 500, 502, 503, 504, 529])('%i may pass', (status) => {
  expect(faultOfReply(reply(status, {}))).toMatchObject({ fault: 'unreachable' });
});

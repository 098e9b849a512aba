/** What a refusing reply means, and the wait that goes with it. */
import { expect, test } from 'vitest';
import type { HttpReply } from '../../relay/agents/http-client.ts';
import { faultOfReply } from '../../relay/agents/http-fault.ts';

const reply = (status: number, body: unknown, retryAfterMs: number | null = null): HttpReply => ({
  type: 'reply',
  status,
  contentType: 'application/json',
  retryAfterMs,
  body: JSON.stringify(body),
});
test.each([408, 425, 500, 502, 503, 504, 529])('%i may pass', (status) => {
  expect(faultOfReply(reply(status, {}))).toMatchObject({ fault: 'unreachable' });
});

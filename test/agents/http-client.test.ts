/** What a hostile, broken or slow server can do to a call: nothing but make it end with a fault. */
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withinTime } from '../../relay/agents/http-client.ts';
import { type FakeHttp, type Script, startFakeHttp } from '../support/fake-http.ts';
import { deps, patient, type TestDeps } from './asking.ts';

let server: FakeHttp;
let script: Script;

beforeEach(async () => {
  server = await startFakeHttp((request) => script(request));
});
afterEach(() => server.stop());

function get(given: TestDeps = deps(), signal = patient, url = server.url) {
  return withinTime(given, false, signal, (call) => call.send({ method: 'GET', url, headers: {}, body: null }));
}

test('a reply comes back whole, unpacked where the server packed it', async () => {
  script = () => ({
    headers: { 'content-encoding': 'gzip', 'content-type': 'Text/Plain; charset=utf-8' },
    body: gzipSync('olá'),
  });
  expect(await get()).toEqual({
    type: 'reply',
    status: 200,
    contentType: 'text/plain',
    retryAfterMs: null,
    body: 'olá',
  });
});

test.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed', async (status) => {
  script = () => ({ status, headers: { location: 'http://169.254.169.254/latest/meta-data' } });
  expect(await get()).toMatchObject({
    type: 'fault',
    fault: 'odd-answer',
    detail: expect.stringContaining(`${status}`),
  });
  expect(server.requests).toHaveLength(1);
});

describe('a page that wants to know whether a browser asks', () => {
  const page = (marks: string) =>
    `<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>${marks}</body></html>`;

  test.each<[string, number, Record<string, string>, string]>([
    ['Cloudflare’s, 403', 403, { 'cf-mitigated': 'challenge' }, ''],
    ['Cloudflare’s, 429', 429, { 'cf-mitigated': 'challenge' }, page('')],
    [
      'Cloudflare’s, 503, by its page',
      503,
      {},
      page('<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>'),
    ],
    ['Cloudflare’s block', 403, {}, page('<h1>Sorry, you have been blocked</h1>')],
    ['AWS WAF’s, 202', 202, { 'x-amzn-waf-action': 'challenge' }, ''],
    ['AWS WAF’s, 405', 405, {}, page('<script>window.awsWafCookieDomainList = [];</script>')],
    ['Vercel’s', 429, {}, page('<title>Vercel Security Checkpoint</title>')],
    ['one with 200', 200, {}, page('<script>window._cf_chl_opt={}</script>')],
  ])('%s: told as what it is, asked once', async (_, status, headers, body) => {
    script = () => ({ status, headers: { 'content-type': 'text/html', ...headers }, body });
    expect(await get(deps({ agentRetries: 2 }))).toEqual({
      type: 'fault',
      fault: 'browser-check',
      detail: `HTTP ${status}`,
    });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ['an answer that speaks of one', 'Cloudflare says: Sorry, you have been blocked. /cdn-cgi/challenge-platform/'],
    ['an answer in HTML', '<p>Olá! Just a moment...</p>'],
    ['an answer in HTML that quotes one', '<p>Sorry, you have been blocked is what DDoS-Guard says.</p>'],
  ])('%s is an answer', async (_, body) => {
    script = () => ({ body });
    expect(await get()).toMatchObject({ type: 'reply', body });
  });
});

describe('bodies are bounded', () => {
  const tooLong = { type: 'fault', fault: 'odd-answer', detail: 'the body is longer than 64 KiB' };

  test('a body without an end is left after 64 KiB, and the connection with it', async () => {
    const piece = randomBytes(64 * 1024);
    let sent = 0;
    script = () => ({
      body: (async function* () {
        // Ten gigabytes, if anyone wants them.
        for (; sent < 10 * 2 ** 30; sent += piece.length) yield piece;
      })(),
    });
    expect(await get()).toEqual(tooLong);
    await vi.waitFor(() => expect(server.connections()).toBe(0));
    // What the sockets' buffers took, and no more.
    expect(sent).toBeLessThan(32 * 2 ** 20);
  });

  test('a gzip bomb is measured by what it unpacks to', async () => {
    const zeros = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(2 ** 20);
      })(),
    );
    script = () => ({ headers: { 'content-encoding': 'gzip' }, body: zeros.pipe(createGzip({ level: 9 })) });
    const before = process.memoryUsage().rss;
    expect(await get()).toEqual(tooLong);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 2 ** 20);
    await vi.waitFor(() => expect(server.connections()).toBe(0));
  });

  test('exactly 64 KiB is taken, one byte more is not', async () => {
    script = () => ({ body: 'x'.repeat(64 * 1024) });
    expect(await get()).toMatchObject({ type: 'reply' });
    script = () => ({ body: 'x'.repeat(64 * 1024 + 1) });
    expect(await get()).toEqual(tooLong);
  });

  test.each(['gzip', 'deflate', 'br', 'compress'])(
    'garbage that calls itself %s is an odd answer',
    async (encoding) => {
      script = () => ({ headers: { 'content-encoding': encoding }, body: 'not packed at all' });
      expect(await get()).toMatchObject({ type: 'fault', fault: 'odd-answer' });
    },
  );
});

describe('time is bounded', () => {
  test('a server that never answers is left when the time is up', async () => {
    script = () => 'hang';
    expect(await get(deps({ agentSeconds: 0.2 }))).toEqual({
      type: 'fault',
      fault: 'too-slow',
      detail: 'no answer within 0.2 s',
      mayGoOn: true,
    });
    await vi.waitFor(() => expect(server.hungUp()).toBe(1));
  });

  test('a server that dribbles bytes is left when the time is up', async () => {
    script = () => ({
      body: (async function* () {
        for (;;) {
          yield 'a';
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })(),
    });
    expect(await get(deps({ agentSeconds: 0.3 }))).toMatchObject({ fault: 'too-slow' });
    await vi.waitFor(() => expect(server.connections()).toBe(0));
  });

  test('several requests of one answer share its time', async () => {
    script = () => new Promise((resolve) => setTimeout(() => resolve({ body: 'late' }), 150));
    const asked = withinTime(deps({ agentSeconds: 0.25 }), false, patient, async (call) => {
      const request = { method: 'GET', url: server.url, headers: {}, body: null } as const;
      expect(await call.send(request)).toMatchObject({ type: 'reply' });
      return call.send(request);
    });
    expect(await asked).toMatchObject({ fault: 'too-slow' });
  });
});

test('an aborted call rejects with the reason, and the server sees the connection close', async () => {
  script = () => 'hang';
  const abort = new AbortController();
  const reason = new Error('switched off');
  const asked = get(deps(), abort.signal);
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  abort.abort(reason);
  await expect(asked).rejects.toBe(reason);
  await vi.waitFor(() => expect(server.connections()).toBe(0));
  expect(server.hungUp()).toBe(1);
});

test('a call that is aborted before it starts never touches the wire', async () => {
  await expect(get(deps(), AbortSignal.abort(new Error('off')))).rejects.toThrow('off');
  expect(server.requests).toHaveLength(0);
});

describe('what is tried again', () => {
  test('a connection that cannot be made, as often as the setting says', async () => {
    const free = await startFakeHttp(() => ({}));
    await free.stop();
    let pauses = 0;
    const given = deps({ agentRetries: 3 });
    const clock = {
      ...given.clock,
      after: (ms: number, task: () => void) => {
        if (ms < 20_000) pauses += 1;
        return given.clock.after(ms < 20_000 ? 0 : ms, task);
      },
    };
    expect(await get({ ...given, clock }, patient, free.url)).toEqual({
      type: 'fault',
      fault: 'unreachable',
      detail: 'could not connect: ECONNREFUSED',
    });
    expect(pauses).toBe(3);
  });

  test('not a reset after the request was sent: the agent may have thought already', async () => {
    script = () => 'reset';
    expect(await get(deps({ agentRetries: 3 }))).toMatchObject({
      fault: 'unreachable',
      detail: expect.stringContaining('broke'),
    });
    expect(server.requests).toHaveLength(1);
  });

  test('not a body that is cut in the middle', async () => {
    script = () => ({
      headers: { 'content-length': '100' },
      body: (async function* () {
        yield 'half';
        throw new Error('cut');
      })(),
    });
    expect(await get(deps({ agentRetries: 3 }))).toMatchObject({ fault: 'unreachable' });
    expect(server.requests).toHaveLength(1);
  });

  test.each([429, 503])('%i with Retry-After, after the time it names', async (status) => {
    script = () => (server.requests.length === 1 ? { status, headers: { 'retry-after': '0.05' } } : { body: 'now' });
    expect(await get(deps({ agentRetries: 2 }))).toMatchObject({ type: 'reply', status: 200, body: 'now' });
    expect(server.requests).toHaveLength(2);
  });

  test.each([429, 503])('not %i without one', async (status) => {
    script = () => ({ status });
    expect(await get(deps({ agentRetries: 2 }))).toMatchObject({ type: 'reply', status });
    expect(server.requests).toHaveLength(1);
  });

  test('not when Retry-After lies beyond the time of the answer: the fault comes at once', async () => {
    script = () => ({ status: 429, headers: { 'retry-after': '3600' } });
    const began = performance.now();
    expect(await get(deps({ agentRetries: 2 }))).toMatchObject({ type: 'reply', status: 429 });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(server.requests).toHaveLength(1);
  });

  test('never more often than the setting says', async () => {
    script = () => ({ status: 503, headers: { 'retry-after': '0' } });
    expect(await get(deps({ agentRetries: 2 }))).toMatchObject({ type: 'reply', status: 503 });
    expect(server.requests).toHaveLength(3);
  });

  test('an abort ends the pause between two tries', async () => {
    script = () => ({ status: 503, headers: { 'retry-after': '15' } });
    const abort = new AbortController();
    const asked = get(deps({ agentRetries: 2 }), abort.signal);
    await vi.waitFor(() => expect([server.requests.length, server.connections()]).toEqual([1, 0]));
    abort.abort(new Error('off'));
    await expect(asked).rejects.toThrow('off');
  });

  test('after a wait that stands in the body in words', async () => {
    const error = { error: { message: 'Rate limit reached. Please try again in 50ms.' } };
    script = () => (server.requests.length === 1 ? { status: 429, body: JSON.stringify(error) } : { body: 'now' });
    expect(await get(deps({ agentRetries: 2 }))).toMatchObject({ type: 'reply', status: 200, body: 'now' });
    expect(server.requests).toHaveLength(2);
  });

  test.each(['-1', 'soon', ''])('not at once where Retry-After is %j', async (header) => {
    script = () => ({ status: 429, headers: { 'retry-after': header } });
    expect(await get(deps({ agentRetries: 2 }))).toMatchObject({ type: 'reply', status: 429, retryAfterMs: null });
    expect(server.requests).toHaveLength(1);
  });
});

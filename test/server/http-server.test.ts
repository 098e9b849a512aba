import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { type Clock, systemClock } from '../../relay/clock.ts';
import { HttpServer } from '../../relay/server/http-server.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { silentLog } from '../support/silent-log.ts';

async function openServer(port = 0, clock: Clock = systemClock): Promise<HttpServer> {
  const upgrade = (_request: unknown, socket: Duplex): void => void socket.destroy();
  const server = new HttpServer({ port, clock, log: silentLog(), upgrade });
  await server.start();
  onTestFinished(() => server.stop());
  return server;
}

/** The bytes as they come: what a library would hide is part of the promise. */
async function ask(port: number, request: string, host = '127.0.0.1'): Promise<string> {
  const socket = connect(port, host);
  await once(socket, 'connect');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.write(request);
  await once(socket, 'close');
  return answer;
}

const lines = (...each: readonly string[]) => `${each.join('\r\n')}\r\n\r\n`;
const get = (path: string, ...headers: readonly string[]) => lines(`GET ${path} HTTP/1.1`, ...headers);
const statusOf = (answer: string) => Number(answer.split(' ')[1]);

test('healthz answers a constant while the relay lives, on every loopback address there is', async () => {
  const { port } = await openServer();
  for (const [host, address] of [
    [`127.0.0.1:${port}`, '127.0.0.1'],
    [`localhost:${port}`, '127.0.0.1'],
    [`[::1]:${port}`, '127.0.0.1'],
  ] as const) {
    const answer = await ask(port, get('/healthz', `Host: ${host}`), address);
    expect(statusOf(answer), host).toBe(200);
    expect(answer.endsWith('\r\n\r\nok\n')).toBe(true);
    expect(answer.toLowerCase()).not.toMatch(/access-control|server:|x-powered-by|set-cookie/);
  }
});

test.each([
  'evil.com',
  '127.evil.com:PORT',
  'localhost.evil.com:PORT',
  'localhost.:PORT',
  'LOCALHOST:PORT',
  '127.0.0.1',
  '127.0.0.1:1',
  '127.0.0.1:PORT.evil.com',
  '127.1:PORT',
  '0.0.0.0:PORT',
  '[::1]',
  'user@127.0.0.1:PORT',
  '127.0.0.1:PORT, evil.com',
  '',
])('a Host of "%s" is refused, whatever is asked for', async (host) => {
  const { port } = await openServer();
  const named = `Host: ${host.replaceAll('PORT', String(port))}`;
  for (const path of ['/healthz', '/']) expect(statusOf(await ask(port, get(path, named))), path).toBe(403);
});

test('a missing Host is refused, and so are two', async () => {
  const { port } = await openServer();
  const ours = `Host: 127.0.0.1:${port}`;
  expect(statusOf(await ask(port, get('/healthz')))).toBe(403);
  expect(statusOf(await ask(port, lines('GET /healthz HTTP/1.0')))).toBe(403);
  expect(statusOf(await ask(port, get('/healthz', ours, 'Host: evil.com')))).toBeGreaterThanOrEqual(400);
});

test('nothing else is there: every other path and method gets the same empty 404, and no CORS header', async () => {
  const { port } = await openServer();
  const host = `Host: 127.0.0.1:${port}`;
  const origin = 'Origin: https://evil.test';
  const asked = [
    get('/', host),
    get('/healthz?x=1', host),
    get('/healthz/', host),
    get('//healthz', host),
    get(`http://127.0.0.1:${port}/healthz`, host),
    lines('POST /healthz HTTP/1.1', host, origin, 'Content-Length: 0'),
    lines('OPTIONS /healthz HTTP/1.1', host, origin, 'Access-Control-Request-Method: POST'),
    lines('DELETE / HTTP/1.1', host),
  ];
  const answers = await Promise.all(asked.map((request) => ask(port, request)));
  const bare = answers.map((answer) => answer.replace(/Date: .*\r\n/, ''));
  for (const answer of bare) expect(statusOf(answer)).toBe(404);
  expect(new Set(bare).size).toBe(1);
  expect(bare[0]?.toLowerCase()).not.toContain('access-control');
});

test('a port that another program holds is told in a sentence with what to do', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  await expect(
    new HttpServer({ port, clock: systemClock, log: silentLog(), upgrade: () => undefined }).start(),
  ).rejects.toMatchObject({
    fault: 'port-taken',
    message: expect.stringContaining(String(port)),
    hint: expect.stringContaining('RECADO_PORT'),
  });
});

test('stopping frees the port and cuts idle connections; twice is fine', async () => {
  const server = await openServer();
  const idle = connect(server.port, '127.0.0.1');
  await once(idle, 'connect');
  const closed = once(idle, 'close');
  await server.stop();
  await closed;
  await server.stop();
  await (await openServer(server.port)).stop();
});

test.each([
  ['says nothing', ''],
  ['says half', 'GET /healthz HT'],
  ['leaves its headers open', 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n'],
])('a connection that %s is closed after five seconds, and not before', async (_how, said) => {
  const clock = new ManualClock(0);
  const { port } = await openServer(0, clock);
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(said);
  await expect.poll(() => clock.waiting).toBe(1);
  let closed = false;
  socket.on('close', () => {
    closed = true;
  });
  socket.resume();
  await clock.advance(4_999);
  expect(closed).toBe(false);
  await clock.advance(1);
  await expect.poll(() => closed).toBe(true);
});

test('where nobody asks, nothing wakes it', async () => {
  const clock = new ManualClock(0);
  const { port } = await openServer(0, clock);
  expect(statusOf(await ask(port, get('/healthz', `Host: 127.0.0.1:${port}`)))).toBe(200);
  await expect.poll(() => clock.waiting).toBe(0);
});

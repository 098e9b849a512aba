/** Other extensions and programs at the extension server, over real sockets: they end nothing, and keep nobody out. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { pairOver } from '../../extension/relay-connection/pairing.ts';
import { CLOSE, MOST_CLIENT_BYTES } from '../../shared/contract/wire.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { longFrame, madeUpOrigin, rawExtension } from '../support/raw-extension.ts';
import { startServerBench } from '../support/server-bench.ts';
import { after, CHROME, greet, pairWith, WireClient } from '../support/wire-client.ts';

const OTHER = `chrome-extension://${'ponmlkjihgfedcba'.repeat(2)}`;

async function isAlive(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`);
  return response.status === 200;
}

test('a connection that had to go and says too much all the same ends nothing', async () => {
  const { port } = await startServerBench();
  const sockets: Socket[] = [];
  for (let at = 0; at < 8; at++) sockets.push(await rawExtension(port, OTHER));
  for (const socket of sockets) socket.write(longFrame(MOST_CLIENT_BYTES + 4_000));
  await Promise.all(sockets.map((socket) => (socket.destroyed ? undefined : once(socket, 'end'))));
  expect(await isAlive(port)).toBe(true);
});

test('of one Origin four may be unproven, and the oldest goes under a code of its own', async () => {
  const { port } = await startServerBench();
  const clients: WireClient[] = [];
  for (let at = 0; at < 5; at++) clients.push(await new WireClient({ port, origin: OTHER }).open());
  expect(await clients[0]?.closed()).toBe(CLOSE.crowded);
  for (const { socket } of clients.slice(1)) expect(socket.readyState).toBe(WebSocket.OPEN);
});

test('an extension that keeps connecting keeps neither a paired browser out nor one that pairs', async () => {
  const { port, codes } = await startServerBench();
  const known = await pairWith({ port }, codes.issue().text);
  const timer = setInterval(() => new WireClient({ port, origin: OTHER }), 10);
  onTestFinished(() => clearInterval(timer));
  await expect.poll(async () => (await new WireClient({ port, origin: OTHER }).open()).socket.readyState).toBe(1);
  for (let round = 0; round < 30; round++) {
    const client = await greet({ port }, known);
    await client.next('welcome');
    client.socket.close();
    await client.closed();
  }
  for (let round = 0; round < 3; round++) await pairWith({ port, origin: madeUpOrigin(round) }, codes.issue().text);
});

test('made-up Origins take places from each other, never from a paired browser', async () => {
  const { port, codes } = await startServerBench();
  const known = await pairWith({ port }, codes.issue().text);
  const waiting = await new WireClient({ port }).open();
  const strangers: WireClient[] = [];
  for (let at = 0; at < 24; at++) strangers.push(await new WireClient({ port, origin: madeUpOrigin(at) }).open());
  for (const stranger of strangers.slice(0, 8)) expect(await stranger.closed()).toBe(CLOSE.crowded);
  expect(strangers.slice(8).map(({ socket }) => socket.readyState)).toEqual(Array(16).fill(WebSocket.OPEN));
  expect(waiting.socket.readyState).toBe(WebSocket.OPEN);
  await (await greet({ port }, known)).next('welcome');
});

test('a browser that is paired after the start has places of its own from then on, until it is revoked', async () => {
  const { port, codes, server, store } = await startServerBench();
  const { clientId } = await pairWith({ port, origin: OTHER }, codes.issue().text);
  const mine = await new WireClient({ port, origin: OTHER }).open();
  for (let at = 0; at < 20; at++) await new WireClient({ port, origin: madeUpOrigin(at) }).open();
  expect(mine.socket.readyState).toBe(WebSocket.OPEN);
  const [client] = await store.clients.list();
  expect(client?.id).toBe(clientId);
  if (!client) throw new Error('nobody is paired');
  await store.clients.revoke(client.id);
  await server.disconnect(client.id);
  const stranger = await new WireClient({ port, origin: OTHER }).open();
  for (let at = 20; at < 40; at++) await new WireClient({ port, origin: madeUpOrigin(at) }).open();
  expect(await stranger.closed()).toBe(CLOSE.crowded);
});

test("another extension's wrong codes do not use up the one that the owner is about to type", async () => {
  const { port, codes } = await startServerBench();
  const { text } = codes.issue();
  for (let at = 0; at < 5; at++)
    await expect(pairWith({ port, origin: OTHER }, '00000-00000')).rejects.toThrow(String(CLOSE.wrongCode));
  await expect(pairWith({ port, origin: OTHER }, text)).rejects.toThrow(String(CLOSE.noCode));
  await pairWith({ port }, text);
});

test('a browser that goes, or must go, while its code is being checked has not used it up', async () => {
  const { port, codes, store } = await startServerBench();
  const { text } = codes.issue();
  // Gone before the relay could say that it is paired.
  await expect(pairWith({ port }, text, (client) => client.socket.terminate())).rejects.toThrow();
  await pairWith({ port }, text);
  expect(await store.clients.list()).toHaveLength(1);
});

test('a refused connection is gone after five seconds, however long the other side holds on to it', async () => {
  const clock = new ManualClock(0);
  const { port } = await startServerBench({ clock });
  const socket = await rawExtension(port, 'https://evil.example');
  expect(socket.destroyed).toBe(false);
  await expect.poll(() => clock.waiting).toBeGreaterThan(0);
  await clock.advance(5_000);
  // Whoever writes to a socket that is not there any more is told so.
  await expect
    .poll(() => {
      if (!socket.destroyed) socket.write('x');
      return socket.destroyed;
    })
    .toBe(true);
  expect(await isAlive(port)).toBe(true);
});

/** A program on another port that passes everything on to the relay, and writes the Host that the relay wants to see. */
async function startGoBetween(port: number): Promise<number> {
  const goBetween = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    near.on('data', (chunk) =>
      far.write(chunk.toString('latin1').replace(/^Host: .*$/im, `Host: 127.0.0.1:${port}`), 'latin1'),
    );
    far.on('data', (chunk) => near.write(chunk));
  });
  onTestFinished(() => void goBetween.close());
  goBetween.listen(0, '127.0.0.1');
  await once(goBetween, 'listening');
  return (goBetween.address() as AddressInfo).port;
}

test('a program on the port that the relay had cannot sit in the middle', async () => {
  const { port, codes } = await startServerBench();
  const known = await pairWith({ port }, codes.issue().text);
  const former = await startGoBetween(port);
  await expect(greet({ port: former }, known)).rejects.toThrow('not our relay');
  await expect(pairWith({ port: former }, codes.issue().text)).rejects.toThrow(String(CLOSE.wrongCode));
  const dial = (url: string) => new WebSocket(url, { origin: CHROME }) as unknown as globalThis.WebSocket;
  const { text } = codes.issue();
  expect(await pairOver(text, { port: former, origin: CHROME, name: 'Chrome', dial, after })).toEqual({
    type: 'fault',
    fault: 'wrong-code',
  });
  expect(await pairOver(text, { port, origin: CHROME, name: 'Chrome', dial, after })).toMatchObject({ type: 'paired' });
});

/** A popup's line, dialed before the code that speaks on it is there. */

import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { EarlyDial } from '../../extension/relay-connection/early-dial.ts';

/** What a page keeps between two openings. */
class KeptAddresses implements Storage {
  readonly #kept = new Map<string, string>();
  get length(): number {
    return this.#kept.size;
  }
  clear = (): void => this.#kept.clear();
  getItem = (key: string): string | null => this.#kept.get(key) ?? null;
  key = (index: number): string | null => [...this.#kept.keys()][index] ?? null;
  removeItem = (key: string): void => void this.#kept.delete(key);
  setItem = (key: string, value: string): void => void this.#kept.set(key, value);
}

const dial = (url: string): WebSocket => new WebSocket(url);

async function startRelay() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return { server, url: `ws://127.0.0.1:${address.port}/` };
}

test('the first opening dials when it is asked to, the next one before', async () => {
  const { server, url } = await startRelay();
  const kept = new KeptAddresses();
  const first = new EarlyDial(kept, dial);
  expect(server.clients.size).toBe(0);
  await once(first.dial(url), 'open');

  const next = new EarlyDial(kept, dial);
  await expect.poll(() => server.clients.size).toBe(2);
  const line = next.dial(url);
  await expect.poll(() => line.readyState).toBe(WebSocket.OPEN);
  expect(server.clients.size).toBe(2);
});

test('the early line is given away once', async () => {
  const { url } = await startRelay();
  const kept = new KeptAddresses();
  kept.setItem('relay', url);
  const early = new EarlyDial(kept, dial);
  expect(early.dial(url)).not.toBe(early.dial(url));
});

test('where the relay has moved, the connection to the old address is hung up and the new one is dialed', async () => {
  const [before, now] = [await startRelay(), await startRelay()];
  const kept = new KeptAddresses();
  kept.setItem('relay', before.url);
  const early = new EarlyDial(kept, dial);
  await expect.poll(() => before.server.clients.size).toBe(1);
  const line = early.dial(now.url);
  await expect.poll(() => line.readyState).toBe(WebSocket.OPEN);
  await expect.poll(() => before.server.clients.size).toBe(0);
  expect(kept.getItem('relay')).toBe(now.url);
});

test('an early line that was cut is dialed anew', async () => {
  const { server, url } = await startRelay();
  const kept = new KeptAddresses();
  kept.setItem('relay', url);
  server.once('connection', (socket) => socket.terminate());
  const opened: WebSocket[] = [];
  const early = new EarlyDial(kept, (address) => {
    const socket = new WebSocket(address);
    opened.push(socket);
    return socket;
  });
  await expect.poll(() => opened[0]?.readyState).toBe(WebSocket.CLOSED);
  const line = early.dial(url);
  await expect.poll(() => line.readyState).toBe(WebSocket.OPEN);
});

test('a connection that nobody asked for is hung up', async () => {
  const { server, url } = await startRelay();
  const kept = new KeptAddresses();
  kept.setItem('relay', url);
  const early = new EarlyDial(kept, dial);
  await expect.poll(() => server.clients.size).toBe(1);
  early.drop();
  await expect.poll(() => server.clients.size).toBe(0);
});

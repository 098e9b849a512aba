/** Both sides of the wire against one table: the relay's real server, and the extension's real connection behind a proxy that adds frames. */
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { RelayConnection } from '../../extension/relay-connection/relay-connection.ts';
import type { Pairing } from '../../extension/storage/browser-store.ts';
import { WIRE_PATH } from '../../shared/contract/wire.ts';
import { startServerBench } from '../support/server-bench.ts';
import { CHROME, greet, pairWith } from '../support/wire-client.ts';
import { CLIENT_FRAMES, RELAY_FRAMES } from './frame-table.ts';

test.each(CLIENT_FRAMES)('from a client, %s', async (_what, frame, fate) => {
  const { port, codes } = await startServerBench();
  const client = await greet({ port }, await pairWith({ port }, codes.issue().text));
  await client.next('welcome');
  client.say(JSON.stringify(frame));
  if (fate === 'taken') {
    client.say({ type: 'request', id: 2, command: 'status' });
    await expect.poll(() => client.frames).toContainEqual(expect.objectContaining({ type: 'reply', id: 2, ok: true }));
  } else expect(await client.closed()).toBe(fate);
});

/** A line to the real server, into which a test puts what the relay never said. */
async function startProxy(port: number): Promise<{ readonly port: number; add(frame: unknown): void }> {
  const proxy = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => proxy.close());
  let client: WebSocket | null = null;
  proxy.on('connection', (socket, { headers }) => {
    client = socket;
    const relay = new WebSocket(`ws://127.0.0.1:${port}${WIRE_PATH}`, { headers: { origin: headers.origin ?? '' } });
    const early: string[] = [];
    socket.on('message', (data) =>
      relay.readyState === relay.OPEN ? relay.send(String(data)) : early.push(String(data)),
    );
    relay.on('open', () => {
      for (const frame of early) relay.send(frame);
    });
    relay.on('message', (data) => socket.send(String(data)));
    socket.on('close', () => relay.terminate());
  });
  await once(proxy, 'listening');
  const address = proxy.address();
  if (typeof address !== 'object' || !address) throw new Error('the proxy has no port');
  return { port: address.port, add: (frame) => client?.send(JSON.stringify(frame)) };
}

test.each(RELAY_FRAMES)('from a relay that has proven itself, %s', async (_what, frame, fate) => {
  const { port, codes, relay } = await startServerBench();
  const proxy = await startProxy(port);
  const { clientId, keys, relayKey } = await pairWith({ port }, codes.issue().text);
  const pairing: Pairing = { port, clientId, keys, relayKey };
  const link = new RelayConnection({
    origin: CHROME,
    // The proofs name the relay's port; only the socket goes another way.
    dial: () =>
      new WebSocket(`ws://127.0.0.1:${proxy.port}${WIRE_PATH}`, { origin: CHROME }) as unknown as globalThis.WebSocket,
    now: () => 0,
    after: () => () => undefined,
    changed: () => undefined,
  });
  onTestFinished(() => link.stop());
  link.start(pairing);
  await expect.poll(() => link.state.type).toBe('ready');
  proxy.add(frame);
  if (fate === 'other-version') {
    await expect.poll(() => link.state).toEqual({ type: 'refused', why: 'other-version' });
    return;
  }
  if (fate === 'taken') await expect.poll(() => link.state).toMatchObject({ snapshot: { at: 7 } });
  // The connection goes on either way.
  expect(await link.ask('status')).toMatchObject({ ok: true });
  relay.set('Sales', { name: 'Renamed' });
  relay.relayChanges.tell();
  await expect.poll(() => link.state).toMatchObject({ snapshot: { agents: [{ name: 'Renamed' }] } });
});

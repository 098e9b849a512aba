/** The extension's side of the connection, against the relay's real server. */

import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket as NodeSocket, WebSocketServer } from 'ws';
import type { ConnectionState } from '../../extension/relay-connection/connection-state.ts';
import { pairOver } from '../../extension/relay-connection/pairing.ts';
import { RelayConnection } from '../../extension/relay-connection/relay-connection.ts';
import type { Pairing } from '../../extension/storage/browser-store.ts';
import { type Clock, systemClock } from '../../relay/clock.ts';
import type { ClientId } from '../../relay/store/client-ledger.ts';
import { CLOSE, PING_MS } from '../../shared/contract/wire.ts';
import { CONNECTED, showing } from '../support/fake-relay-api.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startServerBench } from '../support/server-bench.ts';
import { after, CHROME } from '../support/wire-client.ts';

/** A browser sets the Origin by itself; Node has to be told. */
function dial(url: string): WebSocket {
  return new NodeSocket(url, { origin: CHROME }) as unknown as WebSocket;
}

function startLink(pairing: Pairing | null, clock: Clock = systemClock) {
  const states: ConnectionState[] = [];
  const link = new RelayConnection({
    origin: CHROME,
    dial,
    now: () => clock.now(),
    after: (ms, task) => {
      const timer = clock.after(ms, task);
      return () => timer.cancel();
    },
    changed: (state) => states.push(state),
  });
  onTestFinished(() => link.stop());
  link.start(pairing);
  return { link, states, until: (type: ConnectionState['type']) => expect.poll(() => link.state.type).toBe(type) };
}

/** Some other program on the relay's port. */
async function startStranger(connected: (socket: NodeSocket) => void): Promise<number> {
  const stranger = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => stranger.close());
  stranger.on('connection', connected);
  await once(stranger, 'listening');
  const address = stranger.address();
  if (typeof address !== 'object' || !address) throw new Error('the stranger has no port');
  return address.port;
}

async function pairWith(port: number, code: string): Promise<Pairing> {
  const result = await pairOver(code, { port, origin: CHROME, name: 'Chrome', dial, after });
  if (result.type === 'fault') throw new Error(result.fault);
  return result.pairing;
}

test('a browser that is not paired says so and dials nobody', () => {
  expect(startLink(null).link.state).toEqual({ type: 'refused', why: 'not-paired' });
});

test('it pairs, is welcomed, and hears every change', async () => {
  const { port, codes, relay } = await startServerBench();
  const { link, until } = startLink(await pairWith(port, ` ${codes.issue().text.toLowerCase()} `));
  await until('ready');
  relay.move('Sales', CONNECTED);
  await expect
    .poll(() => link.state)
    .toMatchObject({ type: 'ready', snapshot: { agents: [{ link: { status: 'connected' } }] } });
});

test('a relay that has fallen silent is not shown as if it spoke: the connection starts over', async () => {
  // A relay whose clock stands still says nothing by itself.
  const { port, codes } = await startServerBench({ clock: new ManualClock(1_000) });
  const clock = new ManualClock(1_000);
  const { states, until } = startLink(await pairWith(port, codes.issue().text), clock);
  await until('ready');
  await clock.advance(PING_MS);
  expect(states.at(-1)?.type).toBe('ready');
  await clock.advance(5_000 - PING_MS);
  expect(states.map(({ type }) => type)).toContain('waiting');
});

test.each([
  ['12345', 'not-a-code'],
  ['00000-00000', 'wrong-code'],
])('what was typed as %s is told as %s', async (typed, fault) => {
  const { port, codes } = await startServerBench();
  codes.issue();
  await expect(pairWith(port, typed)).rejects.toThrow(fault);
});

test('without a code waiting, or without a relay, pairing says which it is', async () => {
  const { port, stop } = await startServerBench();
  await expect(pairWith(port, 'ABCDE-FGHJK')).rejects.toThrow('no-code');
  await stop();
  await expect(pairWith(port, 'ABCDE-FGHJK')).rejects.toThrow('no-relay');
});

test('commands are answered, and a code comes while the panel is open', async () => {
  const { port, codes, relay } = await startServerBench();
  const { link, until } = startLink(await pairWith(port, codes.issue().text));
  await until('ready');
  expect(await link.ask('switch', { on: false })).toMatchObject({ ok: true, result: { on: false } });
  const events: Readonly<Record<string, unknown>>[] = [];
  const panel = new AbortController();
  const linking = link.ask('link', {}, { progress: (event) => events.push(event), signal: panel.signal });
  await expect.poll(() => relay.acted('link')).toBe(1);
  relay.move('Sales', showing(1, 'the-code'));
  await expect.poll(() => events.find(({ event }) => event === 'qr')).toMatchObject({ text: 'the-code', number: 1 });
  panel.abort();
  expect(await linking).toMatchObject({ ok: false, error: { code: 'not-delivered' } });
  await expect.poll(() => relay.acted('panelClosed')).toBe(1);
});

test('a relay that goes away is waited for, what was asked is said to be lost, and the connection comes back', async () => {
  const first = await startServerBench();
  const { link, until } = startLink(await pairWith(first.port, first.codes.issue().text));
  await until('ready');
  const asked = link.ask('agents.test', { said: [{ author: 'contact', text: 'oi' }] });
  first.relay.answer = null;
  await first.stop();
  expect(await asked).toMatchObject({ ok: false });
  await until('waiting');
  expect(await link.ask('status')).toMatchObject({ ok: false, error: { code: 'not-delivered' } });
  const again = await startServerBench({ store: first.store, port: first.port });
  await until('ready');
  again.relay.move('Sales', CONNECTED);
  await expect.poll(() => link.state).toMatchObject({ snapshot: { agents: [{ link: { status: 'connected' } }] } });
});

test('a relay with another key is not believed and told nothing', async () => {
  const first = await startServerBench();
  const pairing = await pairWith(first.port, first.codes.issue().text);
  const other = await startServerBench();
  const { link, until } = startLink({ ...pairing, port: other.port });
  await until('refused');
  expect(link.state).toEqual({ type: 'refused', why: 'not-your-relay' });
});

test('the own relay is found again by itself when the other one has gone, and until then what is said stays', async () => {
  const own = await startServerBench();
  const pairing = await pairWith(own.port, own.codes.issue().text);
  await own.stop();
  const other = await startServerBench({ port: own.port });
  const clock = new ManualClock(1_000);
  const { link, states, until } = startLink(pairing, clock);
  await until('refused');
  const seen = states.length;
  await clock.advance(5_000);
  await expect.poll(() => states.length).toBeGreaterThan(seen);
  await other.stop();
  await startServerBench({ port: own.port, store: own.store });
  await expect
    .poll(async () => {
      // Less than a handshake is given, or a silence.
      await clock.advance(400);
      return link.state.type;
    })
    .toBe('ready');
  expect(new Set(states.slice(seen).map(({ type }) => type))).toEqual(new Set(['refused', 'ready']));
});

test.each(['nonsense', '{"type":"welcome","version":1,"seq":0,"snapshot":{"at":1,"agents":[]}}', '{"type":"ping"}'])(
  'a stranger on the port who says %s learns an id and nothing else',
  async (said) => {
    const { port: realPort, codes } = await startServerBench();
    const pairing = await pairWith(realPort, codes.issue().text);
    const heard: string[] = [];
    const port = await startStranger((socket) => {
      socket.on('message', (data) => {
        heard.push(String(data));
        socket.send(said);
      });
    });
    const { link, until } = startLink({ ...pairing, port });
    await until('refused');
    expect(link.state).toEqual({ type: 'refused', why: 'not-your-relay' });
    expect(heard.map((each) => Object.keys(JSON.parse(each)))).toEqual([['type', 'version', 'clientId', 'nonce']]);
  },
);

test('a stranger who closes with a word of ours cannot make the browser forget its relay', async () => {
  const { port: realPort, codes } = await startServerBench();
  const pairing = await pairWith(realPort, codes.issue().text);
  let tries = 0;
  const port = await startStranger((socket) => {
    tries += 1;
    socket.close(CLOSE.unknownClient);
  });
  const { states, until } = startLink({ ...pairing, port });
  await until('waiting');
  expect(tries).toBeGreaterThan(0);
  expect(states.map(({ type }) => type)).not.toContain('refused');
});

test('a browser that was removed is told to pair again', async () => {
  const { port, codes, store, server } = await startServerBench();
  const pairing = await pairWith(port, codes.issue().text);
  const { link, until } = startLink(pairing);
  await until('ready');
  await store.clients.revoke(pairing.clientId as ClientId);
  await server.disconnect(pairing.clientId as ClientId);
  await until('refused');
  expect(link.state).toEqual({ type: 'refused', why: 'pair-again' });
});

test('where a program holds the port and says nothing, pairing ends and says so', async () => {
  const holder = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.resume();
  });
  holder.listen(0, '127.0.0.1');
  await once(holder, 'listening');
  onTestFinished(() => void holder.close());
  const clock = new ManualClock(0);
  const later = (ms: number, task: () => void) => {
    const timer = clock.after(ms, task);
    return () => timer.cancel();
  };
  const { port } = holder.address() as AddressInfo;
  const tried = pairOver('ABCDE-FGHJK', { port, origin: CHROME, name: 'Chrome', dial, after: later });
  await expect.poll(() => clock.waiting).toBeGreaterThan(0);
  await clock.advance(8_000);
  expect(await tried).toEqual({ type: 'fault', fault: 'no-relay' });
});

test('whatever a program on the port says, thousands of times over, the extension holds and forgets it', async () => {
  const { port: own, codes, stop } = await startServerBench();
  const pairing = await pairWith(own, codes.issue().text);
  await stop();
  const anything = fc.oneof(
    fc.json(),
    fc.string(),
    fc.object().map((each) => JSON.stringify({ type: 'event', seq: 1, ...each })),
    fc.constantFrom(
      '{"type":"challenge","nonce":"x","signature":"y"}',
      '{"type":"welcome","version":1,"seq":0,"snapshot":{"at":0,"agents":[]}}',
      '{"type":"__proto__"}',
      `{"type":"reply","id":1,"ok":true,"result":${'['.repeat(2_000)}${']'.repeat(2_000)}}`,
    ),
  );
  const frames = fc.sample(anything, { numRuns: 4_000, seed: 7 });
  let connections = 0;
  const stranger = await startStranger((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    for (const frame of frames) socket.send(frame);
  });
  const { link, states } = startLink({ ...pairing, port: stranger });
  await expect.poll(() => connections).toBeGreaterThan(0);
  await expect.poll(() => states.some(({ type }) => type === 'waiting' || type === 'refused')).toBe(true);
  // It never took a word of it for its relay's.
  expect(states.map(({ type }) => type)).not.toContain('ready');
  expect(JSON.stringify(link.state).length).toBeLessThan(1_000);
});

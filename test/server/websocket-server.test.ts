/** The extension server, over real sockets: who comes in, what they hear, and what ends it. */
import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { ClientId } from '../../relay/store/client-ledger.ts';
import { newNonce, signHandshake } from '../../shared/contract/handshake.ts';
import { newKeyPair, pairingMac, publicText, readCode } from '../../shared/contract/pairing-proof.ts';
import { CLOSE, MOST_CLIENT_BYTES, WIRE_PATH, WIRE_VERSION } from '../../shared/contract/wire.ts';
import { CONNECTED, showing } from '../support/fake-relay-api.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startServerBench } from '../support/server-bench.ts';
import { CHROME, FIREFOX, greet, pairWith, WireClient } from '../support/wire-client.ts';

async function paired() {
  const bench = await startServerBench();
  const pair = await pairWith(bench, bench.codes.issue().text);
  return { ...bench, pair };
}

test('a browser pairs with the code, and is welcomed with what is true', async () => {
  const { port, pair, store, relay } = await paired();
  relay.move('Sales', CONNECTED);
  const client = await greet({ port }, pair);
  const { snapshot } = await client.next('welcome');
  expect(snapshot.agents).toMatchObject([{ name: 'Sales', link: { status: 'connected', qr: null } }]);
  expect(await store.clients.list()).toMatchObject([{ id: pair.clientId, name: 'Test', origin: CHROME }]);
});

test('what changes is told, once and in order, and never a code', async () => {
  const { port, pair, relay } = await paired();
  const client = await greet({ port }, pair);
  await client.next('welcome');
  relay.move('Sales', showing(3, 'planted-code'));
  const first = await client.next('event');
  expect(first).toMatchObject({ seq: 1, snapshot: { agents: [{ link: { qr: { number: 3, of: 10 } } }] } });
  relay.relayChanges.tell();
  relay.move('Sales', CONNECTED);
  expect(await client.next('event')).toMatchObject({
    seq: 2,
    snapshot: { agents: [{ link: { status: 'connected' } }] },
  });
  expect(JSON.stringify(client.frames)).not.toContain('planted-code');
});

test('a code goes to whoever opened the panel, and to nobody else', async () => {
  const { port, pair, relay } = await paired();
  const [looking, other] = [await greet({ port }, pair), await greet({ port }, pair)];
  await other.next('welcome');
  looking.say({ type: 'request', id: 1, command: 'link', params: { agent: 'Sales' } });
  await expect.poll(() => relay.acted('link')).toBe(1);
  relay.move('Sales', showing(1, 'planted-code'));
  expect(await looking.next('progress')).toMatchObject({ id: 1, event: { event: 'qr', text: 'planted-code' } });
  await other.next('event');
  expect(JSON.stringify(other.frames)).not.toContain('planted-code');
  looking.socket.close();
  await expect.poll(() => relay.acted('panelClosed')).toBe(1);
});

test('requests are answered, faults have a code, and no code for pairing is given out here', async () => {
  const { port, pair } = await paired();
  const client = await greet({ port }, pair);
  expect(await client.ask(1, 'switch', { on: false })).toMatchObject({ id: 1, ok: true, result: { on: false } });
  expect(await client.ask(2, 'take-over', { agent: 'Nobody' })).toMatchObject({
    ok: false,
    error: { code: 'no-such-agent' },
  });
  expect(await client.ask(3, 'pair')).toMatchObject({ ok: false, error: { code: 'unknown-command' } });
});

const HOST = (port: number): string => `127.0.0.1:${port}`;
const EXTENSION_ID = 'abcdefghijklmnop'.repeat(2);
const REFUSED_ORIGINS = [
  'https://evil.example',
  'http://localhost',
  'http://127.0.0.1:47821',
  'null',
  '',
  'file://',
  'chrome-extension://',
  'chrome-extension://short',
  `chrome-extension://${EXTENSION_ID}/`,
  `chrome-extension://${EXTENSION_ID}.evil.example`,
  `chrome-extension://${EXTENSION_ID.toUpperCase()}`,
  `CHROME-EXTENSION://${EXTENSION_ID}`,
  `https://chrome-extension://${EXTENSION_ID}`,
  `chrome-extension://${'z'.repeat(32)}`,
  `chrome-extension://${EXTENSION_ID}, https://evil.example`,
  'moz-extension://',
  'moz-extension://not-a-uuid',
  'safari-web-extension://01234567-89ab-cdef-0123-456789abcdef',
  ` ${CHROME} x`,
];
const REFUSED_HOSTS = [
  '127.evil.com',
  'evil.test:PORT',
  'localhost.evil.com:PORT',
  '127.0.0.1',
  '127.0.0.1:1',
  '127.0.0.1.:PORT',
  'LOCALHOST:PORT',
  '0.0.0.0:PORT',
  '[::]:PORT',
  'user@127.0.0.1:PORT',
];

async function statusOf(port: number, headers: Record<string, string>, path = WIRE_PATH): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('open', () => {
      resolve(101);
      socket.terminate();
    });
    socket.on('error', () => socket.terminate());
  });
}

test('who is no extension, or names another host, is refused before anything is said', async () => {
  const { port } = await startServerBench();
  for (const origin of REFUSED_ORIGINS) expect([origin, await statusOf(port, { origin })]).toEqual([origin, 403]);
  for (const named of REFUSED_HOSTS) {
    const host = named.replace('PORT', String(port));
    expect([host, await statusOf(port, { origin: CHROME, host })]).toEqual([host, 403]);
  }
  expect(await statusOf(port, {})).toBe(403);
  expect(await statusOf(port, { origin: CHROME, host: HOST(port) }, '/other')).toBe(403);
  for (const origin of [CHROME, FIREFOX]) expect(await statusOf(port, { origin, host: HOST(port) })).toBe(101);
  expect(await statusOf(port, { origin: CHROME, host: `localhost:${port}` })).toBe(101);
});

test.each([
  ['two Hosts', ['Host: 127.0.0.1:PORT', 'Host: 127.0.0.1:PORT', `Origin: ${CHROME}`]],
  ['two Origins', ['Host: 127.0.0.1:PORT', `Origin: ${CHROME}`, `Origin: ${CHROME}`]],
  [
    'an extension’s Origin after a page’s',
    ['Host: 127.0.0.1:PORT', 'Origin: https://evil.example', `Origin: ${CHROME}`],
  ],
  ['an Origin of two', ['Host: 127.0.0.1:PORT', `Origin: ${CHROME}, ${CHROME}`]],
])('%s, as they stand on the wire, are refused', async (_what, headers) => {
  const { port } = await startServerBench();
  const socket = connect({ port, host: '127.0.0.1' });
  onTestFinished(() => void socket.destroy());
  const upgrade = [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    'Sec-WebSocket-Version: 13',
  ];
  const lines = [`GET ${WIRE_PATH} HTTP/1.1`, ...headers, ...upgrade, '', ''];
  socket.write(lines.join('\r\n').replaceAll('PORT', String(port)));
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 40[03] /);
});

test('a pairing that was recorded is worth nothing', async () => {
  const { port, codes } = await startServerBench();
  const { text } = codes.issue();
  const keys = await newKeyPair({ extractable: false });
  const key = await publicText(keys.publicKey);
  const nonce = newNonce();
  const begin = async () => {
    const client = await new WireClient({ port }).open();
    client.say({ type: 'pair', version: WIRE_VERSION, nonce, key });
    return { client, offer: await client.next('pair-challenge') };
  };
  const { client, offer } = await begin();
  const view = {
    origin: CHROME,
    port,
    nonces: { client: nonce, relay: offer.nonce },
    clientKey: key,
    relayKey: offer.key,
  };
  const mac = await pairingMac('client', readCode(text) ?? '', view);
  client.say({ type: 'pair-proof', mac, name: 'Test' });
  await client.next('paired');
  codes.issue();
  const { client: second } = await begin();
  second.say({ type: 'pair-proof', mac, name: 'Test' });
  expect(await second.closed()).toBe(CLOSE.wrongCode);
});

test('a browser that is not paired has a code shown where somebody reads along', async () => {
  const { port, codes } = await startServerBench();
  const ask = async () => {
    const client = await new WireClient({ port }).open();
    client.say({ type: 'ask-code', version: WIRE_VERSION });
    return client.closed();
  };
  expect(await ask()).toBe(CLOSE.noTerminal);
  const shown: string[] = [];
  codes.showWhenAsked(() => shown.push(codes.issue().text));
  expect([await ask(), await ask(), shown.length]).toEqual([1_000, 1_000, 1]);
  await pairWith({ port }, shown[0] ?? '');
  expect([await ask(), shown.length]).toEqual([1_000, 2]);
});

test('a code that is handed over pairs its own extension alone, once, and the list says that nobody typed it', async () => {
  const { port, codes, store } = await startServerBench();
  const code = codes.hand(CHROME);
  await expect(pairWith({ port, origin: FIREFOX }, code)).rejects.toThrow(String(CLOSE.noCode));
  const { clientId } = await pairWith({ port }, code);
  expect(await store.clients.list()).toMatchObject([{ id: clientId, origin: CHROME, madeHere: true }]);
  await expect(pairWith({ port }, code)).rejects.toThrow(String(CLOSE.noCode));
  await pairWith({ port, origin: FIREFOX }, codes.issue().text);
  expect(await store.clients.list()).toMatchObject([{ madeHere: true }, { madeHere: false }]);
});

test('five wrong codes use the code up, and the right one comes too late', async () => {
  const { port, codes } = await startServerBench();
  const { text } = codes.issue();
  for (let attempt = 0; attempt < 5; attempt++) {
    await expect(pairWith({ port }, '00000-00000')).rejects.toThrow(String(CLOSE.wrongCode));
  }
  await expect(pairWith({ port }, text)).rejects.toThrow(String(CLOSE.noCode));
  await pairWith({ port }, codes.issue().text.toLowerCase().replace('-', ' '));
});

test('a code is good for one browser, and none is waiting unless asked for', async () => {
  const { port, codes } = await startServerBench();
  await expect(pairWith({ port }, 'ABCDE-FGHJK')).rejects.toThrow(String(CLOSE.noCode));
  const { text } = codes.issue();
  const results = await Promise.allSettled([pairWith({ port }, text), pairWith({ port, origin: FIREFOX }, text)]);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(pairWith({ port }, text)).rejects.toThrow(String(CLOSE.noCode));
});

test('a client that was revoked, never paired, or comes from another extension is told to pair again', async () => {
  const { port, pair, store, server } = await paired();
  expect(await (await greet({ port }, { ...pair, clientId: 'cli_0000000000' })).closed()).toBe(CLOSE.unknownClient);
  expect(await (await greet({ port, origin: FIREFOX }, pair)).closed()).toBe(CLOSE.unknownClient);
  const client = await greet({ port }, pair);
  await client.next('welcome');
  await store.clients.revoke(pair.clientId as ClientId);
  await server.disconnect(pair.clientId as ClientId);
  expect(await client.closed()).toBe(CLOSE.revoked);
  expect(await (await greet({ port }, pair)).closed()).toBe(CLOSE.unknownClient);
});

test('a handshake that was recorded is worth nothing', async () => {
  const { port, pair } = await paired();
  const nonce = newNonce();
  const first = await new WireClient({ port }).open();
  first.say({ type: 'hello', version: WIRE_VERSION, clientId: pair.clientId, nonce });
  const challenge = await first.next('challenge');
  const greeting = { clientId: pair.clientId, origin: CHROME, port, nonces: { client: nonce, relay: challenge.nonce } };
  const signature = await signHandshake('client', pair.keys.privateKey, greeting);
  const second = await new WireClient({ port }).open();
  second.say({ type: 'hello', version: WIRE_VERSION, clientId: pair.clientId, nonce });
  await second.next('challenge');
  second.say({ type: 'proof', signature });
  expect(await second.closed()).toBe(CLOSE.notProven);
});

test('the relay keeps its key: a browser knows it again after a restart, and knows another one from it', async () => {
  const first = await startServerBench();
  const pair = await pairWith(first, first.codes.issue().text);
  const again = await startServerBench({ store: first.store });
  await (await greet({ port: again.port }, pair)).next('welcome');
  const other = await startServerBench();
  await expect(greet({ port: other.port }, pair)).rejects.toThrow('not our relay');
});

test('unproven clients may say nothing else, in no other order, and not later', async () => {
  const { port, pair } = await paired();
  const key = await publicText(pair.keys.publicKey);
  const hello = { type: 'hello', version: WIRE_VERSION, clientId: pair.clientId, nonce: newNonce() };
  for (const frames of [
    [{ type: 'request', id: 1, command: 'status' }],
    [{ type: 'proof', signature: 'x' }],
    [{ type: 'pair-proof', mac: 'x', name: '' }],
    [hello, hello],
    [hello, { type: 'pair', version: WIRE_VERSION, nonce: newNonce(), key }],
    [{ ...hello, extra: 1 }],
    ['no JSON'],
    ['[]'],
  ]) {
    const client = await new WireClient({ port }).open();
    for (const frame of frames) client.say(frame);
    expect([frames, await client.closed()]).toEqual([frames, CLOSE.badFrame]);
  }
  const newer = await new WireClient({ port }).open();
  newer.say({ ...hello, version: 99 });
  expect(await newer.closed()).toBe(CLOSE.version);
});

test('there are limits: connections of a client, bytes and frames', async () => {
  const { port, pair } = await paired();
  for (let at = 0; at < 4; at++) await (await greet({ port }, pair)).next('welcome');
  const fifth = await greet({ port }, pair);
  expect(await fifth.closed()).toBe(CLOSE.tooManyConnections);
  const long = await new WireClient({ port }).open();
  long.say('x'.repeat(MOST_CLIENT_BYTES + 1));
  expect(await long.closed()).toBe(1009);
});

test('a flood is closed', async () => {
  const { port, pair } = await paired();
  const client = await greet({ port }, pair);
  await client.next('welcome');
  for (let at = 0; at < 200; at++) client.say({ type: 'pong' });
  expect(await client.closed()).toBe(CLOSE.overrun);
});

test('whatever is said, the server stays up', async () => {
  const { port, pair } = await paired();
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.object().map((each) => JSON.stringify({ type: 'request', ...each })),
        ),
        { maxLength: 5, minLength: 1 },
      ),
      async (frames) => {
        const client = await greet({ port }, pair);
        await client.next('welcome');
        for (const frame of frames) client.say(frame);
        client.socket.close();
        await client.closed();
      },
    ),
    { numRuns: 30 },
  );
  await (await greet({ port }, pair)).next('welcome');
});

test('whoever says nothing for five seconds is closed', async () => {
  const clock = new ManualClock(0);
  const { port } = await startServerBench({ clock });
  const client = await new WireClient({ port }).open();
  await expect.poll(() => clock.waiting).toBeGreaterThan(0);
  await clock.advance(5_000);
  expect(await client.closed()).toBe(CLOSE.tooLate);
});

test('an extension that does not answer is not kept; one that does hears of the relay every two seconds', async () => {
  const clock = new ManualClock(0);
  const { port, codes } = await startServerBench({ clock });
  const pair = await pairWith({ port }, codes.issue().text);
  const [lively, silent] = [await greet({ port }, pair), await greet({ port }, pair)];
  await lively.next('welcome');
  await silent.next('welcome');
  for (let at = 0; at < 25; at++) {
    await clock.advance(2_000);
    await lively.next('ping');
    lively.say({ type: 'pong' });
    // Heard before the clock moves on.
    expect(await lively.ask(at, 'status')).toMatchObject({ ok: true });
  }
  expect(await silent.closed()).toBe(1006);
  expect(lively.socket.readyState).toBe(WebSocket.OPEN);
});

test('a code runs out after two minutes', async () => {
  const clock = new ManualClock(0);
  const { port, codes } = await startServerBench({ clock });
  const { text } = codes.issue();
  await clock.advance(120_000);
  await expect(pairWith({ port }, text)).rejects.toThrow(String(CLOSE.noCode));
});

test('a relay that stops says goodbye', async () => {
  const { port, pair, server } = await paired();
  const client = await greet({ port }, pair);
  await client.next('welcome');
  const closed = client.closed();
  await server.stop();
  expect([CLOSE.goingAway, 1006]).toContain(await closed);
});

/** The way through a proxy, and whose certificates are trusted, with a real tunnel and a real TLS server. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { withinTime } from '../../relay/agents/http-client.ts';
import { proxyAgent } from '../../relay/network.ts';
import { type FakeHttp, type Outcome, startFakeHttp } from '../support/fake-http.ts';
import { type FakeProxy, startFakeProxy } from '../support/fake-proxy.ts';
import { SELF_SIGNED } from '../support/self-signed.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { deps, patient } from './asking.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const usual = getCACertificates('default');
let server: FakeHttp;
let outcome: Outcome;
let proxy: FakeProxy;

beforeAll(() => setDefaultCACertificates([...usual, SELF_SIGNED.cert]));
afterAll(() => setDefaultCACertificates(usual));
beforeEach(async () => {
  outcome = { body: 'here' };
  server = await startFakeHttp(() => outcome, SELF_SIGNED);
  proxy = await startFakeProxy({ port: portOf(server.url) });
});
afterEach(async () => {
  await proxy.stop();
  await server.stop();
});

function portOf(url: string): number {
  return Number(new URL(url).port);
}

const toLoopback: LookupFunction = (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);

async function ask(url: string, noProxy: string | null = null, address = proxy.url) {
  const asking = deps({ agentSeconds: 3, proxy: address, noProxy }, { lookup: toLoopback });
  return withinTime(asking, false, patient, (call) => call.send({ method: 'POST', url, headers: {}, body: '{}' }));
}

test('an agent at https:// is reached through the proxy, which resolves the name', async () => {
  expect(await ask('https://agent.test/v1')).toMatchObject({ type: 'reply', body: 'here' });
  expect(proxy.tunnels).toEqual(['agent.test:443']);
});

test('a name that NO_PROXY lists is reached directly', async () => {
  const { port } = new URL(server.url);
  expect(await ask(`https://agent.test:${port}/`, 'other.test,agent.test')).toMatchObject({ body: 'here' });
  expect(proxy.tunnels).toEqual([]);
});

test('an agent on this computer is reached directly, whatever the proxy', async () => {
  expect(await ask(server.url)).toMatchObject({ body: 'here' });
  const plain = await startFakeHttp(() => ({ body: 'plain' }));
  onTestFinished(() => plain.stop());
  expect(await ask(plain.url)).toMatchObject({ body: 'plain' });
  expect(await ask(plain.url.replace('127.0.0.1', 'localhost'))).toMatchObject({ body: 'plain' });
  expect(proxy.tunnels).toEqual([]);
});

test('a proxy that wants a password gets it; without, the owner reads that it refused', async () => {
  const guarded = await startFakeProxy({ port: portOf(server.url), login: 'ana:segredo' });
  onTestFinished(() => guarded.stop());
  expect(await ask('https://agent.test/', null, guarded.url)).toMatchObject({ body: 'here' });
  const refused = await ask('https://agent.test/', null, guarded.url.replace('ana:segredo@', ''));
  expect(refused).toMatchObject({
    fault: 'unreachable',
    detail: 'could not connect: the proxy refused, HTTP 407',
  });
  expect(server.requests).toHaveLength(1);
});

test('a proxy that is not there is no answer, and nothing was asked', async () => {
  await proxy.stop();
  expect(await ask('https://agent.test/')).toMatchObject({
    fault: 'unreachable',
    detail: expect.not.stringMatching('broke'),
  });
  expect(server.requests).toEqual([]);
});

test('a line that breaks behind the proxy after the question is on it may have reached the agent, and is told so', async () => {
  outcome = 'reset';
  expect(await ask('https://agent.test/')).toMatchObject({ fault: 'unreachable', mayGoOn: true });
  expect(server.requests).toHaveLength(1);
});

test('a certificate that does not hold is refused through the proxy, too', async () => {
  expect(await ask('https://other.test/')).toMatchObject({ fault: 'certificate' });
  expect(server.requests).toEqual([]);
});

test('a WebSocket goes through the same tunnel', async () => {
  const { createServer } = await import('node:https');
  const host = createServer(SELF_SIGNED);
  const sockets = new WebSocketServer({ server: host });
  sockets.on('connection', (socket) => socket.send('hello'));
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const address = host.address();
  const way = await startFakeProxy({ port: typeof address === 'object' && address ? address.port : 0 });
  onTestFinished(async () => {
    await way.stop();
    sockets.close();
    await new Promise((resolve) => host.close(resolve));
  });
  const socket = new WebSocket('wss://agent.test/ws/chat', {
    agent: proxyAgent({ proxy: way.url, noProxy: null }) ?? undefined,
  });
  const said = await new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data) => resolve(String(data)));
  });
  socket.terminate();
  expect(said).toBe('hello');
  expect(way.tunnels).toEqual(['agent.test:443']);
});

test('without a proxy there is none', () => {
  expect(proxyAgent({ proxy: null, noProxy: 'a.test' })).toBeNull();
});

/** What a process of its own says of the server's certificate: the system's authorities are read when it starts. */
async function trusts(systemCertificates: 'no' | 'yes'): Promise<string> {
  const directory = temporaryDirectory();
  const authorities = path.join(directory, 'authorities.pem');
  writeFileSync(authorities, SELF_SIGNED.cert);
  const script = `
    const { prepareNetwork } = await import(${JSON.stringify(path.join(ROOT, 'relay/network.ts'))});
    const { get } = await import('node:https');
    prepareNetwork({ proxy: null, noProxy: null, systemCertificates: ${JSON.stringify(systemCertificates)} });
    get(${JSON.stringify(server.url)}, { agent: false }, (reply) => { console.log(reply.statusCode); reply.destroy(); })
      .on('error', (error) => console.log(error.code));
  `;
  const file = path.join(directory, 'ask.mjs');
  writeFileSync(file, script);
  const { stdout } = await promisify(execFile)(process.execPath, [file], {
    env: { ...process.env, SSL_CERT_FILE: authorities, NODE_EXTRA_CA_CERTS: '' },
  });
  return stdout.trim();
}

test('what this computer trusts is trusted where the setting says so, and only there', async () => {
  expect(await trusts('no')).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  expect(await trusts('yes')).toBe('200');
});

import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkClock, checkPort, checkWhatsApp, pageAnswer } from '../../relay/cli/doctor/network-checks.ts';
import { systemClock } from '../../relay/clock.ts';
import { HttpServer } from '../../relay/server/http-server.ts';
import { ACCOUNT, CONNECTED, FakeRelayApi, report } from '../support/fake-relay-api.ts';
import { openLocalServer } from '../support/local-server.ts';
import { silentLog } from '../support/silent-log.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { run } from './command-bench.ts';

const ROOT_KEY = 'ab'.repeat(32);
const OWNER_ONLY = 0o700;

/** Something that takes connections on loopback. */
async function listening(): Promise<number> {
  const server = createTcpServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function website(onRequest: RequestListener): Promise<URL> {
  const server = createServer(onRequest);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

function simulated(port: number) {
  return {
    RECADO_WHATSAPP_URL: `ws://127.0.0.1:${port}/ws`,
    RECADO_WHATSAPP_ROOT_KEY: ROOT_KEY,
    RECADO_PORT: '0',
  };
}

async function examine(given: { readonly home: string; readonly environment: Record<string, string> }) {
  const { terminal, code } = await run(['doctor', '--json'], given);
  const findings = new Map(terminal.objects.map((finding) => [finding.check, finding]));
  return { findings, code, all: terminal.objects };
}

test('where all is well, doctor says so of each thing and ends with 0', async () => {
  const relay = new FakeRelayApi('Recado');
  relay.move('Recado', CONNECTED);
  relay.checked = [{ id: relay.idOf('Recado'), name: 'Recado', fault: null, isProven: true, detail: '' }];
  const home = temporaryDirectory();
  chmodSync(home, OWNER_ONLY);
  await openLocalServer(relay, { home });
  const { findings, code } = await examine({ home, environment: simulated(await listening()) });
  expect(code).toBe(0);
  for (const check of ['directory', 'disk', 'relay', 'port', 'whatsapp', 'link', 'agent']) {
    expect(findings.get(check), check).toMatchObject({ level: 'ok', message: expect.stringMatching(/\w/), hint: '' });
  }
  // A simulated WhatsApp tells no time.
  expect(findings.get('clock')).toMatchObject({ level: 'warning' });
  expect(findings.get('all')).toMatchObject({ failed: 0 });
});

test('of an agent whose flow only a question would run, doctor says no “ok”, and how to find out', async () => {
  const relay = new FakeRelayApi('Recado');
  relay.move('Recado', CONNECTED);
  relay.checked = [{ id: relay.idOf('Recado'), name: 'Recado', fault: null, isProven: false, detail: 'HTTP 404' }];
  const home = temporaryDirectory();
  chmodSync(home, OWNER_ONLY);
  await openLocalServer(relay, { home });
  const { findings, code } = await examine({ home, environment: simulated(await listening()) });
  expect(code).toBe(0);
  expect(findings.get('agent')).toMatchObject({
    level: 'note',
    message: 'O endereço do agente Recado responde. Se o fluxo dele responde, só se vê quando ele roda.',
    hint: expect.stringContaining('agents test "Recado"'),
  });
  expect(findings.get('all')).toMatchObject({ note: 1, failed: 0 });
});

test('a proxy is named without its password, and where WhatsApp is simulated none is said of', async () => {
  const environment = { RECADO_PORT: '0', HTTPS_PROXY: 'http://ana:segredo@127.0.0.1:1' };
  const { findings, all } = await examine({ home: temporaryDirectory(), environment });
  expect(findings.get('whatsapp')).toMatchObject({ level: 'failed' });
  expect(findings.get('proxy')).toMatchObject({
    level: 'ok',
    message: expect.stringContaining('http://127.0.0.1:1'),
  });
  expect(JSON.stringify(all)).not.toContain('segredo');
  // Nothing on this computer goes through it: neither does a simulated WhatsApp.
  const without = await examine({
    home: temporaryDirectory(),
    environment: { ...environment, ...simulated(await listening()) },
  });
  expect(without.findings.has('proxy')).toBe(false);
});

test('without a relay, doctor still looks at what it can', async () => {
  const home = path.join(temporaryDirectory(), 'not-yet');
  const { findings, code } = await examine({ home, environment: simulated(await listening()) });
  expect(code).toBe(0);
  for (const check of ['directory', 'relay']) {
    expect(findings.get(check)).toMatchObject({ level: 'warning', hint: expect.stringContaining('npm start') });
  }
  expect(findings.get('whatsapp')).toMatchObject({ level: 'ok' });
});

test('a WhatsApp that cannot be reached fails, with what to do and exit code 1', async () => {
  const { findings, code } = await examine({ home: temporaryDirectory(), environment: simulated(1) });
  expect(code).toBe(1);
  expect(findings.get('whatsapp')).toMatchObject({ level: 'failed', hint: expect.stringMatching(/\w/) });
});

test('a data directory that others can read fails, and the hint closes it', async () => {
  const home = temporaryDirectory();
  chmodSync(home, 0o755);
  writeFileSync(path.join(home, 'recado.sqlite'), '', { mode: 0o644 });
  const { findings, code } = await examine({ home, environment: simulated(await listening()) });
  expect(code).toBe(1);
  expect(findings.get('directory')).toMatchObject({ level: 'failed', hint: expect.stringContaining('chmod go-rwx') });
});

test('a data directory that is a file fails', async () => {
  const home = path.join(temporaryDirectory(), 'file');
  writeFileSync(home, '');
  const { findings } = await examine({ home, environment: simulated(await listening()) });
  expect(findings.get('directory')).toMatchObject({ level: 'failed' });
});

test('an agent that fails and a link that rests each have a sentence with what to do', async () => {
  const relay = new FakeRelayApi('Recado');
  relay.move('Recado', report({ cause: 'replaced', account: ACCOUNT }));
  relay.checked = [
    { id: relay.idOf('Recado'), name: 'Recado', fault: 'key-refused', isProven: true, detail: 'HTTP 401' },
  ];
  const { home } = await openLocalServer(relay);
  const { findings, code } = await examine({ home, environment: simulated(await listening()) });
  expect(code).toBe(1);
  expect(findings.get('agent')).toMatchObject({ level: 'failed', message: expect.stringContaining('HTTP 401') });
  expect(findings.get('link')).toMatchObject({ level: 'warning', hint: expect.stringMatching(/\w/) });
  // Each leads to its heading in the documents; what is well leads nowhere.
  expect(findings.get('agent')?.help).toBe('help:pt-BR#agent');
  expect(findings.get('link')?.help).toBe('help:pt-BR#replaced');
  expect(findings.get('whatsapp')).toMatchObject({ level: 'ok', help: null });
  const { out } = await run(['doctor'], { home, environment: simulated(await listening()) });
  expect(out).toContain('Mais sobre isso: help:pt-BR#replaced');
});

test("the clock is held against the server's, else against the relay's last write", async () => {
  const now = Date.UTC(2026, 10, 24, 12);
  const answer = { host: 'x', simulated: false, result: 'reached' } as const;
  const home = temporaryDirectory();
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'recado.sqlite'), '');
  const level = async (date: number | null) => (await checkClock({ ...answer, date }, home, now)).level;

  expect(await level(now - 20_000)).toBe('ok');
  expect(await level(now - 60_000)).toBe('warning');
  expect(await level(now + 600_000)).toBe('failed');
  utimesSync(path.join(home, 'recado.sqlite'), new Date(now - 1_000), new Date(now - 1_000));
  utimesSync(home, new Date(now), new Date(now));
  expect(await level(null)).toBe('warning');
  utimesSync(path.join(home, 'recado.sqlite'), new Date(now + 3_600_000), new Date(now + 3_600_000));
  expect(await level(null)).toBe('failed');
});

test('a page tells the time of its server; one that is cut short is unreachable', async () => {
  const date = new Date(Date.UTC(2026, 10, 24, 12));
  const page = await website((_request, response) => response.setHeader('Date', date.toUTCString()).end('hello'));
  expect(await pageAnswer(page)).toMatchObject({ result: 'reached', date: date.getTime() });
  const cut = await website((request) => request.socket.destroy());
  const answer = await pageAnswer(cut);
  expect(answer).toMatchObject({ result: 'unreachable', date: null });
  expect(checkWhatsApp(answer)).toMatchObject({ level: 'failed' });
});

test('the port is free, the relay own, or somebody else has it', async () => {
  const server = new HttpServer({
    port: 0,
    clock: systemClock,
    log: silentLog(),
    upgrade: (_request, socket) => void socket.destroy(),
  });
  await server.start();
  onTestFinished(() => server.stop());
  expect(await checkPort(server.port, true)).toMatchObject({ level: 'ok', word: 'port' });
  // One that is not this one's is another's, whatever it answers.
  expect(await checkPort(server.port, false)).toMatchObject({ level: 'failed', word: 'portOther' });
  expect(await checkPort(await listening(), false)).toMatchObject({ level: 'failed', word: 'portTaken' });
  await server.stop();
  expect(await checkPort(server.port, false)).toMatchObject({ level: 'ok', word: 'portFree' });
});

test('--linking writes one file of the owner’s alone about the latest attempts, and says what is in it', async () => {
  const relay = new FakeRelayApi('Recado');
  const { home } = await openLocalServer(relay);
  const none = await run(['doctor', '--linking'], { home });
  expect(none.code).toBe(1);
  expect(none.err).toContain('Tente conectar mais uma vez');
  relay.attempts = [{ startedAt: 7, entries: [{ ms: 3, way: 'state', what: { phase: 'preparing' } }] }];
  const { code, out } = await run(['doctor', '--linking'], { home });
  expect(code).toBe(0);
  const [name = ''] = readdirSync(home).filter((each) => each.startsWith('recado-linking-'));
  const file = path.join(home, name);
  expect(out).toContain(file);
  expect(out).toContain('Nenhum segredo, número ou nome');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    format: 'recado-linking',
    recado: '1.2.3',
    attempts: relay.attempts,
  });
});

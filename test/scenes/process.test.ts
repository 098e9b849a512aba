/** The relay as a process: how it starts, refuses to, and ends; what it lets out; that it stays answerable under load. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, test } from 'vitest';
import type { WhatsApp } from '../simulator/whatsapp.ts';
import { BACK_END_KEY, BACK_ENDS } from '../support/back-ends.ts';
import { localClient } from '../support/local-client.ts';
import { loopbackWhatsApp } from '../support/loopback-whatsapp.ts';
import { beginPace } from '../support/machine-pace.ts';
import { type RelayProcess, startRelayProcess } from '../support/relay-process.ts';

let whatsapp: WhatsApp;

beforeEach(async () => {
  whatsapp = await loopbackWhatsApp();
});

function portOf({ relay }: RelayProcess): number {
  return Number(relay.lines[0]?.port);
}

describe('ending', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s ends the relay within five seconds, linked and with an agent that hangs, and leaves nothing half-done',
    async (signal) => {
      const backEnd = await BACK_ENDS.webhook();
      backEnd.hang();
      const relay = await startRelayProcess(whatsapp, { environment: { RECADO_WEBHOOK_KEY: BACK_END_KEY } });
      const ana = whatsapp.account({ number: '5511999990001' });
      const caio = whatsapp.contact({ number: '5511988880001' });
      await relay.recado(
        'agents',
        'add',
        'Vendas',
        '--adapter',
        'webhook',
        '--set',
        `url=${String(backEnd.settings.url)}`,
      );
      await relay.link(ana, 'Vendas');
      await relay.recado('on', 'Vendas', '--answer', 'everyone');
      await caio.write(ana, 'pergunta');
      await whatsapp.until(() => (backEnd.told() ?? '') !== '', 'the agent was asked');
      const pace = beginPace();
      relay.relay.child.kill(signal);
      expect((await relay.relay.ended()).code).toBe(0);
      expect(pace.elapsed()).toBeLessThan(pace.within(5_000));
      expect(readdirSync(relay.home)).not.toContain('relay.sock');

      // Another start finds everything in its place: the question is asked again, and answered once.
      backEnd.resume();
      await startRelayProcess(whatsapp, { home: relay.home });
      await whatsapp.until(() => caio.received.length === 1, 'the question was taken up');
      await backEnd.stop();
    },
  );
});

test('an error that nobody caught ends the relay in order, with its own exit code, and its words are in no log', async () => {
  const onSignal = "process.on('SIGUSR2', () => { throw new Error(['plan', 'ted'].join('')); });";
  const relay = await startRelayProcess(whatsapp, {
    environment: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(onSignal)}` },
  });
  relay.relay.child.kill('SIGUSR2');
  expect((await relay.relay.ended()).code).toBe(6);
  const log = readFileSync(path.join(relay.home, 'relay.log'), 'utf8');
  expect(log).toContain('an uncaught error');
  expect(log + relay.written()).not.toContain('planted');
  expect(readdirSync(relay.home)).not.toContain('relay.sock');
  const again = await startRelayProcess(whatsapp, { home: relay.home });
  expect(again.relay.lines).toMatchObject([{ event: 'running' }]);
});

test('a second relay on the same data directory says so and ends', async () => {
  const first = await startRelayProcess(whatsapp);
  const second = await startRelayProcess(whatsapp, { home: first.home });
  const { code } = await second.relay.ended();
  expect(code).not.toBe(0);
  expect(second.relay.lines).toMatchObject([{ error: { code: 'relay-in-use' } }]);
  expect((await first.recado('status', '--json')).code).toBe(0);
});

test('a backup that reads the data for a moment delays the start, and is no other relay', async () => {
  const first = await startRelayProcess(whatsapp);
  first.relay.child.kill('SIGTERM');
  await first.relay.ended();
  const backup = new DatabaseSync(path.join(first.home, 'recado.sqlite'), { readOnly: true });
  backup.exec('BEGIN');
  backup.prepare('SELECT count(*) FROM agents').get();
  setTimeout(() => backup.close(), 1_500);
  const second = await startRelayProcess(whatsapp, { home: first.home });
  expect(second.relay.lines).toMatchObject([{ event: 'running' }]);
});

test('a relay that was killed starts again as the same device (S26)', async () => {
  const first = await startRelayProcess(whatsapp);
  const ana = whatsapp.account({ number: '5511999990001' });
  await first.link(ana, 'Recado');
  first.relay.child.kill('SIGKILL');
  await first.relay.ended();
  const second = await startRelayProcess(whatsapp, { home: first.home });
  await expect
    .poll(async () => (await second.recado('status', '--json')).out, { timeout: 10_000 })
    .toContain('"connected"');
  expect(ana.companions()).toHaveLength(1);
});

test('nothing secret is written anywhere but into the database: not in the log, not on stdout or stderr', async () => {
  const backEnd = await BACK_ENDS['openai-compatible']();
  const relay = await startRelayProcess(whatsapp, { environment: { PLANTED_KEY: BACK_END_KEY } });
  const ana = whatsapp.account({ number: '5511999990001', name: 'Ana Geheim' });
  const caio = whatsapp.contact({ number: '5511988880001', name: 'Caio Geheim' });
  const { baseUrl, model } = backEnd.settings;
  await relay.recado(
    'agents',
    'add',
    'Vendas',
    '--adapter',
    'openai-compatible',
    '--key-env',
    'PLANTED_KEY',
    '--set',
    `baseUrl=${String(baseUrl)}`,
    '--set',
    `model=${String(model)}`,
  );
  const command = relay.begin('link', 'Vendas', '--json');
  await whatsapp.until(() => command.lines.some(({ event }) => event === 'qr'), 'a code was shown');
  const qr = String(command.lines.find(({ event }) => event === 'qr')?.text);
  await ana.scan(qr);
  await command.ended();
  await relay.recado('on', 'Vendas', '--answer', 'everyone');
  await caio.write(ana, 'ein PLANTED-TEXT im Chat');
  await whatsapp.until(() => caio.received.length === 1, 'the answer arrived');
  // Errors are where secrets like to hide: a broken session, a cut, an agent that fails.
  await caio.write(ana, 'PLANTED-TEXT', { id: 'BROKEN' });
  whatsapp.cut(ana);
  await backEnd.stop();
  await caio.write(ana, 'noch ein PLANTED-TEXT');
  await expect
    .poll(async () => (await relay.recado('status', '--json')).out, { timeout: 20_000 })
    .toMatch(/"lastFault":\{"fault"/);
  const answer = caio.received[0]?.text ?? '';
  relay.relay.child.kill('SIGTERM');
  await relay.relay.ended();

  const log = readFileSync(path.join(relay.home, 'relay.log'), 'utf8');
  expect(log).toContain('the relay is up');
  const [, ...codeParts] = qr.split('#')[1]?.split(',') ?? [];
  const ownOutput = [relay.relay.out, relay.relay.err, log].join('\n');
  const secrets = [
    BACK_END_KEY,
    'PLANTED-TEXT',
    answer,
    qr,
    ...codeParts.slice(0, 3),
    ana.number,
    caio.number,
    ana.user.lid,
    caio.user.lid,
    'Geheim',
  ];
  for (const secret of secrets) expect(ownOutput.includes(secret), 'a secret was written').toBe(false);
  // The key came in through the environment, and comes out of no command either.
  expect(relay.written().includes(BACK_END_KEY)).toBe(false);
  expect(relay.written().includes('PLANTED-TEXT')).toBe(false);
  for (const name of readdirSync(relay.home)) expect(statSync(path.join(relay.home, name)).mode & 0o077, name).toBe(0);
});

test('a burst of 2,000 messages leaves healthz and status answering within a second, and each chat gets one answer', async () => {
  const CHATS = 40;
  const MESSAGES = 2_000;
  const relay = await startRelayProcess(whatsapp, {
    environment: { RECADO_AGENT_CALLS: '8', RECADO_GATHER_SECONDS: '1' },
  });
  const ana = whatsapp.account({ number: '5511999990001' });
  const people = Array.from({ length: CHATS }, (_value, index) =>
    whatsapp.contact({ number: `55119888${String(10_000 + index)}` }),
  );
  await relay.recado(
    'agents',
    'edit',
    'Recado',
    '--set',
    'rules=[{"words":["pergunta"],"answer":"resposta"}]',
    '--set',
    'greeting=',
    '--set',
    'away=',
  );
  await relay.link(ana, 'Recado');
  await relay.recado('on', '--answer', 'everyone');

  // Written while the connection is down, so that all of it comes at once and none of the work is the test's own.
  whatsapp.faults.deafFromStart = true;
  whatsapp.cut(ana);
  for (let count = 0; count < MESSAGES; count++) await people[count % CHATS]?.write(ana, `pergunta ${count}`);
  const client = await localClient(path.join(relay.home, 'relay.sock'));
  whatsapp.faults.clear();
  whatsapp.cut();

  const waits: number[] = [];
  const pace = beginPace();
  const [companion] = ana.user.companions;
  while ((companion?.unconfirmed ?? 0) > 0) {
    const asked = performance.now();
    await Promise.all([healthz(portOf(relay)), client.ask('status')]);
    waits.push(performance.now() - asked);
  }
  client.close();
  expect(waits.length).toBeGreaterThan(1);
  expect(Math.max(...waits)).toBeLessThan(pace.within(1_000));
  await whatsapp.until(() => people.every(({ received }) => received.length > 0), 'every chat was answered', 60_000);
  expect(people.map(({ received }) => received.length)).toEqual(Array(CHATS).fill(1));
}, 180_000);

function healthz(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`),
    );
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('close', () => (answer.startsWith('HTTP/1.1 200') ? resolve(answer) : reject(new Error('no healthz'))));
    socket.on('error', reject);
  });
}

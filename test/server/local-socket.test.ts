import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { COMMANDS } from '../../relay/api/commands.ts';
import { localAddress } from '../../relay/server/socket-path.ts';
import { CONNECTED, FakeRelayApi, report, showing } from '../support/fake-relay-api.ts';
import { localClient } from '../support/local-client.ts';
import { openLocalServer } from '../support/local-server.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const modeOf = (file: string) => statSync(file).mode & 0o777;

async function raw(place: string): Promise<Socket> {
  const socket = connect(place);
  await once(socket, 'connect');
  onTestFinished(() => void socket.destroy());
  return socket.setEncoding('utf8');
}

/** A reset is one way of being hung up on. */
function closing(socket: Socket): Promise<void> {
  socket.on('error', () => undefined);
  return new Promise((resolve) => socket.on('close', () => resolve()));
}

async function client(place: string) {
  const opened = await localClient(place);
  onTestFinished(() => opened.close());
  return opened;
}

test('only its owner can open the socket, and it lies in the data directory', async () => {
  const { home, address } = await openLocalServer(new FakeRelayApi('Recado'));
  expect(address.path).toBe(path.join(home, 'relay.sock'));
  expect(modeOf(address.path)).toBe(OWNER_ONLY_FILE);
});

test('a path beyond 100 bytes moves the socket to the runtime directory, and a signpost says where', async () => {
  const home = path.join(temporaryDirectory(), 'x'.repeat(100));
  mkdirSync(home, { mode: OWNER_ONLY_FOLDER });
  const runtime = path.join(temporaryDirectory(), 'run');
  const address = localAddress(home, 'linux', { XDG_RUNTIME_DIR: runtime });
  await openLocalServer(new FakeRelayApi('Recado'), { home, address });

  expect(path.dirname(address.path)).toBe(runtime);
  expect(modeOf(address.path)).toBe(OWNER_ONLY_FILE);
  expect(modeOf(runtime)).toBe(OWNER_ONLY_FOLDER);
  expect(modeOf(path.join(home, 'relay.socket-path'))).toBe(OWNER_ONLY_FILE);
  expect(readFileSync(path.join(home, 'relay.socket-path'), 'utf8')).toBe(address.path);
  await expect((await client(address.path)).ask('status')).resolves.toMatchObject({ agents: [{ name: 'Recado' }] });
});

test('a runtime folder that others can enter is not used', async () => {
  const home = path.join(temporaryDirectory(), 'x'.repeat(100));
  const runtime = path.join(temporaryDirectory(), 'run');
  mkdirSync(runtime, { mode: 0o755 });
  const address = localAddress(home, 'linux', { XDG_RUNTIME_DIR: runtime });
  await expect(openLocalServer(new FakeRelayApi('Recado'), { home, address })).rejects.toThrow('belongs to others');
});

test('the socket file of a relay that was killed is replaced', async () => {
  const home = temporaryDirectory();
  const { path: place } = localAddress(home, process.platform, process.env);
  const listen = `require('node:net').createServer().listen(${JSON.stringify(place)}, () => console.log('up'))`;
  const killed = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(killed.stdout, 'data');
  killed.kill('SIGKILL');
  await once(killed, 'close');
  expect(existsSync(place)).toBe(true);

  await openLocalServer(new FakeRelayApi('Recado'), { home });
  await expect((await client(place)).ask('status')).resolves.toBeDefined();
});

test('stopping takes the socket away and hangs up on clients; twice is fine', async () => {
  const server = await openLocalServer(new FakeRelayApi('Recado'));
  const socket = await raw(server.address.path);
  const closed = closing(socket);
  await server.stop();
  await closed;
  await server.stop();
  expect(existsSync(server.address.path)).toBe(false);
});

test('where file modes do not guard the socket, a word from a file that only the owner reads must be shown', async () => {
  const home = temporaryDirectory();
  const plain = localAddress(home, process.platform, process.env);
  const tokenFile = path.join(home, 'relay.token');
  const { address } = await openLocalServer(new FakeRelayApi('Recado'), { home, address: { ...plain, tokenFile } });
  expect(modeOf(tokenFile)).toBe(OWNER_ONLY_FILE);

  const token = readFileSync(tokenFile, 'utf8');
  const wrong = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`;
  for (const shown of [{}, { token: '' }, { token: wrong }, { token: `${token}0` }]) {
    const socket = await raw(address.path);
    socket.write(`${JSON.stringify({ id: 1, command: 'status', ...shown })}\n`);
    const [line] = await once(socket, 'data');
    expect(JSON.parse(line)).toMatchObject({ id: 1, ok: false });
  }
  const socket = await raw(address.path);
  socket.write(`${JSON.stringify({ id: 1, command: 'status', token })}\n`);
  expect(JSON.parse((await once(socket, 'data'))[0])).toMatchObject({ id: 1, ok: true });
});

test.each([
  ['no JSON', 'hello\n'],
  ['no request', '{"command":"status"}\n'],
  ['an id that is no whole number', '{"id":1.5,"command":"status"}\n'],
  ['a line without end', 'x'.repeat(1_100_000)],
])('a client that says %s is hung up on, and others notice nothing', async (_what, said) => {
  const { address } = await openLocalServer(new FakeRelayApi('Recado'));
  const good = await client(address.path);
  const bad = await raw(address.path);
  const closed = closing(bad);
  bad.write(said);
  await closed;
  await expect(good.ask('status')).resolves.toBeDefined();
});

test('a client that sends requests without end is hung up on', async () => {
  const relay = new FakeRelayApi('Recado');
  relay.answer = null;
  const { address } = await openLocalServer(relay);
  const socket = await raw(address.path);
  const closed = closing(socket);
  const params = { said: [{ author: 'contact', text: 'hi' }] };
  for (let id = 0; id < 40; id += 1) socket.write(`${JSON.stringify({ id, command: 'agents.test', params })}\n`);
  await closed;
  await vi.waitFor(() => expect(relay.acted('aborted')).toBe(relay.acted('testAgent')));
});

test('requests are answered side by side: one that hangs holds up no other', async () => {
  const relay = new FakeRelayApi('Recado');
  relay.answer = null;
  const { address } = await openLocalServer(relay);
  const asking = await client(address.path);
  const hanging = asking.ask('agents.test', { said: [{ author: 'contact', text: 'hi' }] }).catch(() => 'ended');
  await expect(asking.ask('status')).resolves.toBeDefined();
  relay.answer = { type: 'silence', reason: 'agent-silent', usage: null };
  expect(relay.acted('aborted')).toBe(0);
  asking.close();
  await vi.waitFor(() => expect(relay.acted('aborted')).toBe(1));
  void hanging;
});

test('unknown commands, unknown parameters and unknown names are refused with a code, a sentence and a hint', async () => {
  const relay = new FakeRelayApi('Sales', 'Support');
  const { address } = await openLocalServer(relay);
  const asking = await client(address.path);
  const sentences = { message: expect.stringMatching(/./), hint: expect.stringMatching(/./) };
  for (const [command, params, code] of [
    ['send', { chat: 'x', text: 'hi' }, 'unknown-command'],
    ['__proto__', {}, 'unknown-command'],
    ['toString', {}, 'unknown-command'],
    ['status', { agnet: 'Sales' }, 'bad-request'],
    ['switch', { agent: 'Sales', on: 'yes' }, 'bad-request'],
    ['agents.add', { name: 'x'.repeat(1_000), adapter: 'built-in', settings: {} }, 'bad-value'],
    ['agents.add', { name: ' ', adapter: 'built-in', settings: {} }, 'bad-value'],
    ['switch', { on: true }, 'which-agent'],
    ['switch', { agent: 'Nobody', on: true }, 'no-such-agent'],
    ['switch', { agent: 'Sales', on: true }, 'who-is-answered'],
    ['unlink', { agent: 'Sales' }, 'not-linked'],
  ] as const) {
    await expect(asking.ask(command, params), command).rejects.toMatchObject({ code, ...sentences });
  }
  expect(relay.acts).toEqual([]);
});

test('a refusal never repeats what was entered', async () => {
  const { address } = await openLocalServer(new FakeRelayApi('Sales'));
  const asking = await client(address.path);
  const params = { name: 'X', adapter: 'openai-compatible', settings: {}, key: ['sk-planted'] };
  const error: unknown = await asking.ask('agents.add', params).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'bad-request' });
  expect(JSON.stringify(error) + String(error)).not.toContain('sk-planted');
});

test('no command of the relay takes a recipient or a text to send (S4, S7)', async () => {
  expect(new Set(COMMANDS.keys())).toEqual(
    new Set([
      'adapters',
      'agents.add',
      'agents.check',
      'agents.edit',
      'agents.find',
      'agents.models',
      'agents.remove',
      'agents.test',
      'agents.try',
      'chats.answer',
      'chats.forget',
      'chats.list',
      'chats.open',
      'chats.release',
      'chats.rule',
      'chats.take',
      'chats.unanswered',
      'clients.list',
      'clients.revoke',
      'export',
      'forget',
      'hand-over',
      'link',
      'link-cancel',
      'link-new-code',
      'passkey',
      'passkey.answer',
      'passkey.abandon',
      'passkey.compare',
      'outcomes.list',
      'ping',
      'presets',
      'restart',
      'owner-first',
      'costs',
      'costs.price',
      'knowledge',
      'knowledge.add',
      'knowledge.remove',
      'schedule',
      'scope',
      'settings.list',
      'settings.set',
      'skips.list',
      'status',
      'switch',
      'take-over',
      'unlink',
    ]),
  );
});

test('a code travels through link alone: status shows none (S13)', async () => {
  const relay = new FakeRelayApi('Recado');
  const { address } = await openLocalServer(relay);
  relay.move('Recado', showing(1, 'planted-code'));
  expect(JSON.stringify(await (await client(address.path)).ask('status'))).not.toContain('planted-code');
});

test('link streams each code once and each status, and ends connected (S14, S16)', async () => {
  const relay = new FakeRelayApi('Recado');
  const { address } = await openLocalServer(relay);
  relay.move('Recado', report({ cause: 'qr-expired' }));
  const events: Record<string, unknown>[] = [];
  const linked = (await client(address.path)).ask('link', {}, (event) => events.push(event));
  await vi.waitFor(() => expect(relay.acted('link')).toBe(1));
  relay.move('Recado', showing(1, 'one'));
  relay.move('Recado', showing(1, 'one'));
  relay.move('Recado', showing(2, 'two'));
  relay.move('Recado', CONNECTED);

  await expect(linked).resolves.toMatchObject({ status: 'connected', account: { number: '5511999990001' } });
  expect(events.map(({ event, text, status }) => [event, text ?? status])).toEqual([
    ['qr', 'one'],
    ['status', 'connecting'],
    ['qr', 'two'],
    ['status', 'connecting'],
    ['status', 'connected'],
  ]);
  expect(events[0]).toEqual({ event: 'qr', text: 'one', number: 1, of: 10, expiresAt: 90_000, renewals: 0 });
  expect(relay.acted('panelClosed')).toBe(0);
});

test('whoever comes back to an attempt under way sees its code at once', async () => {
  const relay = new FakeRelayApi('Recado');
  const { address } = await openLocalServer(relay);
  relay.move('Recado', showing(4, 'four'));
  const events: Record<string, unknown>[] = [];
  const linked = (await client(address.path)).ask('link', {}, (event) => events.push(event));
  await vi.waitFor(() => expect(events).toMatchObject([{ event: 'qr', text: 'four', number: 4 }, { event: 'status' }]));
  relay.move('Recado', CONNECTED);
  await linked;
});

test('the panel is closed when the last of those who follow an attempt goes (S18)', async () => {
  const relay = new FakeRelayApi('Recado');
  const { address } = await openLocalServer(relay);
  const [one, other] = [await client(address.path), await client(address.path)];
  for (const each of [one, other]) each.ask('link').catch(() => 'gone');
  await vi.waitFor(() => expect(relay.acted('link')).toBe(2));
  relay.move('Recado', showing(1, 'one'));

  one.close();
  await expect((await client(address.path)).ask('status')).resolves.toBeDefined();
  expect(relay.acted('panelClosed')).toBe(0);
  other.close();
  await vi.waitFor(() => expect(relay.acted('panelClosed')).toBe(1));
});

test('a client that asks and does not read is hung up on before it fills the memory', async () => {
  const relay = new FakeRelayApi('Recado');
  relay.set('Recado', { settings: { greeting: 'x'.repeat(500_000) } });
  const { address } = await openLocalServer(relay);
  const socket = await raw(address.path);
  socket.pause();
  const closed = closing(socket);
  const ask = (id: number) => socket.write(`${JSON.stringify({ id, command: 'status' })}\n`);
  for (let id = 0; id < 30; id += 1) ask(id);
  await vi.waitFor(() => expect(relay.asked).toBeGreaterThan(20));
  socket.resume();
  await closed;
});

test('a file beside the socket is left alone', async () => {
  const home = temporaryDirectory();
  writeFileSync(path.join(home, 'settings.json'), '{}');
  const server = await openLocalServer(new FakeRelayApi('Recado'), { home });
  await server.stop();
  expect(existsSync(path.join(home, 'settings.json'))).toBe(true);
});

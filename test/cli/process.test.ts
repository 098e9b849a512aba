/** The command line as its own process: what reaches the streams, the exit code, a hidden question on a real terminal. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { CONNECTED, FakeRelayApi, report, showing } from '../support/fake-relay-api.ts';
import { openLocalServer } from '../support/local-server.ts';

const MAIN = path.join(import.meta.dirname, '..', '..', 'relay', 'main.ts');
const KEY = 'sk-planted-7f3a';

function recado(home: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, LANG: 'en_US.UTF-8', ...environment, RECADO_HOME: home };
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, out, err }));
  return { child, ended };
}

async function bench(...names: readonly string[]) {
  const relay = new FakeRelayApi(...names);
  const { home } = await openLocalServer(relay);
  return { relay, home };
}

test('help, version and usage mistakes need no relay', async () => {
  const { home } = await bench();
  const [help, version, mistake] = await Promise.all(
    [['--help'], ['--version'], ['lnk']].map((args) => recado(home, args).ended),
  );
  expect(help).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Exit codes') });
  expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  expect(mistake).toMatchObject({ code: 2, out: '', err: expect.stringContaining('link') });
  const chosen = await recado(home, ['lnk'], { RECADO_LANGUAGE: 'es', LANG: 'pt_BR.UTF-8' }).ended;
  expect(chosen.err).toContain('comando');
  expect(chosen.err).not.toBe(mistake?.err);
});

test('Ctrl-C in a process cancels the attempt, and the exit code says so (S18)', async () => {
  const { relay, home } = await bench('Recado');
  const { child, ended } = recado(home, ['link', '--json']);
  await vi.waitFor(() => expect(relay.acted('link')).toBe(1), { timeout: 10_000 });
  relay.move('Recado', showing(1, 'code'));
  child.kill('SIGINT');
  await vi.waitFor(() => expect(relay.acted('cancelLink')).toBe(1), { timeout: 10_000 });
  relay.move('Recado', report({ cause: 'link-cancelled', since: 8 }));
  const { code, out, err } = await ended;
  expect({ code, err }).toEqual({ code: 130, err: '' });
  expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ error: { code: 'link-cancelled' } });
});

test('a command line that is killed while a code is shown counts as a closed panel', async () => {
  const { relay, home } = await bench('Recado');
  const { child } = recado(home, ['link']);
  await vi.waitFor(() => expect(relay.acted('link')).toBe(1), { timeout: 10_000 });
  child.kill('SIGKILL');
  await vi.waitFor(() => expect(relay.acted('panelClosed')).toBe(1), { timeout: 10_000 });
});

test('a key piped in arrives, and is nowhere in the output', async () => {
  const { relay, home } = await bench();
  const args = ['agents', 'add', 'X', '--adapter', 'openai-compatible', '--set', 'model=x', '--key-stdin'];
  const { child, ended } = recado(home, args);
  child.stdin.end(`${KEY}\n`);
  const { code, out, err } = await ended;
  expect(code).toBe(0);
  expect(out + err).not.toContain(KEY);
  expect(relay.acts).toMatchObject([['addAgent', 'X', {}, KEY]]);
});

const hasScript = spawnSync('script', ['--version']).status === 0;

test.skipIf(!hasScript)(
  'on a real terminal a key that is typed is not echoed, and nothing colours with NO_COLOR',
  async () => {
    const { relay, home } = await bench();
    const command = `${process.execPath} ${MAIN} agents add X --adapter openai-compatible --set model=x --ask-key`;
    const env = { ...process.env, LANG: 'en_US.UTF-8', RECADO_HOME: home, NO_COLOR: '1' };
    const child = spawn('script', ['-qec', command, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    let shown = '';
    child.stdout.on('data', (chunk) => {
      shown += chunk;
    });
    await vi.waitFor(() => expect(shown).toContain('Key (not shown)'), { timeout: 10_000 });
    child.stdin.write(`${KEY}\r`);
    await once(child, 'close');
    expect(shown).toContain('Agent added: X');
    expect(shown).not.toContain(KEY);
    expect(relay.acts).toMatchObject([['addAgent', 'X', {}, KEY]]);
  },
);

test.skipIf(!hasScript)('a code on a real terminal is coloured, and not with NO_COLOR', async () => {
  for (const [environment, coloured] of [
    [{}, true],
    [{ NO_COLOR: '1' }, false],
  ] as const) {
    const { relay, home } = await bench('Recado');
    const { NO_COLOR: _inherited, ...inherited } = process.env;
    const env = { ...inherited, TERM: 'xterm', RECADO_HOME: home, ...environment };
    const child = spawn('script', ['-qec', `${process.execPath} ${MAIN} link`, '/dev/null'], { env });
    let shown = '';
    child.stdout.on('data', (chunk) => {
      shown += chunk;
    });
    await vi.waitFor(() => expect(relay.acted('link')).toBe(1), { timeout: 10_000 });
    relay.move('Recado', showing(1, 'code'));
    await vi.waitFor(() => expect(shown).toContain('QR Code 1/10'), { timeout: 10_000 });
    relay.move('Recado', CONNECTED);
    await once(child, 'close');
    expect(shown.includes('\u001b[30;107m')).toBe(coloured);
  }
});

test('output that nobody reads to the end is no crash', async () => {
  const { home } = await bench();
  const env = { ...process.env, RECADO_HOME: home };
  const shown = execFileSync('sh', ['-c', `"${process.execPath}" "${MAIN}" settings 2>&1 | head -n 1`], { env });
  expect(shown.toString().split('\n')).toHaveLength(2);
});

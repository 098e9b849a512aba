/** Installed for a user of its own, as processes: what stands where, what comes back after a kill, and that nothing is left. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, globSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { freshBuild } from '../../extension/build/fresh-build.ts';
import { frameOf, readFrame } from '../../relay/host/native-frame.ts';
import { type NativeRequest, nativeRequest } from '../../shared/contract/native-host.ts';
import { CHROMIUM_ID } from '../../shared/extension-identity.ts';
import { type InstalledRecado, userHome } from '../support/installed-recado.ts';

beforeAll(() => {
  expect(freshBuild('extension').type).not.toBe('failed');
}, 120_000);

const ORIGIN = `chrome-extension://${CHROMIUM_ID}`;

/** As a browser starts it, with an environment that would have Node load a file. */
async function call({ home, environment }: InstalledRecado, wants: NativeRequest['wants']): Promise<unknown> {
  const host = spawn(path.join(home, '.local', 'lib', 'recado', 'native-host'), [`${ORIGIN}/`], {
    env: { ...environment, NODE_OPTIONS: '--import=/nowhere/planted.mjs', PATH: '/nowhere' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(host, 'exit');
  host.stdin.write(frameOf(nativeRequest(wants, ORIGIN)));
  const reply = await readFrame(host.stdout);
  await ended;
  return reply;
}

/** The processes of this user's relay. */
function relaysOf(home: string): readonly number[] {
  return execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(home) && line.includes('main.js start'))
    .map((line) => Number.parseInt(line, 10));
}

test('installed, it runs, is closed to others, and comes back after a kill; uninstalled, nothing is left', async () => {
  const user = userHome();
  const { home, recado, unpacked } = user;
  const installed = unpacked('install');
  expect(installed).toMatchObject({ code: 0, err: '' });
  expect(installed.out).toContain('O Recado está instalado e rodando.');
  const root = path.join(home, '.local', 'lib', 'recado');
  const open = globSync('**/*', { cwd: root }).filter((file) => (statSync(path.join(root, file)).mode & 0o022) !== 0);
  expect(open).toEqual([]);
  // The extension that lies there shows lines that work there.
  const chrome = path.join(root, 'program', 'recado-extension', 'chrome');
  expect(readFileSync(path.join(chrome, 'place.js'), 'utf8')).toContain(path.join(home, '.local', 'bin', 'recado'));
  const pages = globSync('docs/*/*.html', { cwd: chrome }).map((page) => readFileSync(path.join(chrome, page), 'utf8'));
  expect(pages.filter((page) => /npm start|npm run -s recado/.test(page))).toEqual([]);
  expect(pages.some((page) => page.includes('recado service start'))).toBe(true);
  expect(recado('service', 'status').out).toContain('O relay está rodando.');

  const [pid] = relaysOf(home);
  process.kill(pid ?? 0, 'SIGKILL');
  await vi.waitFor(() => expect(relaysOf(home).filter((each) => each !== pid)).toHaveLength(1), { timeout: 15_000 });
  await vi.waitFor(() => expect(recado('service', 'status').code).toBe(0), { timeout: 15_000 });

  // Twice is the same.
  const files = () => globSync('**/*', { cwd: home }).filter((file) => !/recado\.sqlite|relay\.log/.test(file));
  const before = files().toSorted();
  expect(unpacked('install')).toMatchObject({ code: 0 });
  expect(
    files()
      .toSorted()
      .filter((file) => !file.includes('program.before')),
  ).toEqual(before);
  expect(relaysOf(home)).toHaveLength(1);

  const removed = recado('uninstall', '--yes', '--erase');
  expect(removed).toMatchObject({ code: 0, err: '' });
  expect(removed.out).toContain('O Recado e os dados dele foram apagados.');
  const left = globSync('**/*', { cwd: home, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  expect(left.map(({ name }) => name)).toEqual([]);
  expect(relaysOf(home)).toEqual([]);
});

test('a browser’s call starts the relay with nothing of its own environment; what was changed by others is not started', async () => {
  const user = userHome();
  expect(user.unpacked('install')).toMatchObject({ code: 0 });
  expect(user.recado('service', 'stop')).toMatchObject({ code: 0 });
  expect(relaysOf(user.home)).toEqual([]);
  expect(await call(user, 'look')).toEqual({ type: 'ready' });
  expect(relaysOf(user.home)).toEqual([]);
  expect(await call(user, 'pair')).toMatchObject({ type: 'running', code: expect.any(String) });
  expect(relaysOf(user.home)).toHaveLength(1);
  const log = readFileSync(path.join(user.home, '.local', 'share', 'recado', 'relay.log'), 'utf8');
  expect(log).not.toContain('planted');

  expect(user.recado('service', 'stop')).toMatchObject({ code: 0 });
  const main = path.join(user.home, '.local', 'lib', 'recado', 'program', 'recado-relay', 'main.js');
  chmodSync(main, 0o666);
  expect(await call(user, 'start')).toEqual({ type: 'fault', fault: 'unsafe' });
  rmSync(main);
  symlinkSync('/bin/true', main);
  expect(await call(user, 'start')).toEqual({ type: 'fault', fault: 'unsafe' });
  expect(relaysOf(user.home)).toEqual([]);
});

test('a unit is there for the next login, and what it starts is the relay that was installed', async () => {
  const user = userHome();
  expect(user.unpacked('install')).toMatchObject({ code: 0 });
  expect(user.recado('service', 'stop')).toMatchObject({ code: 0 });
  const unit = path.join(user.home, '.config', 'systemd', 'user', 'recado.service');
  const line = /^ExecStart=(.*)$/m.exec(readFileSync(unit, 'utf8'))?.[1] ?? '';
  const [command = '', ...args] = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
  const relay = spawn(command, args, { env: { ...user.environment, RECADO_INSTALLED: '1' }, stdio: 'ignore' });
  const ended = once(relay, 'exit');
  await vi.waitFor(() => expect(user.recado('service', 'status').code).toBe(0), { timeout: 15_000 });
  expect(user.recado('service', 'stop')).toMatchObject({ code: 0 });
  // An end that systemd starts nothing after.
  expect(await ended).toEqual([0, null]);
});

test('where there is nothing to install, or nothing installed, it says what to do', () => {
  const user = userHome();
  for (const args of [['service', 'status'], ['uninstall', '--yes'], ['welcome']]) {
    const { code, err } = user.unpacked(...args);
    expect([args, code, err]).toEqual([args, 1, expect.stringContaining('O Recado não está instalado')]);
  }
  expect(existsSync(path.join(user.home, '.local', 'lib'))).toBe(false);
});

/** Every script runs on the Node that the lockfile pins, whichever Node and npm began it. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { NODE_PACKAGES } from '../../relay/node-packages.js';
import { complaint, linkNode, pinnedNode } from '../../relay/node-starter.js';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const PLATFORM = `${process.platform}-${process.arch}`;

/** A checkout whose packages are installed, with `node` as the Node of this platform and nothing linked. */
function checkout(node: string): { readonly root: string; readonly command: string } {
  const root = temporaryDirectory();
  const name = NODE_PACKAGES.get(PLATFORM) ?? 'none';
  for (const folder of ['relay', 'node_modules/.bin', `node_modules/${name}/bin`])
    mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, 'package.json'), '{"type":"module"}');
  for (const name of ['node-starter.js', 'node-packages.js'])
    copyFileSync(path.join('relay', name), path.join(root, 'relay', name));
  symlinkSync(node, path.join(root, `node_modules/${name}/bin/node`));
  return { root, command: path.join(root, 'node_modules/.bin/node') };
}

test('a script runs on the pinned Node also where npm did not link its command', () => {
  const { root, command } = checkout(process.execPath);
  const start = () => execFileSync(process.execPath, [path.join(root, 'relay/node-starter.js')], { encoding: 'utf8' });
  expect(start()).toBe('');
  expect(realpathSync(command)).toBe(realpathSync(process.execPath));
  expect(execFileSync(command, ['--version'], { encoding: 'utf8' }).trim()).toBe(process.version);
  expect(start()).toBe('');
});

test('a file runs on the pinned Node, with its arguments, its exit code and its end', async () => {
  // Not the same file, so not the Node that is running: as it is where npm was started by an older one.
  const other = path.join(temporaryDirectory(), 'node');
  copyFileSync(process.execPath, other);
  const { root } = checkout(other);
  const starter = path.join(root, 'relay/node-starter.js');
  const file = path.join(root, 'asked.ts');
  writeFileSync(
    file,
    `const said: string[] = [process.execPath, ...process.argv.slice(2)];
     if (said.includes('stay')) { process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); }
     else process.exitCode = 5;
     console.log(JSON.stringify(said));`,
  );
  const ended = spawnSync(process.execPath, [starter, file, 'a b', '--c'], { encoding: 'utf8' });
  expect(ended.status).toBe(5);
  const [node, ...args] = JSON.parse(ended.stdout);
  expect(realpathSync(node)).toBe(realpathSync(other));
  expect(args).toEqual(['a b', '--c']);

  const staying = spawn(process.execPath, [starter, file, 'stay'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(staying.stdout, 'data');
  staying.kill('SIGTERM');
  expect(await once(staying, 'exit')).toEqual([7, null]);
});

test('where the pinned Node runs already, the file runs in the same process', () => {
  const { root } = checkout(process.execPath);
  const file = path.join(root, 'asked.ts');
  writeFileSync(file, 'const pid: number = process.ppid; console.log(pid, process.argv.slice(2).join());');
  const starter = path.join(root, 'relay/node-starter.js');
  const { stdout } = spawnSync(process.execPath, [starter, file, 'x', 'y'], { encoding: 'utf8' });
  expect(stdout.trim()).toBe(`${process.pid} x,y`);
});

test('a command that was linked to another Node is linked anew', () => {
  const { root, command } = checkout(process.execPath);
  writeFileSync(command, '#!/bin/sh\n');
  const pinned = pinnedNode(root, PLATFORM);
  expect(pinned && linkNode(root, pinned)).toBe(true);
  expect(realpathSync(command)).toBe(realpathSync(process.execPath));
});

test('a Node that does not run on this computer is not linked', () => {
  const foreign = path.join(temporaryDirectory(), 'node');
  writeFileSync(foreign, '#!/no/such/loader\n');
  chmodSync(foreign, 0o755);
  const { root } = checkout(foreign);
  const pinned = pinnedNode(root, PLATFORM);
  expect(pinned && linkNode(root, pinned)).toBe(false);
});

test('an old Node without a pinned one beside it is told what to do', () => {
  expect(complaint('20.19.0', 'linux-x64')).toMatch(/this is Node 20\.19\.0.*npm install/);
  expect(complaint('22.1.0', 'freebsd-x64')).toMatch(/no Node package for freebsd-x64: install Node 26/);
  expect(complaint('26.0.0', 'freebsd-x64')).toBeNull();
  const lacking = complaint('20.19.0', 'linux-x64', 'libatomic.so.1: cannot open shared object file');
  expect(lacking).toMatch(/does not run on this computer: libatomic\.so\.1.*libatomic1/);
  expect(pinnedNode(temporaryDirectory(), 'linux-x64')).toBeNull();
  expect(pinnedNode(temporaryDirectory(), 'freebsd-x64')).toBeNull();
});

test('the Node that runs these tests is the one that the lockfile pins, for every platform the same', () => {
  const lock: { packages: Record<string, { version?: string; integrity?: string }> } = JSON.parse(
    readFileSync('package-lock.json', 'utf8'),
  );
  for (const name of NODE_PACKAGES.values()) {
    const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {};
    expect(version, name).toBe(process.versions.node);
    expect(integrity, name).toMatch(/^sha512-/);
  }
});

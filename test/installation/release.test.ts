/** What people download: the same folder gives the same bytes, and what a double click starts installs. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Packing, packDeb, packTar, packZip } from '../../extension/build/release/release-archives.ts';
import { launcherOf } from '../../extension/build/release/release-folder.ts';
import { windowsInstallerScript } from '../../extension/build/release/windows-installer.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const TIME = Date.UTC(2026, 10, 30) / 1_000;

/** As a build leaves it, in whatever order and at whatever time. */
function folderOf(names: readonly string[]): Packing {
  const folder = path.join(temporaryDirectory(), 'recado-1.2.3-linux-x64');
  for (const name of names) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, name);
    utimesSync(file, Math.random() * TIME, Math.random() * TIME);
  }
  chmodSync(path.join(folder, 'node'), 0o755);
  return { folder, version: '1.2.3', time: TIME };
}

const NAMES = ['node', 'recado-relay/main.js', 'recado-relay/assets/a.js', 'package.json', 'LICENSE'];

test.each([
  ['tar.gz', async (packing: Packing) => packTar(packing)],
  ['zip', packZip],
  ['deb', async (packing: Packing) => packDeb(packing, 'linux-x64')],
])('a folder that was made twice gives the same %s', async (_, pack) => {
  const [one, other] = [folderOf(NAMES), folderOf(NAMES.toReversed())];
  const [first, second] = [await pack(one), await pack(other)];
  expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
});

test('a Debian package brings its own Node, and neither a script that runs as root nor a file that others can write', () => {
  const packing = folderOf(NAMES);
  const file = packDeb(packing, 'linux-x64');
  const list = execFileSync('dpkg-deb', ['--contents', file], { encoding: 'utf8' });
  expect(list).toMatch(/-rwxr-xr-x root\/root .*\.\/usr\/lib\/recado\/node$/m);
  expect(list).toMatch(/-rwxr-xr-x root\/root .*\.\/usr\/bin\/recado$/m);
  expect(list.split('\n').filter((line) => /^.{5}w|^.{8}w/.test(line))).toEqual([]);
  const control = path.join(temporaryDirectory(), 'control');
  execFileSync('dpkg-deb', ['--control', file, control]);
  expect(execFileSync('ls', [control], { encoding: 'utf8' }).trim()).toBe('control');
  expect(readFileSync(path.join(control, 'control'), 'utf8')).toContain('Architecture: amd64\n');
  rmSync(control, { recursive: true });
});

test('a double click installs, then shows how the extension gets into the browser; a window that would close says why not', () => {
  expect(launcherOf('linux-x64')).toMatchObject({ name: 'install-recado' });
  expect(launcherOf('darwin-arm64').name).toBe('Install Recado.command');
  const windows = launcherOf('win32-x64');
  expect(windows.name).toBe('Install Recado.cmd');
  expect(windows.text.split('\r\n')).toContain('if errorlevel 1 pause');
  execFileSync('sh', ['-n', '-c', launcherOf('linux-x64').text]);
});

test('the Windows installer asks for no administrator, and removes what it has put', () => {
  const script = windowsInstallerScript({
    folder: '/r/recado-1.2.3-win32-x64',
    version: '1.2.3',
    installer: '/r/setup.exe',
  });
  expect(script).toContain('RequestExecutionLevel user\n');
  expect(script).not.toMatch(/HKLM|PROGRAMFILES/i);
  expect(script).toContain('main.js" uninstall --yes');
  const written = [...script.matchAll(/WriteReg\w+ HKCU "([^"]+)"/g)].map(([, key]) => key);
  const deleted = [...script.matchAll(/DeleteRegKey HKCU "([^"]+)"/g)].map(([, key]) => key);
  expect(new Set(written)).toEqual(new Set(deleted));
});

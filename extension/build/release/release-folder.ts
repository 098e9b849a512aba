/** The folder that every package of a release is made of: Node, the bundle, the extension, the licences, and what a double click starts. */
import { chmodSync, copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { putNode } from './platforms.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');

const FILES = ['package.json', 'LICENSE', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.txt'];
/** These files tell of this machine alone: what it built when, and where. */
const LEFT_OUT: ReadonlySet<string> = new Set(['place.js', 'built-of']);

export function makeReleaseFolder(platform: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const each of ['recado-relay', 'recado-extension']) {
    cpSync(path.join(ROOT, each), path.join(folder, each), {
      recursive: true,
      filter: (source) => !LEFT_OUT.has(path.basename(source)),
    });
  }
  for (const each of FILES) copyFileSync(path.join(ROOT, each), path.join(folder, each));
  putNode(platform, folder);
  const { name, text } = launcherOf(platform);
  writeFileSync(path.join(folder, name), text);
  chmodSync(path.join(folder, name), 0o755);
}

/** Installs, and shows in the browser how the extension gets there. A window that is closed at once would hide what went wrong. */
export function launcherOf(platform: string): { readonly name: string; readonly text: string } {
  if (platform.startsWith('win32')) {
    const lines = [
      '@echo off',
      'setlocal',
      'set RECADO_INSTALLED=1',
      'cd /d "%~dp0"',
      'node.exe recado-relay\\main.js install && node.exe recado-relay\\main.js welcome',
      'if errorlevel 1 pause',
      '',
    ];
    return { name: 'Install Recado.cmd', text: lines.join('\r\n') };
  }
  const text = `#!/bin/sh
export RECADO_INSTALLED=1
cd "$(dirname "$0")" || exit 1
./node recado-relay/main.js install && ./node recado-relay/main.js welcome
`;
  return { name: platform.startsWith('darwin') ? 'Install Recado.command' : 'install-recado', text };
}

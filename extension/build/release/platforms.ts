/** The computers that a release is made for, and Node for each: the package that npm has, untouched, in the version and with the checksum of the lockfile. */
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NODE_PACKAGES } from '../../../relay/node-packages.js';
import { run } from '../command-run.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');

/** As Node names systems and processors. */
export const PLATFORMS: readonly string[] = [...NODE_PACKAGES.keys()];

type Locked = { readonly version: string; readonly integrity: string };

/** Puts Node and its licence into `folder`. Throws where npm does not have it, or has another one than the lockfile names. */
export function putNode(platform: string, folder: string): void {
  const name = NODE_PACKAGES.get(platform);
  if (name === undefined) throw new Error(`There is no Node for ${platform}. There is for: ${PLATFORMS.join(', ')}.`);
  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  const locked: Locked = lock.packages[`node_modules/${name}`];
  const unpacked = mkdtempSync(path.join(tmpdir(), 'recado-node-'));
  try {
    const archive = path.join(unpacked, run('npm', ['pack', '--silent', `${name}@${locked.version}`], unpacked).trim());
    const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
    if (found !== locked.integrity) throw new Error(`${name}@${locked.version} is not what package-lock.json names.`);
    run('tar', ['-xzf', archive], unpacked);
    const isWindows = platform.startsWith('win32');
    mkdirSync(folder, { recursive: true });
    const node = path.join(folder, isWindows ? 'node.exe' : 'node');
    copyFileSync(path.join(unpacked, 'package', 'bin', isWindows ? 'node.exe' : 'node'), node);
    chmodSync(node, 0o755);
    const licence = path.join(unpacked, 'package', 'LICENSE');
    if (existsSync(licence)) copyFileSync(licence, path.join(folder, 'NODE-LICENSE'));
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}

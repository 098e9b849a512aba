/**
 * Run first in every script, in words that any Node ≥ 20 understands: the rest of the script runs on the Node that the lockfile pins.
 * npm brings that Node as a package for this platform, and npm's versions do not agree on linking its command: so it is linked here,
 * where npm looks for a script's commands first. A shell that has looked `node` up before does not look again; so what is to run
 * directly is given as arguments, a file and its own. Without such a package the Node at hand serves, if it is new enough.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, realpathSync, renameSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { NODE_PACKAGES } from './node-packages.js';

const NEEDED_MAJOR = 26;
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * The pinned Node's file, or null where npm has installed none for this platform.
 * @param {string} root the folder with node_modules
 * @param {string} platform such as `linux-x64`
 * @returns {string | null}
 */
export function pinnedNode(root, platform) {
  const name = NODE_PACKAGES.get(platform);
  if (name === undefined) return null;
  const file = path.join(root, 'node_modules', name, 'bin', platform.startsWith('win32') ? 'node.exe' : 'node');
  return existsSync(file) ? file : null;
}

/**
 * Puts `file` where npm looks for a script's commands first. Twice is fine, two at once too.
 * @param {string} root the folder with node_modules
 * @param {string} file the pinned Node
 * @returns {boolean} false where it does not run on this computer, such as on a Linux without glibc
 */
export function linkNode(root, file) {
  const command = path.join(root, 'node_modules', '.bin', path.basename(file));
  if (existsSync(command) && realpathSync(command) === realpathSync(file)) return true;
  if (missing(file) !== null) return false;
  mkdirSync(path.dirname(command), { recursive: true });
  const unready = `${command}.${process.pid}`;
  // Windows lets no ordinary user make symbolic links.
  if (process.platform === 'win32') linkSync(file, unready);
  else symlinkSync(path.relative(path.dirname(command), file), unready);
  renameSync(unready, command);
  return true;
}

/**
 * Why a Node does not run on this computer, in the system's own words; null where it does.
 * @param {string} file
 * @returns {string | null}
 */
export function missing(file) {
  const { status, stderr, error } = spawnSync(file, ['--version'], { encoding: 'utf8' });
  if (status === 0) return null;
  const [said = ''] = (stderr ?? '').trim().split('\n');
  return said || error?.message || 'it ends at once';
}

/**
 * What to say where no pinned Node is installed, or null where the Node at hand is new enough.
 * @param {string} version such as `20.19.0`
 * @param {string} platform such as `linux-x64`
 * @param {string | null} [why] what the pinned Node says where it does not run
 * @returns {string | null}
 */
export function complaint(version, platform, why = null) {
  if (Number(version.split('.')[0]) >= NEEDED_MAJOR) return null;
  if (why !== null)
    return `Recado's own Node does not run on this computer: ${why}. Install what it names with the system's packages (on Debian mostly libstdc++6 or libatomic1), or install Node ${NEEDED_MAJOR} or newer; then try again.`;
  const remedy = NODE_PACKAGES.has(platform)
    ? 'Run "npm install" in this folder, without --omit=optional: it brings the right Node along.'
    : `There is no Node package for ${platform}: install Node ${NEEDED_MAJOR} or newer, then try again.`;
  return `Recado runs on Node ${NEEDED_MAJOR}, and this is Node ${version}. ${remedy}`;
}

/**
 * Runs a file with its arguments: here, where this is the right Node already, else in a process of its own that this one waits for.
 * @param {string} node the right Node
 * @param {readonly string[]} args the file and its arguments
 */
export async function run(node, [file = '', ...args]) {
  if (realpathSync(node) === realpathSync(process.execPath)) {
    process.argv = [process.execPath, path.resolve(file), ...args];
    await import(pathToFileURL(path.resolve(file)).href);
    return;
  }
  const child = spawn(node, [file, ...args], { stdio: 'inherit' });
  // Ctrl-C reaches the child from the terminal; a request to end reaches this process alone.
  process.on('SIGINT', () => undefined);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${node} could not be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const platform = `${process.platform}-${process.arch}`;
  const args = process.argv.slice(2);
  const pinned = pinnedNode(ROOT, platform);
  const linked = pinned !== null && linkNode(ROOT, pinned);
  const problem = linked ? null : complaint(process.versions.node, platform, pinned && missing(pinned));
  if (problem !== null) {
    process.stderr.write(`${problem}\n`);
    process.exitCode = 1;
  } else if (args.length > 0) {
    await run(linked ? pinned : process.execPath, args);
  }
}

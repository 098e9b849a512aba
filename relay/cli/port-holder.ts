/** Which program of this computer listens at a port, as far as its user may know. Linux tells in /proc; macOS by lsof; elsewhere it stays unknown. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { get } from 'node:http';

export type PortHolder =
  /** Another relay: of another data directory, or of another user. */
  { readonly type: 'relay' } | { readonly type: 'program'; readonly name: string; readonly pid: number };

const PATIENCE_MS = 500;
const LISTENS = '0A';
const ALIVE = 'ok\n';

/** Null where it is not to be known. Never rejects. */
export async function portHolder(port: number): Promise<PortHolder | null> {
  if (await isRelay(port)) return { type: 'relay' };
  try {
    return process.platform === 'linux'
      ? holderInProc(port)
      : process.platform === 'darwin'
        ? holderByLsof(port)
        : null;
  } catch {
    // The system does not tell this user.
    return null;
  }
}

function isRelay(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/healthz', timeout: PATIENCE_MS }, (response) => {
      response.setEncoding('utf8');
      response.once('data', (body: string) => {
        resolve(body === ALIVE);
        response.destroy();
      });
      response.once('end', () => resolve(false));
      response.once('error', () => resolve(false));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
    request.on('close', () => resolve(false));
  });
}

/** By the socket's number: /proc/net/tcp names it, and so does the process that has it open. */
function holderInProc(port: number): PortHolder | null {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6']
    // A computer without IPv6 has no second one.
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(`:${hex}`) && columns[3] === LISTENS)
    .map((columns) => `socket:[${columns[9]}]`);
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (!openFiles(pid).some((file) => sockets.includes(file))) continue;
    return { type: 'program', name: readFileSync(`/proc/${pid}/comm`, 'utf8').trim(), pid: Number(pid) };
  }
  return null;
}

function openFiles(pid: string): readonly string[] {
  return readable(() => readdirSync(`/proc/${pid}/fd`)).flatMap((fd) =>
    readable(() => [readlinkSync(`/proc/${pid}/fd/${fd}`)]),
  );
}

/** Nothing where it is another user's, or was closed meanwhile. */
function readable(read: () => readonly string[]): readonly string[] {
  try {
    return read();
  } catch {
    return [];
  }
}

function holderByLsof(port: number): PortHolder | null {
  const { stdout } = spawnSync('/usr/sbin/lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
    encoding: 'utf8',
  });
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  const name = /^c(.*)$/m.exec(stdout)?.[1];
  return pid === undefined || name === undefined ? null : { type: 'program', name, pid: Number(pid) };
}

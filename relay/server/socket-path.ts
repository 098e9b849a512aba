/** Where a relay with a given data directory can be spoken to on this machine. Both sides work it out alone, or read the signpost. */
import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

/** Unix socket paths are cut or refused beyond 104 bytes on macOS, 108 on Linux. */
const LONGEST_PATH_BYTES = 100;

export type LocalAddress = {
  readonly path: string;
  /** A folder of our own that must exist, with mode 0700; null where the data directory itself serves. */
  readonly folder: string | null;
  /** A file that says where the socket is, where it is not in the data directory: environments differ (a service, a shell). */
  readonly signpost: string | null;
  /** A file with a word to show, where file modes do not guard the socket. */
  readonly tokenFile: string | null;
};

export function localAddress(
  home: string,
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): LocalAddress {
  const name = createHash('sha256').update(path.resolve(home)).digest('hex').slice(0, 16);
  if (platform === 'win32') {
    return {
      path: `\\\\.\\pipe\\recado-${name}`,
      folder: null,
      signpost: null,
      tokenFile: path.join(home, 'relay.token'),
    };
  }
  const beside = path.join(home, 'relay.sock');
  if (Buffer.byteLength(beside) < LONGEST_PATH_BYTES)
    return { path: beside, folder: null, signpost: null, tokenFile: null };
  const runtime = environment.XDG_RUNTIME_DIR || path.join(tmpdir(), `recado-${userInfo().uid}`);
  const signpost = path.join(home, 'relay.socket-path');
  return { path: path.join(runtime, `recado-${name}.sock`), folder: runtime, signpost, tokenFile: null };
}

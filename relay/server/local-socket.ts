/**
 * The local socket of the command line, which only the relay's own user can open. Answers requests side by side.
 * A client that goes away ends what it asked for.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import * as v from 'valibot';
import { LOCAL_COMMANDS } from '../api/commands.ts';
import type { RelayApi } from '../api/relay-api.ts';
import { RequestRunner } from '../api/request-runner.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { LineReader, type LocalReply, MOST_REQUEST_CHARACTERS, RequestSchema } from './local-frame.ts';
import type { LocalAddress } from './socket-path.ts';

export type LocalSocketDeps = {
  readonly address: LocalAddress;
  readonly relay: RelayApi;
  readonly clock: Clock;
  readonly log: Log;
};

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const OTHERS = 0o077;
const MOST_UNREAD_BYTES = 8_388_608;

export class LocalSocket {
  readonly #deps: LocalSocketDeps;
  readonly #clients = new Set<Socket>();
  #server: Server | null = null;
  #token: string | null = null;

  constructor(deps: LocalSocketDeps) {
    this.#deps = deps;
  }

  /** The data directory is already ours alone, so a socket file that lies there was left by a relay that was killed. */
  async start(): Promise<void> {
    const { address } = this.#deps;
    if (address.folder) claimFolder(address.folder);
    if (address.tokenFile) {
      this.#token = randomBytes(32).toString('hex');
      writeFileSync(address.tokenFile, this.#token, { mode: OWNER_ONLY_FILE });
    } else {
      rmSync(address.path, { force: true });
    }
    const server = createServer((socket) => this.#serve(socket));
    server.on('error', (err) => this.#deps.log.error({ err }, 'the local socket failed'));
    this.#server = server;
    const umask = process.umask(OTHERS);
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(address.path, () => {
          server.off('error', reject);
          resolve();
        });
      });
    } finally {
      process.umask(umask);
    }
    if (!address.tokenFile) chmodSync(address.path, OWNER_ONLY_FILE);
    if (address.signpost) writeFileSync(address.signpost, address.path, { mode: OWNER_ONLY_FILE });
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const client of this.#clients) client.destroy();
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
    const { tokenFile, signpost } = this.#deps.address;
    for (const file of [tokenFile, signpost]) if (file) rmSync(file, { force: true });
  }

  #serve(socket: Socket): void {
    // A client that is killed resets the connection; its `close` follows.
    socket.on('error', () => socket.destroy());
    const reader = new LineReader(MOST_REQUEST_CHARACTERS);
    const tell = (reply: LocalReply): void => {
      if (socket.destroyed) return;
      socket.write(`${JSON.stringify(reply)}\n`);
      // A client that asks and never reads would fill the relay's memory instead of its own.
      if (socket.writableLength > MOST_UNREAD_BYTES) socket.destroy();
    };
    const runner = new RequestRunner({
      relay: this.#deps.relay,
      clock: this.#deps.clock,
      log: this.#deps.log,
      commands: LOCAL_COMMANDS,
      tell,
      client: () => null,
    });
    this.#clients.add(socket);
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      try {
        for (const line of reader.take(chunk)) this.#request(line, runner, tell);
      } catch {
        // The client speaks another protocol, or its line has no end: the rest is not read.
        socket.destroy();
      }
    });
    socket.on('close', () => {
      this.#clients.delete(socket);
      runner.stop();
    });
  }

  #request(line: string, runner: RequestRunner, tell: (reply: LocalReply) => void): void {
    const request = v.parse(RequestSchema, JSON.parse(line));
    if ('cancel' in request) {
      runner.cancel(request.id);
      return;
    }
    if (this.#token !== null && !isSame(request.token ?? '', this.#token)) {
      tell({
        id: request.id,
        ok: false,
        error: {
          code: 'bad-request',
          message: 'The word from the token file is missing or wrong.',
          hint: 'Run the command as the user who runs the relay.',
        },
      });
      return;
    }
    if (!runner.begin(request.id, request.command, request.params))
      throw new Error('too many requests, or one id twice');
  }
}

function claimFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
  const { mode, uid } = lstatSync(folder);
  // In a temporary directory anyone could have been first.
  if ((mode & OTHERS) !== 0 || uid !== process.getuid?.())
    throw new Error('the folder of the local socket belongs to others too');
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

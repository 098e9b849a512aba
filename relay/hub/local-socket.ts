/**
 * The command line's door: a socket that only the relay's own user can open. Reads requests, answers them side by side.
 * A client that goes away ends what it asked for.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import * as v from 'valibot';
import type { Log } from '../log.ts';
import { CommandError } from './command-error.ts';
import { COMMANDS } from './commands.ts';
import { LineReader, MOST_REQUEST_CHARACTERS, type Reply, type Request, RequestSchema } from './local-frame.ts';
import type { RelayPorts } from './relay-ports.ts';
import type { LocalAddress } from './socket-path.ts';

export type LocalSocketPorts = {
  readonly address: LocalAddress;
  readonly relay: RelayPorts;
  readonly log: Log;
};

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const OTHERS = 0o077;
/** Of one client at a time. */
const MOST_RUNNING = 32;
const MOST_UNREAD_BYTES = 8_388_608;

export class LocalSocket {
  readonly #ports: LocalSocketPorts;
  readonly #clients = new Set<Socket>();
  #server: Server | null = null;
  #token: string | null = null;

  constructor(ports: LocalSocketPorts) {
    this.#ports = ports;
  }

  /** The data directory is already ours alone, so a socket file that lies there was left by a relay that was killed. */
  async start(): Promise<void> {
    const { address } = this.#ports;
    if (address.folder) claimFolder(address.folder);
    if (address.tokenFile) {
      this.#token = randomBytes(32).toString('hex');
      writeFileSync(address.tokenFile, this.#token, { mode: OWNER_ONLY_FILE });
    } else {
      rmSync(address.path, { force: true });
    }
    const server = createServer((socket) => this.#serve(socket));
    this.#server = server;
    const umask = process.umask(OTHERS);
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(address.path, resolve);
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
    const { tokenFile, signpost } = this.#ports.address;
    for (const file of [tokenFile, signpost]) if (file) rmSync(file, { force: true });
  }

  #serve(socket: Socket): void {
    const reader = new LineReader(MOST_REQUEST_CHARACTERS);
    const running = new Map<number, AbortController>();
    this.#clients.add(socket);
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      try {
        for (const line of reader.take(chunk)) this.#request(socket, line, running);
      } catch {
        // Not our protocol, or a line without end: nothing it could say next would be worth reading.
        socket.destroy();
      }
    });
    // A client that is killed resets the connection; its `close` follows.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#clients.delete(socket);
      for (const controller of running.values()) controller.abort(new Error('the client went away'));
    });
  }

  #request(socket: Socket, line: string, running: Map<number, AbortController>): void {
    const request = v.parse(RequestSchema, JSON.parse(line));
    if ('cancel' in request) {
      running.get(request.id)?.abort(new Error('the client changed its mind'));
      return;
    }
    if (running.size >= MOST_RUNNING || running.has(request.id)) throw new Error('too many requests, or one id twice');
    const controller = new AbortController();
    running.set(request.id, controller);
    const tell = (reply: Reply): void => {
      if (socket.destroyed) return;
      socket.write(`${JSON.stringify(reply)}\n`);
      // A client that asks and never reads would fill the relay's memory instead of its own.
      if (socket.writableLength > MOST_UNREAD_BYTES) socket.destroy();
    };
    this.#run(request, controller.signal, tell)
      .then((result) => tell({ id: request.id, ok: true, result: result ?? {} }))
      .catch((error: unknown) => {
        if (!controller.signal.aborted) tell({ id: request.id, ok: false, error: this.#describe(error) });
      })
      .finally(() => running.delete(request.id));
  }

  async #run(
    request: Exclude<Request, { cancel: true }>,
    signal: AbortSignal,
    tell: (reply: Reply) => void,
  ): Promise<unknown> {
    if (this.#token !== null && !isSame(request.token ?? '', this.#token)) {
      throw new CommandError(
        'bad-request',
        'The word from the token file is missing or wrong.',
        'Run the command as the user who runs the relay.',
      );
    }
    const command = Object.hasOwn(COMMANDS, request.command) ? COMMANDS[request.command] : undefined;
    if (!command)
      throw new CommandError(
        'unknown-command',
        'The relay does not know this command.',
        'Is this command line as new as the relay?',
      );
    return command.run(request.params, {
      relay: this.#ports.relay,
      signal,
      emit: (event) => tell({ id: request.id, event: { ...event } }),
    });
  }

  #describe(error: unknown): { code: string; message: string; hint: string } {
    if (error instanceof CommandError) return { code: error.code, message: error.message, hint: error.hint };
    this.#ports.log.error({ err: error }, 'a command failed');
    return {
      code: 'failed',
      message: 'The relay could not do this.',
      hint: 'Its log says more: relay.log in the data directory.',
    };
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

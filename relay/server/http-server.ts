/** The HTTP server on loopback: `GET /healthz` answers a constant, everything else 404, another Host 403. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import { isOurHost } from './origin-check.ts';

const ALIVE = 'ok\n';
const HOSTS = ['127.0.0.1', '::1'] as const;

/** A connection on which no whole request comes in this time is closed; after one answer it is closed anyway. */
const PATIENCE_MS = 5_000;
/** Node would look at all connections all the time, also while there are none; here each has a timer of its own. */
const NO_LOOKS = { headersTimeout: 0, requestTimeout: 0, connectionsCheckingInterval: 2 ** 31 - 1 } as const;

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer, port: number) => void;

export type HttpServerDeps = {
  /** 0 takes a free one. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Requests for another protocol are handed over. */
  readonly upgrade: Upgrade;
};

export class HttpServer {
  readonly #servers: Server[] = [];
  readonly #deps: HttpServerDeps;
  readonly #patience = new Map<Duplex, Timer>();
  #port: number;

  constructor(deps: HttpServerDeps) {
    this.#deps = deps;
    this.#port = deps.port;
  }

  get port(): number {
    return this.#port;
  }

  async start(): Promise<void> {
    for (const host of HOSTS) {
      // A missing Host is refused like a wrong one.
      const server = createServer({ requireHostHeader: false, ...NO_LOOKS }, (request, response) =>
        answer(request, response, this.#port),
      );
      server.on('error', (err) => this.#deps.log.error({ err }, 'the HTTP server failed'));
      server.on('connection', (socket) => this.#await(socket));
      server.on('upgrade', (request, socket, head) => {
        // From here on it is the WebSocket server's.
        this.#patience.get(socket)?.cancel();
        this.#deps.upgrade(request, socket, head, this.#port);
      });
      try {
        await listen(server, this.#port, host);
      } catch (error) {
        // A machine without IPv6 has no ::1, and needs none.
        if (host === '::1' && codeOf(error) !== 'EADDRINUSE') continue;
        throw describe(error, this.#port);
      }
      const address: AddressInfo | string | null = server.address();
      if (typeof address === 'object' && address) this.#port = address.port;
      this.#servers.push(server);
    }
  }

  #await(socket: Duplex): void {
    const timer = this.#deps.clock.after(PATIENCE_MS, () => socket.destroy());
    this.#patience.set(socket, timer);
    socket.once('close', () => {
      timer.cancel();
      this.#patience.delete(socket);
    });
  }

  async stop(): Promise<void> {
    for (const server of this.#servers.splice(0)) {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    }
  }
}

function answer(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { status, body } = judge(request.method, request.url, request.headersDistinct.host ?? [], port);
  response
    .writeHead(status, { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(body), connection: 'close' })
    .end(body);
}

/** Pure. The Host comes first, against DNS rebinding. */
function judge(
  method: string | undefined,
  url: string | undefined,
  hosts: readonly string[],
  port: number,
): { readonly status: number; readonly body: string } {
  if (!isOurHost(hosts, port)) return { status: 403, body: '' };
  return method === 'GET' && url === '/healthz' ? { status: 200, body: ALIVE } : { status: 404, body: '' };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, ipv6Only: host === '::1' }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** The relay cannot listen at its port. */
export class PortError extends Error {
  readonly fault: 'port-taken' | 'port-refused';
  readonly hint: string;

  constructor(fault: PortError['fault'], message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PortError';
    this.fault = fault;
    this.hint = hint;
  }
}

function describe(error: unknown, port: number): unknown {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') {
    return new PortError(
      'port-taken',
      `Port ${port} on this computer is taken by another program.`,
      'Stop that program, or choose another port with RECADO_PORT.',
      error,
    );
  }
  if (code === 'EACCES') {
    return new PortError(
      'port-refused',
      `Port ${port} may not be used: the system keeps it for itself.`,
      'Choose another one above 1023 with RECADO_PORT.',
      error,
    );
  }
  return error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

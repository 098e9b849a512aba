/**
 * A real HTTP server on loopback whose answers a test scripts and whose requests it reads: the ground of all fake agents.
 * Knows nothing of what is said over it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type FakeReply = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A generator streams; one that never ends is cut when the client hangs up. */
  readonly body?: string | Uint8Array | AsyncIterable<string | Uint8Array>;
};

export type FakeRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The body parsed; undefined where it is no JSON. */
  readonly json: unknown;
};

export type FakeHttp = {
  /** `http://127.0.0.1:<port>` (or https), no slash at the end. */
  readonly url: string;
  /** Every request, as soon as its body is there, in order. */
  readonly requests: readonly FakeRequest[];
  /** How often a client hung up before it had its whole reply. */
  readonly hungUp: () => number;
  /** How many connections are open this moment. */
  readonly connections: () => number;
  stop(): Promise<void>;
};

/** `hang`: take the request and never say a word. `reset`: cut the connection with a TCP reset. */
export type Outcome = FakeReply | 'hang' | 'reset';
export type Script = (request: FakeRequest) => Outcome | Promise<Outcome>;

/** With `tls` the server speaks https, with that certificate. */
export async function startFakeHttp(
  script: Script,
  tls: { readonly key: string; readonly cert: string } | null = null,
): Promise<FakeHttp> {
  const requests: FakeRequest[] = [];
  const sockets = new Set<Socket>();
  let hungUp = 0;

  const onRequest = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Listened to before the body is read: a client may hang up at any time.
    response.on('close', () => {
      if (!response.writableFinished) hungUp += 1;
    });
    const body = (await buffer(incoming)).toString();
    const request = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body,
      json: parsed(body),
    };
    requests.push(request);
    const reply = await script(request);
    if (reply === 'hang') return;
    if (reply === 'reset') return void incoming.socket.resetAndDestroy();
    response.writeHead(reply.status ?? 200, reply.headers);
    if (reply.body === undefined || typeof reply.body === 'string' || reply.body instanceof Uint8Array) {
      response.end(reply.body);
      return;
    }
    for await (const chunk of reply.body) {
      if (response.closed) return;
      if (!response.write(chunk)) await drained(response);
    }
    response.end();
  };

  const handle = (incoming: IncomingMessage, response: ServerResponse) => {
    // A request that broke while it was read, or a stream that broke while it was written: the client is gone.
    onRequest(incoming, response).catch(() => response.destroy());
  };
  const server = tls ? createSecureServer(tls, handle) : createServer(handle);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    hungUp: () => hungUp,
    connections: () => sockets.size,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export function json(value: unknown, status = 200): FakeReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** Server-sent events: objects as JSON, texts as they are. */
export function events(...data: readonly unknown[]): FakeReply {
  const lines = data.map((item) => `data: ${typeof item === 'string' ? item : JSON.stringify(item)}\n\n`);
  return { headers: { 'content-type': 'text/event-stream' }, body: lines.join('') };
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // A body that is no JSON is recorded as text; that is what `undefined` says.
    return undefined;
  }
}

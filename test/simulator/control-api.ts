/** The simulator's control API for scripts: HTTP on loopback, JSON in and out. Route → what a person or a fault does. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { ROUTES } from './control-routes.ts';
import type { WhatsApp } from './whatsapp.ts';

export class ControlApi {
  readonly #whatsapp: WhatsApp;
  #server: Server | null = null;

  constructor(whatsapp: WhatsApp) {
    this.#whatsapp = whatsapp;
  }

  /** Resolves to the port. */
  async start(port: number): Promise<number> {
    const server = createServer((request, response) => void this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    server?.closeAllConnections();
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      requireLoopback(request);
      const result = await this.#run(request);
      response.writeHead(200, { 'content-type': 'application/json' }).end(`${JSON.stringify(result ?? {})}\n`);
    } catch (error) {
      const message = error instanceof Error ? error.message : 'failed';
      response.writeHead(400, { 'content-type': 'application/json' }).end(`${JSON.stringify({ error: message })}\n`);
    }
  }

  async #run(request: IncomingMessage): Promise<unknown> {
    const path = request.url?.split('?')[0] ?? '/';
    if (path === '/')
      return ROUTES.map(({ method, path: route, meaning, body }) => ({ method, path: route, meaning, body }));
    const [, named] = /^\/(?:people|groups)\/([^/]+)\//.exec(path) ?? [];
    const pattern = named ? path.replace(`/${named}/`, '/:who/') : path;
    const route = ROUTES.find((each) => each.method === request.method && each.path === pattern);
    if (!route) throw new Error('there is no such route: GET / lists them all');
    const body: unknown = request.method === 'POST' ? await readJson(request) : {};
    return route.run(this.#whatsapp, body, named ?? '');
  }
}

/** Scripts name this computer and no origin; a web page that reaches out does neither. */
function requireLoopback({ headers }: IncomingMessage): void {
  const named = /^(127\.0\.0\.1|localhost):\d+$/.test(headers.host ?? '');
  if (!named || headers.origin !== undefined) throw new Error('this API is for scripts on this computer');
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  try {
    return await json(request);
  } catch (cause) {
    throw new Error('the body is no JSON', { cause });
  }
}

/** Serves the demo's page on loopback, tells it what happens, takes what is done on it, and carries its popup's sockets to the relay. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import * as v from 'valibot';
import { WebSocket, WebSocketServer } from 'ws';
import { WIRE_PATH } from '../../shared/contract/wire.ts';
import type { Demo } from './demo.ts';
import { PageFrameSchema, type PagePairing, type ServerFrame } from './frames.ts';
import { PageHand } from './page-hand.ts';

/** As an extension's page names itself; the relay listens to no other kind of page. Those on the page are told to say the same. */
export const POPUP_ORIGIN = `chrome-extension://${'recado'.replaceAll(/[^a-p]/g, 'a').padEnd(32, 'a')}`;

const RELAY_PATH = '/relay/';
const MOST_BYTES = 4_194_304;
const BROKEN = 1_011;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
};

export class PageServer {
  readonly #demo: Demo;
  /** Path → file, relative to the build. */
  readonly #files: ReadonlyMap<string, string>;
  readonly #run: string;
  readonly #pages = new Set<WebSocket>();
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES });
  readonly #server: Server;
  #url = '';

  /** `files`: path on the server → file on disk. `run`: a name of this start. */
  constructor(demo: Demo, files: ReadonlyMap<string, string>, run: string) {
    this.#demo = demo;
    this.#files = files;
    this.#run = run;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      this.#upgrade(request, socket, head);
    });
    demo.changed = (state) => this.#tell({ type: 'state', state });
  }

  /** `http://127.0.0.1:…/`. */
  async start(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    this.#url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return `${this.#url}/`;
  }

  async stop(): Promise<void> {
    for (const page of this.#sockets.clients) page.terminate();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pathname = pathOf(request);
    if (request.headers.host !== new URL(this.#url).host) {
      response.writeHead(403).end();
      return;
    }
    if (pathname === '/pairing' && request.headers['sec-fetch-site'] === 'same-origin') {
      const { port } = this.#demo;
      const pairing: PagePairing = { run: this.#run, port, code: await this.#demo.pairingCode() };
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(pairing));
      return;
    }
    const file = this.#files.get(pathname === '/' ? '/index.html' : pathname);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(readFileSync(file));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const pathname = pathOf(request);
    if (request.headers.origin !== this.#url) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (page) => {
      page.on('error', () => page.terminate());
      if (pathname.startsWith(RELAY_PATH)) this.#carry(page);
      else this.#greet(page);
    });
  }

  /** A page that shows the state. The last one that came has the popup, where no window has it. */
  #greet(page: WebSocket): void {
    this.#pages.add(page);
    const hand = new PageHand((order) => send(page, order));
    if (this.#demo.popup === 'here') this.#demo.hand = hand;
    send(page, { type: 'state', state: this.#demo.state() });
    page.on('message', (data) => {
      const frame = v.safeParse(PageFrameSchema, parsed(String(data)));
      if (!frame.success) page.close(BROKEN);
      else if (frame.output.type === 'done') hand.done(frame.output);
      else void this.#demo.act(frame.output.act);
    });
    page.on('close', () => {
      this.#pages.delete(page);
      hand.end();
      if (this.#demo.hand === hand) this.#demo.hand = null;
    });
  }

  /** The popup on the page, carried to the relay as if it came from the extension. */
  #carry(page: WebSocket): void {
    const relay = new WebSocket(`ws://127.0.0.1:${this.#demo.port}${WIRE_PATH}`, { origin: POPUP_ORIGIN });
    const waiting: string[] = [];
    relay.on('error', () => page.close(BROKEN));
    relay.on('open', () => {
      for (const text of waiting.splice(0)) relay.send(text);
    });
    relay.on('message', (data) => page.send(String(data)));
    relay.on('close', (code) => page.close(isSendable(code) ? code : BROKEN));
    page.on('message', (data) => {
      if (relay.readyState === WebSocket.OPEN) relay.send(String(data));
      else waiting.push(String(data));
    });
    page.on('close', () => relay.terminate());
  }

  #tell(frame: ServerFrame): void {
    for (const page of this.#pages) send(page, frame);
  }
}

function send(page: WebSocket, frame: ServerFrame): void {
  if (page.readyState === WebSocket.OPEN) page.send(JSON.stringify(frame));
}

/** Others only a socket itself may name. */
function isSendable(code: number): boolean {
  return code === 1_000 || code === 1_001 || code === 1_008 || code >= 4_000;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Of whatever somebody asks for, a URL or not. */
function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split(/[?#]/, 1)[0] ?? '/';
}

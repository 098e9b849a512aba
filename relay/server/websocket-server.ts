/** The WebSocket server of the extensions: checks Host and Origin before the upgrade, keeps the connections, tells them what changed. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { CLOSE, MOST_CLIENT_BYTES, type Snapshot, WIRE_PATH } from '../../shared/contract/wire.ts';
import type { RelayApi } from '../api/relay-api.ts';
import { snapshotOf } from '../api/snapshot.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ClientId, ClientRecord } from '../store/client-ledger.ts';
import { ClientConnection } from './client-connection.ts';
import { Handshake, type HandshakeDeps } from './handshake.ts';
import { extensionOrigin, isOurHost } from './origin-check.ts';
import { ProofQueue } from './proof-queue.ts';
import { UnprovenConnections } from './unproven-connections.ts';

export type ExtensionServerDeps = Omit<HandshakeDeps, 'proofs'> & {
  readonly relay: RelayApi;
  readonly clock: Clock;
  readonly log: Log;
  /** Calls back whenever something shown may have changed; returns what ends it. */
  watch(listener: () => void): () => void;
};

const MOST_OF_A_CLIENT = 4;
/** Changes that come close together are told together. */
const GATHER_MS = 50;
/** A refused connection is destroyed after so long, even if the other side keeps it open. */
const REFUSED_MS = 5_000;
/** How long a client may take to answer the close frame of a relay that stops. */
const CLOSE_MS = 500;
const REFUSED = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

export class ExtensionServer {
  readonly #deps: ExtensionServerDeps;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_CLIENT_BYTES, perMessageDeflate: false });
  readonly #clientConnections = new Set<ClientConnection>();
  readonly #proofs = new ProofQueue();
  readonly #unproven = new UnprovenConnections<ClientConnection>();
  /** Where paired browsers come from. */
  #knownOrigins: ReadonlySet<string> = new Set();
  #unwatch: () => void = () => undefined;
  #gathering: Timer | null = null;
  #lastTold = '';
  #stopped = false;

  constructor(deps: ExtensionServerDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    this.#sockets.on('error', (err) => this.#deps.log.error({ err }, 'the WebSocket server failed'));
    await this.#readOrigins();
    this.#unwatch = this.#deps.watch(() => this.#changed());
  }

  /** Ends every connection. To be called before the HTTP server stops, which handed them over. */
  async stop(): Promise<void> {
    this.#unwatch();
    this.#gathering?.cancel();
    this.#stopped = true;
    const closing = [...this.#sockets.clients].map((socket) => once(socket, 'close'));
    for (const connection of this.#clientConnections) connection.close(CLOSE.goingAway);
    const timer = this.#deps.clock.after(CLOSE_MS, () => {
      for (const socket of this.#sockets.clients) socket.terminate();
    });
    await Promise.all(closing);
    timer.cancel();
  }

  /** Takes an upgrade request that the HTTP server has answered nothing to yet. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, port: number): void {
    socket.on('error', () => socket.destroy());
    const { host = [], origin = [] } = request.headersDistinct;
    const from = extensionOrigin(origin);
    if (this.#stopped || request.url !== WIRE_PATH || !isOurHost(host, port) || from === null) {
      this.#refuse(socket);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const { relay, clock, log } = this.#deps;
      const connection = new ClientConnection(webSocket, {
        handshake: new Handshake(
          { origin: from, port, gone: () => webSocket.readyState !== webSocket.OPEN },
          { ...this.#deps, proofs: this.#proofs },
        ),
        relay,
        clock,
        log,
        snapshot: () => this.#snapshot(),
        proven: (client, proven) => {
          this.#unproven.leave(proven);
          return this.#connections(client) <= MOST_OF_A_CLIENT;
        },
        paired: () => this.#readOrigins(),
        closed: (gone) => {
          this.#clientConnections.delete(gone);
          this.#unproven.leave(gone);
        },
      });
      this.#clientConnections.add(connection);
      const known = this.#knownOrigins.has(from);
      this.#unproven.take(connection, { origin: from, known })?.makeRoom();
    });
  }

  #refuse(socket: Duplex): void {
    const timer = this.#deps.clock.after(REFUSED_MS, () => socket.destroy());
    socket.on('close', () => timer.cancel());
    // Read to its end, or that end would never be seen.
    socket.resume();
    socket.end(REFUSED);
  }

  async #readOrigins(): Promise<void> {
    this.#knownOrigins = new Set((await this.#deps.clients.list()).map(({ origin }) => origin));
  }

  /** Ends the connections of a client that was revoked. */
  async disconnect(id: ClientId): Promise<void> {
    for (const connection of this.#clientConnections) if (connection.clientId === id) connection.close(CLOSE.revoked);
    await this.#readOrigins();
  }

  #connections(client: ClientRecord): number {
    return [...this.#clientConnections].filter(({ clientId }) => clientId === client.id).length;
  }

  async #snapshot(): Promise<Snapshot> {
    const { relay, clock } = this.#deps;
    return snapshotOf(await relay.agents.list(), clock.now());
  }

  #changed(): void {
    this.#gathering ??= this.#deps.clock.after(GATHER_MS, () => {
      this.#gathering = null;
      this.#tell().catch((err: unknown) => this.#deps.log.error({ err }, 'a change could not be told'));
    });
  }

  async #tell(): Promise<void> {
    const snapshot = await this.#snapshot();
    const told = JSON.stringify(snapshot.agents);
    if (told === this.#lastTold) return;
    this.#lastTold = told;
    for (const connection of this.#clientConnections) if (connection.clientId !== null) connection.tell(snapshot);
  }
}

/** The door of paired extensions: judges who knocks before the upgrade, keeps the connections, tells them what changed. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { CLOSE, MOST_CLIENT_BYTES, type Snapshot, WIRE_PATH } from '../../shared/wire.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ClientId, ClientRecord } from '../store/client-ledger.ts';
import { extensionOrigin, isOurHost } from './gate.ts';
import { Greeting, type GreetingPorts } from './greeting.ts';
import { Peer } from './peer.ts';
import type { RelayPorts } from './relay-ports.ts';
import { snapshotOf } from './snapshot.ts';
import { UnprovenPlaces } from './unproven-places.ts';

export type HubPorts = GreetingPorts & {
  readonly relay: RelayPorts;
  readonly clock: Clock;
  readonly log: Log;
  /** Calls back whenever something shown may have changed; returns what ends it. */
  watch(listener: () => void): () => void;
};

const MOST_OF_A_CLIENT = 4;
/** Changes come in swarms: they are told together. */
const SWARM_MS = 50;
/** A refused connection is destroyed after so long, even if the other side keeps it open. */
const REFUSED_MS = 5_000;
/** How long those who hear that the relay stops may take to say goodbye too. */
const GOODBYE_MS = 500;
const REFUSED = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

export class Hub {
  readonly #ports: HubPorts;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_CLIENT_BYTES, perMessageDeflate: false });
  readonly #peers = new Set<Peer>();
  readonly #unproven = new UnprovenPlaces<Peer>();
  /** Where paired browsers come from. */
  #knownOrigins: ReadonlySet<string> = new Set();
  #unwatch: () => void = () => undefined;
  #swarm: Timer | null = null;
  #lastTold = '';
  #stopped = false;

  constructor(ports: HubPorts) {
    this.#ports = ports;
  }

  async start(): Promise<void> {
    this.#sockets.on('error', (err) => this.#ports.log.error({ err }, 'the WebSocket server failed'));
    await this.#readOrigins();
    this.#unwatch = this.#ports.watch(() => this.#changed());
  }

  /** Before the HTTP door: its connections are ours. */
  async stop(): Promise<void> {
    this.#unwatch();
    this.#swarm?.cancel();
    this.#stopped = true;
    const closing = [...this.#sockets.clients].map((socket) => once(socket, 'close'));
    for (const peer of this.#peers) peer.close(CLOSE.goingAway);
    const impatient = this.#ports.clock.after(GOODBYE_MS, () => {
      for (const socket of this.#sockets.clients) socket.terminate();
    });
    await Promise.all(closing);
    impatient.cancel();
  }

  /** Handed over by the HTTP door: nothing has been answered yet. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, port: number): void {
    socket.on('error', () => socket.destroy());
    const { host = [], origin = [] } = request.headersDistinct;
    const from = extensionOrigin(origin);
    if (this.#stopped || request.url !== WIRE_PATH || !isOurHost(host, port) || from === null) {
      this.#refuse(socket);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const { relay, clock, log } = this.#ports;
      const connection = new Peer(webSocket, {
        greeting: new Greeting({ origin: from, port }, this.#ports),
        relay,
        clock,
        log,
        snapshot: () => this.#snapshot(),
        proven: (client, peer) => {
          this.#unproven.leave(peer);
          return this.#connections(client) <= MOST_OF_A_CLIENT;
        },
        paired: () => this.#readOrigins(),
        closed: (peer) => {
          this.#peers.delete(peer);
          this.#unproven.leave(peer);
        },
      });
      this.#peers.add(connection);
      const known = this.#knownOrigins.has(from);
      this.#unproven.take(connection, { origin: from, known })?.makeRoom();
    });
  }

  #refuse(socket: Duplex): void {
    const impatient = this.#ports.clock.after(REFUSED_MS, () => socket.destroy());
    socket.on('close', () => impatient.cancel());
    // Read to its end, or that end would never be seen.
    socket.resume();
    socket.end(REFUSED);
  }

  async #readOrigins(): Promise<void> {
    this.#knownOrigins = new Set((await this.#ports.clients.list()).map(({ origin }) => origin));
  }

  /** A revoked client hears nothing more, from now on. */
  async disconnect(id: ClientId): Promise<void> {
    for (const peer of this.#peers) if (peer.clientId === id) peer.close(CLOSE.revoked);
    await this.#readOrigins();
  }

  #connections(client: ClientRecord): number {
    return [...this.#peers].filter(({ clientId }) => clientId === client.id).length;
  }

  async #snapshot(): Promise<Snapshot> {
    const { relay, clock } = this.#ports;
    return snapshotOf(await relay.agents(), clock.now());
  }

  #changed(): void {
    this.#swarm ??= this.#ports.clock.after(SWARM_MS, () => {
      this.#swarm = null;
      this.#tell().catch((err: unknown) => this.#ports.log.error({ err }, 'a change could not be told'));
    });
  }

  async #tell(): Promise<void> {
    const snapshot = await this.#snapshot();
    const told = JSON.stringify(snapshot.agents);
    if (told === this.#lastTold) return;
    this.#lastTold = told;
    for (const peer of this.#peers) if (peer.clientId !== null) peer.tell(snapshot);
  }
}

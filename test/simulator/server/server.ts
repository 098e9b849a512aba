/**
 * The WhatsApp server on loopback: accepts connections, tells applicants from devices, and hands each stanza to the part that knows it.
 * Knows nothing of what is inside a message.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket, Server as TcpServer } from 'node:net';
import type { proto } from '@whiskeysockets/baileys';
import { WebSocketServer } from 'ws';
import { certificateChain } from '../wire/certificate.ts';
import { type KeyPair, newKeyPair } from '../wire/curve.ts';
import { NoiseResponder } from '../wire/noise-responder.ts';
import { child, node, SERVER_JID, type Stanza, seconds } from '../wire/stanza.ts';
import { Connection, failure } from './connection.ts';
import type { Device, Sink } from './device.ts';
import { Directory } from './directory.ts';
import { judgeEntry } from './entry.ts';
import { ENDINGS, Faults, missingAck } from './faults.ts';
import { Linking, type QrClock } from './linking.ts';
import { OfflineHandOver } from './offline-hand-over.ts';
import { readRegistration } from './pairing.ts';
import { Queries } from './queries.ts';
import { emptyRecord } from './recorded.ts';
import { Router } from './router.ts';

const DEBT_CHECK_MS = 50;

/** `login`: which of all it is. */
type Seat = { readonly device: Device; readonly sink: Sink; readonly login: number; handOver: OfflineHandOver | null };

export class Server {
  readonly root: KeyPair = newKeyPair();
  readonly faults = new Faults();
  readonly recorded = emptyRecord();
  readonly directory = new Directory();
  readonly queries = new Queries();
  readonly router = new Router(this.directory, this.faults, this.recorded);
  readonly linking: Linking;
  /** A companion has logged in and can receive. */
  onActive: (device: Device) => void = () => undefined;
  readonly #staticKey = newKeyPair();
  readonly #seats = new Map<Connection, Seat>();
  readonly #connections = new Set<Connection>();
  readonly #sockets = new Set<Socket>();
  #http: TcpServer | null = null;

  constructor(clock: QrClock) {
    this.linking = new Linking(clock);
  }

  async start(port: number): Promise<number> {
    const http = createServer();
    const sockets = new WebSocketServer({ noServer: true });
    http.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    });
    http.on('upgrade', (request, socket, head) => {
      if (this.faults.deafFromStart) return;
      if (this.faults.httpStatus !== null) {
        socket.end(`HTTP/1.1 ${this.faults.httpStatus} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        this.recorded.connections.count += 1;
        const connection = new Connection(webSocket, request.socket, {
          responder: (prologue) =>
            new NoiseResponder(
              this.#staticKey,
              certificateChain(this.root, this.#staticKey, this.faults.chainFlaw),
              prologue,
            ),
          entered: (entered, key, payload) => this.#enter(entered, key, payload),
          received: (from, stanza) => this.#receive(from, stanza),
          closed: (closed) => this.#leave(closed),
          refused: (reason) => this.recorded.hangUps.push(String(reason)),
          delayMs: () => this.faults.answerDelayMs,
        });
        this.#connections.add(connection);
        connection.start();
      });
    });
    this.#http = http;
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen(port, '127.0.0.1', resolve);
    });
    return (http.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const http = this.#http;
    this.#http = null;
    for (const socket of this.#sockets) socket.destroy();
    if (http) await new Promise<void>((resolve) => http.close(() => resolve()));
  }

  /** The connections of one device, or of all where none is named. */
  connectionsOf(device?: Device): readonly Connection[] {
    if (!device) return [...this.#connections];
    return [...this.#seats].filter(([, seat]) => seat.device === device).map(([connection]) => connection);
  }

  /** The account's owner, or the device itself, removes it. */
  remove(device: Device): void {
    device.user.devices.delete(device.id);
    for (const connection of this.connectionsOf(device)) connection.end(ENDINGS.deviceRemoved());
  }

  #enter(connection: Connection, clientKey: Buffer, payload: proto.IClientPayload): void {
    const { refusal } = this.faults;
    if (refusal) {
      connection.end(failure(refusal));
      return;
    }
    const reason = judgeEntry(payload);
    if (reason !== null) {
      connection.end(failure({ reason }));
      return;
    }
    if (payload.username === null || payload.username === undefined || !Number(payload.username)) {
      const registration = readRegistration(payload, clientKey);
      this.recorded.registrations.push(registration.shown);
      this.linking.apply(connection, registration);
      return;
    }
    const device = this.directory.byNumber(String(payload.username))?.devices.get(payload.device ?? 0);
    if (!device?.loginKey?.equals(clientKey)) {
      connection.end(failure({ reason: '401' }));
      return;
    }
    // One connection a device: the newcomer takes over.
    for (const older of this.connectionsOf(device)) older.end(ENDINGS.replaced());
    const sink: Sink = (stanza) => connection.send(stanza);
    this.#seats.set(connection, { device, sink, handOver: null, login: this.recorded.logins.length });
    this.recorded.logins.push({ number: device.user.number, device: device.id });
    connection.send(
      node('success', {
        t: seconds(),
        lid: device.address('lid'),
        creation: seconds(),
        location: 'loopback',
        props: '2',
      }),
    );
    // The device sends this back in front of its next handshake.
    connection.send(
      node('ib', { from: SERVER_JID }, [node('edge_routing', {}, [node('routing_info', {}, randomBytes(6))])]),
    );
  }

  #receive(connection: Connection, stanza: Stanza): void {
    const seat = this.#seats.get(connection);
    if (!seat) {
      this.recorded.fromUnlinked.push(stanza);
      this.linking.received(connection, stanza);
      return;
    }
    const { device } = seat;
    switch (stanza.tag) {
      case 'iq':
        if (stanza.attrs.type === 'get' || stanza.attrs.type === 'set') this.#answer(connection, seat, stanza);
        return;
      case 'message': {
        const ack = this.router.message(device, stanza);
        if (ack) connection.send(ack);
        return;
      }
      case 'receipt':
        if (this.#isLost(seat, stanza)) return;
        this.router.receipt(device, stanza);
        return;
      case 'ack':
        if (!this.#isLost(seat, stanza)) this.#acknowledged(device, stanza);
        return;
      case 'presence':
        device.available = stanza.attrs.type === undefined || stanza.attrs.type === 'available';
        this.recorded.presences.push({
          number: device.user.number,
          device: device.id,
          type: stanza.attrs.type ?? 'name',
        });
        return;
      case 'chatstate': {
        const type = Array.isArray(stanza.content) ? (stanza.content[0]?.tag ?? '') : '';
        this.recorded.typing.push({ number: device.user.number, to: stanza.attrs.to ?? '', type });
        return;
      }
      case 'ib': {
        const count = Number(child(stanza, 'offline_batch')?.attrs.count ?? 0);
        if (count > 0) seat.handOver?.asked(count);
        return;
      }
      default:
        this.queries.unknown.push(`stanza ${stanza.tag}`);
    }
  }

  /** A confirmation that broke off with the connection, as far as WhatsApp knows: ack and receipt of a message alike. */
  #isLost({ device, login }: Seat, stanza: Stanza): boolean {
    const { id, type } = stanza.attrs;
    const share = this.faults.lostConfirmations;
    if (share === 0 || device.id === 0 || type === 'retry') return false;
    const dice = createHash('sha256').update(`${login} ${id}`).digest().readUInt32BE() / 2 ** 32;
    if (dice >= share) return false;
    device.confirmInVain(stanza);
    return true;
  }

  #answer(connection: Connection, seat: Seat, query: Stanza): void {
    const { xmlns = '' } = query.attrs;
    if (this.faults.ignoredQueries.has(xmlns)) return;
    const afterwards: (() => void)[] = [];
    const answer = this.queries.answer(query, {
      directory: this.directory,
      device: seat.device,
      activated: () => afterwards.push(() => this.#activate(connection, seat)),
      removed: () => afterwards.push(() => this.remove(seat.device)),
    });
    connection.send(answer);
    for (const step of afterwards) step();
  }

  /** An `error` says that the device could not take the stanza, or would not. */
  #acknowledged(device: Device, stanza: Stanza): void {
    const { error, class: of = '', id = '' } = stanza.attrs;
    if (error === undefined) {
      device.confirmByAck(stanza);
      return;
    }
    this.recorded.refused.push({ number: device.user.number, device: device.id, class: of, id, error });
    // It stays, and so does everything behind it; or it is done with, as most servers would have it.
    if (this.faults.withholdAfterRefusal && device.owes(stanza)) device.withheld = true;
    else device.confirmByAck(stanza);
  }

  #activate(connection: Connection, seat: Seat): void {
    const { device, sink } = seat;
    device.withheld = false;
    const waiting = device.attach(sink, { live: false });
    const neverCloses = this.faults.neverClosesQueue;
    seat.handOver = new OfflineHandOver({ device, send: sink, neverCloses }, waiting);
    seat.handOver.begin();
    this.#watchDebts(connection, device);
    sink(node('ib', { from: SERVER_JID }, [node('dirty', { type: 'account_sync', timestamp: seconds() })]));
    this.onActive(device);
  }

  /** A connection on which a status stays unacknowledged is ended, again at every login. */
  #watchDebts(connection: Connection, device: Device): void {
    const timer = setInterval(() => {
      if (!this.#seats.has(connection)) {
        clearInterval(timer);
        return;
      }
      const owed = device.overdue(this.faults.ackPatienceMs);
      if (owed) connection.end(missingAck(owed));
    }, DEBT_CHECK_MS);
    timer.unref();
  }

  #leave(connection: Connection): void {
    const seat = this.#seats.get(connection);
    seat?.device.detach(seat.sink);
    this.#seats.delete(connection);
    this.#connections.delete(connection);
    this.linking.leave(connection);
  }

  stanzaId(): string {
    return randomBytes(8).toString('hex').toUpperCase();
  }
}

/** One connection of an extension: the handshake, then requests and changes. Every frame is parsed before it counts. */
import * as v from 'valibot';
import type { RawData, WebSocket } from 'ws';
import {
  CLOSE,
  ClientFrameSchema,
  HandshakeFrameSchema,
  MOST_RELAY_BYTES,
  PING_MS,
  type RelayFrame,
  type Snapshot,
  WIRE_VERSION,
} from '../../shared/contract/wire.ts';
import { COMMANDS } from '../api/commands.ts';
import type { RelayApi } from '../api/relay-api.ts';
import { type RequestAnswer, RequestRunner } from '../api/request-runner.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ClientId, ClientRecord } from '../store/client-ledger.ts';
import type { Handshake, HandshakeStep } from './handshake.ts';

export type ClientConnectionDeps = {
  readonly handshake: Handshake;
  readonly relay: RelayApi;
  readonly clock: Clock;
  readonly log: Log;
  snapshot(): Promise<Snapshot>;
  /** The client has proven itself; false where it has too many connections. */
  proven(client: ClientRecord, connection: ClientConnection): boolean;
  /** A new client was paired over this connection. */
  paired(): Promise<void>;
  closed(connection: ClientConnection): void;
};

const HANDSHAKE_MS = 5_000;
/** A connection that made room has this long to close. */
const CROWDED_MS = 500;
/** A client that does not answer so many pings is gone. */
const MOST_UNANSWERED = 20;
/** Frames of one connection: so many at once, and so many a second for ever. */
const BURST = 60;
const RATE_PER_MS = 0.02;
const MOST_UNREAD_BYTES = 1_048_576;

export class ClientConnection {
  readonly #socket: WebSocket;
  readonly #deps: ClientConnectionDeps;
  readonly #runner: RequestRunner;
  #timer: Timer;
  #client: ClientId | null = null;
  #queue: Promise<void> = Promise.resolve();
  #over = false;
  #seq = 0;
  #unanswered = 0;
  #allowance = BURST;
  #allowedAt: number;

  constructor(socket: WebSocket, deps: ClientConnectionDeps) {
    this.#socket = socket;
    this.#deps = deps;
    // Before anything else: an `error` event without a listener ends the process. `close` follows it.
    socket.on('error', () => socket.terminate());
    const { clock, relay, log } = deps;
    this.#allowedAt = clock.monotonic();
    this.#runner = new RequestRunner({
      relay,
      clock,
      log,
      commands: COMMANDS,
      tell: (answer) => this.#answer(answer),
      client: () => this.#client,
    });
    this.#timer = clock.after(HANDSHAKE_MS, () => this.close(CLOSE.tooLate));
    socket.on('message', (data, isBinary) => this.#hear(data, isBinary));
    socket.on('close', () => this.#end());
  }

  get clientId(): ClientId | null {
    return this.#client;
  }

  tell(snapshot: Snapshot): void {
    this.#seq += 1;
    this.#say({ type: 'event', seq: this.#seq, event: 'snapshot', snapshot });
  }

  /** Terminates the socket if no close frame comes back within `patienceMs`. */
  close(code: number, patienceMs = HANDSHAKE_MS): void {
    this.#end();
    this.#socket.close(code);
    const timer = this.#deps.clock.after(patienceMs, () => this.#socket.terminate());
    this.#socket.on('close', () => timer.cancel());
  }

  /** Closes, before it has proven itself, in favour of one that came later. */
  makeRoom(): void {
    this.close(CLOSE.crowded, CROWDED_MS);
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#timer.cancel();
    this.#runner.stop();
    this.#deps.closed(this);
  }

  #hear(data: RawData, isBinary: boolean): void {
    if (this.#over) return;
    if (!this.#isAllowed()) {
      this.close(CLOSE.overrun);
      return;
    }
    const frame = isBinary ? undefined : parse(data);
    if (frame === undefined) {
      this.close(CLOSE.badFrame);
      return;
    }
    // One after the other: a proof takes a while to verify.
    this.#queue = this.#queue
      .then(() => (this.#over ? undefined : this.#take(frame)))
      .catch((err: unknown) => {
        this.#deps.log.error({ err }, 'a connection failed');
        this.close(CLOSE.goingAway);
      });
  }

  async #take(frame: unknown): Promise<void> {
    if (this.#client === null) {
      const parsed = v.safeParse(HandshakeFrameSchema, frame);
      if (!parsed.success) {
        this.close(CLOSE.badFrame);
        return;
      }
      await this.#step(await this.#deps.handshake.take(parsed.output));
      return;
    }
    const parsed = v.safeParse(ClientFrameSchema, frame);
    if (!parsed.success) {
      this.close(CLOSE.badFrame);
      return;
    }
    this.#unanswered = 0;
    const { output } = parsed;
    if (output.type === 'cancel') this.#runner.cancel(output.id);
    if (output.type === 'request' && !this.#runner.begin(output.id, output.command, output.params)) {
      this.close(CLOSE.overrun);
    }
  }

  async #step(step: HandshakeStep): Promise<void> {
    if (this.#over) return;
    if (step.type !== 'proven') {
      if (step.type === 'close' && step.frame?.type === 'paired') await this.#deps.paired();
      if (step.frame) this.#say(step.frame);
      if (step.type === 'close') this.close(step.code);
      return;
    }
    this.#timer.cancel();
    // The snapshot first: what changes while it is made is told after it.
    const welcome = await this.#deps.snapshot();
    if (this.#over) return;
    this.#client = step.client.id;
    if (!this.#deps.proven(step.client, this)) {
      this.close(CLOSE.tooManyConnections);
      return;
    }
    this.#say({ type: 'welcome', version: WIRE_VERSION, seq: this.#seq, snapshot: welcome });
    this.#ping();
  }

  #ping(): void {
    this.#timer = this.#deps.clock.after(PING_MS, () => {
      this.#unanswered += 1;
      if (this.#unanswered > MOST_UNANSWERED) {
        this.#socket.terminate();
        return;
      }
      this.#say({ type: 'ping' });
      this.#ping();
    });
  }

  #answer(answer: RequestAnswer): void {
    if ('event' in answer) this.#say({ type: 'progress', ...answer });
    else this.#say({ type: 'reply', ...answer });
  }

  #say(frame: RelayFrame): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const text = JSON.stringify(frame);
    if (Buffer.byteLength(text) > MOST_RELAY_BYTES) {
      this.#deps.log.error({ type: frame.type }, 'a frame is too long to be told');
      this.close(CLOSE.overrun);
      return;
    }
    this.#socket.send(text);
    // A client that asks and never reads would fill the relay's memory.
    if (this.#socket.bufferedAmount > MOST_UNREAD_BYTES) this.#socket.terminate();
  }

  #isAllowed(): boolean {
    const now = this.#deps.clock.monotonic();
    this.#allowance = Math.min(BURST, this.#allowance + (now - this.#allowedAt) * RATE_PER_MS);
    this.#allowedAt = now;
    this.#allowance -= 1;
    return this.#allowance >= 0;
  }
}

/** Undefined where it is no JSON. */
function parse(data: RawData): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    // The frame is of another protocol: the caller closes the connection.
    return undefined;
  }
}

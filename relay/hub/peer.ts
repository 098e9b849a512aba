/** One connection of one extension: greets, then answers requests and tells what changed. Whatever it says is judged first. */
import * as v from 'valibot';
import type { RawData, WebSocket } from 'ws';
import {
  CLOSE,
  ClientFrameSchema,
  GreetingFrameSchema,
  MOST_RELAY_BYTES,
  PING_MS,
  type RelayFrame,
  type Snapshot,
  WIRE_VERSION,
} from '../../shared/wire.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ClientId, ClientRecord } from '../store/client-ledger.ts';
import { COMMANDS } from './commands.ts';
import type { Greeting, Step } from './greeting.ts';
import type { RelayPorts } from './relay-ports.ts';
import { type Answer, RequestRunner } from './request-runner.ts';

export type PeerPorts = {
  readonly greeting: Greeting;
  readonly relay: RelayPorts;
  readonly clock: Clock;
  readonly log: Log;
  snapshot(): Promise<Snapshot>;
  /** The client has proven itself; false where it has too many connections. */
  proven(client: ClientRecord, peer: Peer): boolean;
  /** A new client was paired over this connection. */
  paired(): Promise<void>;
  closed(peer: Peer): void;
};

const GREETING_MS = 5_000;
/** Where many knock, those that had to go are not waited for. */
const CROWDED_MS = 500;
/** An extension that does not answer so many pings is not there any more. */
const MOST_UNANSWERED = 3;
/** Frames of one connection: so many at once, and so many a second for ever. */
const BURST = 60;
const RATE_PER_MS = 0.02;
const MOST_UNREAD_BYTES = 1_048_576;

export class Peer {
  readonly #socket: WebSocket;
  readonly #ports: PeerPorts;
  readonly #runner: RequestRunner;
  #timer: Timer;
  #client: ClientId | null = null;
  #line: Promise<void> = Promise.resolve();
  #over = false;
  #seq = 0;
  #unanswered = 0;
  #allowance = BURST;
  #allowedAt: number;

  constructor(socket: WebSocket, ports: PeerPorts) {
    this.#socket = socket;
    this.#ports = ports;
    // Before anything else: an error that nobody hears ends the process. Its `close` follows.
    socket.on('error', () => socket.terminate());
    const { clock, relay, log } = ports;
    this.#allowedAt = clock.monotonic();
    this.#runner = new RequestRunner({ relay, log, commands: COMMANDS, tell: (answer) => this.#answer(answer) });
    this.#timer = clock.after(GREETING_MS, () => this.close(CLOSE.tooLate));
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
  close(code: number, patienceMs = GREETING_MS): void {
    this.#end();
    this.#socket.close(code);
    const impatient = this.#ports.clock.after(patienceMs, () => this.#socket.terminate());
    this.#socket.on('close', () => impatient.cancel());
  }

  /** Goes, before it has proven itself, for one that came later. */
  makeRoom(): void {
    this.close(CLOSE.crowded, CROWDED_MS);
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#timer.cancel();
    this.#runner.stop();
    this.#ports.closed(this);
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
    this.#line = this.#line
      .then(() => (this.#over ? undefined : this.#take(frame)))
      .catch((err: unknown) => {
        this.#ports.log.error({ err }, 'a connection failed');
        this.close(CLOSE.goingAway);
      });
  }

  async #take(frame: unknown): Promise<void> {
    if (this.#client === null) {
      const parsed = v.safeParse(GreetingFrameSchema, frame);
      if (!parsed.success) {
        this.close(CLOSE.badFrame);
        return;
      }
      await this.#step(await this.#ports.greeting.take(parsed.output));
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

  async #step(step: Step): Promise<void> {
    if (this.#over) return;
    if (step.type !== 'proven') {
      if (step.type === 'close' && step.frame?.type === 'paired') await this.#ports.paired();
      if (step.frame) this.#say(step.frame);
      if (step.type === 'close') this.close(step.code);
      return;
    }
    this.#timer.cancel();
    // The snapshot first: what changes while it is made is told after it.
    const welcome = await this.#ports.snapshot();
    if (this.#over) return;
    this.#client = step.client.id;
    if (!this.#ports.proven(step.client, this)) {
      this.close(CLOSE.tooManyConnections);
      return;
    }
    this.#say({ type: 'welcome', version: WIRE_VERSION, seq: this.#seq, snapshot: welcome });
    this.#ping();
  }

  #ping(): void {
    this.#timer = this.#ports.clock.after(PING_MS, () => {
      this.#unanswered += 1;
      if (this.#unanswered > MOST_UNANSWERED) {
        this.#socket.terminate();
        return;
      }
      this.#say({ type: 'ping' });
      this.#ping();
    });
  }

  #answer(answer: Answer): void {
    if ('event' in answer) this.#say({ type: 'progress', ...answer });
    else this.#say({ type: 'reply', ...answer });
  }

  #say(frame: RelayFrame): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const text = JSON.stringify(frame);
    if (Buffer.byteLength(text) > MOST_RELAY_BYTES) {
      this.#ports.log.error({ type: frame.type }, 'a frame is too long to be told');
      this.close(CLOSE.overrun);
      return;
    }
    this.#socket.send(text);
    // Whoever asks and never reads would fill the relay's memory instead of its own.
    if (this.#socket.bufferedAmount > MOST_UNREAD_BYTES) this.#socket.terminate();
  }

  #isAllowed(): boolean {
    const now = this.#ports.clock.monotonic();
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
    // Not our protocol: the caller closes the connection.
    return undefined;
  }
}

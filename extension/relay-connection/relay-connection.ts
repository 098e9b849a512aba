/**
 * The extension's connection to its relay: dials, proves itself, hears, asks; dials again while nothing answers. Owns the one WebSocket.
 * Nothing that the relay says is believed before it has proven its key.
 */
import * as v from 'valibot';
import { isHandshakeOf, newNonce, signHandshake } from '../../shared/contract/handshake.ts';
import {
  CLOSE,
  PING_MS,
  type RelayFrame,
  RelayFrameSchema,
  WIRE_PATH,
  WIRE_VERSION,
  type WireError,
} from '../../shared/contract/wire.ts';
import type { Pairing } from '../storage/browser-store.ts';
import {
  type ConnectionEvent,
  type ConnectionState,
  connectionTransition,
  isStranger,
  LONGEST_WAIT_MS,
} from './connection-state.ts';

export type RelayConnectionDeps = {
  readonly origin: string;
  dial(url: string): WebSocket;
  now(): number;
  /** Calls back after `ms`; returns what cancels it. */
  after(ms: number, task: () => void): () => void;
  changed(state: ConnectionState): void;
};

export type AskResult =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: WireError };

type Waiting = {
  progress(event: Readonly<Record<string, unknown>>): void;
  settle(result: AskResult): void;
};

/** What could not be delivered is said to have been lost: a click is never swallowed. */
const LOST: AskResult = { ok: false, error: { code: 'not-delivered', message: '', hint: '' } };
/** What a relay of any age says after its welcome, and this extension counts on. */
const KnownFrameSchema = v.union([
  v.object({ type: v.literal('event'), event: v.literal('snapshot') }),
  v.object({ type: v.picklist(['reply', 'progress']) }),
]);
/** A relay that has accepted the connection and says nothing is none. */
const HANDSHAKE_MS = 5_000;
/** It says something every 2 s: one that is silent for longer may show what is no longer true. */
const SILENCE_MS = PING_MS * 2 + 500;

export class RelayConnection {
  readonly #deps: RelayConnectionDeps;
  readonly #waiting = new Map<number, Waiting>();
  #state: ConnectionState = { type: 'idle' };
  #pairing: Pairing | null = null;
  #socket: WebSocket | null = null;
  #cancelTimer: () => void = () => undefined;
  #nextId = 1;

  constructor(deps: RelayConnectionDeps) {
    this.#deps = deps;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** With what this browser keeps of its pairing; null where it is not paired. */
  start(pairing: Pairing | null): void {
    this.stop();
    this.#pairing = pairing;
    if (pairing) this.#dial(pairing);
    else this.#move({ type: 'refused', why: 'not-paired' });
  }

  /** Dials at once instead of waiting. */
  retry(): void {
    if ((this.#state.type === 'waiting' || isStranger(this.#state)) && this.#pairing) this.#dial(this.#pairing);
  }

  stop(): void {
    this.#cancelTimer();
    this.#drop();
    this.#state = { type: 'idle' };
  }

  /** `progress` hears what comes before the answer. Aborting tells the relay that the answer is no longer wanted. */
  ask(
    command: string,
    params: object = {},
    options: { readonly progress?: Waiting['progress']; readonly signal?: AbortSignal } = {},
  ): Promise<AskResult> {
    const socket = this.#socket;
    if (this.#state.type !== 'ready' || !socket) return Promise.resolve(LOST);
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve) => {
      this.#waiting.set(id, { progress: options.progress ?? (() => undefined), settle: resolve });
      options.signal?.addEventListener('abort', () => {
        if (!this.#waiting.delete(id)) return;
        if (this.#socket === socket) socket.send(JSON.stringify({ type: 'cancel', id }));
        resolve(LOST);
      });
      socket.send(JSON.stringify({ type: 'request', id, command, params }));
    });
  }

  #dial(pairing: Pairing): void {
    this.#cancelTimer();
    this.#drop();
    this.#move({ type: 'dialed' });
    const socket = this.#deps.dial(`ws://127.0.0.1:${pairing.port}${WIRE_PATH}`);
    this.#socket = socket;
    const nonce = newNonce();
    const mine = (): boolean => this.#socket === socket;
    // One after the other: proofs take a moment, and frames keep their order.
    let queue: Promise<void> = Promise.resolve();
    this.#cancelTimer = this.#deps.after(HANDSHAKE_MS, () => mine() && this.#closed(0));
    const begin = (): void => {
      if (!mine()) return;
      this.#move({ type: 'opened' });
      socket.send(JSON.stringify({ type: 'hello', version: WIRE_VERSION, clientId: pairing.clientId, nonce }));
    };
    if (socket.readyState === socket.OPEN) begin();
    else socket.addEventListener('open', begin);
    socket.addEventListener('message', ({ data }) => {
      queue = queue
        .then(async () => {
          if (!mine()) return;
          const said: unknown = JSON.parse(String(data));
          const frame = v.safeParse(RelayFrameSchema, said);
          if (frame.success) await this.#take(frame.output, pairing, nonce, socket);
          else this.#takeUnknown(said, socket);
        })
        // What is said there is not our protocol.
        .catch(() => {
          if (mine()) this.#refuse();
        });
    });
    socket.addEventListener('close', ({ code }) => {
      queue = queue.then(() => {
        if (mine()) this.#closed(code);
      });
    });
    // A blocked connection may end without a close.
    socket.addEventListener('error', () => mine() && socket.readyState === socket.CLOSED && this.#closed(0));
  }

  async #take(frame: RelayFrame, pairing: Pairing, nonce: string, socket: WebSocket): Promise<void> {
    if (this.#state.type !== 'ready') {
      await this.#answerHandshake(frame, pairing, nonce, socket);
      return;
    }
    this.#awaitNext(socket);
    switch (frame.type) {
      case 'event':
        this.#move({ type: 'told', snapshot: frame.snapshot, seq: frame.seq });
        return;
      case 'ping':
        socket.send(JSON.stringify({ type: 'pong' }));
        return;
      case 'progress':
        this.#waiting.get(frame.id)?.progress(frame.event);
        return;
      case 'reply': {
        const { id, type: _type, ...result } = frame;
        const waiting = this.#waiting.get(id);
        this.#waiting.delete(id);
        waiting?.settle(result);
        return;
      }
      default:
    }
  }

  /** A newer relay may tell what is not known here; but what is known and cannot be read means that one side is too old. */
  #takeUnknown(said: unknown, socket: WebSocket): void {
    if (this.#state.type !== 'ready') this.#refuse();
    else if (v.is(KnownFrameSchema, said)) this.#refuse('other-version');
    else this.#awaitNext(socket);
  }

  #proven = false;

  async #answerHandshake(
    frame: RelayFrame,
    { clientId, keys, relayKey, port }: Pairing,
    nonce: string,
    socket: WebSocket,
  ): Promise<void> {
    if (frame.type === 'welcome' && this.#proven) {
      this.#awaitNext(socket);
      this.#move({ type: 'welcomed', snapshot: frame.snapshot, seq: frame.seq });
      return;
    }
    if (frame.type !== 'challenge') {
      this.#refuse();
      return;
    }
    const greeting = { clientId, origin: this.#deps.origin, port, nonces: { client: nonce, relay: frame.nonce } };
    if (!(await isHandshakeOf('relay', relayKey, frame.signature, greeting))) {
      this.#refuse();
      return;
    }
    const signature = await signHandshake('client', keys.privateKey, greeting);
    if (this.#socket !== socket) return;
    this.#proven = true;
    socket.send(JSON.stringify({ type: 'proof', signature }));
  }

  #awaitNext(socket: WebSocket): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#deps.after(SILENCE_MS, () => this.#socket === socket && this.#closed(0));
  }

  #refuse(why: 'not-your-relay' | 'other-version' = 'not-your-relay'): void {
    this.#cancelTimer();
    this.#drop();
    this.#move({ type: 'refused', why });
    this.#lookAgain();
  }

  #closed(code: number): void {
    // Only a relay that has proven itself can send this browser away; anyone could sit on its port.
    const believed = this.#proven || code === CLOSE.version ? code : 0;
    this.#cancelTimer();
    this.#drop();
    this.#move({ type: 'closed', code: believed, now: this.#deps.now() });
    this.#lookAgain();
  }

  #lookAgain(): void {
    const state = this.#state;
    const wait =
      state.type === 'waiting' ? state.retryAt - this.#deps.now() : isStranger(state) ? LONGEST_WAIT_MS : null;
    if (wait !== null) this.#cancelTimer = this.#deps.after(wait, () => this.retry());
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#proven = false;
    socket?.close();
    for (const waiting of this.#waiting.values()) waiting.settle(LOST);
    this.#waiting.clear();
  }

  #move(event: ConnectionEvent): void {
    this.#state = connectionTransition(this.#state, event);
    this.#deps.changed(this.#state);
  }
}

/**
 * Speaks to the running relay over its local socket: one connection, requests side by side.
 * Knows the frames and no command; without an answer it says that no relay runs.
 */
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import * as v from 'valibot';
import { ping } from '../../shared/contract/commands/setup-commands.ts';
import type { WireError } from '../../shared/contract/wire.ts';
import { type Clock, wait } from '../clock.ts';
import { LineReader, type LocalReply, MOST_REPLY_CHARACTERS, ReplySchema, type Request } from './local-frame.ts';
import { localAddress } from './socket-path.ts';

type RelayFailure =
  | { readonly type: 'not-running' }
  /** A relay took the connection and says nothing. */
  | { readonly type: 'silent' }
  /** The reply is none of our frames, or the connection broke before it came. */
  | { readonly type: 'odd-reply' }
  | ({ readonly type: 'refused' } & WireError);

export type RelayAnswer = { readonly type: 'done'; readonly result: unknown } | RelayFailure;

/** As long as a relay that works may take for a word. */
const SILENCE_MS = 4_500;

type Waiting = {
  readonly onEvent: (event: Readonly<Record<string, unknown>>) => void;
  settle(answer: RelayAnswer): void;
};

type RequestOptions = {
  readonly onEvent?: Waiting['onEvent'] | undefined;
  readonly signal?: AbortSignal | undefined;
};

export class RelayClient {
  readonly #clock: Clock;
  readonly #home: string;
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #waiting = new Map<number, Waiting>();
  #socket: Promise<Socket | null> | null = null;
  #speaks: Promise<boolean> | null = null;
  #token: string | undefined;
  #lastId = 0;

  constructor(home: string, environment: Readonly<Record<string, string | undefined>>, clock: Clock) {
    this.#clock = clock;
    this.#home = home;
    this.#environment = environment;
  }

  /** Never rejects: a failure is an answer too. Aborting tells the relay that the answer is no longer wanted. */
  async request(command: string, params: object, { onEvent, signal }: RequestOptions = {}): Promise<RelayAnswer> {
    this.#socket ??= this.#connect();
    const socket = await this.#socket;
    if (!socket) return { type: 'not-running' };
    this.#speaks ??= this.#hears(socket);
    if (!(await this.#speaks)) return { type: 'silent' };
    return this.#send(socket, command, params, { onEvent, signal });
  }

  /** False where the relay has no word for us: it is frozen, and would keep us waiting for ever. */
  async #hears(socket: Socket): Promise<boolean> {
    const late = new AbortController();
    const silence = wait(this.#clock, SILENCE_MS, late.signal).then(
      () => false,
      () => false,
    );
    const word = this.#send(socket, ping.name, {}, {}).then(() => true);
    const heard = await Promise.race([word, silence]);
    late.abort();
    if (!heard) socket.destroy();
    return heard;
  }

  async #send(
    socket: Socket,
    command: string,
    params: object,
    { onEvent = () => undefined, signal }: RequestOptions,
  ): Promise<RelayAnswer> {
    // It has closed between two words: nobody would settle what waits from now on.
    if (socket.destroyed) return { type: 'odd-reply' };
    const id = ++this.#lastId;
    const onAbort = () => send(socket, { id, cancel: true });
    const answer = new Promise<RelayAnswer>((resolve) => this.#waiting.set(id, { onEvent, settle: resolve }));
    send(socket, { id, command, params, ...(this.#token === undefined ? {} : { token: this.#token }) });
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await answer;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#waiting.delete(id);
    }
  }

  async close(): Promise<void> {
    const socket = await this.#socket;
    socket?.destroy();
  }

  #connect(): Promise<Socket | null> {
    const address = localAddress(this.#home, process.platform, this.#environment);
    let place = address.path;
    try {
      if (address.tokenFile) this.#token = readFileSync(address.tokenFile, 'utf8');
      if (address.signpost) place = readFileSync(address.signpost, 'utf8');
    } catch {
      // A running relay writes these files: where they are not, none runs.
      return Promise.resolve(null);
    }
    return new Promise((resolve) => {
      const socket = connect(place);
      const reader = new LineReader(MOST_REPLY_CHARACTERS);
      socket.setEncoding('utf8');
      socket.once('connect', () => resolve(socket));
      socket.on('data', (chunk: string) => this.#read(socket, reader, chunk));
      // Its `close` follows, and settles what waits.
      socket.on('error', () => resolve(null));
      socket.on('close', () => {
        resolve(null);
        for (const { settle } of this.#waiting.values()) settle({ type: 'odd-reply' });
      });
    });
  }

  #read(socket: Socket, reader: LineReader, chunk: string): void {
    try {
      for (const line of reader.take(chunk)) this.#answer(v.parse(ReplySchema, JSON.parse(line)));
    } catch {
      // This is no relay of ours: its `close` settles the requests that wait.
      socket.destroy();
    }
  }

  #answer(reply: LocalReply): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    if ('event' in reply) waiting.onEvent(reply.event);
    else waiting.settle(reply.ok ? { type: 'done', result: reply.result } : { type: 'refused', ...reply.error });
  }
}

function send(socket: Socket, request: Request): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(request)}\n`);
}

/**
 * One WebSocket of one device: handshake, then a registration or a login, then stanzas both ways.
 * Hangs up on anything that does not verify. What the stanzas mean is decided elsewhere.
 */
import type { Socket } from 'node:net';
import { decodeBinaryNode, encodeBinaryNode, proto } from '@whiskeysockets/baileys';
import type { WebSocket } from 'ws';
import { FrameReader, frame } from '../wire/frame-reader.ts';
import type { NoiseResponder } from '../wire/noise-responder.ts';
import { kindOf, SOURCES } from '../wire/sources.ts';
import { node, type Stanza } from '../wire/stanza.ts';
import type { Refusal } from './faults.ts';

export type ConnectionDeps = {
  /** A handshake partner with the server's key and certificate, faults included. */
  responder(prologue: Buffer): NoiseResponder;
  /** The client has shown its key and said who it is. */
  entered(connection: Connection, clientKey: Buffer, payload: proto.IClientPayload): void;
  received(connection: Connection, stanza: Stanza): void;
  closed(connection: Connection): void;
  /** The server hangs up: what it heard does not verify, or makes no sense. */
  refused(reason: unknown): void;
  /** Milliseconds that every stanza out is held back. */
  delayMs(): number;
};

export class Connection {
  readonly #socket: WebSocket;
  readonly #tcp: Socket;
  readonly #deps: ConnectionDeps;
  readonly #reader = new FrameReader();
  #noise: NoiseResponder | null = null;
  #open = false;
  #mute = false;
  #incoming: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, tcp: Socket, deps: ConnectionDeps) {
    this.#socket = socket;
    this.#tcp = tcp;
    this.#deps = deps;
  }

  start(): void {
    this.#socket.on('message', (data: Buffer) => {
      // In order: a stanza may have to be decompressed, which takes a turn of the loop.
      this.#incoming = this.#incoming
        .then(() => this.#take(data))
        .catch((reason: unknown) => {
          this.#mute = true;
          this.#deps.refused(reason);
          this.cut();
        });
    });
    this.#socket.on('close', () => this.#deps.closed(this));
    this.#socket.on('error', () => this.cut());
  }

  send(stanza: Stanza): void {
    const delay = this.#deps.delayMs();
    if (delay > 0) setTimeout(() => this.#write(stanza), delay).unref();
    else this.#write(stanza);
  }

  /** Says why, then closes properly. */
  end(stanza: Stanza): void {
    this.#write(stanza);
    this.#socket.close();
  }

  /** The connection is gone without a word. */
  cut(): void {
    this.#socket.terminate();
  }

  /** The connection ends in a TCP reset. */
  reset(): void {
    this.#tcp.resetAndDestroy();
  }

  /** Stays connected, and never says or hears anything again. */
  silence(): void {
    this.#mute = true;
  }

  /** Bytes that are no frame of this stream. */
  sendGarbage(bytes: Uint8Array): void {
    this.#socket.send(frame(bytes));
  }

  #write(stanza: Stanza): void {
    // Relay and simulator could agree on an invention, and every test would be green.
    if (!SOURCES.has(kindOf(stanza))) throw new Error(`no source says that WhatsApp sends "${kindOf(stanza)}"`);
    if (this.#mute || !this.#noise || this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(frame(this.#noise.encrypt(encodeBinaryNode(stanza))));
  }

  async #take(data: Buffer): Promise<void> {
    if (this.#mute) return;
    for (const bytes of this.#reader.take(data)) await this.#frame(bytes);
  }

  async #frame(bytes: Buffer): Promise<void> {
    if (!this.#noise) {
      this.#noise = this.#deps.responder(this.#reader.prologue);
      this.#socket.send(frame(this.#noise.answerHello(bytes)));
      return;
    }
    if (!this.#open) {
      const { clientKey, payload } = this.#noise.readFinish(bytes);
      this.#open = true;
      this.#deps.entered(this, clientKey, proto.ClientPayload.decode(payload));
      return;
    }
    const stanza = await decodeBinaryNode(this.#noise.decrypt(bytes));
    this.#deps.received(this, stanza);
  }
}

/** A refusal at login. */
export function failure({ reason, expire, header, subtext }: Refusal): Stanza {
  return node('failure', {
    reason: reason ?? undefined,
    location: 'loopback',
    expire: expire === undefined ? undefined : String(expire),
    logout_message_header: header,
    logout_message_subtext: subtext,
  });
}

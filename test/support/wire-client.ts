/** An extension as the relay sees one: pairs, proves itself, asks. Frames that come are kept until a test wants them. */
import { once } from 'node:events';
import * as v from 'valibot';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { isHandshakeOf, newNonce, signHandshake } from '../../shared/contract/handshake.ts';
import { isPairingMac, newKeyPair, pairingMac, publicText, readCode } from '../../shared/contract/pairing-proof.ts';
import { type RelayFrame, RelayFrameSchema, WIRE_PATH, WIRE_VERSION } from '../../shared/contract/wire.ts';

export const CHROME = `chrome-extension://${'abcdefghijklmnop'.repeat(2)}`;
export const FIREFOX = 'moz-extension://01234567-89ab-cdef-0123-456789abcdef';

/** Real time, as the extension has it. */
export function after(ms: number, task: () => void): () => void {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
}

export type Caller = { readonly port: number; readonly origin?: string; readonly headers?: Record<string, string> };

export class WireClient {
  readonly frames: RelayFrame[] = [];
  readonly socket: WebSocket;
  readonly #closed: Promise<number>;
  #taken = 0;

  constructor({ port, origin = CHROME, headers = {} }: Caller) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}${WIRE_PATH}`, { headers: { origin, ...headers } });
    onTestFinished(() => this.socket.terminate());
    this.socket.on('message', (data) => this.frames.push(v.parse(RelayFrameSchema, JSON.parse(String(data)))));
    this.socket.on('error', () => this.socket.terminate());
    // Not `once`, which rejects at an error: a connection that is refused has its close as well.
    this.#closed = new Promise((resolve) => this.socket.on('close', (code) => resolve(code)));
  }

  async open(): Promise<this> {
    await once(this.socket, 'open');
    return this;
  }

  say(frame: object | string): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The next frame of this kind that no test took yet; pings are passed over. */
  async next<T extends RelayFrame['type']>(type: T): Promise<Extract<RelayFrame, { type: T }>> {
    for (;;) {
      const frame = this.frames[this.#taken];
      if (!frame) {
        if (this.socket.readyState > WebSocket.OPEN) throw new Error(`the connection ended before a ${type}`);
        await Promise.race([once(this.socket, 'message'), this.#closed]);
        continue;
      }
      this.#taken += 1;
      if (frame.type === type) return frame as Extract<RelayFrame, { type: T }>;
    }
  }

  /** The code with which the relay closed. */
  closed(): Promise<number> {
    return this.#closed;
  }

  async ask(id: number, command: string, params?: object): Promise<Extract<RelayFrame, { type: 'reply' }>> {
    this.say({ type: 'request', id, command, params });
    return this.next('reply');
  }
}

/** As long as a public key. */
const MADE_UP_KEY = 'A'.repeat(122);

export type Paired = { readonly clientId: string; readonly keys: CryptoKeyPair; readonly relayKey: string };

/** Types a code. Rejects with the close code where the relay refuses it. `proven` is called once the proof is on its way. */
export async function pairWith(
  caller: Caller,
  typed: string,
  proven: (client: WireClient) => void = () => undefined,
): Promise<Paired> {
  const origin = caller.origin ?? CHROME;
  const client = await new WireClient(caller).open();
  const keys = await newKeyPair({ extractable: false });
  const nonce = newNonce();
  const clientKey = await publicText(keys.publicKey);
  client.say({ type: 'pair', version: WIRE_VERSION, nonce, key: clientKey });
  const first = await Promise.race([client.next('pair-challenge'), client.closed()]);
  if (typeof first === 'number') throw new Error(`closed with ${first}`);
  const view = {
    origin,
    port: caller.port,
    nonces: { client: nonce, relay: first.nonce },
    clientKey,
    relayKey: first.key,
  };
  const code = readCode(typed) ?? '';
  client.say({ type: 'pair-proof', mac: await pairingMac('client', code, view), name: 'Test' });
  proven(client);
  const paired = await client.next('paired').catch(async () => {
    throw new Error(`closed with ${await client.closed()}`);
  });
  if (!(await isPairingMac('relay', code, paired.mac, view))) throw new Error('this relay does not know the code');
  return { clientId: paired.clientId, keys, relayKey: first.key };
}

/** Guesses a code as somebody does who does not compute anything: resolves when the relay has closed. */
export async function guess(caller: Caller): Promise<void> {
  const client = await new WireClient(caller).open();
  client.say({ type: 'pair', version: WIRE_VERSION, nonce: newNonce(), key: MADE_UP_KEY });
  const first = await Promise.race([client.next('pair-challenge'), client.closed()]);
  if (typeof first !== 'number') client.say({ type: 'pair-proof', mac: newNonce(), name: 'Test' });
  await client.closed();
}

/** Greets as a paired client does; resolves once the challenge is answered. */
export async function greet(caller: Caller, { clientId, keys, relayKey }: Paired): Promise<WireClient> {
  const origin = caller.origin ?? CHROME;
  const client = await new WireClient(caller).open();
  const nonce = newNonce();
  client.say({ type: 'hello', version: WIRE_VERSION, clientId, nonce });
  const challenge = await client.next('challenge');
  const greeting = { clientId, origin, port: caller.port, nonces: { client: nonce, relay: challenge.nonce } };
  if (!(await isHandshakeOf('relay', relayKey, challenge.signature, greeting))) throw new Error('not our relay');
  client.say({ type: 'proof', signature: await signHandshake('client', keys.privateKey, greeting) });
  return client;
}

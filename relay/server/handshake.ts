/** The first frames of a connection: a paired client proves itself, or a new one pairs. Each frame in gives one step. */
import { type HandshakeView, isHandshakeOf, newNonce, signHandshake } from '../../shared/contract/handshake.ts';
import { isPairingMac, type PairingView, pairingMac } from '../../shared/contract/pairing-proof.ts';
import { CLOSE, type HandshakeFrame, type RelayFrame, WIRE_VERSION } from '../../shared/contract/wire.ts';
import { type Clock, crockford, type Random } from '../clock.ts';
import type { ClientId, ClientLedger, ClientRecord } from '../store/client-ledger.ts';
import { isDiskFault } from '../store/store.ts';
import type { PairingCodes } from './pairing-codes.ts';
import type { ProofQueue } from './proof-queue.ts';
import type { RelayKey } from './relay-key.ts';

export type HandshakeDeps = {
  readonly key: RelayKey;
  readonly clients: ClientLedger;
  readonly codes: PairingCodes;
  readonly proofs: ProofQueue;
  readonly clock: Clock;
  readonly random: Random;
};

export type HandshakeStep =
  | { readonly type: 'say'; readonly frame: RelayFrame }
  | { readonly type: 'proven'; readonly client: ClientRecord }
  /** `frame` is the last thing said. */
  | { readonly type: 'close'; readonly code: number; readonly frame?: RelayFrame };

export type Caller = {
  readonly origin: string;
  readonly port: number;
  /** The connection is over: what it asked for last must have no effect that it could not be told of. */
  gone(): boolean;
};

type Stage =
  | { readonly type: 'silent' }
  | { readonly type: 'challenged'; readonly clientId: ClientId; readonly view: HandshakeView }
  | { readonly type: 'pairing'; readonly view: PairingView }
  | { readonly type: 'over' };

const MOST_CLIENTS = 8;
const ID_CHARACTERS = 10;
const DONE = 1000;

export class Handshake {
  /** The connection: its Origin, the port that it came in at, and whether it is still there. */
  readonly #caller: Caller;
  readonly #deps: HandshakeDeps;
  #stage: Stage = { type: 'silent' };

  constructor(caller: Caller, deps: HandshakeDeps) {
    this.#caller = caller;
    this.#deps = deps;
  }

  async take(frame: HandshakeFrame): Promise<HandshakeStep> {
    const stage = this.#stage;
    this.#stage = { type: 'over' };
    if ('version' in frame && frame.version !== WIRE_VERSION) return { type: 'close', code: CLOSE.version };
    if (frame.type === 'hello' && stage.type === 'silent') return this.#challenge(frame);
    if (frame.type === 'proof' && stage.type === 'challenged') return this.#prove(frame.signature, stage);
    if (frame.type === 'ask-code' && stage.type === 'silent')
      return { type: 'close', code: this.#deps.codes.ask() ? DONE : CLOSE.noTerminal };
    if (frame.type === 'pair' && stage.type === 'silent') return this.#offer(frame);
    if (frame.type === 'pair-proof' && stage.type === 'pairing') return this.#pair(frame, stage.view);
    return { type: 'close', code: CLOSE.badFrame };
  }

  /** The relay proves itself first: a client sends nothing of its own before. */
  async #challenge(hello: { readonly clientId: string; readonly nonce: string }): Promise<HandshakeStep> {
    const clientId = hello.clientId as ClientId;
    const nonces = { client: hello.nonce, relay: newNonce() };
    const { origin, port } = this.#caller;
    const view = { clientId, origin, port, nonces };
    const signature = await signHandshake('relay', this.#deps.key.privateKey, view);
    this.#stage = { type: 'challenged', clientId, view };
    return { type: 'say', frame: { type: 'challenge', nonce: nonces.relay, signature } };
  }

  async #prove(signature: string, stage: Extract<Stage, { type: 'challenged' }>): Promise<HandshakeStep> {
    const { clients, clock } = this.#deps;
    const client = await clients.get(stage.clientId);
    if (client?.origin !== this.#caller.origin) return { type: 'close', code: CLOSE.unknownClient };
    if (!(await isHandshakeOf('client', client.publicKey, signature, stage.view))) {
      return { type: 'close', code: CLOSE.notProven };
    }
    // A disk that is full must not keep the owner from seeing that it is.
    await clients.seen(client.id, clock.now()).catch((error: unknown) => {
      if (!isDiskFault(error)) throw error;
    });
    return { type: 'proven', client };
  }

  #offer({ nonce, key }: { readonly nonce: string; readonly key: string }): HandshakeStep {
    if (!this.#deps.codes.isOpenTo(this.#caller.origin)) return { type: 'close', code: CLOSE.noCode };
    const relayKey = this.#deps.key.publicKey;
    const nonces = { client: nonce, relay: newNonce() };
    const { origin, port } = this.#caller;
    this.#stage = { type: 'pairing', view: { origin, port, nonces, clientKey: key, relayKey } };
    return { type: 'say', frame: { type: 'pair-challenge', nonce: nonces.relay, key: relayKey } };
  }

  async #pair(
    { mac, name }: { readonly mac: string; readonly name: string },
    view: PairingView,
  ): Promise<HandshakeStep> {
    const { codes, proofs, clients, clock, random } = this.#deps;
    const open = codes.takeTry(view.origin);
    if (open === null) return { type: 'close', code: CLOSE.noCode };
    const { code, isHanded } = open;
    // Stretching the code takes a while, in which the connection may have gone: the code is then still good for another try.
    const proof = await proofs.run(
      () => this.#caller.gone(),
      async () => ((await isPairingMac('client', code, mac, view)) ? pairingMac('relay', code, view) : 'wrong'),
    );
    if (proof === null || this.#caller.gone()) return { type: 'close', code: CLOSE.goingAway };
    if (proof === 'wrong') return { type: 'close', code: CLOSE.wrongCode };
    if (!codes.use(open)) return { type: 'close', code: CLOSE.noCode };
    const now = clock.now();
    const id = `cli_${crockford(random, ID_CHARACTERS)}` as ClientId;
    const { origin, clientKey: publicKey } = view;
    const client = { id, name, origin, publicKey, pairedAt: now, seenAt: now, madeHere: isHanded };
    if (!(await clients.add(client, MOST_CLIENTS))) return { type: 'close', code: CLOSE.tooMany };
    return { type: 'close', code: DONE, frame: { type: 'paired', clientId: id, mac: proof } };
  }
}

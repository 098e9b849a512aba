/** Pairs this browser with a relay: types the code into the wire, and believes the relay only if it knows the code too. */
import * as v from 'valibot';
import { newNonce } from '../../shared/contract/handshake.ts';
import { isPairingMac, newKeyPair, pairingMac, publicText, readCode } from '../../shared/contract/pairing-proof.ts';
import { CLOSE, type RelayFrame, RelayFrameSchema, WIRE_PATH, WIRE_VERSION } from '../../shared/contract/wire.ts';
import type { Pairing } from '../storage/browser-store.ts';

export type PairingFault =
  | 'not-a-code'
  | 'no-relay'
  | 'wrong-code'
  | 'no-code'
  | 'too-many'
  | 'crowded'
  | 'not-your-relay'
  | 'other-version';

export type PairingResult =
  | { readonly type: 'paired'; readonly pairing: Pairing }
  | { readonly type: 'fault'; readonly fault: PairingFault };

export type PairingDeps = {
  readonly port: number;
  /** As the browser sends it: `chrome-extension://…`. */
  readonly origin: string;
  /** What the browser is called in the relay's list. */
  readonly name: string;
  dial(url: string): WebSocket;
  /** Calls back after `ms`; returns what cancels it. */
  after(ms: number, task: () => void): () => void;
};

/** As long as a relay may take for all of it; a program that holds the port and says nothing takes longer. */
const PATIENCE_MS = 8_000;

const FAULTS: Readonly<Record<number, PairingFault>> = {
  [CLOSE.wrongCode]: 'wrong-code',
  [CLOSE.noCode]: 'no-code',
  [CLOSE.tooMany]: 'too-many',
  [CLOSE.crowded]: 'crowded',
  [CLOSE.version]: 'other-version',
};

export async function pairOver(
  typed: string,
  { port, origin, name, dial, after }: PairingDeps,
): Promise<PairingResult> {
  const code = readCode(typed);
  if (code === null) return { type: 'fault', fault: 'not-a-code' };
  const keys = await newKeyPair({ extractable: false });
  const clientKey = await publicText(keys.publicKey);
  const nonce = newNonce();
  const socket = dial(`ws://127.0.0.1:${port}${WIRE_PATH}`);
  const late = Promise.withResolvers<never>();
  const cancel = after(PATIENCE_MS, () => late.reject(new Closed(0)));
  try {
    await Promise.race([opened(socket), late.promise]);
    socket.send(JSON.stringify({ type: 'pair', version: WIRE_VERSION, nonce, key: clientKey }));
    const offer = await Promise.race([heard(socket), late.promise]);
    if (offer.type !== 'pair-challenge') return { type: 'fault', fault: 'not-your-relay' };
    const view = { origin, port, nonces: { client: nonce, relay: offer.nonce }, clientKey, relayKey: offer.key };
    const answer = heard(socket);
    socket.send(JSON.stringify({ type: 'pair-proof', mac: await pairingMac('client', code, view), name }));
    const paired = await Promise.race([answer, late.promise]);
    if (paired.type !== 'paired' || !(await isPairingMac('relay', code, paired.mac, view))) {
      return { type: 'fault', fault: 'not-your-relay' };
    }
    return { type: 'paired', pairing: { port, clientId: paired.clientId, keys, relayKey: offer.key } };
  } catch (error) {
    if (error instanceof Closed) return { type: 'fault', fault: FAULTS[error.code] ?? 'no-relay' };
    // What is said there is not our protocol.
    return { type: 'fault', fault: 'not-your-relay' };
  } finally {
    cancel();
    socket.close();
  }
}

class Closed extends Error {
  readonly code: number;
  constructor(code: number) {
    super('the relay closed the connection');
    this.code = code;
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('close', ({ code }) => reject(new Closed(code)), { once: true });
    // A blocked connection may end without a close.
    socket.addEventListener('error', () => reject(new Closed(0)), { once: true });
  });
}

function heard(socket: WebSocket): Promise<RelayFrame> {
  return new Promise((resolve, reject) => {
    const onClose = ({ code }: CloseEvent): void => reject(new Closed(code));
    socket.addEventListener('close', onClose, { once: true });
    socket.addEventListener(
      'message',
      ({ data }) => {
        socket.removeEventListener('close', onClose);
        try {
          resolve(v.parse(RelayFrameSchema, JSON.parse(String(data))));
        } catch (error) {
          reject(error);
        }
      },
      { once: true },
    );
  });
}

/**
 * How extension and relay prove themselves on every connection: the same code on both sides, on WebCrypto, which browsers and
 * Node share. Keys are ECDSA P-256. Every signature covers a text that names its purpose, the side and both nonces, so that none
 * can be used a second time or in another place. PROTOCOL.md has the sequence.
 */

export type Nonces = { readonly client: string; readonly relay: string };

/** What a proof of a paired client is about. `origin` is the client's own, as its browser sends it. */
export type HandshakeView = {
  readonly clientId: string;
  readonly origin: string;
  /** The one that was dialed, and that the relay listens on: what is passed on from another port does not verify. */
  readonly port: number;
  readonly nonces: Nonces;
};

export type Side = 'client' | 'relay';

export const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;
const NONCE_BYTES = 32;

export function newNonce(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
}

/** base64url. */
export async function signHandshake(side: Side, key: CryptoKey, view: HandshakeView): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.sign(SIGNING, key, handshakeBytes(side, view))));
}

/** `key` as SPKI, base64url. False for whatever does not verify, malformed input included. */
export async function isHandshakeOf(side: Side, key: string, signature: string, view: HandshakeView): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey('spki', fromBase64Url(key), ALGORITHM, true, ['verify']);
    return await crypto.subtle.verify(SIGNING, imported, fromBase64Url(signature), handshakeBytes(side, view));
  } catch {
    // A key or a signature that cannot even be read proves nothing: that is the answer, not a failure.
    return false;
  }
}

function handshakeBytes(side: Side, { clientId, origin, port, nonces }: HandshakeView): Uint8Array<ArrayBuffer> {
  return bytesOf(['recado greeting 1', side, clientId, origin, port, nonces.client, nonces.relay].join('|'));
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (each) => each.charCodeAt(0));
}

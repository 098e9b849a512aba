/**
 * How extension and relay prove themselves to each other: the same code on both sides, on WebCrypto, which browsers and Node share.
 * Keys are ECDSA P-256. Every signature and MAC covers a text that names its purpose, both sides and both nonces, so that
 * none can be used a second time or in another place. PROTOCOL.md has the sequence.
 */

type Nonces = { readonly client: string; readonly relay: string };

/** What a proof of a paired client is about. `origin` is the client's own, as its browser sends it. */
export type Greeting = { readonly clientId: string; readonly origin: string; readonly nonces: Nonces };

/** What both sides of a pairing must have seen alike. Keys are SPKI, base64url. */
export type PairingView = {
  readonly origin: string;
  readonly nonces: Nonces;
  readonly clientKey: string;
  readonly relayKey: string;
};

export type Side = 'client' | 'relay';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;
const NONCE_BYTES = 32;
/** Makes guessing a code from one recorded proof take longer than the code lives. */
const CODE_ROUNDS = 200_000;
/** Crockford's alphabet has no I, L, O and U; people type them all the same. */
const LOOKALIKES: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' };
const CODE = /^[0-9A-HJKMNP-TV-Z]{10}$/;

/** The private key cannot leave the browser; the relay's must be kept in its file. */
export async function newKeyPair(options: { readonly extractable: boolean }): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, options.extractable, ['sign', 'verify']);
}

/** SPKI, base64url. */
export async function publicText(key: CryptoKey): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.exportKey('spki', key)));
}

export function newNonce(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
}

/** base64url. */
export async function signGreeting(side: Side, key: CryptoKey, greeting: Greeting): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.sign(SIGNING, key, greetingBytes(side, greeting))));
}

/** `key` as SPKI, base64url. False for whatever does not verify, malformed input included. */
export async function isGreetingOf(side: Side, key: string, signature: string, greeting: Greeting): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey('spki', fromBase64Url(key), ALGORITHM, true, ['verify']);
    return await crypto.subtle.verify(SIGNING, imported, fromBase64Url(signature), greetingBytes(side, greeting));
  } catch {
    // A key or a signature that cannot even be read proves nothing: that is the answer, not a failure.
    return false;
  }
}

/** The ten characters of a code as they were meant, or null where they can be none: spaces, dashes and small letters do not matter. */
export function readCode(typed: string): string | null {
  const code = [...typed.toUpperCase().replace(/[\s-]/g, '')].map((each) => LOOKALIKES[each] ?? each).join('');
  return CODE.test(code) ? code : null;
}

/** Proves knowledge of the code without telling it. base64url. */
export async function pairingMac(side: Side, code: string, view: PairingView): Promise<string> {
  return toBase64Url(
    new Uint8Array(await crypto.subtle.sign('HMAC', await codeKey(code, view), pairingBytes(side, view))),
  );
}

export async function isPairingMac(side: Side, code: string, mac: string, view: PairingView): Promise<boolean> {
  try {
    return await crypto.subtle.verify('HMAC', await codeKey(code, view), fromBase64Url(mac), pairingBytes(side, view));
  } catch {
    // As above: what cannot be read is no proof.
    return false;
  }
}

async function codeKey(code: string, { nonces }: PairingView): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', bytesOf(code), 'PBKDF2', false, ['deriveKey']);
  const salt = bytesOf(`recado pair salt|${nonces.client}|${nonces.relay}`);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: CODE_ROUNDS },
    typed,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign', 'verify'],
  );
}

function greetingBytes(side: Side, { clientId, origin, nonces }: Greeting): Uint8Array<ArrayBuffer> {
  return bytesOf(['recado greeting 1', side, clientId, origin, nonces.client, nonces.relay].join('|'));
}

function pairingBytes(side: Side, { origin, nonces, clientKey, relayKey }: PairingView): Uint8Array<ArrayBuffer> {
  return bytesOf(['recado pairing 1', side, origin, nonces.client, nonces.relay, clientKey, relayKey].join('|'));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (each) => each.charCodeAt(0));
}

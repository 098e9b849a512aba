/**
 * How extension and relay prove to each other, once, that they know the same code: the same code on both sides. Apart from the
 * handshake, since a browser that is paired never loads it. PROTOCOL.md has the sequence.
 */
import { ALGORITHM, bytesOf, fromBase64Url, type Nonces, type Side, toBase64Url } from './handshake.ts';

/** What both sides of a pairing must have seen alike. Keys are SPKI, base64url. */
export type PairingView = {
  readonly origin: string;
  /** The one that was dialed, and that the relay listens on. */
  readonly port: number;
  readonly nonces: Nonces;
  readonly clientKey: string;
  readonly relayKey: string;
};

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

function pairingBytes(side: Side, view: PairingView): Uint8Array<ArrayBuffer> {
  const { origin, port, nonces, clientKey, relayKey } = view;
  return bytesOf(['recado pairing 1', side, origin, port, nonces.client, nonces.relay, clientKey, relayKey].join('|'));
}

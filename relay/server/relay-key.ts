/** The key by which paired browsers know this relay: made once, kept in the store. */
import { newKeyPair, publicText } from '../../shared/contract/pairing-proof.ts';
import type { ClientLedger } from '../store/client-ledger.ts';

export type RelayKey = {
  readonly privateKey: CryptoKey;
  /** SPKI, base64url. */
  readonly publicKey: string;
};

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export async function loadRelayKey(ledger: ClientLedger): Promise<RelayKey> {
  const kept = await ledger.relayKey();
  if (kept === null) {
    const { privateKey, publicKey } = await newKeyPair({ extractable: true });
    await ledger.keepRelayKey(JSON.stringify(await crypto.subtle.exportKey('jwk', privateKey)));
    return { privateKey, publicKey: await publicText(publicKey) };
  }
  const jwk: JsonWebKey = JSON.parse(kept);
  const { d: _private, key_ops: _uses, ...open } = jwk;
  const publicKey = await crypto.subtle.importKey('jwk', open, ALGORITHM, true, ['verify']);
  return {
    privateKey: await crypto.subtle.importKey('jwk', jwk, ALGORITHM, false, ['sign']),
    publicKey: await publicText(publicKey),
  };
}

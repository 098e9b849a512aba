/**
 * Makes sure that the server is WhatsApp. Baileys 7.0.0-rc14 does not: its `Curve.verify` ignores the boolean that libsignal 6
 * returns, so every well-formed signature passes; and it never compares the certificate's key with the one of the handshake.
 *
 * `Curve` is a plain exported object, so both are repaired on it, without a fork. In a handshake Baileys calls, in one go:
 * sharedKey(ephemeral), sharedKey(the server's static key), verify(leaf by intermediate), verify(intermediate by root).
 * At the last of these the leaf that was verified just before must name the static key that was agreed upon just before.
 * Remove when Baileys refuses a wrong signature and a certificate of another key.
 */
import { Curve, proto, WA_CERT_DETAILS } from '@whiskeysockets/baileys';
import { verifySignature } from 'libsignal/src/curve.js';

const SIGNATURE_BYTES = 64;
const KEY_TYPE = Buffer.from([5]);
const original = { sharedKey: Curve.sharedKey };

let agreedWith: Uint8Array | null = null;
let verifiedLast: Uint8Array | null = null;

/** Before each socket; more than once is fine. `rootKey` replaces WhatsApp's own for a simulated server; null keeps it. */
export function repairServerTrust(rootKey: Uint8Array | null): void {
  if (rootKey) WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootKey);
  Curve.sharedKey = (privateKey, publicKey) => {
    agreedWith = publicKey;
    return original.sharedKey(privateKey, publicKey);
  };
  Curve.verify = (publicKey, message, signature) => {
    const signed = isSigned(publicKey, message, signature);
    const leaf = verifiedLast;
    verifiedLast = signed ? message : null;
    if (publicKey !== WA_CERT_DETAILS.PUBLIC_KEY) return signed;
    return signed && leaf !== null && namesAgreedKey(leaf) && isIssuedBy(leaf, message);
  };
}

function isSigned(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  const key = publicKey.length === 32 ? Buffer.concat([KEY_TYPE, publicKey]) : Buffer.from(publicKey);
  try {
    return verifySignature(key, Buffer.from(message), Buffer.from(signature)) === true;
  } catch {
    // libsignal throws on keys that are none; such a signature proves nothing.
    return false;
  }
}

function namesAgreedKey(leaf: Uint8Array): boolean {
  const { key } = proto.CertChain.NoiseCertificate.Details.decode(leaf);
  return agreedWith !== null && key !== null && key !== undefined && Buffer.from(key).equals(agreedWith);
}

function isIssuedBy(leaf: Uint8Array, intermediate: Uint8Array): boolean {
  const details = proto.CertChain.NoiseCertificate.Details;
  return details.decode(leaf).issuerSerial === details.decode(intermediate).serial;
}

/** Key pairs and signatures of the simulator's own keys: X25519 and XEdDSA, 32-byte public keys without type byte. */
import { calculateAgreement, calculateSignature, generateKeyPair, verifySignature } from 'libsignal/src/curve.js';

export type KeyPair = { readonly public: Buffer; readonly private: Buffer };

/** Signal prefixes Curve25519 public keys with this byte. */
const KEY_TYPE = Buffer.from([5]);

export function newKeyPair(): KeyPair {
  const { pubKey, privKey } = generateKeyPair();
  return { public: Buffer.from(pubKey).subarray(1), private: Buffer.from(privKey) };
}

export function withType(publicKey: Uint8Array): Buffer {
  return publicKey.length === 33 ? Buffer.from(publicKey) : Buffer.concat([KEY_TYPE, publicKey]);
}

export function agree(own: KeyPair, theirs: Uint8Array): Buffer {
  return Buffer.from(calculateAgreement(withType(theirs), own.private));
}

export function sign(own: KeyPair, message: Uint8Array): Buffer {
  return Buffer.from(calculateSignature(own.private, Buffer.from(message)));
}

export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  return verifySignature(withType(publicKey), Buffer.from(message), Buffer.from(signature));
}

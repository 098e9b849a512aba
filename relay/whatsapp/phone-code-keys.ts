/**
 * The keys of linking by a phone code: pure, every byte in and out. The code itself never leaves: it opens the two wrapped keys, and
 * what both sides agree on makes the secret with which the phone then signs the device.
 * Steps and labels: whatsmeow `pair-code.go`.
 */
import {
  aesDecryptCTR,
  aesEncryptCTR,
  aesEncryptGCM,
  Curve,
  derivePairingCodeKey,
  hkdf,
  type KeyPair,
} from '@whiskeysockets/baileys';
import type { Random } from '../clock.ts';

const SALT_BYTES = 32;
const CTR_IV_BYTES = 16;
const GCM_IV_BYTES = 12;
const SECRET_BYTES = 32;

export function newEphemeralKey(): KeyPair {
  return Curve.generateKeyPair();
}

/** The public half, readable with the code alone: 32 bytes of salt, 16 of IV, 32 of key. */
export async function wrapKey(code: string, key: KeyPair, random: Random): Promise<Uint8Array> {
  const salt = Buffer.from(random.bytes(SALT_BYTES));
  const iv = Buffer.from(random.bytes(CTR_IV_BYTES));
  return Buffer.concat([salt, iv, aesEncryptCTR(key.public, await derivePairingCodeKey(code, salt), iv)]);
}

/**
 * `wrapped`: the phone's key, as `wrapKey` makes it; `identity`: the phone's, 32 bytes. `bundle` is for the phone alone; `advSecret`, 32 bytes,
 * is what it signs this device with. Rejects where the phone's key is none that a secret can be agreed on with.
 */
export async function sealKeys(
  { code, key }: { readonly code: string; readonly key: KeyPair },
  wrapped: Uint8Array,
  identity: Uint8Array,
  own: KeyPair,
  random: Random,
): Promise<{ readonly bundle: Uint8Array; readonly advSecret: Uint8Array }> {
  const salt = Buffer.from(wrapped.subarray(0, SALT_BYTES));
  const iv = wrapped.subarray(SALT_BYTES, SALT_BYTES + CTR_IV_BYTES);
  const opened = aesDecryptCTR(wrapped.subarray(SALT_BYTES + CTR_IV_BYTES), await derivePairingCodeKey(code, salt), iv);
  const shared = Curve.sharedKey(key.private, opened);
  const secret = Buffer.from(random.bytes(SECRET_BYTES));
  const bundleSalt = Buffer.from(random.bytes(SALT_BYTES));
  const bundleIv = Buffer.from(random.bytes(GCM_IV_BYTES));
  const bundleKey = hkdf(shared, 32, { salt: bundleSalt, info: 'link_code_pairing_key_bundle_encryption_key' });
  const plain = Buffer.concat([own.public, identity, secret]);
  const sealed = aesEncryptGCM(plain, bundleKey, bundleIv, Buffer.alloc(0));
  const agreed = Buffer.concat([shared, Curve.sharedKey(own.private, identity), secret]);
  return { bundle: Buffer.concat([bundleSalt, bundleIv, sealed]), advSecret: hkdf(agreed, 32, { info: 'adv_secret' }) };
}

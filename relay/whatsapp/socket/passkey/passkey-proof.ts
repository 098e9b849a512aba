/**
 * The keys of a linking that WhatsApp asks a passkey for: pure, every byte in and out.
 * The passkey itself proves the account to WhatsApp; what stands here proves to the phone that this is the device whose code it has scanned,
 * and hands it the new secret under which the phone then signs the device.
 * The steps and their labels: whatsmeow `pair-passkey.go`; zapo and WhatsApp Web's `WAWebShortcakeLinking` agree with it.
 */
import {
  createCipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';

/** X25519; the private half never leaves this process, and is thrown away with its attempt. */
export type CompanionKeys = {
  readonly privateKey: KeyObject;
  /** 32 bytes, without a type byte. */
  readonly publicKey: Uint8Array;
  /** 32 random bytes. */
  readonly nonce: Uint8Array;
};

/** What the device shows of itself before it has seen anything of the phone. */
export type Prologue = { readonly payload: Uint8Array; readonly keys: CompanionKeys; readonly ref: string };

/** What the phone answers: 32 bytes each. */
export type PrimaryIdentity = { readonly publicKey: Uint8Array; readonly nonce: Uint8Array };

const KEY_BYTES = 32;
const IV_BYTES = 12;
const CODE_BYTES = 5;
const CODE_ALPHABET = '123456789ABCDEFGHJKLMNPQRSTVWXYZ';
/** DER before the 32 bytes of an X25519 key (RFC 8410). */
const PRIVATE_DER = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_DER = Buffer.from('302a300506032b656e032100', 'hex');

/** `random`: 64 bytes. */
export function companionKeys(random: Uint8Array): CompanionKeys {
  if (random.length !== 2 * KEY_BYTES) throw new RangeError('64 bytes are needed');
  const der = Buffer.concat([PRIVATE_DER, random.subarray(0, KEY_BYTES)]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length);
  return { privateKey, publicKey, nonce: random.subarray(KEY_BYTES) };
}

/** `deviceType`: the number that the registration named. `ref`: what WhatsApp names this linking. */
export function prologueOf(keys: CompanionKeys, deviceType: number, ref: string): Prologue {
  const identity = proto.CompanionEphemeralIdentity.encode({ publicKey: keys.publicKey, deviceType, ref }).finish();
  const hash = createHash('sha256').update(identity).update(keys.nonce).digest();
  const payload = proto.ProloguePayload.encode({ companionEphemeralIdentity: identity, commitment: { hash } }).finish();
  return { payload, keys, ref };
}

/** The key that only the device whose code was scanned has. `advSecret`: of the code, 32 bytes. */
export function handoffKey(advSecret: Uint8Array): Uint8Array {
  return derive(advSecret, Buffer.alloc(0), 'shortcake-passkey-handoff-v1');
}

export function handoffProof(key: Uint8Array, payload: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(payload).digest();
}

/** Null where it is not what a phone sends. */
export function readPrimaryIdentity(bytes: Uint8Array): PrimaryIdentity | null {
  try {
    const { publicKey, nonce } = proto.PrimaryEphemeralIdentity.decode(bytes);
    return publicKey?.length === KEY_BYTES && nonce?.length === KEY_BYTES ? { publicKey, nonce } : null;
  } catch {
    // No protobuf at all: the caller ends the attempt.
    return null;
  }
}

/** What both screens show: `ABCD-EFGH`. */
export function comparedCode({ nonce }: Pick<CompanionKeys, 'nonce'>, primary: PrimaryIdentity): string {
  const hash = createHash('sha256').update(nonce).update(primary.publicKey).digest();
  const bits = Array.from({ length: CODE_BYTES }, (_none, at) => hash.readUInt8(at) ^ (primary.nonce[at] ?? 0))
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  const letters = bits.match(/.{5}/g)?.map((five) => CODE_ALPHABET[Number.parseInt(five, 2)]) ?? [];
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

export type PairingSecrets = {
  /** The device's Noise key, 32 bytes. */
  readonly noiseKey: Uint8Array;
  readonly identityKey: Uint8Array;
  /** The new one: WhatsApp's `pair-success` is signed with it. */
  readonly advSecret: Uint8Array;
};

/** The secrets for the phone alone. `iv`: 12 random bytes. Throws where the phone's key is no point of the curve that can be used. */
export function sealPairing(
  { keys, ref }: Prologue,
  deviceType: number,
  primary: PrimaryIdentity,
  { noiseKey, identityKey, advSecret }: PairingSecrets,
  iv: Uint8Array,
): Uint8Array {
  if (iv.length !== IV_BYTES) throw new RangeError('12 bytes are needed');
  const publicKey = createPublicKey({
    key: Buffer.concat([PUBLIC_DER, primary.publicKey]),
    format: 'der',
    type: 'spki',
  });
  const shared = diffieHellman({ privateKey: keys.privateKey, publicKey });
  const salt = Buffer.from(`Companion Pairing ${deviceType} with ref ${ref}`);
  const cipher = createCipheriv('aes-256-gcm', derive(shared, salt, 'Pairing Information Encryption Key'), iv);
  const plain = proto.PairingRequest.encode({
    companionPublicKey: noiseKey,
    companionIdentityKey: identityKey,
    advSecret,
  }).finish();
  const encryptedPayload = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return proto.EncryptedPairingRequest.encode({ encryptedPayload, iv }).finish();
}

function derive(secret: Uint8Array, salt: Uint8Array, info: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, salt, info, KEY_BYTES));
}

/** The keys of a linking with a passkey, against vectors that were made in another language, without a library (vectors.py). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  companionKeys,
  comparedCode,
  handoffKey,
  handoffProof,
  prologueOf,
  readPrimaryIdentity,
  sealPairing,
} from '../../../relay/whatsapp/socket/passkey/passkey-proof.ts';

type Vector = Readonly<Record<Exclude<string, 'deviceType'>, string>> & { readonly deviceType: number };

const VECTORS = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as readonly Vector[];
const bytes = (hex: string | undefined): Buffer => Buffer.from(hex ?? '', 'hex');
const hex = (of: Uint8Array): string => Buffer.from(of).toString('hex');

describe.each(VECTORS.map((vector, at) => [at, vector] as const))('vector %i', (_at, vector) => {
  const keys = companionKeys(bytes(vector.random));
  const prologue = prologueOf(keys, vector.deviceType, vector.ref ?? '');
  const primary = readPrimaryIdentity(bytes(vector.primary));

  test('what the device shows first, and its proof', () => {
    expect(hex(keys.publicKey)).toBe(vector.publicKey);
    expect(hex(prologue.payload)).toBe(vector.payload);
    expect(hex(handoffProof(handoffKey(bytes(vector.advSecret)), prologue.payload))).toBe(vector.proof);
  });

  test('the code on both screens', () => {
    expect(primary && comparedCode(keys, primary)).toBe(vector.code);
  });

  test('the secrets for the phone alone', () => {
    if (!primary) throw new Error('no identity');
    const secrets = {
      noiseKey: bytes(vector.noiseKey),
      identityKey: bytes(vector.identityKey),
      advSecret: bytes(vector.freshSecret),
    };
    const sealed = sealPairing(prologue, vector.deviceType, primary, secrets, bytes(vector.iv));
    expect(hex(sealed)).toBe(vector.sealed);
  });
});

test.each([
  ['nothing', ''],
  ['no protobuf', 'ffffffff'],
  ['a key that is too short', `0a1f${'11'.repeat(31)}1220${'22'.repeat(32)}`],
  ['a key that is too long', `0a21${'11'.repeat(33)}1220${'22'.repeat(32)}`],
  ['a nonce that is too short', `0a20${'11'.repeat(32)}121f${'22'.repeat(31)}`],
  ['no nonce', `0a20${'11'.repeat(32)}`],
])('an identity of a phone is refused: %s', (_what, given) => {
  expect(readPrimaryIdentity(bytes(given))).toBeNull();
});

test('a key of the phone that would give every device the same secret is refused', () => {
  const prologue = prologueOf(companionKeys(Buffer.alloc(64, 7)), 1, 'ref');
  const primary = { publicKey: Buffer.alloc(32), nonce: Buffer.alloc(32) };
  const secrets = { noiseKey: Buffer.alloc(32), identityKey: Buffer.alloc(32), advSecret: Buffer.alloc(32) };
  expect(() => sealPairing(prologue, 1, primary, secrets, Buffer.alloc(12))).toThrow(Error);
});

/** The hash that app state is guarded with: a sum of expanded values, so that entries can be added and taken away in any order. */
import { hkdfSync } from 'node:crypto';

const BYTES = 128;

export function emptyHash(): Buffer {
  return Buffer.alloc(BYTES);
}

/** Sixty-four 16-bit sums, little-endian, each wrapping around. */
export function changeHash(hash: Buffer, added: readonly Uint8Array[], removed: readonly Uint8Array[]): Buffer {
  const next = Buffer.from(hash);
  for (const value of removed) mix(next, value, -1);
  for (const value of added) mix(next, value, 1);
  return next;
}

function mix(hash: Buffer, value: Uint8Array, sign: 1 | -1): void {
  const expanded = Buffer.from(hkdfSync('sha256', value, Buffer.alloc(0), 'WhatsApp Patch Integrity', BYTES));
  for (let at = 0; at < BYTES; at += 2)
    hash.writeUInt16LE((hash.readUInt16LE(at) + sign * expanded.readUInt16LE(at)) & 0xffff, at);
}

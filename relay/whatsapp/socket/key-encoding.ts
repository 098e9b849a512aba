/**
 * Signal keys as bytes for the store, and back. The first byte says which way: a value's shape is Baileys' business
 * and differs by type and version, so nothing here knows what a session or a sender key looks like.
 */
import { BufferJSON, proto, type SignalDataTypeMap } from '@whiskeysockets/baileys';

const AS_BYTES = 0;
const AS_JSON = 1;

export function encodeKey(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return Buffer.concat([Uint8Array.of(AS_BYTES), value]);
  return Buffer.concat([Uint8Array.of(AS_JSON), Buffer.from(JSON.stringify(value, BufferJSON.replacer))]);
}

/** Throws where the bytes are none that `encodeKey` made. */
export function decodeKey<T extends keyof SignalDataTypeMap>(type: T, bytes: Uint8Array): SignalDataTypeMap[T] {
  return read(type, bytes) as SignalDataTypeMap[T];
}

function read(type: string, bytes: Uint8Array): unknown {
  // Baileys hands sender keys to a parser that asks for a Buffer.
  const rest = Buffer.from(bytes.subarray(1));
  if (bytes[0] === AS_BYTES) return rest;
  if (bytes[0] !== AS_JSON) throw new TypeError('not an encoded key');
  const value: unknown = JSON.parse(rest.toString(), BufferJSON.reviver);
  // The one value that Baileys 7.0.0-rc14 reads as the protobuf that it was.
  if (type === 'app-state-sync-key' && typeof value === 'object' && value !== null) {
    return proto.Message.AppStateSyncKeyData.fromObject(value);
  }
  return value;
}

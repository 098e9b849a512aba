/** Message padding: one to sixteen bytes, each saying how many there are. */
import { randomInt } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';

export function encodePadded(message: proto.IMessage): Buffer {
  const count = randomInt(1, 17);
  return Buffer.concat([proto.Message.encode(message).finish(), Buffer.alloc(count, count)]);
}

/** Throws where padding or protobuf are broken. */
export function decodePadded(bytes: Buffer): proto.Message {
  const count = bytes.at(-1) ?? 0;
  if (count < 1 || count > bytes.length) throw new Error('broken padding');
  return proto.Message.decode(bytes.subarray(0, bytes.length - count));
}

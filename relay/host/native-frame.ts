/** The frames between a browser and a program that it started: four bytes of length in the machine's own order, then JSON in UTF-8. */
import { endianness } from 'node:os';

const HEADER_BYTES = 4;
/** Far more than a request of ours has; a browser may send up to 64 MiB. */
const MOST_BYTES = 4_096;

/** The first message. Rejects where it is cut off, too long, or no JSON. What follows is not read. */
export async function readFrame(input: AsyncIterable<Buffer>): Promise<unknown> {
  let held = Buffer.alloc(0);
  for await (const chunk of input) {
    held = Buffer.concat([held, chunk]);
    if (held.length < HEADER_BYTES) continue;
    const length = endianness() === 'LE' ? held.readUInt32LE() : held.readUInt32BE();
    if (length > MOST_BYTES) throw new Error('the message is too long');
    if (held.length >= HEADER_BYTES + length)
      return JSON.parse(held.subarray(HEADER_BYTES, HEADER_BYTES + length).toString('utf8'));
  }
  throw new Error('the message is cut off');
}

export function frameOf(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const header = Buffer.alloc(HEADER_BYTES);
  if (endianness() === 'LE') header.writeUInt32LE(body.length);
  else header.writeUInt32BE(body.length);
  return Buffer.concat([header, body]);
}

/** Cuts a byte stream into WhatsApp's frames: an optional routing prelude, the header, then length-prefixed frames. */

const HEADER = Buffer.from([0x57, 0x41, 0x06, 0x03]);
const ROUTING = Buffer.from('ED');
const LENGTH_BYTES = 3;

export class FrameReader {
  #bytes: Buffer = Buffer.alloc(0);
  #greeted = false;

  /** The header as the handshake's prologue. */
  get prologue(): Buffer {
    return HEADER;
  }

  /** Complete frames so far. Throws where the stream does not start with WhatsApp's header. */
  take(chunk: Buffer): Buffer[] {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    if (!this.#greeted && !this.#readGreeting()) return [];
    const frames: Buffer[] = [];
    while (this.#bytes.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + this.#bytes.readUIntBE(0, LENGTH_BYTES);
      if (this.#bytes.length < end) break;
      frames.push(this.#bytes.subarray(LENGTH_BYTES, end));
      this.#bytes = this.#bytes.subarray(end);
    }
    return frames;
  }

  #readGreeting(): boolean {
    let start = 0;
    if (this.#bytes.subarray(0, 2).equals(ROUTING)) {
      if (this.#bytes.length < 7) return false;
      // "ED", two version bytes, three bytes of length, the routing info.
      start = 7 + this.#bytes.readUIntBE(4, 3);
    }
    if (this.#bytes.length < start + HEADER.length) return false;
    if (!this.#bytes.subarray(start, start + HEADER.length).equals(HEADER)) {
      throw new Error("the stream does not start with WhatsApp's header");
    }
    this.#bytes = this.#bytes.subarray(start + HEADER.length);
    this.#greeted = true;
    return true;
  }
}

export function frame(data: Uint8Array): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUIntBE(data.length, 0, LENGTH_BYTES);
  return Buffer.concat([length, data]);
}

/**
 * An own media host on loopback: keeps encrypted files and hands them out. The encryption is ours, after WhatsApp's scheme:
 * HKDF of a media key into IV, cipher key and MAC key; AES-256-CBC; ten bytes of HMAC-SHA256 at the end.
 */
import { createCipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type MediaKind = 'Image' | 'Video' | 'Audio' | 'Document' | 'App State' | 'History';

/** A file on the host, as a message refers to it. */
export type Media = {
  readonly reference: {
    readonly url: string;
    readonly directPath: string;
    readonly mediaKey: Uint8Array;
    readonly fileSha256: Uint8Array;
    readonly fileEncSha256: Uint8Array;
    readonly fileLength: number;
  };
};

const MAC_BYTES = 10;

export class MediaHost {
  readonly #files = new Map<string, Buffer>();
  /** Paths that were asked for, in order. */
  readonly downloads: string[] = [];
  #server: Server | null = null;
  #port = 0;

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const file = this.#files.get(request.url ?? '');
      this.downloads.push(request.url ?? '');
      if (file) response.writeHead(200, { 'content-length': file.length }).end(file);
      else response.writeHead(404).end();
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    server?.closeAllConnections();
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Encrypts and keeps a file. */
  keep(kind: MediaKind, content: Uint8Array): Media {
    const mediaKey = randomBytes(32);
    const encrypted = encryptMedia(kind, mediaKey, content);
    const path = `/o1/v/${randomBytes(16).toString('hex')}`;
    this.#files.set(path, encrypted);
    return {
      reference: {
        url: `http://${this.host}${path}`,
        directPath: path,
        mediaKey,
        fileSha256: createHash('sha256').update(content).digest(),
        fileEncSha256: createHash('sha256').update(encrypted).digest(),
        fileLength: content.length,
      },
    };
  }
}

function encryptMedia(kind: MediaKind, mediaKey: Uint8Array, content: Uint8Array): Buffer {
  const keys = Buffer.from(hkdfSync('sha256', mediaKey, Buffer.alloc(0), `WhatsApp ${kind} Keys`, 112));
  const iv = keys.subarray(0, 16);
  const cipher = createCipheriv('aes-256-cbc', keys.subarray(16, 48), iv);
  const encrypted = Buffer.concat([cipher.update(content), cipher.final()]);
  const mac = createHmac('sha256', keys.subarray(48, 80)).update(iv).update(encrypted).digest().subarray(0, MAC_BYTES);
  return Buffer.concat([encrypted, mac]);
}

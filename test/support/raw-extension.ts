/** An extension's connection without a library: it closes when it wants to, keeps what it should let go, and says what it likes. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { WIRE_PATH } from '../../shared/contract/wire.ts';

/** Resolves with the relay's first bytes heard. Its side stays open when the relay's ends. */
export async function rawExtension(port: number, origin: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  const headers = [`Host: 127.0.0.1:${port}`, `Origin: ${origin}`, 'Connection: Upgrade', 'Upgrade: websocket'];
  const key = `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`;
  socket.write([`GET ${WIRE_PATH} HTTP/1.1`, ...headers, key, 'Sec-WebSocket-Version: 13', '', ''].join('\r\n'));
  await Promise.race([once(socket, 'data'), once(socket, 'close')]);
  return socket;
}

/** A text frame of RFC 6455, 5.2, under the mask 0. */
export function longFrame(bytes: number): Buffer {
  const head = Buffer.from([0x81, 0xfe, 0, 0, 0, 0, 0, 0]);
  head.writeUInt16BE(bytes, 2);
  return Buffer.concat([head, Buffer.alloc(bytes, 'x')]);
}

/** An Origin as Firefox gives one to each extension of each profile. */
export function madeUpOrigin(number: number): string {
  return `moz-extension://${number.toString(16).padStart(8, '0')}-89ab-cdef-0123-456789abcdef`;
}

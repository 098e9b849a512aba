/** How a Baileys socket ends: soon, with a code that it can report, and for a reason that can be judged. Judges nothing itself. */
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { WebSocket } from 'ws';
import type { Clock } from '../clock.ts';
import type { SocketClose } from './disconnect.ts';

type Wire = WASocket['ws'];

/** How long the other side may take to say goodbye too. */
const GOODBYE_MS = 1_000;
/** Baileys makes errors of WhatsApp's codes that take none below 400: one of those would end the process, not the socket. */
const LEAST_CODE = 400;

/**
 * Baileys tells of an end only when the other side has closed as well; a silent one never does, and the WebSocket library waits
 * half a minute for it. `ending` is called first, for every end.
 */
export function endSoon(wire: Wire, clock: Clock, ending: () => void): void {
  const close = wire.close.bind(wire);
  wire.close = async () => {
    ending();
    const timer = clock.after(GOODBYE_MS, () => {
      const socket: unknown = field(wire, 'socket');
      if (socket instanceof WebSocket) socket.terminate();
    });
    await close();
    timer.cancel();
  };
}

/** Before Baileys reads them. */
export function mendCloseCodes(wire: Wire): void {
  const mend = (attrs: BinaryNode['attrs'], name: string): void => {
    if (attrs[name] !== undefined && !(Number(attrs[name]) >= LEAST_CODE)) attrs[name] = '500';
  };
  wire.prependListener('CB:failure', ({ attrs }: BinaryNode) => mend(attrs, 'reason'));
  wire.prependListener('CB:stream:error', ({ attrs }: BinaryNode) => mend(attrs, 'code'));
}

/** Baileys reports the reason as a Boom: a status code, the sentence of its origin, and the stanza's attributes. */
export function readClose(error: unknown): SocketClose {
  const code = field(field(error, 'output'), 'statusCode');
  const sentence = field(error, 'message');
  const expire = Number(field(field(error, 'data'), 'expire'));
  return {
    code: typeof code === 'number' ? code : null,
    banSeconds: Number.isFinite(expire) ? expire : null,
    origin: originOf(typeof sentence === 'string' ? sentence : '', code),
  };
}

/** By the sentences of Baileys 7.0.0-rc14, socket.js and noise-handler.js. */
function originOf(sentence: string, code: unknown): SocketClose['origin'] {
  if (sentence === 'Connection Failure') return 'login';
  if (code === 400 && /certificat/i.test(sentence)) return 'certificate';
  return sentence.startsWith('WebSocket Error') ? 'transport' : 'stream';
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

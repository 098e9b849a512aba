/** Why a Baileys socket ended, read from the error that it ended with. Judges nothing itself. */

export type SocketClose = {
  /** Baileys' status code; null where the error carried none. */
  readonly code: number | null;
  /** Seconds until a temporary ban ends, where WhatsApp said so. */
  readonly banSeconds: number | null;
  /**
   * Who spoke. `stream`: WhatsApp, or Baileys about the connection. `login`: WhatsApp, in a `failure` stanza.
   * `certificate`: our own check of the server. `transport`: whatever stands between, whose HTTP status Baileys passes on
   * as if it were WhatsApp's code: a proxy's 401 must not cost anybody their link. `disk`: we, since nothing could be written.
   */
  readonly origin: 'stream' | 'login' | 'certificate' | 'transport' | 'disk';
};

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

/**
 * One HTTP request on the wire and its whole reply, bounded. No redirect is followed, no connection kept.
 * Knows no retries and no agents.
 *
 * node:http, since its socket tells whether anything of the request was on the wire when it failed: then it must not be sent again. Its
 * `lookup` hook judges the very addresses that are connected to: a judged name could resolve to something else a moment later.
 */
import { lookup as resolveName } from 'node:dns';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type Agent as TunnelAgent } from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import type { Readable, Transform } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { hostOf, reachOf, refusalOf } from './address.ts';
import { decoded, isText } from './charset.ts';

export type HttpRequest = {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};

export type Exchange =
  | {
      readonly type: 'reply';
      readonly status: number;
      /** Lower case, without parameters; empty where none was sent. */
      readonly contentType: string;
      /** By their names in lower case, the first of each. */
      readonly headers: ReadonlyMap<string, string>;
      /** As text, whatever the charset. */
      readonly body: string;
    }
  /** Nothing was sent: the address was refused before connecting. */
  | { readonly type: 'address-refused'; readonly detail: string }
  /** Nothing of the request was sent, so trying again cannot make the agent think twice. */
  | { readonly type: 'not-connected'; readonly detail: string }
  /** The connection broke after the request was on it. */
  | { readonly type: 'broken'; readonly detail: string }
  /** The reply cannot be taken: too long, or packed in a way not understood. */
  | { readonly type: 'unreadable'; readonly detail: string };

export type ExchangeLimits = {
  /** Counted after unpacking. */
  readonly bodyBytes: number;
  readonly allowPrivateHttp: boolean;
  /** The way to whatever is at https:// and not in the own network, where there is a proxy: the proxy then resolves the names. */
  readonly proxyAgent: TunnelAgent | null;
  /** How names become addresses; the system's way by default. */
  readonly lookup?: LookupFunction;
};

/** Rejects with the signal's reason when it is aborted; the connection is then already destroyed. */
export async function exchange(asked: HttpRequest, limits: ExchangeLimits, signal: AbortSignal): Promise<Exchange> {
  signal.throwIfAborted();
  const url = new URL(asked.url);
  const host = hostOf(url);
  const refusal = isIP(host) ? refusalOf(host, url.protocol, limits.allowPrivateHttp) : null;
  if (refusal) return { type: 'address-refused', detail: refusal };

  let connected = false;
  let request: ClientRequest | null = null;
  const hangUp = () => request?.destroy();
  signal.addEventListener('abort', hangUp, { once: true });
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
      request = open(url, {
        method: asked.method,
        headers: { 'accept-encoding': 'identity', ...asked.headers, ...lengthOf(asked.body) },
        // One connection a call: hanging up is then seen at once, and no stale connection is ever picked up.
        agent: (url.protocol === 'https:' && !isNear(host) && limits.proxyAgent) || false,
        rejectUnauthorized: true,
        lookup: judgedLookup(url.protocol, limits),
      });
      request.on('socket', (socket: Socket | TLSSocket) => {
        // A tunnel comes with everything open.
        if (!socket.connecting && !('secureConnecting' in socket && socket.secureConnecting)) connected = true;
        socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
          connected = true;
        });
      });
      request.on('error', reject);
      request.on('response', (reply) => {
        // The connection may break after the reader has left; before, the reader gets the error.
        reply.on('error', () => undefined);
        resolve(reply);
      });
      request.on('close', () => reject(new Error('closed without a reply')));
      request.end(asked.body ?? undefined);
    });
    return await readReply(response, limits.bodyBytes);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AddressRefused) return { type: 'address-refused', detail: error.message };
    return { type: connected ? 'broken' : 'not-connected', detail: codeOf(error) };
  } finally {
    signal.removeEventListener('abort', hangUp);
    hangUp();
  }
}

class AddressRefused extends Error {}

function isNear(host: string): boolean {
  return isIP(host) !== 0 && reachOf(host) !== 'public';
}

/** Resolves a name to those of its addresses that may be connected to; a name that has none of them is refused. */
function judgedLookup(protocol: string, limits: ExchangeLimits): LookupFunction {
  return (hostname, options, callback) => {
    (limits.lookup ?? resolveName)(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const addresses = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found;
      const refusals = addresses.map(({ address }) => refusalOf(address, protocol, limits.allowPrivateHttp));
      const allowed = addresses.filter((_, index) => refusals[index] === null);
      const first = allowed[0];
      if (!first) {
        const refusal = refusals.find((each) => each !== null);
        const nothing = Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
        return callback(refusal ? new AddressRefused(refusal) : nothing, '');
      }
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

async function readReply(response: IncomingMessage, mostBytes: number): Promise<Exchange> {
  const { 'content-type': sentType, 'content-encoding': encoding } = response.headers;
  const contentType = sentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  const unpackers = unpackersFor(encoding ?? '');
  const unknown: Exchange = { type: 'unreadable', detail: 'the body is packed in an unknown way' };
  if (unpackers === 'unknown') return unknown;
  const limit = STREAM_TYPES.has(contentType) ? streamLimit(mostBytes) : mostBytes;
  const body = unpackers.makers.reduce<Readable>((packed, make) => unpacked(packed, make()), response);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      // Leaving the loop destroys the stream: the rest is never read, however long it is.
      if (bytes > limit) return { type: 'unreadable', detail: `the body is longer than ${limit / 1024} KiB` };
      chunks.push(chunk);
    }
  } catch (error) {
    // The connection held and the unpacking failed: the body is not what it says it is.
    if (unpackers.makers.length > 0 && !response.errored)
      return { type: 'unreadable', detail: 'the body cannot be unpacked' };
    throw error;
  }
  const whole = Buffer.concat(chunks);
  // A coding without a meaning is passed over where the bytes are a text all the same.
  if (unpackers.isOdd && !isText(whole)) return unknown;
  return {
    type: 'reply',
    status: response.statusCode ?? 0,
    contentType,
    headers: new Map(Object.entries(response.headersDistinct).map(([name, values]) => [name, values?.[0] ?? ''])),
    body: decoded(whole, sentType ?? ''),
  };
}

/** In these types each word travels in an object of its own, so the wrapping has a bound of its own. */
const STREAM_TYPES: ReadonlySet<string> = new Set(['text/event-stream', 'application/x-ndjson', 'application/jsonl']);
const MOST_WRAPPING = 32;
const MOST_STREAM_BYTES = 16 * 1024 * 1024;

function streamLimit(mostBytes: number): number {
  return Math.max(mostBytes, Math.min(mostBytes * MOST_WRAPPING, MOST_STREAM_BYTES));
}

/** `identity` is asked for, but not every server listens. */
const UNPACKERS: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);
/** Codings that exist and are not understood here. */
const OTHER_CODINGS: ReadonlySet<string> = new Set([
  'compress',
  'x-compress',
  'zstd',
  'exi',
  'pack200-gzip',
  'dcb',
  'dcz',
]);

/** In the order in which they are applied. Servers write names of charsets and worse where a coding is expected. */
function unpackersFor(header: string): { readonly makers: (() => Transform)[]; readonly isOdd: boolean } | 'unknown' {
  const codings = header
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity')
    .toReversed();
  if (codings.length > MOST_CODINGS || codings.some((coding) => OTHER_CODINGS.has(coding))) return 'unknown';
  const known = codings.map((coding) => UNPACKERS.get(coding));
  const makers = known.filter((make) => make !== undefined);
  return { makers, isOdd: makers.length < known.length };
}

/** Packed more often than that is nobody's answer. */
const MOST_CODINGS = 3;

function unpacked(packed: Readable, transform: Transform): Readable {
  // pipe() forwards no errors: without this a connection that breaks in the middle would leave the reader waiting.
  packed.on('error', (error) => transform.destroy(error));
  // The reader gets this error; after it has stopped reading, the error is irrelevant.
  transform.on('error', () => undefined);
  return packed.pipe(transform);
}

function lengthOf(body: string | null): Record<string, string> {
  return body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

/** An error's code alone: its message may quote what was sent. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.code === 'ERR_PROXY_TUNNEL' && 'statusCode' in error
      ? `the proxy refused, HTTP ${error.statusCode}`
      : error.code;
  }
  return 'the connection was closed';
}

/**
 * The doctor's look at WhatsApp, the clock and the port. One request to WhatsApp's front page says that it can be reached,
 * that it is itself (its certificate), and what time it is. Nothing of the owner's goes there.
 */
import { lstat, readdir } from 'node:fs/promises';
import { get as getHttp, type IncomingMessage } from 'node:http';
import { type Agent, get as getHttps } from 'node:https';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { proxyName } from '../../settings/settings-editor.ts';
import type { Finding } from './finding.ts';

export type WhatsAppAnswer = {
  readonly host: string;
  readonly simulated: boolean;
  readonly result: 'reached' | 'unreachable' | 'not-trusted';
  /** The server's time, epoch milliseconds; null where it told none. */
  readonly date: number | null;
};

const HTTP_PORT = 80;
const WHATSAPP_HOST = 'web.whatsapp.com';
const REACH_MOST_MS = 10_000;
const HEALTH_MOST_MS = 3_000;
/** Beyond this a fresh message may look older than it is. */
const CLOCK_WARNING_MS = 30_000;
const CLOCK_FAILED_MS = 300_000;
/** Files carry the time of their last write; a clock may be set back by a little. */
const CLOCK_BACK_MS = 60_000;

/** A simulated WhatsApp shows no pages: that it takes a connection is all there is to know. */
export function whatsappAnswer(simulatedUrl: string | null, proxy: Agent | null): Promise<WhatsAppAnswer> {
  return simulatedUrl === null
    ? pageAnswer(new URL(`https://${WHATSAPP_HOST}/`), proxy)
    : lineAnswer(new URL(simulatedUrl));
}

function lineAnswer({ host, hostname, port }: URL): Promise<WhatsAppAnswer> {
  const about = { host, simulated: true, date: null };
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || HTTP_PORT),
      timeout: REACH_MOST_MS,
    });
    const end = (result: 'reached' | 'unreachable') => {
      socket.destroy();
      resolve({ ...about, result });
    };
    socket.on('connect', () => end('reached'));
    socket.on('timeout', () => end('unreachable'));
    socket.on('error', () => end('unreachable'));
  });
}

/** Any server that shows pages, so that dates and certificates can be tried. */
export function pageAnswer(url: URL, proxy: Agent | null = null): Promise<WhatsAppAnswer> {
  const about = { host: url.host, simulated: false };
  return new Promise((resolve) => {
    const options = { timeout: REACH_MOST_MS, agent: proxy ?? (false as const), headers: { connection: 'close' } };
    const onResponse = (response: IncomingMessage) => {
      const date = Date.parse(response.headers.date ?? '');
      response.destroy();
      resolve({ ...about, result: 'reached', date: Number.isNaN(date) ? null : date });
    };
    const request = url.protocol === 'https:' ? getHttps(url, options, onResponse) : getHttp(url, options, onResponse);
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', (error) => {
      resolve({ ...about, result: isTrustError(error) ? 'not-trusted' : 'unreachable', date: null });
    });
  });
}

/** OpenSSL's names of what can be wrong with a certificate. */
function isTrustError(error: Error): boolean {
  return 'code' in error && /CERT|SIGNED|ISSUER|SIGNATURE|ALTNAME/.test(String(error.code));
}

export function checkProxy(proxy: string): Finding {
  return { check: 'proxy', level: 'ok', word: 'proxy', values: { proxy: proxyName(proxy) } };
}

export function checkWhatsApp({ host, simulated, result }: WhatsAppAnswer): Finding {
  const values = { host };
  switch (result) {
    case 'reached':
      return { check: 'whatsapp', level: 'ok', word: simulated ? 'whatsappSimulated' : 'whatsapp', values };
    case 'unreachable':
      return { check: 'whatsapp', level: 'failed', word: 'whatsappUnreachable', values };
    case 'not-trusted':
      return { check: 'whatsapp', level: 'failed', word: 'whatsappNotTrusted', values, trouble: 'server-not-trusted' };
  }
}

export async function checkClock(answer: WhatsAppAnswer, home: string, now: number): Promise<Finding> {
  if (answer.date !== null) {
    const apart = Math.abs(now - answer.date);
    const values = { seconds: Math.round(apart / 1_000) };
    if (apart < CLOCK_WARNING_MS) return { check: 'clock', level: 'ok', word: 'clock', values };
    return { check: 'clock', level: apart < CLOCK_FAILED_MS ? 'warning' : 'failed', word: 'clockWrong', values };
  }
  if ((await lastWrite(home)) > now + CLOCK_BACK_MS) return { check: 'clock', level: 'failed', word: 'clockBack' };
  return { check: 'clock', level: 'warning', word: 'clockUnknown' };
}

/** When the relay last wrote something, epoch milliseconds; 0 where it never did. */
async function lastWrite(home: string): Promise<number> {
  const names = await readdir(home).catch(() => []);
  const times = await Promise.all(
    names.map((name) =>
      lstat(path.join(home, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(0, ...times);
}

/** The port must be the relay's own while one runs; otherwise it should be free. */
export async function checkPort(port: number, runs: boolean): Promise<Finding> {
  const values = { port };
  if (port === 0) return { check: 'port', level: 'ok', word: 'portAny' };
  if (await isHealthy(port)) {
    return runs
      ? { check: 'port', level: 'ok', word: 'port', values }
      : { check: 'port', level: 'failed', word: 'portOther', values };
  }
  if (await isFree(port)) return { check: 'port', level: 'ok', word: 'portFree', values };
  return { check: 'port', level: 'failed', word: 'portTaken', values };
}

function isHealthy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = getHttp(
      { host: '127.0.0.1', port, path: '/healthz', timeout: HEALTH_MOST_MS, agent: false },
      (response) => {
        resolve(response.statusCode === 200);
        response.destroy();
      },
    );
    request.on('timeout', () => request.destroy());
    // No answer in time: `error` follows.
    request.on('error', () => resolve(false));
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  });
}

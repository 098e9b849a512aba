/**
 * The one HTTP client of all adapters: a time-out over the whole answer, bounded retries, faults as values.
 * Knows no adapter; what it says about a failure never holds a header, an address or a text.
 */
import type { LookupFunction } from 'node:net';
import { type Clock, type Random, wait } from '../clock.ts';
import { type ProxySettings, proxyAgent } from '../network.ts';
import type { NumberSettings } from '../settings/catalogue.ts';
import { isBrowserCheck } from './browser-check.ts';
import { type Fault, fault } from './fault.ts';
import { type Exchange, exchange, type HttpRequest } from './http-exchange.ts';
import { faultOfReply } from './http-fault.ts';
import { waitInBody, waitInHeaders } from './retry-wait.ts';

export type HttpDeps = {
  readonly clock: Clock;
  readonly random: Random;
  readonly settings: Pick<NumberSettings, 'agentSeconds' | 'agentRetries' | 'agentBodyKib'> & ProxySettings;
  /** For tests: how names become addresses. */
  readonly lookup?: LookupFunction;
};

/** `retryAfterMs`: from its headers, or else from what a refusal says in its body, counted from now. */
export type HttpReply = Omit<Extract<Exchange, { type: 'reply' }>, 'headers'> & {
  readonly retryAfterMs: number | null;
};

/** All requests of one answer. They share its time. */
export type Call = {
  /** The reply whatever its status, except redirects: those are a fault. Rejects only when the call is aborted. */
  send(request: HttpRequest): Promise<HttpReply | Fault>;
  /** Aborted by the caller or by the time-out. */
  readonly signal: AbortSignal;
};

const FIRST_PAUSE_MS = 500;

class TooSlow extends Error {}

/**
 * Runs the requests of one answer inside `agentSeconds`. When the time is up the wire is cut and the result is `too-slow`.
 * Rejects with the signal's reason when the caller aborts.
 */
export async function withinTime<T>(
  deps: HttpDeps,
  allowPrivateHttp: boolean,
  signal: AbortSignal,
  work: (call: Call) => Promise<T>,
): Promise<T | Fault> {
  signal.throwIfAborted();
  const mostMs = deps.settings.agentSeconds * 1_000;
  const endsAt = deps.clock.monotonic() + mostMs;
  const timeUp = new AbortController();
  const timer = deps.clock.after(mostMs, () => timeUp.abort(new TooSlow()));
  const either = AbortSignal.any([signal, timeUp.signal]);
  try {
    return await work({
      signal: either,
      send: (request) => sendWithRetries(request, deps, allowPrivateHttp, endsAt, either),
    });
  } catch (error) {
    signal.throwIfAborted();
    if (!timeUp.signal.aborted) throw error;
    return { ...fault('too-slow', `no answer within ${deps.settings.agentSeconds} s`), mayGoOn: true };
  } finally {
    timer.cancel();
  }
}

async function sendWithRetries(
  request: HttpRequest,
  deps: HttpDeps,
  allowPrivateHttp: boolean,
  endsAt: number,
  signal: AbortSignal,
): Promise<HttpReply | Fault> {
  const limits = {
    bodyBytes: deps.settings.agentBodyKib * 1_024,
    allowPrivateHttp,
    proxyAgent: proxyAgent(deps.settings),
    ...(deps.lookup && { lookup: deps.lookup }),
  };
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await exchange(request, limits, signal);
    const pauseMs = attempt < deps.settings.agentRetries ? pauseBefore(outcome, attempt, deps) : null;
    // A pause that outlasts the answer's time would only turn a clear fault into `too-slow`.
    if (pauseMs === null || deps.clock.monotonic() + pauseMs >= endsAt) return judged(outcome, deps.clock.now());
    await wait(deps.clock, pauseMs, signal);
  }
}

/** How long to wait before the same request is sent again; null where it must not be. */
function pauseBefore(outcome: Exchange, attempt: number, deps: HttpDeps): number | null {
  if (outcome.type === 'not-connected') {
    if (CERTIFICATE_CODES.test(outcome.detail) || PROTOCOL_CODES.test(outcome.detail)) return null;
    return FIRST_PAUSE_MS * 2 ** attempt * (0.75 + deps.random.fraction() / 2);
  }
  const mayRepeat =
    outcome.type === 'reply' &&
    (outcome.status === 429 || outcome.status === 503) &&
    !isBrowserCheck(outcome.headers, outcome.body);
  // What is too much at once stays too much.
  if (!mayRepeat || faultOfReply({ ...outcome, retryAfterMs: null })?.fault === 'context-too-long') return null;
  return waitAskedFor(outcome, deps.clock.now());
}

function waitAskedFor({ status, headers, body }: Extract<Exchange, { type: 'reply' }>, now: number): number | null {
  return waitInHeaders(headers, status, now) ?? (status >= 400 ? waitInBody(body) : null);
}

/** Node's codes for a certificate that does not hold; another try would meet the same one. */
const CERTIFICATE_CODES = /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS/;

/** A server that does not speak TLS where it is asked to. */
const PROTOCOL_CODES = /^EPROTO$|WRONG_VERSION_NUMBER/;

function judged(outcome: Exchange, now: number): HttpReply | Fault {
  if (outcome.type === 'address-refused') return fault('address-refused', outcome.detail);
  if (outcome.type === 'not-connected') {
    if (PROTOCOL_CODES.test(outcome.detail))
      return fault('wrong-address', `${outcome.detail}: http:// instead of https://?`);
    const isCertificate = CERTIFICATE_CODES.test(outcome.detail);
    return isCertificate
      ? fault('certificate', outcome.detail)
      : fault('unreachable', `could not connect: ${outcome.detail}`);
  }
  if (outcome.type === 'broken' && outcome.detail.startsWith('HPE_')) return fault('wrong-server', outcome.detail);
  if (outcome.type === 'broken')
    return { ...fault('unreachable', `the connection broke: ${outcome.detail}`), mayGoOn: true };
  if (outcome.type === 'unreadable') return fault('odd-answer', outcome.detail);
  if (isBrowserCheck(outcome.headers, outcome.body)) return fault('browser-check', `HTTP ${outcome.status}`);
  if (outcome.status >= 300 && outcome.status < 400) {
    return fault('odd-answer', `HTTP ${outcome.status}: redirects are not followed, enter the final address`);
  }
  const { type, status, contentType, body } = outcome;
  return { type, status, contentType, body, retryAfterMs: waitAskedFor(outcome, now) };
}

/**
 * What a refusing reply means: one table for all adapters.
 * Reads codes, never quotes a server's words: they may repeat a key or a message.
 */
import type { AgentFault } from '../../shared/agent.ts';
import { type Fault, fault, type Reply } from './http-client.ts';
import { at, parseJson } from './json.ts';
import { waitInError } from './retry-wait.ts';

const BY_STATUS: ReadonlyMap<number, AgentFault> = new Map([
  [401, 'key-refused'],
  [402, 'no-credits'],
  [403, 'key-refused'],
  [404, 'wrong-address'],
  [405, 'wrong-address'],
  [408, 'unreachable'],
  [425, 'unreachable'],
  [429, 'rate-limited'],
]);

/** Error codes whose meaning is documented by OpenAI and kept by those who speak like it. Only these are repeated to the owner. */
const BY_CODE: ReadonlyMap<string, AgentFault> = new Map([
  ['insufficient_quota', 'no-credits'],
  ['invalid_api_key', 'key-refused'],
  ['rate_limit_exceeded', 'rate-limited'],
  ['model_not_found', 'model-missing'],
  ['authentication_error', 'key-refused'],
  ['overloaded_error', 'unreachable'],
  ['context_length_exceeded', 'refused-by-agent'],
  ['content_filter', 'refused-by-agent'],
]);

/** What servers of models say in words alone: all of a line's patterns are found in them. Matched, never quoted. */
const BY_WORDS: readonly (readonly [readonly RegExp[], AgentFault])[] = [
  [
    [/\bno models? (?:is |are )?(?:currently )?loaded\b|\bload a model\b|\bmodel (?:is )?not loaded\b/i],
    'no-model-loaded',
  ],
  [[/\brequires more system memory\b|\bfailed to load model\b/i], 'no-model-loaded'],
  [[/\bmodel\b/i, /\b(?:not found|does not exist|not exist|is not available)\b|\btry pulling it\b/i], 'model-missing'],
  [[/\binvalid (?:x-)?api[- ]key\b|\bincorrect api key\b/i], 'key-refused'],
];

/** The fault behind a reply that is not 2xx; null for one that is. */
export function faultOfReply(reply: Reply): Fault | null {
  if (reply.status >= 200 && reply.status < 300) return null;
  return asking(faultOf(reply.status, parseJson(reply.body)), reply.retryAfterMs);
}

/** The fault behind an error object inside a 200 or a stream: `{ error: { message, statusCode | code, type } }`. */
export function faultOfErrorObject(value: unknown): Fault {
  const status = [at(value, 'error', 'statusCode'), at(value, 'error', 'status'), at(value, 'error', 'code')].find(
    (code) => typeof code === 'number',
  );
  return asking(faultOf(typeof status === 'number' ? status : null, value), waitInError(value));
}

/** The fault with the wait that goes with it. */
export function asking(found: Fault, waitMs: number | null): Fault {
  return waitMs === null ? found : { ...found, retryAfterMs: waitMs };
}

/** What a status of HTTP alone means. */
export function faultOfStatus(status: number): AgentFault {
  return BY_STATUS.get(status) ?? (status >= 500 ? 'unreachable' : 'refused-by-agent');
}

function faultOf(status: number | null, body: unknown): Fault {
  const code = codeIn(body);
  const named = code === null ? faultOfWords(body) : BY_CODE.get(code);
  const detail = [status === null ? 'the agent reported an error' : `HTTP ${status}`, ...(named && code ? [code] : [])];
  return fault(named ?? (status === null ? 'refused-by-agent' : faultOfStatus(status)), detail.join(', '));
}

function faultOfWords(body: unknown): AgentFault | undefined {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const words = [at(first, 'error', 'message'), at(first, 'error'), at(first, 'message'), at(first, 'detail')];
  const said = words.filter((each) => typeof each === 'string').map((each) => each.slice(0, 1_000));
  return BY_WORDS.find(([patterns]) => said.some((each) => patterns.every((pattern) => pattern.test(each))))?.[1];
}

function codeIn(value: unknown): string | null {
  const codes = [at(value, 'error', 'code'), at(value, 'error', 'type'), at(value, 'code')];
  return codes.find((code): code is string => typeof code === 'string' && BY_CODE.has(code)) ?? null;
}

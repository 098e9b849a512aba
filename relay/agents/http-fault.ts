/**
 * What a refusing reply means: one table for all adapters.
 * Reads codes, never quotes a server's words: they may repeat a key or a message.
 */
import type { AgentFault } from '../../shared/agent.ts';
import { type Fault, fault, type Reply } from './http-client.ts';
import { at, parseJson } from './json.ts';

const BY_STATUS: ReadonlyMap<number, AgentFault> = new Map([
  [401, 'key-refused'],
  [402, 'no-credits'],
  [403, 'key-refused'],
  [408, 'unreachable'],
  [425, 'unreachable'],
  [429, 'rate-limited'],
]);

/** Error codes whose meaning is documented by OpenAI and kept by those who speak like it. Only these are repeated to the owner. */
const BY_CODE: ReadonlyMap<string, AgentFault> = new Map([
  ['insufficient_quota', 'no-credits'],
  ['invalid_api_key', 'key-refused'],
  ['rate_limit_exceeded', 'rate-limited'],
  ['model_not_found', 'refused-by-agent'],
  ['context_length_exceeded', 'refused-by-agent'],
  ['content_filter', 'refused-by-agent'],
]);

/** The fault behind a reply that is not 2xx; null for one that is. */
export function faultOfReply(reply: Reply): Fault | null {
  if (reply.status >= 200 && reply.status < 300) return null;
  const body = parseJson(reply.body);
  const found = faultOfCodes(reply.status, codeIn(body));
  const waitMs = reply.retryAfterMs ?? waitIn(body);
  return waitMs === null ? found : { ...found, retryAfterMs: waitMs };
}

/** The fault behind an error object inside a 200 or a stream: `{ error: { message, statusCode | code, type } }`. */
export function faultOfErrorObject(value: unknown): Fault {
  const status = [at(value, 'error', 'statusCode'), at(value, 'error', 'status'), at(value, 'error', 'code')].find(
    (code) => typeof code === 'number',
  );
  return faultOfCodes(typeof status === 'number' ? status : null, codeIn(value));
}

function faultOfCodes(status: number | null, code: string | null): Fault {
  const named = code === null ? undefined : BY_CODE.get(code);
  const detail = [status === null ? 'the agent reported an error' : `HTTP ${status}`, ...(named && code ? [code] : [])];
  const byStatus = status === null ? undefined : (BY_STATUS.get(status) ?? (status >= 500 ? 'unreachable' : undefined));
  return fault(named ?? byStatus ?? 'refused-by-agent', detail.join(', '));
}

/** Seconds, as some servers write them beside the error instead of in a header: a number, or Google's `"2s"` among the details. */
function waitIn(body: unknown): number | null {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const numbers = [at(first, 'error', 'retry_after'), at(first, 'retry_after'), at(first, 'parameters', 'retry_after')];
  const details = at(first, 'error', 'details');
  const delays = Array.isArray(details) ? details.map((detail: unknown) => at(detail, 'retryDelay')) : [];
  const written = delays.map((delay) =>
    typeof delay === 'string' && delay.endsWith('s') ? Number(delay.slice(0, -1)) : null,
  );
  const seconds = [...numbers, ...written].find((wait): wait is number => typeof wait === 'number' && wait >= 0);
  return seconds === undefined ? null : seconds * 1_000;
}

function codeIn(value: unknown): string | null {
  const codes = [at(value, 'error', 'code'), at(value, 'error', 'type'), at(value, 'code')];
  return codes.find((code): code is string => typeof code === 'string' && BY_CODE.has(code)) ?? null;
}

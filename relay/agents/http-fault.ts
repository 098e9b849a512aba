/**
 * What a refusing reply means: one table for all adapters.
 * Reads codes, never quotes a server's words: they may repeat a key or a message.
 */
import type { AgentFault } from '../../shared/contract/agent.ts';
import { type Fault, fault } from './fault.ts';
import { at, parseJson } from './json.ts';
import { waitInError } from './retry-wait.ts';

const BY_STATUS: ReadonlyMap<number, AgentFault> = new Map([
  [401, 'key-refused'],
  [402, 'no-credits'],
  [403, 'key-refused'],
  [404, 'wrong-address'],
  [405, 'wrong-address'],
  [408, 'unreachable'],
  [413, 'context-too-long'],
  [425, 'unreachable'],
  [429, 'rate-limited'],
]);

/**
 * Names of errors, in lower case: OpenAI's codes and types and those of servers that speak like it, Google's statuses and reasons,
 * Anthropic's types, gateways' own. Only these are repeated to the owner.
 */
const BY_CODE: ReadonlyMap<string, AgentFault> = new Map([
  ...[
    ['insufficient_quota', 'insufficient_user_quota', 'insufficient_balance', 'insufficient_credits'],
    ['billing_hard_limit_reached', 'billing_not_active', 'billing_error', 'payment_required', 'credit_balance_too_low'],
    ['quota_exhausted', 'balance_not_enough', 'exceeded_current_quota_error'],
  ]
    .flat()
    .map((code) => [code, 'no-credits'] as const),
  ...[
    ['invalid_api_key', 'api_key_invalid', 'authentication_error', 'invalid_authentication', 'invalid_token'],
    ['invalid_authentication_error', 'unauthorized', 'unauthenticated', 'permission_denied', 'permission_error'],
    ['forbidden', 'account_deactivated', 'api_key_expired', 'api_key_service_blocked', 'auth_subrequest_error'],
  ]
    .flat()
    .map((code) => [code, 'key-refused'] as const),
  ...[
    [
      'rate_limit_exceeded',
      'rate_limit_error',
      'rate_limit_reached',
      'rate_limit',
      'rate_limited',
      'too_many_requests',
    ],
    ['resource_exhausted', 'throttling', 'throttling_error', 'throttlingexception', 'rate_limit_reached_error'],
    ['requests_limit_exceeded', 'tokens_limit_exceeded'],
  ]
    .flat()
    .map((code) => [code, 'rate-limited'] as const),
  ...[
    'model_not_found',
    'model_not_available',
    'model_not_supported',
    'invalid_model',
    'unknown_model',
    'no_such_model',
  ].map((code) => [code, 'model-missing'] as const),
  ...[
    ['overloaded_error', 'engine_overloaded_error', 'engine_overloaded', 'overloaded', 'server_error', 'api_error'],
    ['internal_error', 'internal_server_error', 'internal', 'service_unavailable', 'service_unavailable_error'],
    [
      'unavailable',
      'deadline_exceeded',
      'timeout',
      'timeout_error',
      'request_timeout',
      'upstream_error',
      'bad_gateway',
    ],
    ['gateway_timeout', 'bad_response_status_code', 'do_request_failed', 'service_tier_capacity_exceeded'],
    ['connection_error', 'econnrefused', 'econnreset', 'etimedout', 'enotfound', 'server_overloaded'],
  ]
    .flat()
    .map((code) => [code, 'unreachable'] as const),
  ...[
    ['context_length_exceeded', 'exceed_context_size_error', 'context_window_exceeded', 'string_above_max_length'],
    ['context_too_long', 'prompt_too_long', 'max_context_length_exceeded', 'tokens_exceeded_error'],
  ]
    .flat()
    .map((code) => [code, 'context-too-long'] as const),
  ...['content_filter', 'content_policy_violation', 'data_inspection_failed', 'responsibleaipolicyviolation'].map(
    (code) => [code, 'refused-by-agent'] as const,
  ),
]);

/** What servers say in words alone: all of a line's patterns are found in them. Matched, never quoted. */
const BY_WORDS: readonly (readonly [readonly RegExp[], AgentFault])[] = [
  [
    [/\bno models? (?:is |are )?(?:currently )?loaded\b|\bload a model\b|\bmodel (?:is )?not loaded\b/i],
    'no-model-loaded',
  ],
  [[/\brequires more system memory\b|\bfailed to load model\b/i], 'no-model-loaded'],
  [
    [
      /\bcontext (?:length|window|size)\b|\bmax(?:imum)?[ _]context\b|\bprompt is too long\b|\binput (?:is )?too long\b|\binput length\b|\btoo many (?:input )?tokens\b|\brequest too large\b|\bcontext overflow\b|\binput token count\b/i,
      /\btokens?\b|\bexceed(?:s|ed)?\b|\btoo (?:long|large)\b|\boverflow\b/i,
    ],
    'context-too-long',
  ],
  // Anthropic's whole sentence about a model that it does not have.
  [[/^model: \S/], 'model-missing'],
  [
    [/\bmodels?\b/i, /\b(?:not found|does not exist|not exist|is not available)\b|\btry pulling it\b/i],
    'model-missing',
  ],
  [
    [
      /\binvalid (?:x-)?api[- ]key\b|\bincorrect api key\b|\bapi key (?:is )?(?:not valid|invalid|expired|missing)\b|\b(?:user )?not authenticated\b|\bnot whitelisted\b|(?:^|[-–:] ?)unauthorized[.!]?$/i,
    ],
    'key-refused',
  ],
  [
    [
      /\b(?:credit balance|balance|credits?|quota)\b/i,
      /\btoo low\b|\binsufficient\b|\bexceeded your current quota\b|\bout of credits\b/i,
    ],
    'no-credits',
  ],
];
/**
 * Words that outweigh the name beside them: what is too large for a minute's tokens is named a limit, and no pause makes it smaller; a
 * server without a model in memory says that it does not have it. A name that only says that something failed tells less than any word.
 */
const TELLING: ReadonlySet<AgentFault> = new Set(['context-too-long', 'no-model-loaded']);

/** What is looked at of a reply. */
type Refusal = { readonly status: number; readonly body: string; readonly retryAfterMs: number | null };

/** The fault behind a reply that is not 2xx; null for one that is. */
export function faultOfReply(reply: Refusal): Fault | null {
  if (reply.status >= 200 && reply.status < 300) return null;
  return asking(faultOf(reply.status, parseJson(reply.body) ?? reply.body), reply.retryAfterMs);
}

/** True if a body says that something went wrong: an error, or what a program says of its own run. */
export function isErrorObject(body: unknown): boolean {
  return errorIn(body) !== undefined || saysFailure(body);
}

/** The fault behind an error object inside a 200 or a stream: `{ error: { message, statusCode | code, type } }`, and what is like it. */
export function faultOfErrorObject(value: unknown): Fault {
  return asking(faultOf(null, value), waitInError(value));
}

/** The fault with the wait that goes with it. */
export function asking(found: Fault, waitMs: number | null): Fault {
  return waitMs === null ? found : { ...found, retryAfterMs: waitMs };
}

/** What a status of HTTP alone means. */
export function faultOfStatus(status: number): AgentFault {
  return BY_STATUS.get(status) ?? (status >= 500 ? 'unreachable' : 'refused-by-agent');
}

/** `status` of HTTP; null where that is good, and the body alone tells. */
function faultOf(status: number | null, body: unknown): Fault {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const codes = codesIn(first);
  const name = codes.find((code) => BY_CODE.has(code));
  const words = faultOfWords(first);
  const coded = name === undefined ? undefined : BY_CODE.get(name);
  const tellsMore = words !== undefined && (TELLING.has(words) || coded === 'unreachable');
  const named = tellsMore ? words : (coded ?? words);
  const inside = status === null ? codes.map(Number).find((code) => code >= 400 && code < 600) : undefined;
  const meant = status ?? inside;
  const detail = [status === null ? 'the agent reported an error' : `HTTP ${status}`, ...(name ? [name] : [])];
  return fault(named ?? (meant === undefined ? 'refused-by-agent' : faultOfStatus(meant)), detail.join(', '));
}

function faultOfWords(body: unknown): AgentFault | undefined {
  const words = [at(body, 'error', 'message'), at(body, 'error'), at(body, 'message'), at(body, 'detail'), body];
  const said = words.filter((each) => typeof each === 'string').map((each) => each.slice(0, 1_000));
  return BY_WORDS.find(([patterns]) => said.some((each) => patterns.every((pattern) => pattern.test(each))))?.[1];
}

/** Numbers and names alike, as texts in lower case, the most telling first. */
function codesIn(body: unknown): readonly string[] {
  const error = errorIn(body);
  const details = at(error, 'details');
  const codes: readonly unknown[] = [
    ...(Array.isArray(details) ? details.slice(0, MOST_DETAILS).map((detail: unknown) => at(detail, 'reason')) : []),
    ...[error, body].flatMap((place) => [
      at(place, 'code'),
      at(place, 'statusCode'),
      at(place, 'status_code'),
      at(place, 'status'),
      at(place, 'type'),
      at(place, 'reason'),
    ]),
    at(error, 'error', 'code'),
    at(error, 'error', 'type'),
  ];
  return codes
    .filter((code) => typeof code === 'string' || typeof code === 'number')
    .map((code) => String(code).slice(0, MOST_CODE).toLowerCase());
}

const MOST_DETAILS = 20;
const MOST_CODE = 60;

/** The value under `error` if it says that there is an error; undefined if the body only has a place for one. */
function errorIn(body: unknown): unknown {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const error = at(first, 'error') ?? at(first, 'errors', 0) ?? at(first, 'erro');
  if (error === undefined || error === null || error === false || error === 0) return undefined;
  if (typeof error === 'string') return NO_ERROR.test(error) ? undefined : error;
  return typeof error === 'object' && Object.keys(error).length === 0 ? undefined : error;
}

const NO_ERROR = /^\s{0,20}(?:null|none|no|false|0|ok|undefined)?\s{0,20}$/i;
const FAILURE = /^(?:error|errored|err|failed|failure|fail|fatal|crashed|erro|falha|falhou|fallo|fallido)$/i;
/** What says whether a run went well, when it does. */
const OUTCOMES = ['success', 'ok', 'succeeded', 'sucesso'] as const;

function saysFailure(body: unknown): boolean {
  if (at(body, 'object') === 'error') return true;
  if (OUTCOMES.some((name) => at(body, name) === false || at(body, name) === 'false')) return true;
  const status = [at(body, 'status'), at(body, 'state'), at(body, 'type'), at(body, 'statusCode')];
  return status.some((each) => {
    if (typeof each === 'string') return FAILURE.test(each) || /^[45]\d\d$/.test(each);
    return typeof each === 'number' && each >= 400 && each < 600;
  });
}

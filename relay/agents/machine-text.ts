/**
 * What a model or a server writes for a machine where words for a person are expected: calls of tools, errors of an API, JSON around the
 * answer. Recognised, never quoted. Pure, and linear in the text.
 */
import type { AgentFault } from '../../shared/agent.ts';
import { faultOfErrorObject, faultOfStatus } from './http-fault.ts';
import { at, parseJson } from './json.ts';

/** Names under which programs put an answer, in the order in which they are looked at. */
export const TEXT_FIELDS = [
  'output',
  'text',
  'message',
  'answer',
  'response',
  'reply',
  'content',
  'resposta',
  'respuesta',
  'mensagem',
] as const;

/** Calls of tools in the spellings that models have: tags, brackets, tokens. */
const TOOL_CALL =
  /<\/?(?:[a-z]{1,12}:)?(?:tool_calls?|function_calls?|tool_use|tool_response|tool_code|invoke)(?:[ =][^<>\n]{0,200})?>|<function=[\w.-]{1,80}>|\[\/?(?:TOOL_CALLS?|TOOL_REQUEST|END_TOOL_REQUEST|AVAILABLE_TOOLS)\]|<\|?[｜|]?(?:tool[_▁]calls?|python_tag|tool_call_begin|START_ACTION)[\w▁]{0,20}[｜|]>|to=functions\.\w{1,80}/i;
/** A plan of a model that acts by steps, which never came to an answer. */
const UNFINISHED_STEPS = /^(?:thought|question):[\s\S]*\naction:/i;
/** Fences around the whole. */
const FENCE = /^```(?:json)?[ \t]{0,5}\n([\s\S]*?)\n?```$/i;

export function isToolCall(text: string): boolean {
  if (TOOL_CALL.test(text) || UNFINISHED_STEPS.test(text)) return true;
  const body = jsonOf(text);
  return Array.isArray(body) ? body.length > 0 && body.every(callsTool) : callsTool(body);
}

function callsTool(value: unknown): boolean {
  if (at(value, 'tool_calls') != null || at(value, 'function_call') != null) return true;
  const name = at(value, 'name') ?? at(value, 'tool') ?? at(value, 'function') ?? at(value, 'action');
  const input = ['arguments', 'parameters', 'input', 'args', 'tool_input', 'action_input'].some(
    (field) => at(value, field) !== undefined,
  );
  return name !== undefined && input && at(value, 'action') !== 'Final Answer';
}

/** Number and words of HTTP, as programs print an error: `API Error: 401 {…}`, `Error code: 429 - {…}`, `502 Bad Gateway`. */
const STATUS_ERROR =
  /^[^\p{L}\p{N}{<[]{0,8}(?:(?:api|http|llm|openai|anthropic|server|provider|request|network) ){0,2}error(?: code)?:? {0,2}\(?(\d{3})\)?(?=$|[ :,.-]{0,4}(?:\{|\[|unauthorized|forbidden|not found|bad request|too many requests|internal server error|bad gateway|service unavailable|gateway time-?out|payment required|overloaded|status code))/iu;
const REASON_PHRASE =
  /^(\d{3}) (?:unauthorized|forbidden|not found|bad request|too many requests|internal server error|bad gateway|service unavailable|gateway time-?out|payment required)\.?$/i;
const STATUS_CODE = /^[^\p{L}\p{N}{<[]{0,8}(?:axioserror: )?request failed with status code (\d{3})/iu;
/** Words that only programs say, at the beginning. */
const ERROR_WORDS: readonly (readonly [RegExp, AgentFault])[] = [
  [/^incorrect api key provided|^invalid (?:x-)?api[- ]key\b/i, 'key-refused'],
  [/^you exceeded your current quota|^insufficient (?:credits|quota|balance)\b/i, 'no-credits'],
  [/^rate limit (?:reached|exceeded) (?:for|on)\b|^(?:error: )?429\b.{0,40}quota/i, 'rate-limited'],
  [
    /^(?:error: )?(?:connection error|request timed out|socket hang up|fetch failed|upstream connect error.{0,200}|internal server error|bad gateway)\.?$|^(?:error: )?(?:connect )?(?:ECONNREFUSED|ETIMEDOUT|ENOTFOUND|ECONNRESET)\b/i,
    'unreachable',
  ],
  [
    /^api error\b|^llm request failed\b|^traceback \(most recent call last\)|^(?:litellm|openai|anthropic|httpx|requests|google)\.[\w.]{0,60}(?:error|exception)\b|^agent stopped due to (?:max iterations|iteration limit|time limit)|^error in workflow\.?$|^workflow webhook error\b|^\[object object\]$|^(?:undefined|null|NaN)$/i,
    'refused-by-agent',
  ],
];
/** A decoration before an error's words. */
const LEADING_SIGNS = /^[^\p{L}\p{N}{<[]{1,8}/u;
const WEB_PAGE = /^\s{0,20}<(?:!doctype|html|head|body)\b/i;

/** The fault behind an answer that is an error's text; null where it is none. */
export function faultOfText(text: string): AgentFault | null {
  if (WEB_PAGE.test(text)) return 'wrong-server';
  const body = jsonOf(text);
  if (at(body, 'error') != null || at(body, 'type') === 'error') return faultOfErrorObject(body).fault;
  const status = (STATUS_ERROR.exec(text) ?? REASON_PHRASE.exec(text) ?? STATUS_CODE.exec(text))?.[1];
  if (status) return faultOfStatus(Number(status));
  const words = text.replace(LEADING_SIGNS, '');
  return ERROR_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

/** What a JSON object around an answer says; null where there is none. */
export function unwrapped(text: string): string | null {
  const body = jsonOf(text);
  if (at(body, 'silence') === true) return '';
  const final = at(body, 'action') === 'Final Answer' ? at(body, 'action_input') : undefined;
  const said = [final, ...TEXT_FIELDS.map((field) => at(body, field))].find((value) => typeof value === 'string');
  return typeof said === 'string' ? said : null;
}

/** An object or a list that is the whole text; undefined where it is something else. */
function jsonOf(text: string): unknown {
  const inner = FENCE.exec(text)?.[1] ?? text;
  return /^\s{0,20}[[{]/.test(inner) ? parseJson(inner) : undefined;
}

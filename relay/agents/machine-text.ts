/**
 * What a model or a server writes for a machine where words for a person are expected: calls of tools, errors of an API, JSON around the
 * answer. Recognised, never quoted. Pure, and linear in the text.
 */
import type { AgentFault } from '../../shared/contract/agent.ts';
import { faultOfErrorObject, faultOfStatus, isErrorObject } from './http-fault.ts';
import { at, looksLikeJson, parseNearlyJson } from './json.ts';

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
  if (isErrorObject(body)) return faultOfErrorObject(body).fault;
  const status = (STATUS_ERROR.exec(text) ?? REASON_PHRASE.exec(text) ?? STATUS_CODE.exec(text))?.[1];
  if (status) return faultOfStatus(Number(status));
  const words = text.replace(LEADING_SIGNS, '');
  return ERROR_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

export type JsonInText = {
  /** Undefined where it is broken beyond mending. */
  readonly value: unknown;
  /** True if nothing else is said beside it. */
  readonly isAll: boolean;
};

/** The JSON that a text is, or is put around by a few words; null where there is none. */
export function jsonIn(text: string): JsonInText | null {
  const all = FENCE.exec(text)?.[1] ?? text;
  if (looksLikeJson(all) && (all.trimStart().startsWith('{') || all.trimEnd().endsWith(']'))) {
    const value = parseNearlyJson(all);
    const end = value === undefined ? endOfJson(all, all.search(/[[{]/)) : -1;
    // Behind an object that is whole somebody went on with words.
    if (end < 0 || end > all.length - 2) return { value, isAll: true };
  }
  const found = fenced(text) ?? bare(text);
  return found === undefined ? null : { value: found, isAll: false };
}

/** A block of code that is the only one, with words before or after it. */
function fenced(text: string): unknown {
  const start = text.indexOf(FENCE_MARK);
  const end = text.indexOf(FENCE_MARK, start + FENCE_MARK.length);
  if (start < 0 || end < 0 || text.includes(FENCE_MARK, end + FENCE_MARK.length)) return undefined;
  const around = start + text.length - end - FENCE_MARK.length;
  const inner = text.slice(start + FENCE_MARK.length, end).replace(/^(?:json)?[ \t]{0,5}\n/i, '');
  return around <= MOST_AROUND && looksLikeJson(inner) ? parseNearlyJson(inner) : undefined;
}

/** An object among a few words. */
function bare(text: string): unknown {
  const start = text.indexOf('{');
  if (start < 0 || start > MOST_AROUND || text.includes(FENCE_MARK)) return undefined;
  const end = endOfJson(text, start);
  const inner = end < 0 ? '' : text.slice(start, end + 1);
  return start + text.length - inner.length <= MOST_AROUND && looksLikeJson(inner) ? parseNearlyJson(inner) : undefined;
}

/** The position at which the bracket that opens there is closed; -1 if it is not. */
function endOfJson(text: string, start: number): number {
  let depth = 0;
  let isString = false;
  for (let at = Math.max(0, start); at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isString) {
      if (character === '\\') at += 1;
      else if (character === '"') isString = false;
    } else if (character === '"') isString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

const FENCE_MARK = '```';
/** More words beside it are an answer that shows some code. */
const MOST_AROUND = 200;

/** An object or a list that is the whole text; undefined where it is something else. */
function jsonOf(text: string): unknown {
  const found = jsonIn(text);
  return found?.isAll ? found.value : undefined;
}

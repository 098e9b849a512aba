/** What the JSON of a flow says, in the forms that flows have. Never trusts a shape; a nesting without an end is not followed. */
import type { Fault } from './http-client.ts';
import { fault } from './http-client.ts';
import { faultOfErrorObject } from './http-fault.ts';
import { at } from './json.ts';
import { TEXT_FIELDS } from './machine-text.ts';

export type Said =
  | { readonly type: 'texts'; readonly texts: readonly string[] }
  /** By choice. */
  | { readonly type: 'silence' }
  /** No word for a contact and none of silence: the flow has failed, or only says that it heard. */
  | { readonly type: 'nothing'; readonly detail: string }
  | Fault;

/** Where flows and their tools put what they answer, when it is not under a text's own name. */
const CONTAINERS = ['data', 'result', 'json', 'body', 'messages', 'payload'] as const;
/** Under these a word such as `ok` is an answer; elsewhere it says that something was received. */
const STATUS_FIELDS: ReadonlySet<string> = new Set([
  'message',
  'mensagem',
  'text',
  'response',
  'body',
  'data',
  'result',
]);
const MOST_DEPTH = 6;

/** n8n's words where a run went wrong. */
export const FLOW_FAILED = /^(?:error in workflow|workflow webhook error\b)/i;
/** n8n's answer when the webhook node responds at once: it says nothing to the contact. */
const N8N_STARTED = 'Workflow was started';
const ACKNOWLEDGEMENT =
  /^(?:ok|okay|accepted|success|successful|sucesso|éxito|received|recebido|recibido|done|true|false|queued|processed|null|undefined|event[ _]received|thank you|message (?:received|queued|accepted)|webhook received|200 ok)$/i;

/** Whether a text only says that something was received. */
export function isAcknowledgement(text: string): boolean {
  return ACKNOWLEDGEMENT.test(
    text
      .trim()
      .slice(0, 100)
      .replace(/["'.! ]{1,10}$/, '')
      .replace(/^["' ]{1,10}/, ''),
  );
}

export function saidIn(body: unknown): Said {
  return read(body, 0, true);
}

function read(value: unknown, depth: number, mayBeStatus: boolean): Said {
  if (depth > MOST_DEPTH) return fault('odd-answer', 'an answer nested too deep');
  if (typeof value === 'string') return fromText(value, mayBeStatus);
  if (typeof value === 'number') return { type: 'texts', texts: [String(value)] };
  if (typeof value !== 'object' || value === null) return nothing('an acknowledgement');
  return Array.isArray(value) ? fromList(value, depth, mayBeStatus) : fromObject(value, depth);
}

function fromText(text: string, mayBeStatus: boolean): Said {
  if (text === N8N_STARTED) {
    return fault('not-configured', 'n8n answers before the flow has run: let it respond when the last node finishes');
  }
  if (FLOW_FAILED.test(text)) return fault('flow-failed', 'the flow reported an error');
  if (text.trim() === '') return { type: 'silence' };
  return mayBeStatus && isAcknowledgement(text) ? nothing('an acknowledgement') : { type: 'texts', texts: [text] };
}

/** Each of a list is a message of its own; a list of nothing is none. */
function fromList(list: readonly unknown[], depth: number, mayBeStatus: boolean): Said {
  const texts: string[] = [];
  let isSilent = false;
  for (const item of list) {
    const said = read(item, depth + 1, mayBeStatus);
    if (said.type === 'fault') return said;
    if (said.type === 'texts') texts.push(...said.texts);
    if (said.type === 'silence') isSilent = true;
  }
  if (texts.length > 0) return { type: 'texts', texts };
  return isSilent ? { type: 'silence' } : nothing('an empty list');
}

function fromObject(body: object, depth: number): Said {
  if (at(body, 'silence') === true) return { type: 'silence' };
  if (at(body, 'error') != null && at(body, 'error') !== false) return faultOfErrorObject(body);
  const completion = at(body, 'choices', 0, 'message', 'content') ?? at(body, 'choices', 0, 'text');
  if (typeof completion === 'string') return fromText(completion, false);
  const rich = at(body, 'richText');
  if (Array.isArray(rich)) return fromRichText(rich);
  let isSilent = false;
  for (const field of [...TEXT_FIELDS, 'markdown', ...CONTAINERS]) {
    const value = at(body, field);
    if (value === undefined || value === null || typeof value === 'boolean') continue;
    const said = read(value, depth + 1, STATUS_FIELDS.has(field));
    if (said.type === 'texts' || said.type === 'fault') return said;
    if (said.type === 'silence') isSilent = true;
  }
  return isSilent ? { type: 'silence' } : nothing('no text under a known name');
}

/** Typebot's bubbles: paragraphs of pieces, each piece with its text. */
function fromRichText(paragraphs: readonly unknown[]): Said {
  const lines = paragraphs.map((paragraph) => textOfPieces(paragraph, 0));
  return fromText(lines.join('\n'), false);
}

function textOfPieces(piece: unknown, depth: number): string {
  const text = at(piece, 'text');
  if (typeof text === 'string') return text;
  const children = at(piece, 'children');
  if (!Array.isArray(children) || depth > MOST_DEPTH) return '';
  return children.map((child) => textOfPieces(child, depth + 1)).join('');
}

function nothing(detail: string): Said {
  return { type: 'nothing', detail };
}

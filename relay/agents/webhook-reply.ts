/**
 * What a webhook answered. A text is sent, nothing is silence, and what looks like an accident (a web page,
 * half a JSON, an error object) stays at home. Knows no request.
 */
import type { AgentResult } from '../turn.ts';
import { resultOf } from './answer-text.ts';
import { type Fault, fault, type Reply } from './http-client.ts';
import { faultOfErrorObject, faultOfReply } from './http-fault.ts';
import { at, parseJson } from './json.ts';

/** In this order, as n8n's own chat and flows made for Evolution API read them. */
const TEXT_FIELDS = ['output', 'text', 'message', 'answer'] as const;

/** What the first line of n8n's stream may be. */
const STREAM_OPENERS = new Set<unknown>(['begin', 'item', 'error']);

/** n8n's answer when the webhook node responds at once: it says nothing to the contact. */
const N8N_STARTED = 'Workflow was started';

export function readWebhookReply(reply: Reply): AgentResult {
  const refused = faultOfReply(reply);
  if (refused) return { ...refused, usage: null };
  const read = textOf(reply);
  return typeof read === 'string' ? resultOf(read, null) : { ...read, usage: null };
}

/** The text; empty for silence. */
function textOf(reply: Reply): string | Fault {
  if (reply.status === 204 || reply.body.trim() === '') return '';
  const streamed = readLines(reply.body);
  if (streamed !== null) return streamed;
  const body = parseJson(reply.body);
  if (body !== undefined) return fromJson(body, reply.body);
  const claimsJson = reply.contentType.endsWith('json') && /^\s*[[{"]/.test(reply.body);
  if (claimsJson) return fault('odd-answer', 'the body is broken JSON');
  const isText = reply.contentType === '' || reply.contentType === 'text/plain' || reply.contentType.endsWith('json');
  if (!isText || /[\0\uFFFD]|^\s*<(!doctype|html)/i.test(reply.body)) return fault('odd-answer', 'the body is no text');
  return reply.body;
}

function fromJson(body: unknown, raw: string): string | Fault {
  if (body === null) return '';
  if (typeof body === 'string') return body;
  if (typeof body !== 'object') return raw;
  if (Array.isArray(body)) {
    if (body.length === 0) return '';
    const [only] = body;
    if (body.length > 1) return fault('odd-answer', 'a list of several answers');
    // A list in a list is no answer of a flow, and could be nested without an end.
    return Array.isArray(only) ? fault('odd-answer', 'a list of lists') : fromJson(only, raw);
  }
  if (at(body, 'error') != null) return faultOfErrorObject(body);
  const found = TEXT_FIELDS.map((field) => at(body, field)).find((value) => value !== undefined);
  if (found === null) return '';
  if (typeof found !== 'string') return fault('odd-answer', 'no text under output, text, message or answer');
  if (found === N8N_STARTED) {
    return fault('not-configured', 'n8n answers before the flow has run: let it respond when the last node finishes');
  }
  return found;
}

/**
 * n8n's stream: a JSON object a line, `begin`, `item`, `end` or `error`; the items' contents joined. Null where it is none.
 * A stream that failed gives no half answer: the rest of it is unknown.
 */
function readLines(body: string): string | Fault | null {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  const events = lines.map(parseJson);
  const types = events.map((event) => at(event, 'type'));
  // Newer versions put other kinds of lines between them (tools, nodes): those are passed over.
  if (!STREAM_OPENERS.has(types[0]) || !types.every((type) => typeof type === 'string')) return null;
  if (types.includes('error')) return fault('refused-by-agent', 'the flow reported an error');
  if (types.at(-1) !== 'end') return fault('odd-answer', 'the stream stopped before its end');
  return events
    .filter((event) => at(event, 'type') === 'item')
    .map((event) => at(event, 'content'))
    .filter((content) => typeof content === 'string')
    .join('');
}

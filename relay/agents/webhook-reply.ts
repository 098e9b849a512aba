/**
 * What a webhook answered. A text is sent, chosen silence is silence, and what looks like an accident (a web page, half a JSON, an error
 * object, a flow that only says that it heard) stays at home. Knows no request; what it reads in which order stands in docs/agents.md.
 */
import type { AgentResult } from '../turn.ts';
import { resultOf } from './answer-text.ts';
import { eventsOf, isEventStream } from './event-stream.ts';
import { type Fault, fault, type Reply } from './http-client.ts';
import { faultOfReply } from './http-fault.ts';
import { at, parseJson, parseJsonWithLineBreaks } from './json.ts';
import { FLOW_FAILED, isAcknowledgement, type Said, saidIn } from './webhook-body.ts';

export type WebhookReplyRules = {
  /** The flow only takes messages in: that it says nothing is silence, and no fault. */
  readonly onlyReceives: boolean;
};

/** What the first line of n8n's stream may be. */
const STREAM_OPENERS = new Set<unknown>(['begin', 'item', 'error']);

/** n8n's words where a flow is put together in a way that never answers. */
const NO_ANSWERING_NODE = /\brespond to webhook node\b/i;

export function readWebhookReply(reply: Reply, { onlyReceives }: WebhookReplyRules): AgentResult {
  const said = refusalIn(reply) ?? read(reply);
  if (said.type === 'nothing') {
    return onlyReceives ? { type: 'silence', usage: null } : { ...fault('no-answer', said.detail), usage: null };
  }
  if (said.type === 'texts') return resultOf(said.texts, null);
  return { ...said, usage: null };
}

function refusalIn(reply: Reply): Fault | null {
  const refused = faultOfReply(reply);
  const message = refused && at(parseJson(reply.body), 'message');
  if (typeof message !== 'string' || reply.status < 500) return refused;
  if (NO_ANSWERING_NODE.test(message)) return fault('not-configured', 'the flow never reaches a node that answers');
  return FLOW_FAILED.test(message) ? fault('flow-failed', `HTTP ${reply.status}`) : refused;
}

function read(reply: Reply): Said {
  const { body, contentType } = reply;
  if (reply.status === 204) return { type: 'silence' };
  if (body.trim() === '') return nothing('an empty body');
  if (isEventStream(reply)) return fromStream(eventsOf(body), false);
  const lines = body
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseJson);
  // Newer versions put other kinds of lines between them (tools, nodes): those are passed over.
  if (STREAM_OPENERS.has(at(lines[0], 'type')) && lines.every((line) => typeof at(line, 'type') === 'string')) {
    return fromStream(lines, true);
  }
  const json = parseJson(body) ?? parseJsonWithLineBreaks(body);
  if (json !== undefined) return saidIn(json);
  const claimsJson = contentType.endsWith('json') ? /^\s{0,20}[[{"]/ : /^\s{0,20}[[{]\s{0,20}["{]/;
  if (claimsJson.test(body)) return fault('odd-answer', 'the body is broken JSON');
  if (/^\s{0,20}<(?:!doctype|html|head|body)\b/i.test(body)) return fault('wrong-server', 'the body is a web page');
  if (/[\0\uFFFD]/.test(body)) return fault('odd-answer', 'the body is no text');
  return isAcknowledgement(body) ? nothing('an acknowledgement') : { type: 'texts', texts: [body] };
}

/**
 * n8n's stream: JSON objects of type `begin`, `item`, `end` or `error`, the items' contents joined; or the chunks of a chat completion.
 * A stream that failed or stopped gives no half answer: the rest of it is unknown.
 */
function fromStream(events: readonly unknown[], needsEnd: boolean): Said {
  const types = events.map((event) => at(event, 'type'));
  if (types.includes('error')) return fault('flow-failed', 'the flow reported an error');
  if ((needsEnd || types.includes('begin')) && types.at(-1) !== 'end')
    return fault('unreachable', 'the stream stopped before its end');
  const pieces = events
    .map((event) => (at(event, 'type') === 'item' ? at(event, 'content') : at(event, 'choices', 0, 'delta', 'content')))
    .filter((piece) => typeof piece === 'string');
  if (pieces.length > 0) return { type: 'texts', texts: [pieces.join('')] };
  return types.at(-1) === 'end' ? { type: 'silence' } : nothing('a stream without a word');
}

function nothing(detail: string): Said {
  return { type: 'nothing', detail };
}

/**
 * What a webhook answered. A text is sent, chosen silence is silence, and what looks like an accident (a web page, half a JSON, an error
 * object, a flow that only says that it heard) stays at home. Knows no request; what it reads in which order stands in docs/agents.md.
 */
import type { AgentResult } from '../turn.ts';
import { FLOW_FAILED, type Said, STARTED, saidIn } from './answer-json.ts';
import { endedResultOf } from './answer-text.ts';
import { joined } from './completion-shapes.ts';
import { eventsOf, isEventStream, isMarkedDone, type StreamEvent, withoutComments } from './event-stream.ts';
import { type Fault, fault } from './fault.ts';
import type { HttpReply } from './http-client.ts';
import { faultOfReply } from './http-fault.ts';
import { at, parseJson, parseNearlyJson } from './json.ts';

export type WebhookReplyRules = {
  /** The flow only takes messages in: that it says nothing is silence, and no fault. */
  readonly onlyReceives: boolean;
};

/** What the first line of n8n's stream may be. */
const STREAM_OPENERS = new Set<unknown>(['begin', 'item', 'error']);

/** n8n's words where a flow is put together in a way that never answers. */
const NO_ANSWERING_NODE = /\brespond to webhook node\b/i;
const NO_ITEM = /^no item to return was found/i;
const EXPRESS_404 = /<pre>Cannot POST \//;
/** What is for reading in a program, and no message. */
const FILE_TYPES =
  /^(?:image|audio|video|font|model)\/|^application\/(?:pdf|zip|gzip|rtf|msword|vnd\..{0,80}|x-.{0,40}|xml)$|^text\/(?:csv|calendar|vcard|xml|tab-separated-values|css|javascript)$/;
const FILE_STARTS = /^%PDF-|^\s{0,20}<(?:\?xml|svg)\b|^GIF8|^PK\p{Cc}/u;

/** `asked`: what was sent, in every form: given back it is no answer. */
export function readWebhookReply(
  reply: HttpReply,
  { onlyReceives }: WebhookReplyRules,
  asked: readonly string[],
): AgentResult {
  const said = refusalIn(reply) ?? read(reply, asked);
  if (onlyReceives && isHeard(said)) return { type: 'silence', usage: null };
  if (said.type === 'nothing') return { ...fault('no-answer', said.detail), usage: null };
  if (said.type === 'texts') return endedResultOf(said.texts, said.ending, null);
  return { ...said, usage: null };
}

/** What a flow says that only takes messages in: nothing, or that it has begun. */
function isHeard(said: Said): boolean {
  return (
    said.type === 'nothing' || (said.type === 'fault' && said.fault === 'not-configured' && said.detail === STARTED)
  );
}

function refusalIn(reply: HttpReply): Fault | null {
  const refused = faultOfReply(reply);
  if (!refused) return null;
  if (reply.status === 404 && reply.body.trim() === '') return fault('chat-not-public', 'HTTP 404, an empty body');
  // While n8n starts, its server is there and its flows are not yet.
  if (reply.status === 404 && EXPRESS_404.test(reply.body))
    return fault('unreachable', 'HTTP 404, no flow is there yet');
  const message = at(parseJson(reply.body), 'message');
  if (typeof message !== 'string' || reply.status < 500) return refused;
  if (NO_ANSWERING_NODE.test(message)) return fault('not-configured', 'the flow never reaches a node that answers');
  if (NO_ITEM.test(message)) return fault('no-answer', 'the flow ended without an item');
  return FLOW_FAILED.test(message) ? fault('flow-failed', `HTTP ${reply.status}`) : refused;
}

function read(reply: HttpReply, asked: readonly string[]): Said {
  if (reply.status === 204) return { type: 'silence' };
  const body = withoutComments(reply.body);
  if (body.trim() === '') return nothing('an empty body');
  if (isEventStream(reply)) return fromStream(eventsOf(reply.body), isMarkedDone(reply.body), asked);
  const lines = body
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ name: '', data: parseJson(line) }));
  // Newer versions put other kinds of lines between them (tools, nodes): those are passed over.
  if (
    STREAM_OPENERS.has(at(lines[0]?.data, 'type')) &&
    lines.every(({ data }) => typeof at(data, 'type') === 'string')
  ) {
    return fromGroups(lines, true, asked);
  }
  const json = parseNearlyJson(body);
  if (json !== undefined) return saidIn(json, asked);
  if (
    lines.length > 1 &&
    lines.every(({ data }) => at(data, 'choices') !== undefined || at(data, 'done') !== undefined)
  )
    return fromPieces(lines, false);
  const claimsJson = reply.contentType.endsWith('json') ? /^\s{0,20}[[{"]/ : /^\s{0,20}[[{]\s{0,20}["{]/;
  if (claimsJson.test(body)) return fault('odd-answer', 'the body is broken JSON');
  if (/^\s{0,20}<(?:!doctype|html|head|body)\b/i.test(body)) return fault('wrong-server', 'the body is a web page');
  if (/[\0\uFFFD]/.test(body)) return fault('odd-answer', 'the body is no text');
  if (FILE_TYPES.test(reply.contentType) || FILE_STARTS.test(body)) return fault('odd-answer', 'the body is a file');
  return saidIn(body, asked);
}

/** Chunks of a chat completion, or n8n's own stream. */
function fromStream(events: readonly StreamEvent[], isDone: boolean, asked: readonly string[]): Said {
  const isCompletion = events.some(({ data }) => at(data, 'choices') !== undefined);
  return isCompletion ? fromPieces(events, isDone) : fromGroups(events, false, asked);
}

function fromPieces(events: readonly StreamEvent[], isDone: boolean): Said {
  const completion = joined(events, isDone);
  if (completion.type === 'fault') return completion;
  if (completion.text.trim() === '' && completion.ending === 'whole') return nothing('a stream without a word');
  return { type: 'texts', texts: [completion.text], ending: completion.ending };
}

/**
 * n8n's stream: JSON objects of type `begin`, `item`, `end` or `error`, the items' contents joined. Each call of a model, each item and each
 * node has a group of its own, and a node that answers repeats what a model said before it. A stream that failed or stopped gives no half
 * answer: the rest of it is unknown.
 */
function fromGroups(events: readonly StreamEvent[], needsEnd: boolean, asked: readonly string[]): Said {
  const types = events.map(
    ({ name, data }) => at(data, 'type') ?? at(data, 'event') ?? (name === '' ? undefined : name),
  );
  if (types.includes('error')) return fault('flow-failed', 'the flow reported an error');
  if ((needsEnd || types.includes('begin')) && types.at(-1) !== 'end')
    return fault('unreachable', 'the stream stopped before its end');
  const groups = new Map<string, string>();
  let begun = 0;
  for (const [index, { data }] of events.entries()) {
    if (types[index] === 'begin') begun += 1;
    // Flowise's pieces are under `data`.
    const piece =
      types[index] === 'item' ? at(data, 'content') : types[index] === 'token' ? at(data, 'data') : undefined;
    if (typeof piece !== 'string') continue;
    const key = JSON.stringify([
      at(data, 'metadata', 'nodeId') ?? begun,
      at(data, 'metadata', 'runIndex'),
      at(data, 'metadata', 'itemIndex'),
    ]);
    groups.set(key, (groups.get(key) ?? '') + piece);
  }
  const said = [...new Set([...groups.values()].map((text) => text.trim()))].filter((text) => text !== '');
  if (said.length > 0)
    return saidIn(
      said.map((text) => parseNearlyJson(text) ?? text),
      asked,
    );
  return types.at(-1) === 'end' ? { type: 'silence' } : nothing('a stream without a word');
}

function nothing(detail: string): Said {
  return { type: 'nothing', detail };
}

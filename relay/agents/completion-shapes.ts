/**
 * What servers answer where a chat completion is expected: the completion, its stream, and what other interfaces of the same servers
 * give (Ollama's own, OpenAI's responses and old completions), as one completion. Knows no request.
 */
import { eventsOf, isEventStream } from './event-stream.ts';
import { type Fault, fault, type Reply } from './http-client.ts';
import { faultOfErrorObject } from './http-fault.ts';
import { at, parseJson } from './json.ts';

/** Why a model stopped, in the words of a chat completion. */
const HALF = 'length';

/** A body of OpenAI's shape. */
type Completion = { readonly type: 'completion'; readonly body: object };

export function completionIn(reply: Reply): Completion | Fault {
  const events = piecesOf(reply);
  // OpenRouter answers errors with 200.
  const failed = events.find((event) => at(event, 'error') != null);
  if (failed) return faultOfErrorObject(failed);
  const [first] = events;
  if (first === undefined) return notJson(reply);
  const isStream = isEventStream(reply) || events.length > 1 || at(first, 'done') === false;
  if (!isStream) return { type: 'completion', body: whole(first) };
  if (!isEnded(reply.body, events)) return fault('unreachable', 'the stream stopped before its end');
  return { type: 'completion', body: joined(events) };
}

function piecesOf(reply: Reply): readonly unknown[] {
  if (isEventStream(reply)) return eventsOf(reply.body);
  const body = parseJson(reply.body);
  if (body !== undefined) return [body];
  // One object a line, as Ollama streams where it is not asked in OpenAI's way.
  const lines = reply.body
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseJson);
  return lines.every((line) => typeof line === 'object' && line !== null) ? lines : [];
}

function isEnded(body: string, events: readonly unknown[]): boolean {
  if (/^data: ?\[DONE\]/m.test(body)) return true;
  return events.some((event) => at(event, 'choices', 0, 'finish_reason') != null || at(event, 'done') === true);
}

function notJson(reply: Reply): Fault {
  const isPage = reply.contentType === 'text/html' || /^\s{0,20}</.test(reply.body);
  return isPage ? fault('wrong-server', 'the body is a web page') : fault('odd-answer', 'the body is no JSON');
}

/** One body that is all there. */
function whole(body: unknown): object {
  const message = at(body, 'choices', 0, 'message');
  if (typeof body === 'object' && body !== null && message != null) return body;
  const text =
    at(body, 'choices', 0, 'text') ?? at(body, 'message', 'content') ?? at(body, 'response') ?? outputOf(body);
  if (typeof text !== 'string') return typeof body === 'object' && body !== null ? body : {};
  const reason = at(body, 'choices', 0, 'finish_reason') ?? at(body, 'done_reason');
  const isHalf = at(body, 'status') === 'incomplete' || reason === HALF;
  return {
    choices: [{ message: { role: 'assistant', content: text }, finish_reason: isHalf ? HALF : 'stop' }],
    usage: at(body, 'usage') ?? null,
  };
}

/** OpenAI's responses: a list of what was done, messages among it, each a list of parts. */
function outputOf(body: unknown): string | undefined {
  const output = at(body, 'output');
  if (!Array.isArray(output)) return undefined;
  const parts = output
    .filter((item) => at(item, 'type') === 'message')
    .flatMap((item) => at(item, 'content'))
    .map((part) => at(part, 'text'))
    .filter((text) => typeof text === 'string');
  return parts.length > 0 ? parts.join('') : undefined;
}

/** Chunks of a stream as the completion they add up to; vLLM sends `choices: null` beside the usage. */
function joined(events: readonly unknown[]): object {
  const pieces = events.map(
    (event) =>
      at(event, 'choices', 0, 'delta', 'content') ??
      at(event, 'choices', 0, 'message', 'content') ??
      at(event, 'message', 'content'),
  );
  const reasons = events.map((event) => at(event, 'choices', 0, 'finish_reason') ?? at(event, 'done_reason'));
  return {
    choices: [
      {
        message: { role: 'assistant', content: pieces.filter((piece) => typeof piece === 'string').join('') },
        finish_reason: reasons.findLast((reason) => typeof reason === 'string') ?? null,
      },
    ],
    usage: events.map((event) => at(event, 'usage')).findLast((usage) => usage != null) ?? null,
  };
}

/**
 * What servers answer where a chat completion is expected: the completion, its stream, and what other interfaces of the same servers give
 * (Ollama's own, OpenAI's responses and old completions, Gemini's and Anthropic's own), as one completion. Only what an answer needs is
 * read: a field that nobody needs may hold anything. Knows no request.
 */
import type { Usage } from '../turn.ts';
import { eventsOf, isEventStream, isMarkedDone, type StreamEvent, withoutComments } from './event-stream.ts';
import { type Fault, fault } from './fault.ts';
import { type Ending, endingOf } from './finish-reason.ts';
import type { HttpReply } from './http-client.ts';
import { faultOfErrorObject, isErrorObject } from './http-fault.ts';
import { at, parseJson, parseNearlyJson } from './json.ts';
import { usageIn } from './token-usage.ts';

export type Completion = {
  readonly type: 'completion';
  readonly text: string;
  readonly ending: Ending;
  readonly usage: Usage | null;
};

const NONE = fault('odd-answer', 'the body is no chat completion');

export function completionOf(reply: HttpReply): Completion | Fault {
  if (isEventStream(reply)) return joined(eventsOf(reply.body), isMarkedDone(reply.body));
  const body = withoutComments(reply.body);
  const whole = parseJson(body);
  if (whole !== undefined && at(whole, 'done') !== false) return completionIn(whole) ?? NONE;
  const lines = whole === undefined ? linesOf(body) : [whole];
  if (lines.length > 0) {
    const events = lines.map((data) => ({ name: '', data }));
    return joined(events, false);
  }
  const nearly = parseNearlyJson(body);
  if (nearly !== undefined) return completionIn(nearly) ?? NONE;
  const isPage = reply.contentType === 'text/html' || /^\s{0,20}</.test(body);
  return isPage ? fault('wrong-server', 'the body is a web page') : fault('odd-answer', 'the body is no JSON');
}

/** One object a line, as Ollama streams where it is not asked in OpenAI's way. */
function linesOf(body: string): readonly unknown[] {
  const lines = body
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseJson);
  return lines.every((line) => typeof line === 'object' && line !== null) ? lines : [];
}

/** A body that is all there; null where it has no place for an answer. OpenRouter answers errors with 200. */
export function completionIn(body: unknown): Completion | Fault | null {
  if (isErrorObject(body)) return { ...faultOfErrorObject(body) };
  const choices = choicesIn(body);
  const choice = choices.find((each) => (textOfChoice(each) ?? '') !== '') ?? choices[0];
  if (choice !== undefined) return completionOfChoice(choice, body);
  const content = at(body, 'content');
  const text =
    textOf(at(body, 'message', 'content')) ??
    textOf(at(body, 'response')) ??
    outputOf(body) ??
    (Array.isArray(content) ? textOf(content) : undefined);
  if (text === undefined) return null;
  const half = at(body, 'status') === 'incomplete' ? (at(body, 'incomplete_details', 'reason') ?? 'length') : null;
  const reason = half ?? at(body, 'done_reason') ?? at(body, 'stop_reason') ?? at(body, 'finish_reason');
  return { type: 'completion', text, ending: endingOf(reason), usage: usageIn(body) };
}

/** OpenAI's `choices`, or Gemini's `candidates`. */
function choicesIn(body: unknown): readonly unknown[] {
  const choices = at(body, 'choices') ?? at(body, 'candidates');
  return Array.isArray(choices) ? choices : [];
}

function completionOfChoice(choice: unknown, body: unknown): Completion | Fault | null {
  if (isErrorObject(choice)) return faultOfErrorObject(choice);
  const usage = usageIn(body);
  const ending = endingOf(at(choice, 'finish_reason') ?? at(choice, 'finishReason'));
  const text = textOfChoice(choice);
  const refusal = at(choice, 'message', 'refusal');
  if ((text ?? '') === '' && typeof refusal === 'string' && refusal !== '') {
    return { type: 'completion', text: '', ending: 'blocked', usage };
  }
  // `content: null` is a choice to say nothing; no place for a content is another server's body.
  const hasPlace = at(choice, 'message') != null || ending !== 'whole';
  if (text === undefined && !hasPlace) return null;
  const called = at(choice, 'message', 'tool_calls');
  const hasCalls = Array.isArray(called) && called.length > 0;
  return { type: 'completion', text: text ?? '', ending: hasCalls && ending === 'whole' ? 'called' : ending, usage };
}

function textOfChoice(choice: unknown): string | undefined {
  return (
    textOf(at(choice, 'message', 'content')) ?? textOf(at(choice, 'text')) ?? textOf(at(choice, 'content', 'parts'))
  );
}

/** A text, or the texts of parts: thoughts and calls among them are passed over. */
function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  const parts = content
    .filter((part) => at(part, 'thought') !== true && !UNSAID.has(at(part, 'type')))
    .map((part: unknown) => (typeof part === 'string' ? part : at(part, 'text')))
    .filter((text) => typeof text === 'string');
  return parts.join('');
}

const UNSAID: ReadonlySet<unknown> = new Set(['thinking', 'redacted_thinking', 'reasoning', 'tool_use', 'tool_result']);

/** OpenAI's responses: a list of what was done, messages among it, each a list of parts. */
function outputOf(body: unknown): string | undefined {
  const output = at(body, 'output');
  if (!Array.isArray(output)) return undefined;
  const messages = output.filter((item) => at(item, 'type') === 'message');
  return messages.length > 0 ? messages.map((item) => textOf(at(item, 'content')) ?? '').join('') : undefined;
}

/** The pieces of a stream as the completion they add up to; vLLM sends `choices: null` beside the usage. A stream that failed or stopped gives no half answer. */
export function joined(events: readonly StreamEvent[], isDone: boolean): Completion | Fault {
  const failed = events.map(failureIn).find((found) => found !== null);
  if (failed) return failed;
  const bodies = events.map(({ data }) => data);
  const isEnded = isDone || events.some(isEnd);
  if (bodies.length === 0) return fault('odd-answer', 'a stream without a word of an answer');
  if (!isEnded) return fault('unreachable', 'the stream stopped before its end');
  const reasons = bodies.map(reasonIn).filter((reason) => reason !== undefined && reason !== null);
  const called = bodies.some((body) => at(firstChoice(body), 'delta', 'tool_calls') != null);
  const ending = endingOf(reasons.at(-1));
  return {
    type: 'completion',
    text: textOfPieces(bodies.map(pieceIn)),
    ending: called && ending === 'whole' ? 'called' : ending,
    usage: bodies.map(usageIn).findLast((usage) => usage !== null) ?? null,
  };
}

function failureIn({ name, data }: StreamEvent): Fault | null {
  if (name === 'error') return faultOfErrorObject(at(data, 'error') === undefined ? { error: data } : data);
  const [choice] = choicesIn(data);
  if (isErrorObject(data)) return faultOfErrorObject(data);
  return choice !== undefined && isErrorObject(choice) ? faultOfErrorObject(choice) : null;
}

/** The first of several answers to one question. */
function firstChoice(body: unknown): unknown {
  return choicesIn(body).find((choice) => (at(choice, 'index') ?? 0) === 0);
}

const END_EVENTS: ReadonlySet<unknown> = new Set([
  'done',
  'end',
  'message_stop',
  'response.completed',
  'response.incomplete',
]);

function isEnd({ name, data }: StreamEvent): boolean {
  if (END_EVENTS.has(name) || END_EVENTS.has(at(data, 'type')) || at(data, 'done') === true) return true;
  return reasonIn(data) != null;
}

function reasonIn(body: unknown): unknown {
  const choice = firstChoice(body);
  return (
    at(choice, 'finish_reason') ??
    at(choice, 'finishReason') ??
    at(body, 'done_reason') ??
    at(body, 'delta', 'stop_reason')
  );
}

type Piece = { readonly text: string; readonly isWhole: boolean };

function pieceIn(body: unknown): Piece | null {
  const choice = firstChoice(body);
  const delta = at(body, 'delta');
  const grown = [
    textOf(at(choice, 'delta', 'content')),
    textOf(at(choice, 'content', 'parts')),
    textOf(at(choice, 'text')),
    textOf(at(body, 'message', 'content')),
    textOf(at(body, 'response')),
    at(body, 'type') === 'response.output_text.delta' ? delta : undefined,
    at(body, 'type') === 'content_block_delta' ? at(delta, 'text') : undefined,
  ].find((text) => typeof text === 'string');
  if (typeof grown === 'string') return { text: grown, isWhole: false };
  const whole = textOf(at(choice, 'message', 'content'));
  return whole === undefined ? null : { text: whole, isWhole: true };
}

/** Some servers end with the whole once more, under the name of a whole message or as one more piece. */
function textOfPieces(pieces: readonly (Piece | null)[]): string {
  let text = '';
  let count = 0;
  for (const piece of pieces) {
    if (piece === null || piece.text === '') continue;
    if (piece.isWhole && piece.text.startsWith(text)) text = piece.text;
    else if (count < LEAST_REPEATED || piece.text !== text) text += piece.text;
    count += 1;
  }
  return text;
}

/** Two pieces may be alike by chance. */
const LEAST_REPEATED = 2;

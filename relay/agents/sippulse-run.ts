/**
 * What a run of a SipPulse thread answered: OpenAI-shaped in the examples seen, unconfirmed in the documents,
 * so it is looked for in several places. Knows no request.
 */
import type { AgentResult, Usage } from '../turn.ts';
import { resultOf, unfinishedResultOf } from './answer-text.ts';
import { eventsOf, isEventStream } from './event-stream.ts';
import { fault, type Reply } from './http-client.ts';
import { faultOfErrorObject, faultOfReply } from './http-fault.ts';
import { at, parseJson } from './json.ts';
import { usageOf } from './token-usage.ts';

/** In this order; the first that is there counts, even when it is empty. */
const PLACES: readonly (readonly (string | number)[])[] = [
  ['choices', 0, 'message', 'content'],
  ['message', 'content'],
  ['content'],
  ['response'],
  ['answer'],
  ['text'],
];

export function readRun(reply: Reply): AgentResult {
  const refused = faultOfReply(reply);
  if (refused) return { ...refused, usage: null };
  if (isEventStream(reply)) return readStream(reply);
  const body = parseJson(reply.body);
  if (at(body, 'error') != null) return { ...faultOfErrorObject(body), usage: usageIn(body) };
  const text = PLACES.map((place) => at(body, ...place)).find((found) => found !== undefined);
  if (text === null) return { type: 'silence', usage: usageIn(body) };
  if (typeof text !== 'string')
    return { ...fault('odd-answer', 'no text where one is expected'), usage: usageIn(body) };
  const isHalf = at(body, 'choices', 0, 'finish_reason') === 'length';
  return isHalf ? unfinishedResultOf(text, usageIn(body)) : resultOf(text, usageIn(body));
}

/** Pieces of `delta.content` alone: `delta.reasoning_content` is never passed on. A failed stream gives no half answer. */
function readStream({ body }: Reply): AgentResult {
  const events = eventsOf(body);
  const usage = events.map(usageIn).findLast((found) => found !== null) ?? null;
  const failed = events.find((event) => at(event, 'error') != null);
  if (failed) return { ...faultOfErrorObject(failed), usage };
  const choices = events.flatMap((event) => {
    const list = at(event, 'choices');
    return Array.isArray(list) ? list : [];
  });
  if (choices.length === 0) return { ...fault('odd-answer', 'a stream without a word of an answer'), usage };
  const pieces = choices.map((choice) => at(choice, 'delta', 'content'));
  const said = pieces.filter((piece) => typeof piece === 'string').join('');
  const reasons = choices.map((choice) => at(choice, 'finish_reason')).filter((reason) => reason != null);
  if (reasons.length === 0 && !/^data: ?\[DONE\]/m.test(body)) {
    return { ...fault('unreachable', 'the stream stopped before its end'), usage };
  }
  return reasons.includes('length') ? unfinishedResultOf(said, usage) : resultOf(said, usage);
}

function usageIn(body: unknown): Usage | null {
  const input = at(body, 'usage', 'prompt_tokens') ?? at(body, 'usage', 'input_tokens');
  const output = at(body, 'usage', 'completion_tokens') ?? at(body, 'usage', 'output_tokens');
  return usageOf(input, output);
}

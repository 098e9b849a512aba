/**
 * What a run of a SipPulse thread answered: OpenAI-shaped in the examples seen, unconfirmed in the documents,
 * so it is looked for in several places. Knows no request.
 */
import type { AgentResult } from '../turn.ts';
import { endedResultOf, resultOf } from './answer-text.ts';
import { type Completion, completionIn, joined } from './completion-shapes.ts';
import { eventsOf, isEventStream, isMarkedDone } from './event-stream.ts';
import { type Fault, fault } from './fault.ts';
import type { HttpReply } from './http-client.ts';
import { faultOfReply, isErrorObject } from './http-fault.ts';
import { at, parseNearlyJson } from './json.ts';
import { usageIn } from './token-usage.ts';

/** In this order; the first that is there counts, even when it is empty. */
const PLACES: readonly (readonly (string | number)[])[] = [
  ['message', 'content'],
  ['content'],
  ['response'],
  ['answer'],
  ['text'],
];

export function readRun(reply: HttpReply): AgentResult {
  const refused = faultOfReply(reply);
  if (refused) return { ...refused, usage: null };
  if (isEventStream(reply)) return ended(joined(eventsOf(reply.body), isMarkedDone(reply.body)));
  const body = parseNearlyJson(reply.body);
  if (Array.isArray(at(body, 'choices')) || isErrorObject(body))
    return ended(completionIn(body) ?? fault('odd-answer', 'no text where one is expected'));
  const text = PLACES.map((place) => at(body, ...place)).find((found) => found !== undefined);
  if (text === null) return { type: 'silence', usage: usageIn(body) };
  if (typeof text !== 'string')
    return { ...fault('odd-answer', 'no text where one is expected'), usage: usageIn(body) };
  return resultOf(text, usageIn(body));
}

function ended(completion: Completion | Fault): AgentResult {
  if (completion.type === 'fault') return { ...completion, usage: null };
  return endedResultOf(completion.text, completion.ending, completion.usage);
}

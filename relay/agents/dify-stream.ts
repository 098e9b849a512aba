/**
 * What a run of a Dify app says: events in a stream, failures among them under HTTP 200, or an error in place of it.
 * Source: Dify's service API, its events and errors, versions 1.9 to 1.15. Knows no request.
 */
import type { AgentFault } from '../../shared/contract/agent.ts';
import type { AgentResult, Usage } from '../turn.ts';
import { endedResultOf } from './answer-text.ts';
import { eventsOf, isEventStream } from './event-stream.ts';
import { type Fault, fault } from './fault.ts';
import type { HttpReply } from './http-client.ts';
import { asking, faultOfErrorObject, faultOfReply } from './http-fault.ts';
import { at, parseJson } from './json.ts';
import { usageIn } from './token-usage.ts';

export type DifyRun = {
  readonly result: AgentResult;
  /** Its id; null where nothing named it. */
  readonly conversation: string | null;
  /** The conversation that was asked takes no message any more: a new one may. */
  readonly isConversationGone: boolean;
};

/** Dify's own names of errors. The four about a provider tell of the app's set-up, which no further try mends. */
const BY_CODE: ReadonlyMap<unknown, AgentFault> = new Map<unknown, AgentFault>([
  ['provider_not_initialize', 'not-configured'],
  ['app_unavailable', 'not-configured'],
  ['provider_quota_exceeded', 'no-credits'],
  ['model_currently_not_support', 'model-missing'],
  ['completion_request_error', 'flow-failed'],
  ['not_chat_app', 'wrong-server'],
  ['too_many_requests', 'rate-limited'],
  ['internal_server_error', 'flow-failed'],
]);

/** Said of a conversation: unknown, over, or one whose history an earlier failure has broken. */
const GONE: ReadonlySet<unknown> = new Set(['not_found', 'conversation_completed', 'invalid_param']);
const FORM = /\brequired in input form\b/i;
const PAUSES: ReadonlySet<unknown> = new Set(['human_input_required', 'workflow_paused']);
const ENDS: ReadonlySet<unknown> = new Set(['message_end', 'workflow_finished']);
const FAILED: ReadonlySet<unknown> = new Set(['failed', 'stopped']);

/** The fault of a reply that is not 2xx; null for one that is. */
export function faultOfDify(reply: HttpReply): Fault | null {
  const refused = faultOfReply(reply);
  if (!refused) return null;
  const body = parseJson(reply.body);
  const own = faultOfCode(body, `HTTP ${reply.status}`);
  return own ? asking(own, reply.retryAfterMs) : refused;
}

export function readDifyRun(reply: HttpReply): DifyRun {
  const refused = faultOfDify(reply);
  if (refused) return failed(refused, null, GONE.has(at(parseJson(reply.body), 'code')));
  // An older server, or a gateway, may answer at once.
  const bodies = isEventStream(reply) ? eventsOf(reply.body).map(({ data }) => data) : [wholeAnswer(reply.body)];
  const conversation = bodies.map(conversationIn).find((id) => id !== null) ?? null;
  const error = bodies.find((body) => at(body, 'event') === 'error');
  if (error !== undefined) {
    const own = faultOfCode(error, 'the agent reported an error');
    return failed(own ?? faultOfErrorObject({ error }), conversation, GONE.has(at(error, 'code')));
  }
  if (bodies.some((body) => PAUSES.has(at(body, 'event'))))
    return failed(fault('waits-for-person', 'the run has paused'), conversation, false);
  if (bodies.some((body) => at(body, 'event') === 'workflow_finished' && FAILED.has(at(body, 'data', 'status'))))
    return failed(fault('flow-failed', 'the run failed'), conversation, false);
  if (!bodies.some((body) => ENDS.has(at(body, 'event')))) {
    const isNone = bodies.every((body) => at(body, 'event') === undefined);
    return failed(
      isNone ? fault('odd-answer', 'no answer of Dify') : fault('unreachable', 'the stream stopped before its end'),
      conversation,
      false,
    );
  }
  const text = textOf(bodies);
  const usage = usageOf(bodies);
  if (text.trim() === '')
    return {
      result: { ...fault('no-answer', 'a run without a word'), usage },
      conversation,
      isConversationGone: false,
    };
  return { result: endedResultOf(text, 'whole', usage), conversation, isConversationGone: false };
}

function failed(found: Fault, conversation: string | null, isConversationGone: boolean): DifyRun {
  return { result: { ...found, usage: null }, conversation, isConversationGone };
}

/** A whole answer as the events that it stands for. */
function wholeAnswer(body: string): unknown {
  const whole = parseJson(body);
  const isAnswer = typeof at(whole, 'answer') === 'string' && at(whole, 'event') !== 'error';
  return isAnswer ? { ...(whole as object), event: 'message_end', isWhole: true } : whole;
}

/** Pieces one after another; what the app's moderation puts in place of all that was said counts from then on. */
function textOf(bodies: readonly unknown[]): string {
  let text = '';
  for (const body of bodies) {
    const event = at(body, 'event');
    const answer = at(body, 'answer');
    if (typeof answer !== 'string') continue;
    if (event === 'message' || event === 'agent_message') text += answer;
    else if (event === 'message_replace' || at(body, 'isWhole') === true) text = answer;
  }
  return text;
}

function usageOf(bodies: readonly unknown[]): Usage | null {
  return bodies.map((body) => usageIn(at(body, 'metadata'))).findLast((usage) => usage !== null) ?? null;
}

const MOST_ID = 100;

function conversationIn(body: unknown): string | null {
  const id = at(body, 'conversation_id');
  return typeof id === 'string' && id !== '' && id.length <= MOST_ID ? id : null;
}

function faultOfCode(body: unknown, detail: string): Fault | null {
  const code = at(body, 'code');
  const message = at(body, 'message');
  if (typeof message === 'string' && FORM.test(message.slice(0, 1_000))) return fault('asks-for-fields', '');
  const found = BY_CODE.get(code);
  return found ? fault(found, `${detail}, ${String(code)}`) : null;
}

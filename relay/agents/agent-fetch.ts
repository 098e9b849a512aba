/**
 * Our HTTP client as the `fetch` that the `ai` package asks for. Only good replies pass: everything else becomes a
 * WireFault before a library can put it, with the request beside it, into an error of its own.
 */
import { eventsOf, isEventStream } from './event-stream.ts';
import { type Call, type Fault, fault, type Reply } from './http-client.ts';
import { faultOfErrorObject, faultOfReply } from './http-fault.ts';
import { at, parseJson } from './json.ts';

/** Carries a fault through a library that only knows exceptions. */
class WireFault extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.fault);
    this.name = 'WireFault';
    this.fault = fault;
  }
}

/** The fault that a library wrapped, if it is one of ours. */
export function wireFaultIn(error: unknown): Fault | null {
  if (error instanceof WireFault) return error.fault;
  return error instanceof Error && error.cause !== undefined ? wireFaultIn(error.cause) : null;
}

export function fetchThrough(call: Call): typeof globalThis.fetch {
  return async (input, init) => {
    const reply = await call.send({
      method: 'POST',
      url: input instanceof Request ? input.url : String(input),
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: typeof init?.body === 'string' ? init.body : null,
    });
    if (reply.type === 'fault') throw new WireFault(reply);
    const refused = faultOfReply(reply);
    if (refused) throw new WireFault(refused);
    return new Response(completionIn(reply), { status: 200, headers: { 'content-type': 'application/json' } });
  };
}

/** The body as one completion. OpenRouter answers errors with 200; some gateways stream without being asked. */
function completionIn(reply: Reply): string {
  const stream = isEventStream(reply);
  const events = stream ? eventsOf(reply.body) : [parseJson(reply.body)];
  const failed = events.find((event) => at(event, 'error') != null);
  if (failed) throw new WireFault(faultOfErrorObject(failed));
  if (events[0] === undefined) throw new WireFault(fault('odd-answer', 'the body is no JSON'));
  return stream ? JSON.stringify(joined(events)) : reply.body;
}

/** Chunks of a stream as the completion they add up to; vLLM sends `choices: null` beside the usage. */
function joined(events: readonly unknown[]): object {
  const pieces = events.map((event) => at(event, 'choices', 0, 'delta', 'content'));
  const reasons = events.map((event) => at(event, 'choices', 0, 'finish_reason'));
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

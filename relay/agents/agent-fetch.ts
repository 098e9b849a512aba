/**
 * Our HTTP client as the `fetch` that the `ai` package asks for. Only good replies pass: everything else becomes a
 * WireFault before a library can put it, with the request beside it, into an error of its own.
 */
import { completionIn } from './completion-shapes.ts';
import type { Call, Fault } from './http-client.ts';
import { faultOfReply } from './http-fault.ts';

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
    const read = completionIn(reply);
    if (read.type === 'fault') throw new WireFault(read);
    return new Response(JSON.stringify(read.body), { status: 200, headers: { 'content-type': 'application/json' } });
  };
}

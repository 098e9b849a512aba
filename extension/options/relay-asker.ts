/** How the options page asks its relay: an answer that could be read, or what went wrong. */
import * as v from 'valibot';
import { MOST_CLIENT_BYTES } from '../../shared/wire.ts';
import type { AskResult } from '../relay-connection/relay-connection.ts';

/** A relay's own fault code, or one of ours; `detail` is what the relay wrote, in its language. */
export type Trouble = { readonly code: string; readonly detail: string };

export type Asked<T> = { readonly ok: true; readonly result: T } | { readonly ok: false; readonly trouble: Trouble };

export type Ask = <const S extends v.GenericSchema>(
  schema: S,
  command: string,
  params?: object,
  signal?: AbortSignal,
) => Promise<Asked<v.InferOutput<S>>>;

/** For the frame around the parameters. */
const FRAME_BYTES = 256;

export function relayAsker(
  ask: (command: string, params: object, options: { readonly signal?: AbortSignal }) => Promise<AskResult>,
): Ask {
  return async (schema, command, params = {}, signal) => {
    // The relay would close the connection, and everything else on it would be lost.
    if (new TextEncoder().encode(JSON.stringify(params)).length > MOST_CLIENT_BYTES - FRAME_BYTES) {
      return { ok: false, trouble: { code: 'too-long', detail: '' } };
    }
    const reply = await ask(command, params, signal ? { signal } : {});
    if (!reply.ok) return { ok: false, trouble: { code: reply.error.code, detail: reply.error.message } };
    const parsed = v.safeParse(schema, reply.result);
    return parsed.success
      ? { ok: true, result: parsed.output }
      : { ok: false, trouble: { code: 'unknown-command', detail: '' } };
  };
}

export const AnyReplySchema = v.unknown();

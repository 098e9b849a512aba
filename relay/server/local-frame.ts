/**
 * The frames on the local socket, one JSON object a line. Requests: `{id, command, params}`. Answers: `{id, event}` any
 * number of times, then `{id, ok: true, result}` or `{id, ok: false, error}`. `{id, cancel: true}` ends a request early.
 */

import * as v from 'valibot';
import { ErrorSchema } from '../../shared/contract/wire.ts';

/** The longest request in characters: a full list of rules for the built-in agent fits. */
export const MOST_REQUEST_CHARACTERS = 1_048_576;
/** The longest reply in characters: a page of chats and every agent's settings fit. */
export const MOST_REPLY_CHARACTERS = 16_777_216;

export const RequestSchema = v.union([
  v.object({ id: v.pipe(v.number(), v.integer()), cancel: v.literal(true) }),
  v.object({
    id: v.pipe(v.number(), v.integer()),
    command: v.pipe(v.string(), v.maxLength(60)),
    params: v.optional(v.unknown()),
    /** The word from the token file; left out where file modes guard the socket itself (all but Windows). */
    token: v.optional(v.string()),
  }),
]);

export type Request = v.InferOutput<typeof RequestSchema>;

export const ReplySchema = v.union([
  v.object({ id: v.number(), event: v.record(v.string(), v.unknown()) }),
  v.object({ id: v.number(), ok: v.literal(true), result: v.unknown() }),
  v.object({
    id: v.number(),
    ok: v.literal(false),
    error: ErrorSchema,
  }),
]);

export type LocalReply = v.InferOutput<typeof ReplySchema>;

/** Cuts a stream into lines; an empty list while none is complete. Throws where a line grows beyond the limit. */
export class LineReader {
  readonly #most: number;
  #rest = '';

  /** `most`: the longest line, in characters. */
  constructor(most: number) {
    this.#most = most;
  }

  take(chunk: string): readonly string[] {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > this.#most || lines.some((line) => line.length > this.#most))
      throw new Error('a line is too long');
    return lines.filter((line) => line.trim() !== '');
  }
}

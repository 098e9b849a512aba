/**
 * What a command of the relay is: its name, what it takes, what it answers, and what it tells before. Each stands once, in a file
 * of this folder; PROTOCOL.md is the contract in prose. No command names a recipient or carries a text to send.
 */
import * as v from 'valibot';
import { LinkSchema } from '../wire.ts';

export type Command<
  Params extends v.GenericSchema = v.GenericSchema,
  Reply extends v.GenericSchema = v.GenericSchema,
  Progress extends v.GenericSchema = v.GenericSchema,
> = {
  readonly name: string;
  readonly params: Params;
  readonly reply: Reply;
  /** What may come before the reply: any number of times, each with a word in `event`. */
  readonly progress: Progress;
};

/** What a client sends with a command; defaults may be left out. */
export type ParamsOf<C extends Command> = Made<v.InferInput<C['params']>>;
/** The parameters as a handler is given them: judged, with their defaults. */
export type JudgedParamsOf<C extends Command> = v.InferOutput<C['params']>;
/** A reply as a client has read it. */
export type ReplyOf<C extends Command> = v.InferOutput<C['reply']>;
export type ProgressOf<C extends Command> = v.InferOutput<C['progress']>;
/** A reply as the relay makes it: it may hold more, which does not leave the relay. */
export type MadeReplyOf<C extends Command> = Made<v.InferInput<C['reply']>>;
export type MadeProgressOf<C extends Command> = Made<v.InferInput<C['progress']>>;

type Made<T> = T extends readonly (infer Item)[]
  ? readonly Made<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Made<T[Key]> }
    : T;

/**
 * Marked as free of effects, so that a page is built of those commands alone that it asks.
 * @__NO_SIDE_EFFECTS__
 */
export function command<const E extends v.ObjectEntries, const R extends v.GenericSchema>(
  name: string,
  entries: E,
  reply: R,
): Command<v.StrictObjectSchema<E, undefined>, R, v.NeverSchema<undefined>> {
  return { name, params: v.strictObject(entries), reply, progress: v.never() };
}

export const MOST_NAME = 60;

/** An agent's name or id; may be left out while there is only one. */
export const agent = v.optional(v.pipe(v.string(), v.maxLength(MOST_NAME)));

export const named = v.object({ id: v.string(), name: v.string() });

const { qr: _code, ...reported } = LinkSchema.entries;
/** A link without its code: that comes as progress of `link` alone. */
export const report = v.object(reported);

export const nothing = v.object({});

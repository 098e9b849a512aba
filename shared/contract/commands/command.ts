/**
 * What a command of the relay is: its name, what it takes, what it answers, and what it tells before. Each stands once, in a file
 * of this folder; PROTOCOL.md is the contract in prose. No command names a recipient or carries a text to send.
 */
import * as v from 'valibot';
import type { CommandFaultCode, CommonFault } from '../command-fault.ts';

export type Command<
  Name extends string = string,
  Params extends v.GenericSchema = v.GenericSchema,
  Reply extends v.GenericSchema = v.GenericSchema,
  Fault extends CommandFaultCode = CommandFaultCode,
  Progress extends v.GenericSchema = v.GenericSchema,
> = {
  readonly name: Name;
  readonly params: Params;
  readonly reply: Reply;
  /** Why it may not be done, besides what any command may meet. */
  readonly faults: readonly Fault[];
  /** What may come before the reply: any number of times, each with a word in `event`. */
  readonly progress: Progress;
};

/** What a client sends with a command; defaults may be left out. */
export type ParamsOf<C extends Command> = Made<v.InferInput<C['params']>>;
/** The parameters as a handler is given them: judged, with their defaults. */
export type JudgedParamsOf<C extends Command> = v.InferOutput<C['params']>;
/** A reply as a client has read it. */
export type ReplyOf<C extends Command> = v.InferOutput<C['reply']>;
/** What a client may be told of why a command was not done. */
export type FaultOf<C extends Command> = C['faults'][number] | CommonFault;
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
export function command<
  const Name extends string,
  const E extends v.ObjectEntries,
  const R extends v.GenericSchema,
  const Fault extends CommandFaultCode = never,
>(
  name: Name,
  entries: E,
  reply: R,
  faults: readonly Fault[] = [],
): Command<Name, v.StrictObjectSchema<E, undefined>, R, Fault, v.NeverSchema<undefined>> {
  return { name, params: v.strictObject(entries), reply, faults, progress: v.never() };
}

export const MOST_NAME = 60;

/** An agent's name or id; may be left out while there is only one. */
export const agent = v.optional(v.pipe(v.string(), v.maxLength(MOST_NAME)));

/** The faults of a command that names an agent. */
export const OF_AGENT = ['no-such-agent', 'which-agent'] as const;

export const named = v.object({ id: v.string(), name: v.string() });

export const nothing = v.object({});

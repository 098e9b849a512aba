/** One command: what it takes, judged before anything is done, and what it does. */
import * as v from 'valibot';
import { CommandError } from './command-error.ts';
import type { RelayApi } from './relay-api.ts';

export type CommandContext = {
  readonly relay: RelayApi;
  /** Aborted when the client is gone, or no longer wants the answer. */
  readonly signal: AbortSignal;
  /** Something before the answer: a code, a new status. */
  emit(event: Readonly<Record<string, unknown>>): void;
};

export type Command = { run(params: unknown, context: CommandContext): Promise<unknown> };

export function command<const E extends v.ObjectEntries>(
  entries: E,
  handle: (params: v.InferOutput<v.StrictObjectSchema<E, undefined>>, context: CommandContext) => Promise<unknown>,
): Command {
  const schema = v.strictObject(entries);
  return {
    run: async (params, context) => {
      const parsed = v.safeParse(schema, params ?? {});
      // The issue names the field, never what was in it.
      if (!parsed.success)
        throw badRequest(parsed.issues[0].path?.map(({ key: part }) => String(part)).join('.') ?? 'params');
      return handle(parsed.output, context);
    },
  };
}

function badRequest(field: string): CommandError {
  return new CommandError(
    'bad-request',
    `The request's "${field}" is missing, unknown or malformed.`,
    'Is this command line as new as the relay?',
  );
}

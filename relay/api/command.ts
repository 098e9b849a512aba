/** One command as the relay does it: its parameters are judged before anything is done. */
import * as v from 'valibot';
import type { Command, JudgedParamsOf, MadeProgressOf, MadeReplyOf } from '../../shared/commands/command.ts';
import { CommandError } from './command-error.ts';
import type { RelayApi } from './relay-api.ts';

/** `Progress` is what may be told before the reply; nothing, for most commands. */
export type CommandContext<Progress = never> = {
  readonly relay: RelayApi;
  /** The paired browser that asks; null for the command line of this computer. */
  readonly client: string | null;
  /** Aborted when the client is gone, or no longer wants the answer. */
  readonly signal: AbortSignal;
  readonly emit: (event: Progress) => void;
};

export type Handler = {
  readonly name: string;
  /** Rejects with CommandError where it cannot be done. */
  run(params: unknown, context: CommandContext<unknown>): Promise<unknown>;
};

/**
 * Ties a command to what does it. Rejects with `bad-value` or `bad-request` for parameters that the command does not take.
 * Of what `run` resolves to, only what the command's reply names leaves the relay.
 */
export function handle<C extends Command>(
  { name, params: taken, reply: told }: C,
  run: (params: JudgedParamsOf<C>, context: CommandContext<MadeProgressOf<C>>) => Promise<MadeReplyOf<C>>,
): Handler {
  return {
    name,
    run: async (params, context) => {
      const parsed = v.safeParse<C['params']>(taken, params ?? {});
      // The issue names the field, never what was in it.
      if (!parsed.success) throw refusalOf(parsed.issues);
      const reply = v.safeParse<C['reply']>(told, await run(parsed.output, context));
      if (!reply.success) throw new Error(`"${name}" made a reply of another shape: ${fieldOf(reply.issues)}`);
      return reply.output;
    },
  };
}

type Issues = readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]];

function fieldOf([issue]: Issues): string | undefined {
  return issue.path?.map(({ key }) => String(key)).join('.');
}

/** What people type may be too long or empty; anything else comes from a client of another version. */
function refusalOf(issues: Issues): CommandError {
  const [{ type }] = issues;
  const field = fieldOf(issues) ?? 'params';
  const problem = type === 'max_length' ? 'too-long' : type === 'min_length' ? 'empty' : 'other';
  return new CommandError(
    problem === 'other' ? 'bad-request' : 'bad-value',
    `The request's "${field}" is missing, unknown or malformed.`,
    'Is this command line as new as the relay?',
    { problems: [{ field, problem }] },
  );
}

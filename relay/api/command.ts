/** One command as the relay does it: its parameters are judged before anything is done, and its faults are those that it names. */
import * as v from 'valibot';
import { COMMON_FAULTS, type CommandFaultCode } from '../../shared/contract/command-fault.ts';
import type { Command, JudgedParamsOf, MadeProgressOf, MadeReplyOf } from '../../shared/contract/commands/command.ts';
import type { Clock } from '../clock.ts';
import { CommandError } from './command-error.ts';
import type { AgentApi, RelayApi } from './relay-api.ts';

/** `Progress` is what may be told before the reply; nothing, for most commands. */
export type CommandContext<Progress = never> = {
  readonly relay: RelayApi;
  /** The agent that the command's parameters name, or the only one. Rejects where there is none, or where several may be meant. */
  readonly agent: () => Promise<AgentApi>;
  readonly clock: Clock;
  /** The paired browser that asks; null for the command line of this computer. */
  readonly client: string | null;
  /** Aborted when the client is gone, or no longer wants the answer. */
  readonly signal: AbortSignal;
  readonly emit: (event: Progress) => void;
};

export type Handler = {
  readonly name: string;
  /** Rejects with CommandError where it cannot be done. */
  run(params: unknown, context: Omit<CommandContext<unknown>, 'agent'>): Promise<unknown>;
};

type Run<C extends Command> = (
  params: JudgedParamsOf<C>,
  context: CommandContext<MadeProgressOf<C>>,
) => Promise<MadeReplyOf<C>>;

type NameIn<M extends Commands> = M[keyof M]['name'];
type CommandCalled<M extends Commands, Name> = Extract<M[keyof M], { readonly name: Name }>;
type Commands = Readonly<Record<string, Command>>;

/** A function for each command of a file of the contract, by the command's name. */
export type HandlersOf<M extends Commands> = { readonly [Name in NameIn<M>]: Run<CommandCalled<M, Name>> };

/** Ties every command of the file to its function. */
export function handlersOf<M extends Commands>(commands: M, runs: HandlersOf<NoInfer<M>>): readonly Handler[] {
  const byName: ReadonlyMap<string, unknown> = new Map(Object.entries(runs));
  return Object.values(commands).map((command) => handle(command, byName.get(command.name) as Run<Command>));
}

/**
 * Rejects with `bad-value` or `bad-request` for parameters that the command does not take. Of what `run` resolves to, only what the
 * command's reply names leaves the relay, and of its faults those alone that it names.
 */
function handle({ name, params: taken, reply: told, faults }: Command, run: Run<Command>): Handler {
  const known: ReadonlySet<CommandFaultCode> = new Set([...COMMON_FAULTS, ...faults]);
  return {
    name,
    run: async (params, context) => {
      const parsed = v.safeParse(taken, params ?? {});
      // The issue names the field, never what was in it.
      if (!parsed.success) throw refusalOf(parsed.issues);
      const { agent } = v.parse(NAMES_AGENT, parsed.output);
      const given = { ...context, agent: () => agentCalled(agent, context.relay) };
      const done = await run(parsed.output as never, given as never).catch((error: unknown) => {
        if (!(error instanceof CommandError) || known.has(error.code)) throw error;
        throw new Error(`"${name}" failed with "${error.code}", which it does not name`, { cause: error });
      });
      const reply = v.safeParse(told, done);
      if (!reply.success) throw new Error(`"${name}" made a reply of another shape: ${fieldOf(reply.issues)}`);
      return reply.output;
    },
  };
}

const NAMES_AGENT = v.looseObject({ agent: v.optional(v.string()) });

/** The agent that is meant; rejects with CommandError where there is none, or where several may be. */
export async function agentCalled(wanted: string | undefined, relay: RelayApi): Promise<AgentApi> {
  const found = await relay.agents.find(wanted);
  if (found) return found;
  const names = await relay.agents.names();
  throw wanted === undefined
    ? new CommandError('which-agent', 'There are several agents.', 'Name one of them.', { names })
    : new CommandError('no-such-agent', `There is no agent called "${wanted}".`, 'Name one of those that are there.', {
        names,
      });
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

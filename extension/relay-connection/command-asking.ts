/** How the extension asks its relay: a command with its parameters in, a reply that was judged out, or what went wrong. */
import * as v from 'valibot';
import { COMMON_FAULTS, type CommandFaultCode, type CommonFault } from '../../shared/contract/command-fault.ts';
import type { Command, FaultOf, ParamsOf, ProgressOf, ReplyOf } from '../../shared/contract/commands/command.ts';
import { MOST_CLIENT_BYTES, type WireError } from '../../shared/contract/wire.ts';
import type { RelayConnection } from './relay-connection.ts';

/** Faults that the extension finds by itself: the request did not reach the relay, or its answer does not come; it is too long; a switch was not confirmed. */
type OwnFault = 'not-delivered' | 'too-long' | 'not-confirmed';

/** `Code`: what the command that was asked names. The relay's own sentences are for scripts, and go no further. */
export type CommandFault<Code extends CommandFaultCode = CommandFaultCode> = {
  readonly code: Code | CommonFault | OwnFault;
  /** What is wrong with which setting of an agent, where that is why. */
  readonly problems?: WireError['problems'];
};

export type CommandResult<T, Code extends CommandFaultCode = CommandFaultCode> =
  | { readonly ok: true; readonly result: T }
  | { readonly ok: false; readonly fault: CommandFault<Code> };

type AskOptions<C extends Command> = {
  /** Hears what comes before the reply. */
  readonly onProgress?: (event: ProgressOf<C>) => void;
  /** Aborting tells the relay that the answer is no longer wanted. */
  readonly signal?: AbortSignal;
};

/** Never rejects. A reply that cannot be read is an `unknown-command`: one side is too old. */
export type Ask = <C extends Command>(
  command: C,
  params: ParamsOf<C>,
  options?: AskOptions<C>,
) => Promise<CommandResult<ReplyOf<C>, FaultOf<C>>>;

/** For the frame around the parameters. */
const FRAME_BYTES = 256;

export function askOver(connection: Pick<RelayConnection, 'ask'>): Ask {
  return async <C extends Command>(command: C, params: ParamsOf<C>, { onProgress, signal }: AskOptions<C> = {}) => {
    // The relay would close the connection, and everything else on it would be lost.
    if (new TextEncoder().encode(JSON.stringify(params)).length > MOST_CLIENT_BYTES - FRAME_BYTES) {
      return { ok: false, fault: { code: 'too-long' } };
    }
    const progress = (event: unknown): void => {
      const parsed = v.safeParse<C['progress']>(command.progress, event);
      // An event of a newer relay is passed over, and so is one that comes when nothing is wanted any more.
      if (parsed.success && !signal?.aborted) onProgress?.(parsed.output);
    };
    const reply = await connection.ask(command.name, params as object, { progress, ...(signal ? { signal } : {}) });
    if (!reply.ok) {
      const { code, problems } = reply.error;
      return { ok: false, fault: { code: knownFault(command, code), ...(problems && { problems }) } };
    }
    const parsed = v.safeParse<C['reply']>(command.reply, reply.result);
    return parsed.success ? { ok: true, result: parsed.output } : { ok: false, fault: { code: 'unknown-command' } };
  };
}

/** The fault as the command or this extension names it; any other, of a newer relay, is a failure without a name. */
function knownFault<C extends Command>({ faults }: C, code: string): FaultOf<C> | 'not-delivered' {
  if (code === 'not-delivered') return code;
  const known: readonly (FaultOf<C> | CommonFault)[] = [...COMMON_FAULTS, ...faults];
  return known.find((each) => each === code) ?? 'failed';
}

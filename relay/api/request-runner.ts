/** Runs the requests of one client side by side and answers each under its id. The same for both servers. */
import type { WireError } from '../../shared/contract/wire.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Handler } from './command.ts';
import { CommandError, diskErrorOf } from './command-error.ts';
import type { RelayApi } from './relay-api.ts';

export type RequestAnswer =
  | { readonly id: number; readonly event: Record<string, unknown> }
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      readonly error: WireError;
    };

export type RequestRunnerDeps = {
  readonly relay: RelayApi;
  readonly clock: Clock;
  readonly log: Log;
  /** The commands of this server. */
  readonly commands: ReadonlyMap<string, Handler>;
  readonly tell: (answer: RequestAnswer) => void;
  /** The paired browser that asks; null for the command line of this computer. */
  readonly client: () => string | null;
};

/** Requests of one client at a time. */
const MOST_RUNNING = 32;

export class RequestRunner {
  readonly #deps: RequestRunnerDeps;
  readonly #running = new Map<number, AbortController>();

  constructor(deps: RequestRunnerDeps) {
    this.#deps = deps;
  }

  /** False where nothing was begun: too many at a time, or one id twice. */
  begin(id: number, command: string, params: unknown): boolean {
    if (this.#running.size >= MOST_RUNNING || this.#running.has(id)) return false;
    const controller = new AbortController();
    this.#running.set(id, controller);
    const { tell } = this.#deps;
    this.#run(id, command, params, controller.signal)
      .then((result) => tell({ id, ok: true, result: result ?? {} }))
      .catch((error: unknown) => {
        if (!controller.signal.aborted) tell({ id, ok: false, error: this.#describe(error) });
      })
      .finally(() => this.#running.delete(id));
    return true;
  }

  /** The client no longer wants this answer. */
  cancel(id: number): void {
    this.#running.get(id)?.abort(new Error('the client changed its mind'));
  }

  /** The client is gone. */
  stop(): void {
    for (const controller of this.#running.values()) controller.abort(new Error('the client went away'));
  }

  async #run(id: number, name: string, params: unknown, signal: AbortSignal): Promise<unknown> {
    const { relay, clock, commands, tell, client } = this.#deps;
    const command = commands.get(name);
    if (!command)
      throw new CommandError(
        'unknown-command',
        'The relay does not know this command.',
        'Is this command line as new as the relay?',
      );
    return command.run(params, {
      relay,
      clock,
      signal,
      client: client(),
      emit: (event) => tell({ id, event: { ...(event as object) } }),
    });
  }

  #describe(error: unknown): WireError {
    const known = error instanceof CommandError ? error : diskErrorOf(error);
    if (known) {
      const { code, message, hint, problems, names } = known;
      return {
        code,
        message,
        hint,
        ...(problems.length > 0 && { problems: [...problems] }),
        ...(names.length > 0 && { names: [...names] }),
      };
    }
    this.#deps.log.error({ err: error }, 'a command failed');
    return {
      code: 'failed',
      message: 'The relay could not do this.',
      hint: 'Its log says more: relay.log in the data directory.',
    };
  }
}

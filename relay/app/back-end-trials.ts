/** A back end judged and tried before it is saved, and what its try has shown once it is. */
import { isDeepStrictEqual } from 'node:util';
import type { AgentId } from '../../shared/contract/chat.ts';
import { isSamePlace, problemsWith, withAnyModel } from '../agents/agent.ts';
import { CommandError } from '../api/command-error.ts';
import type { TrialResult } from '../api/relay-api.ts';
import type { Clock } from '../clock.ts';
import type { AgentRecord, BackEnd } from '../store/agent-ledger.ts';
import { type Store, StoreError } from '../store/store.ts';
import type { Line, OfferedModels } from '../turn.ts';
import type { AgentRegistry } from './agent-registry.ts';
import type { RunningAgent } from './running-agent.ts';

export type BackEndTrialsDeps = {
  readonly registry: AgentRegistry;
  readonly store: Pick<Store, 'agents'>;
  readonly clock: Clock;
};

type Tried = { readonly backEnd: BackEnd; readonly secret: string | null; readonly result: TrialResult };

export class BackEndTrials {
  readonly #deps: BackEndTrialsDeps;
  /** The last one. */
  #tried: Tried | null = null;

  constructor(deps: BackEndTrialsDeps) {
    this.#deps = deps;
  }

  /** `id`: the agent whose stored key is taken where `key` is undefined. Rejects with the signal's reason when it is aborted. */
  async ask(
    id: AgentId | null,
    { backEnd, key }: { readonly backEnd: BackEnd; readonly key: string | null | undefined },
    said: readonly Line[],
    signal: AbortSignal,
  ): Promise<TrialResult> {
    const { registry, clock } = this.#deps;
    const secret = await this.#secretFor(id, { backEnd, key });
    requireSettings(backEnd, secret);
    const trial = await registry.trial(id, backEnd, secret);
    const result = await trial.ask(null, linesSaid(said, clock), signal);
    this.#tried = { backEnd, secret, result };
    return result;
  }

  /** Asks a back end's server for its models; null where there is none to choose. `id` and `key` as for `ask`. */
  async models(
    id: AgentId | null,
    { backEnd, key }: { readonly backEnd: BackEnd; readonly key: string | null | undefined },
    signal: AbortSignal,
  ): Promise<OfferedModels | null> {
    const secret = await this.#secretFor(id, { backEnd, key });
    const asked = withAnyModel(backEnd);
    requireSettings(asked, secret);
    const trial = await this.#deps.registry.trial(id, asked, secret);
    return trial.models(signal);
  }

  /** Rejects with `key-again` where the agent's stored key was given for another address. */
  async #secretFor(
    id: AgentId | null,
    { backEnd, key }: { readonly backEnd: BackEnd; readonly key: string | null | undefined },
  ): Promise<string | null> {
    const { store } = this.#deps;
    const record = id === null ? null : await store.agents.get(id);
    if (record) requireKeyFor(backEnd, record, key);
    return key === undefined && record ? store.agents.secret(record.id) : (key ?? null);
  }

  /** A back end was saved for an agent: if its try failed, the agent is known to fail. */
  savedAs(agent: RunningAgent, backEnd: BackEnd, secret: string | null): void {
    const tried = this.#tried;
    this.#tried = null;
    if (tried?.secret !== secret || !isSame(tried.backEnd, backEnd) || tried.result.type !== 'fault') return;
    agent.conversation.health.failedTest(tried.result.fault, tried.result.detail);
  }
}

/** What is said in a test is said now. */
export function linesSaid(said: readonly Line[], clock: Clock): readonly Line[] {
  return said.map((line) => ({ ...line, sentAt: clock.now() }));
}

/** Throws `bad-settings` with what is wrong in which field. */
export function requireSettings(backEnd: BackEnd, key: string | null): void {
  const problems = problemsWith(backEnd, key);
  if (problems.length === 0) return;
  const fields = problems.map(({ field, problem }) => `${field} (${problem})`).join(', ');
  throw new CommandError(
    'bad-settings',
    `These settings cannot be used: ${fields}.`,
    'Correct them and try again; nothing was changed.',
    { problems: [...problems] },
  );
}

/** Throws `key-again`: a key goes only to the address that it was given for. */
export function requireKeyFor(backEnd: BackEnd, record: AgentRecord, key: string | null | undefined): void {
  if (key !== undefined || !record.hasSecret || isSamePlace(backEnd, record.backEnd)) return;
  throw new CommandError(
    'key-again',
    'The address changes, so its key must be given again.',
    'Give the key of the new address, or remove the old one.',
  );
}

/** Rejects with `name-taken` where the store says so. */
export async function uniquelyNamed<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if (!(error instanceof StoreError) || error.fault !== 'name-taken') throw error;
    throw new CommandError('name-taken', error.message, error.hint, { cause: error });
  }
}

function isSame(one: BackEnd, other: BackEnd): boolean {
  return one.adapter === other.adapter && isDeepStrictEqual({ ...one.settings }, { ...other.settings });
}

/**
 * Makes an agent of what the owner chose, and says what can be chosen. The one file of this room that others import.
 * Knows no chat, no recipient and no WhatsApp: text in, text out.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Price } from '../../shared/contract/cost.ts';
import type { BackEnd } from '../store/agent-ledger.ts';
import type { Agent } from '../turn.ts';
import {
  type Adapter,
  type AgentDeps,
  addressesIn,
  addressList,
  type BackEndProblem,
  type Field,
  modelIn,
} from './adapter.ts';
import { bounded } from './answer-text.ts';
import { anthropic } from './anthropic.ts';
import { builtIn } from './built-in.ts';
import { dify } from './dify.ts';
import { flowise } from './flowise.ts';
import { gemini } from './gemini.ts';
import { openaiCompatible } from './openai-compatible.ts';
import { type Asked, withCost } from './prices.ts';
import { sippulse } from './sippulse.ts';
import { webhook } from './webhook.ts';

const ADAPTERS: Readonly<Record<BackEnd['adapter'], Adapter>> = {
  'built-in': builtIn,
  'openai-compatible': openaiCompatible,
  anthropic,
  gemini,
  sippulse,
  dify,
  flowise,
  webhook,
};

/** No server's: it is only asked for its list. */
const ANY_MODEL = '-';

export type AdapterDescription = {
  readonly name: BackEnd['adapter'];
  readonly meaning: string;
  readonly fields: readonly Field[];
  readonly readsFiles: boolean;
};

/** Every back end and its settings, for the command line and the editor. */
export function describeAdapters(): readonly AdapterDescription[] {
  return Object.values(ADAPTERS).map(({ name, meaning, fields, readsFiles: reads }) => ({
    name,
    meaning,
    fields,
    readsFiles: reads,
  }));
}

/** All that is wrong with a choice, before it is stored; empty where nothing is. */
export function problemsWith(backEnd: BackEnd, secret: string | null): readonly BackEndProblem[] {
  return ADAPTERS[backEnd.adapter].problems(backEnd.settings, secret);
}

/** Says whether two choices send the key to the same addresses. */
export function isSamePlace(one: BackEnd, other: BackEnd): boolean {
  if (one.adapter !== other.adapter) return false;
  const adapter = ADAPTERS[one.adapter];
  return addressesIn(adapter, one.settings) === addressesIn(adapter, other.settings);
}

/** Names the model that a choice asks, as its server calls it; null where the back end has no such field. */
export function modelOf({ adapter, settings }: BackEnd): string | null {
  return modelIn(ADAPTERS[adapter], settings);
}

/** The same choice with any model where none is chosen yet: so that its server can be asked which it offers. */
export function withAnyModel({ adapter, settings }: BackEnd): BackEnd {
  const open = ADAPTERS[adapter].fields.filter(({ name, role }) => role === 'model' && !settings[name]);
  return { adapter, settings: { ...settings, ...Object.fromEntries(open.map(({ name }) => [name, ANY_MODEL])) } };
}

/** True if the model behind a choice is told what stands in the agent's files. */
export function readsFiles({ adapter }: Pick<BackEnd, 'adapter'>): boolean {
  return ADAPTERS[adapter].readsFiles;
}

/** What is asked there, for whoever looks up what it costs. */
export function askedOf({ adapter, settings }: BackEnd): Asked {
  const { fields, countsTokens } = ADAPTERS[adapter];
  const [address] = addressList(fields, settings);
  return { adapter, countsTokens, address: address ?? null, model: modelIn(ADAPTERS[adapter], settings) };
}

/** Says whether two choices ask the same model at the same address: then they cost the same. */
export function isSameModel(one: BackEnd, other: BackEnd): boolean {
  return isDeepStrictEqual(askedOf(one), askedOf(other));
}

/** The agent behind a choice, with what each answer costs: at `price` where the owner typed one in. One with problems answers `not-configured`, and says the first. */
export function createAgent(
  backEnd: BackEnd,
  secret: string | null,
  deps: AgentDeps,
  price: Price | null = null,
): Agent {
  const agent = ADAPTERS[backEnd.adapter].create(backEnd.settings, secret, deps);
  if (!agent) return notConfigured(problemsWith(backEnd, secret));
  return {
    repeatable: agent.repeatable,
    check: (signal) => agent.check(signal),
    ...(agent.models && { models: agent.models }),
    answer: async (turn, signal) => {
      const result = bounded(await agent.answer(turn, signal), { settings: deps.settings, secret });
      return result.usage ? { ...result, usage: await withCost(result.usage, askedOf(backEnd), price) } : result;
    },
  };
}

function notConfigured(problems: readonly BackEndProblem[]): Agent {
  const [first] = problems;
  const detail = first ? `${first.field}: ${first.problem}` : 'the settings cannot be read';
  const fault = { type: 'fault', fault: 'not-configured', detail } as const;
  return {
    repeatable: true,
    answer: async (_turn, signal) => {
      signal.throwIfAborted();
      return { ...fault, usage: null };
    },
    check: async () => fault,
  };
}

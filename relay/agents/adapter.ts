/** What every back end's file exports: its settings, how they are judged and described, and the agent made of them. */
import * as v from 'valibot';
import { isSettingProblem, type SettingProblem } from '../../shared/contract/setting-problem.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings/catalogue.ts';
import type { AgentLedger, BackEnd } from '../store/agent-ledger.ts';
import type { KnowledgeFile } from '../store/knowledge-ledger.ts';
import type { Agent, AgentResult } from '../turn.ts';
import { problemWithUrl } from './address.ts';
import type { Fault } from './fault.ts';
import { type Call, type HttpDeps, withinTime } from './http-client.ts';
import { FIELD_ROLES, type FieldRole } from './setting-schemas.ts';

export type AgentDeps = HttpDeps & {
  readonly notes: Pick<AgentLedger, 'note' | 'keepNote'>;
  readonly log: Log;
  /** The agent's files. */
  readonly knowledge: readonly KnowledgeFile[];
  readonly settings: Pick<
    Settings,
    'agentSeconds' | 'agentRetries' | 'agentBodyKib' | 'answerCharacters' | 'answerTexts' | 'language'
  >;
};

/** A setting's field, and the code of its problem. */
export type BackEndProblem = { readonly field: string; readonly problem: SettingProblem };

/** One setting of a back end, for the command line and the editor. The one with `secret` is the key, stored apart. */
export type Field = {
  readonly name: string;
  readonly kind: 'text' | 'yes-or-no' | 'number' | 'choice' | 'structure';
  readonly choices: readonly string[] | null;
  readonly required: boolean;
  readonly default: unknown;
  readonly meaning: string;
  readonly secret: boolean;
  readonly role: FieldRole | null;
};

export type Adapter = {
  readonly name: BackEnd['adapter'];
  readonly meaning: string;
  readonly fields: readonly Field[];
  /** False where no answer comes with how many tokens it took. */
  readonly countsTokens: boolean;
  /** Whether its model is told what stands in the agent's files. */
  readonly readsFiles: boolean;
  problems(settings: unknown, secret: string | null): readonly BackEndProblem[];
  /** Null where there are problems. */
  create(settings: unknown, secret: string | null, deps: AgentDeps): Agent | null;
};

/** The key's own field has this name wherever people meet it. */
const KEY_FIELD = 'key';

type Definition<Entries extends v.ObjectEntries> = {
  readonly name: BackEnd['adapter'];
  readonly meaning: string;
  readonly entries: Entries;
  readonly countsTokens: boolean;
  readonly readsFiles: boolean;
  /** `isHeader`: with these settings it travels in a header; left out: with all. */
  readonly key: {
    readonly required: boolean;
    readonly meaning: string;
    isHeader?(settings: SettingsOf<Entries>): boolean;
  } | null;
  create(settings: SettingsOf<Entries>, secret: string | null, deps: AgentDeps): Agent;
};

type SettingsOf<Entries extends v.ObjectEntries> = v.InferOutput<v.StrictObjectSchema<Entries, undefined>>;

/** An adapter of its definition; what it is made of stays inside, so that adapters of different settings fit one list. */
export function defineAdapter<const Entries extends v.ObjectEntries>(definition: Definition<Entries>): Adapter {
  const schema = v.strictObject(definition.entries);
  const fields = Object.entries(definition.entries).map(fieldOf);
  const keyProblems = (settings: SettingsOf<Entries>, secret: string | null) =>
    definition.key?.isHeader?.(settings) === false ? [] : headerKeyProblem(secret);
  const judge = (settings: unknown, secret: string | null) => {
    const parsed = v.safeParse(schema, settings);
    const problems: BackEndProblem[] = parsed.success
      ? [...addressProblems(fields, parsed.output), ...keyProblems(parsed.output, secret)]
      : parsed.issues.map(problemOf);
    if (definition.key?.required && !secret) problems.push({ field: KEY_FIELD, problem: 'missing' });
    if (secret && !definition.key) problems.push({ field: KEY_FIELD, problem: 'unused-key' });
    return parsed.success && problems.length === 0 ? { settings: parsed.output, problems } : { problems };
  };
  // Without an address the relay cannot tell whether a stored key would follow to another one.
  if (definition.key && !fields.some(({ role }) => role === 'address'))
    throw new Error(`The back end ${definition.name} takes a key and has no address: make its field with urlText.`);
  return {
    name: definition.name,
    meaning: definition.meaning,
    countsTokens: definition.countsTokens,
    readsFiles: definition.readsFiles,
    fields: [...fields, ...(definition.key ? [keyField(definition.key)] : [])],
    problems: (settings, secret) => judge(settings, secret).problems,
    create: (settings, secret, deps) => {
      const judged = judge(settings, secret);
      return judged.settings ? definition.create(judged.settings, secret, deps) : null;
    },
  };
}

/** Asks a back end for one answer inside `agentSeconds`. Rejects with the signal's reason when the caller aborts. */
export async function answerInTime(
  deps: HttpDeps,
  allowPrivateHttp: boolean,
  signal: AbortSignal,
  ask: (call: Call) => Promise<AgentResult | Fault>,
): Promise<AgentResult> {
  const result = await withinTime(deps, allowPrivateHttp, signal, ask);
  return { usage: null, ...result };
}

/** Names the addresses that these settings send the key to: equal texts mean the same addresses. */
export function addressesIn({ fields }: Pick<Adapter, 'fields'>, settings: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(addressList(fields, settings));
}

/** The addresses themselves, in the order of the fields. */
export function addressList(fields: readonly Field[], settings: Readonly<Record<string, unknown>>): readonly string[] {
  const addresses = fields.filter(({ role }) => role === 'address');
  return addresses.map(({ name, default: usual }) => String(settings[name] ?? usual ?? '').trim());
}

/** Names the model that these settings choose; null where they choose none. */
export function modelIn(
  { fields }: Pick<Adapter, 'fields'>,
  settings: Readonly<Record<string, unknown>>,
): string | null {
  const field = fields.find(({ role }) => role === 'model');
  const model = field && settings[field.name];
  return typeof model === 'string' && model.trim() !== '' ? model.trim() : null;
}

/** What is asked of an address goes over it unencrypted, or to whoever is there: so no back end judges its own. */
function addressProblems(
  fields: readonly Field[],
  settings: Readonly<Record<string, unknown>>,
): readonly BackEndProblem[] {
  return fields.flatMap(({ name, role }) => {
    const address = settings[name];
    if (role !== 'address' || typeof address !== 'string') return [];
    const problem = problemWithUrl(address, settings.allowPrivateHttp === true);
    return problem ? [{ field: name, problem }] : [];
  });
}

/** A key travels in a header: line breaks or letters outside ASCII would be refused there, or worse, split it. */
function headerKeyProblem(secret: string | null): readonly BackEndProblem[] {
  if (secret === null || /^[\x20-\x7e]+$/.test(secret)) return [];
  return [{ field: KEY_FIELD, problem: 'key-characters' }];
}

function problemOf(issue: v.BaseIssue<unknown>): BackEndProblem {
  const field = v.getDotPath(issue) ?? 'settings';
  // A schema's message is the code of its problem.
  if (issue.type !== 'strict_object')
    return { field, problem: isSettingProblem(issue.message) ? issue.message : 'other' };
  if (issue.expected === 'never') return { field, problem: 'unknown' };
  return { field, problem: issue.received === 'undefined' ? 'missing' : 'not-an-object' };
}

function fieldOf([name, entry]: [string, v.ObjectEntries[string]]): Field {
  const optional = entry.type === 'optional' && 'default' in entry;
  const inner = unwrapped(entry);
  const steps = stepsOf(inner.pipe ?? []);
  return {
    name,
    kind: KINDS[inner.type] ?? 'structure',
    choices: inner.options ?? null,
    required: !optional,
    default: optional ? entry.default : undefined,
    meaning: steps.find((step) => step.description)?.description ?? '',
    secret: false,
    role: steps.find((step) => step.metadata?.role)?.metadata?.role ?? null,
  };
}

function keyField({ required, meaning }: { readonly required: boolean; readonly meaning: string }): Field {
  return { name: KEY_FIELD, kind: 'text', choices: null, default: null, secret: true, role: null, required, meaning };
}

/** What a schema tells of itself, below `optional` and `nullable`. */
function unwrapped(schema: unknown): v.InferOutput<typeof SCHEMA_SHAPE> {
  const shape = v.parse(SCHEMA_SHAPE, schema);
  return shape.wrapped === undefined ? shape : unwrapped(shape.wrapped);
}

/** A pipe may begin with another one, which says what the field is. */
function stepsOf(pipe: readonly Step[]): readonly Step[] {
  return pipe.flatMap((step) => (step.pipe ? stepsOf(step.pipe) : [step]));
}

type Step = {
  readonly description?: string | undefined;
  readonly metadata?: { readonly role?: FieldRole | undefined } | undefined;
  readonly pipe?: readonly Step[] | undefined;
};

const STEP_SHAPE: v.GenericSchema<Step> = v.looseObject({
  description: v.optional(v.string()),
  metadata: v.optional(v.looseObject({ role: v.optional(v.picklist(FIELD_ROLES)) })),
  pipe: v.optional(v.array(v.lazy(() => STEP_SHAPE))),
});

const SCHEMA_SHAPE = v.looseObject({
  type: v.string(),
  wrapped: v.optional(v.unknown()),
  options: v.optional(v.array(v.string())),
  pipe: v.optional(v.array(STEP_SHAPE)),
});

const KINDS: Readonly<Record<string, Field['kind']>> = {
  string: 'text',
  boolean: 'yes-or-no',
  number: 'number',
  picklist: 'choice',
};

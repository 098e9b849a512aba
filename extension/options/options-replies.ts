/** What the relay answers to what the options page asks, judged before it is believed. */
import * as v from 'valibot';
import { AGENT_FAULTS } from '../../shared/agent-fault.ts';

const FieldSchema = v.object({
  name: v.string(),
  // A newer relay may have further kinds: those are edited as text.
  kind: v.string(),
  choices: v.nullable(v.array(v.string())),
  required: v.boolean(),
  // Left out where there is none.
  default: v.fallback(v.unknown(), null),
  meaning: v.string(),
  secret: v.boolean(),
});

export const AdaptersSchema = v.object({
  adapters: v.array(v.object({ name: v.string(), meaning: v.string(), fields: v.array(FieldSchema) })),
});

/** An agent with its settings; its key never comes. */
const AgentSchema = v.object({
  id: v.string(),
  name: v.string(),
  adapter: v.string(),
  settings: v.record(v.string(), v.unknown()),
  hasKey: v.boolean(),
});

export const AgentReplySchema = AgentSchema;
export const AgentsSchema = v.object({ agents: v.array(AgentSchema) });

const usage = v.nullable(v.object({ inputTokens: v.number(), outputTokens: v.number() }));

export const TestSchema = v.variant('type', [
  v.object({ type: v.literal('answer'), texts: v.array(v.string()), usage }),
  v.object({ type: v.literal('silence'), usage }),
  v.object({ type: v.literal('fault'), fault: v.fallback(v.picklist(AGENT_FAULTS), 'odd-answer'), usage }),
]);

const value = v.nullable(v.union([v.number(), v.string()]));

export const SettingSchema = v.object({
  name: v.string(),
  kind: v.picklist(['number', 'text']),
  unit: v.nullable(v.string()),
  value,
  source: v.picklist(['flag', 'environment', 'file', 'default']),
  next: value,
  default: value,
  least: v.nullable(v.number()),
  most: v.nullable(v.number()),
  whole: v.boolean(),
  choices: v.nullable(v.array(v.string())),
  meaning: v.string(),
  needsRestart: v.boolean(),
});

export const SettingsSchema = v.object({ settings: v.array(SettingSchema) });

export const ClientsSchema = v.object({
  clients: v.array(v.object({ id: v.string(), name: v.string(), pairedAt: v.number(), seenAt: v.number() })),
});

export const ExportSchema = v.object({ path: v.string(), bytes: v.number() });

export type Adapter = v.InferOutput<typeof AdaptersSchema>['adapters'][number];
export type Field = v.InferOutput<typeof FieldSchema>;
export type AgentDetails = v.InferOutput<typeof AgentSchema>;
export type TestResult = v.InferOutput<typeof TestSchema>;
export type Setting = v.InferOutput<typeof SettingSchema>;
export type Client = v.InferOutput<typeof ClientsSchema>['clients'][number];
export type ExportedFile = v.InferOutput<typeof ExportSchema>;

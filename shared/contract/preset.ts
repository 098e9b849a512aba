/** An agent that people already have, as the relay tells of it: where it is, which back end speaks with it, what is filled in. */
import * as v from 'valibot';
import { ADAPTERS } from './agent.ts';

/** By what the person has already, in the order in which they are shown. */
export const SHELVES = ['computer', 'key', 'flow', 'none'] as const;

/** What answers cost; each has words in every language. */
const COSTS = ['nothing', 'use', 'some-free', 'brazil', 'many', 'ready', 'own'] as const;

export const PresetSchema = v.object({
  id: v.string(),
  /** A name of the world's, the same in every language; null: one of ours, `rules` or another service. */
  name: v.nullable(v.string()),
  shelf: v.picklist(SHELVES),
  adapter: v.picklist(ADAPTERS),
  /** What is filled in. */
  settings: v.record(v.string(), v.union([v.string(), v.boolean()])),
  key: v.picklist(['required', 'optional', 'none']),
  /** Where a key is had. */
  keyPage: v.nullable(v.pipe(v.string(), v.startsWith('https://'))),
  cost: v.picklist(COSTS),
});

export type Preset = Readonly<v.InferOutput<typeof PresetSchema>>;

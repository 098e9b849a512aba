/** Cuts what every paired client may know out of the agents' views, by the contract's schema: no key, no code, no text, no detail of an error. */
import * as v from 'valibot';
import { type Snapshot, SnapshotSchema } from '../../shared/contract/wire.ts';
import type { AgentView } from './relay-api.ts';

/** `at` in epoch milliseconds. */
export function snapshotOf(agents: readonly AgentView[], at: number): Snapshot {
  return v.parse(SnapshotSchema, { at, agents });
}

/** A snapshot as this browser keeps it: who wrote is nobody's business once the relay does not speak. Pure. */
import type { Snapshot } from '../../shared/contract/wire.ts';

export function withoutPeople({ at, agents }: Snapshot): Snapshot {
  return {
    at,
    agents: agents.map((agent) => ({
      ...agent,
      recent: [],
      outage: null,
      now: { ...agent.now, answering: null, held: [] },
    })),
  };
}

/** A link from one page of the extension to an agent's form in the options: `options.html#agent=agt_…&fault=key-refused`. Pure. */
import { AGENT_FAULTS, type AgentFault } from '../../shared/contract/agent.ts';

/** What the options open with. */
export type OpeningWish = { readonly agent: string; readonly fault: AgentFault | null };

/** Null where nothing is asked for. */
export function wishIn(hash: string): OpeningWish | null {
  const asked = new URLSearchParams(hash.replace(/^#/, ''));
  const agent = asked.get('agent');
  if (agent === null) return null;
  return { agent, fault: AGENT_FAULTS.find((each) => each === asked.get('fault')) ?? null };
}

export function hashOf({ agent, fault }: OpeningWish): string {
  return `#${new URLSearchParams({ agent, ...(fault && { fault }) }).toString()}`;
}

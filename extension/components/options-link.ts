/** A link from one page of the extension to an agent's form in the options: `options.html#agent=agt_…&fault=key-refused`. Pure. */
import type { AgentFault } from '../../shared/contract/agent.ts';

/** What the options open with. */
export type OpeningWish = { readonly agent: string; readonly fault: AgentFault | null };

export function hashOf({ agent, fault }: OpeningWish): string {
  return `#${new URLSearchParams({ agent, ...(fault && { fault }) }).toString()}`;
}

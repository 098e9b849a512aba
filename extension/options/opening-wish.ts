/** What another page of the extension wants the options to open with, read from their address. Pure. */
import { AGENT_FAULTS } from '../../shared/contract/agent.ts';
import type { OpeningWish } from '../components/options-link.ts';

/** Null where nothing is asked for. */
export function wishIn(hash: string): OpeningWish | null {
  const asked = new URLSearchParams(hash.replace(/^#/, ''));
  const agent = asked.get('agent');
  if (agent === null) return null;
  return { agent, fault: AGENT_FAULTS.find((each) => each === asked.get('fault')) ?? null };
}

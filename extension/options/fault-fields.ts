/** Which fields of an agent's form put a fault right: pure. */
import type { AgentFault } from '../../shared/agent.ts';

/** Fields whose change may put a fault right, the likeliest first; whichever the back end has. */
const FIELDS: ReadonlyMap<AgentFault, readonly string[]> = new Map<AgentFault, readonly string[]>([
  ['key-refused', ['key']],
  ['model-missing', ['model']],
  ['no-model-loaded', ['model']],
  ['wrong-address', ['baseUrl', 'url']],
  ['wrong-server', ['baseUrl', 'url']],
  ['browser-check', ['baseUrl', 'url']],
  ['certificate', ['baseUrl', 'url']],
  ['unreachable', ['baseUrl', 'url']],
  ['address-refused', ['baseUrl', 'url']],
  ['no-answer', ['onlyReceives']],
]);

export function fieldsFor(fault: AgentFault | null): readonly string[] {
  return fault === null ? [] : (FIELDS.get(fault) ?? []);
}

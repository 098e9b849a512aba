/** Which fields of an agent's form put a fault right: pure. */
import type { AgentFault } from '../../shared/contract/agent.ts';
import type { ShownAdapter } from '../../shared/contract/commands/setup-commands.ts';

/** A field by what it is for, or by its name where only one back end has it. */
export type FieldPlace = { readonly role: 'address' } | { readonly name: string };

const ADDRESS: readonly FieldPlace[] = [{ role: 'address' }];
const MODEL: readonly FieldPlace[] = [{ name: 'model' }];

/** Whose change may put a fault right, the likeliest first. */
const PLACES: ReadonlyMap<AgentFault, readonly FieldPlace[]> = new Map<AgentFault, readonly FieldPlace[]>([
  ['key-refused', [{ name: 'key' }]],
  ['model-missing', MODEL],
  ['no-model-loaded', MODEL],
  ['wrong-address', ADDRESS],
  ['wrong-server', ADDRESS],
  ['browser-check', ADDRESS],
  ['certificate', ADDRESS],
  ['unreachable', ADDRESS],
  ['address-refused', ADDRESS],
  ['no-answer', [{ name: 'onlyReceives' }]],
]);

export function placesFor(fault: AgentFault | null): readonly FieldPlace[] {
  return fault === null ? [] : (PLACES.get(fault) ?? []);
}

/** The name of the first field that a back end has of these; null where it has none. */
export function fieldIn({ fields }: ShownAdapter, places: readonly FieldPlace[]): string | null {
  for (const place of places) {
    const found = fields.find((field) => ('role' in place ? field.role === place.role : field.name === place.name));
    if (found) return found.name;
  }
  return null;
}

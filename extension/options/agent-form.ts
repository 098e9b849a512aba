/** Holds what somebody types into an agent's form, and derives what follows from it alone. Pure. */
import type { AgentDetails, ShownAdapter, TestResult } from '../../shared/contract/commands/setup-commands.ts';
import type { Preset } from '../../shared/contract/preset.ts';
import type { CommandFault } from '../relay-connection/command-asking.ts';
import { type FieldValues, keyField, type Wrong } from './agent-fields.ts';

/** Decides about a stored key; `replace` takes the typed one. */
type KeyAct = 'keep' | 'replace' | 'remove';

export type AgentForm = {
  /** As the relay has it; null while it is not added yet. */
  readonly agent: AgentDetails | null;
  /** It was added in this very form. */
  readonly isNew: boolean;
  readonly adapter: string;
  readonly name: string;
  /** What the choice began with; null where it is an agent that there is. */
  readonly preset: Preset | null;
  /** By adapter: a person who looks at another kind finds the first as it was. */
  readonly values: Readonly<Record<string, FieldValues>>;
  readonly key: string;
  readonly keyAct: KeyAct;
  readonly wrong: Wrong;
  /** The field that another page led to; null where none. */
  readonly pointed: string | null;
  /** How often it was sent off with something wrong: each time the first wrong field is shown. */
  readonly refusals: number;
  readonly phase: 'typing' | 'saving' | 'testing';
  readonly outcome:
    | null
    | { readonly type: 'refused'; readonly fault: CommandFault }
    /** The agent was not saved, since its back end does not answer as it should. */
    | { readonly type: 'failing'; readonly result: Extract<TestResult, { type: 'fault' }> }
    | { readonly type: 'untested'; readonly fault: CommandFault };
};

/** Another back end takes the place of the agent's own; a stored key was given to that one. */
export function swaps({ agent, adapter }: AgentForm): boolean {
  return agent !== null && adapter !== agent.adapter;
}

/** Nothing: a stored key stays; null: there is none any more. */
export function keyFor(form: AgentForm): { readonly key?: string | null } {
  if (form.keyAct === 'remove' && !swaps(form)) return { key: null };
  if (form.key !== '') return { key: form.key };
  return form.agent?.hasKey && swaps(form) ? { key: null } : {};
}

/** What is missing besides the fields. A service that a preset names does not answer without a key. */
export function wrongAround(form: AgentForm, adapter: ShownAdapter): Wrong {
  const field = keyField(adapter);
  const hasKey = form.key !== '' || (form.agent?.hasKey && form.keyAct === 'keep' && !swaps(form));
  const required = field?.required || form.preset?.key === 'required';
  return {
    ...(form.name.trim() === '' ? { name: 'missing' } : {}),
    ...(field && required && !hasKey ? { [field.name]: 'missing' } : {}),
  };
}

/** The form in which an agent is added or changed: keeps everything typed until the agent has answered once. */
import { type Signal, signal } from '@preact/signals';
import {
  type Adapter,
  type AgentDetails,
  adapters,
  addAgent,
  editAgent,
  status,
  type TestResult,
  testAgent,
} from '../../shared/commands/setup-commands.ts';
import type { Ask, Asked, CommandFault } from '../relay-connection/command-asking.ts';
import { keyField, movesAddress, settingsOf, type Values, valuesOf, type Wrong } from './agent-fields.ts';

/** What becomes of a stored key; `replace` takes the typed one. */
type KeyAct = 'keep' | 'replace' | 'remove';

export type AgentForm = {
  /** As the relay has it; null while it is not added yet. */
  readonly agent: AgentDetails | null;
  /** It was added in this very form. */
  readonly isNew: boolean;
  readonly adapter: string;
  readonly name: string;
  /** By adapter: a person who looks at another kind finds the first as it was. */
  readonly values: Readonly<Record<string, Values>>;
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
    /** Saved, and the back end does not answer as it should. */
    | { readonly type: 'failing'; readonly result: Extract<TestResult, { type: 'fault' }> }
    | { readonly type: 'untested'; readonly fault: CommandFault };
};

/** The last agent that was saved here and answered. */
export type Saved = {
  readonly name: string;
  readonly isNew: boolean;
  readonly texts: readonly string[];
  readonly seconds: number;
};

export type FormDeps = {
  readonly ask: Ask;
  /** Milliseconds that only grow. */
  now(): number;
};

export class AgentFormModel {
  readonly form: Signal<AgentForm | null> = signal(null);
  readonly adapters: Signal<readonly Adapter[]> = signal([]);
  readonly saved: Signal<Saved | null> = signal(null);
  /** What kept the form from opening. */
  readonly fault: Signal<CommandFault | null> = signal(null);
  readonly #deps: FormDeps;
  #testing = new AbortController();

  constructor(deps: FormDeps) {
    this.#deps = deps;
  }

  async add(): Promise<void> {
    if (!(await this.#loadAdapters())) return;
    const [first] = this.adapters.value;
    if (first) this.#open({ agent: null, isNew: true, adapter: first.name, name: '', values: {} });
  }

  /** `fields`: of these the first that the back end has gets the focus. */
  async edit(id: string, fields: readonly string[] = []): Promise<void> {
    if (!(await this.#loadAdapters())) return;
    const reply = await this.#deps.ask(status, {});
    this.fault.value = reply.ok ? null : reply.fault;
    const agent = reply.ok ? reply.result.agents.find((each) => each.id === id) : undefined;
    const adapter = this.adapters.value.find(({ name }) => name === agent?.adapter);
    if (!agent || !adapter) return;
    const values = { [adapter.name]: valuesOf(adapter, agent.settings) };
    const pointed = fields.find((name) => adapter.fields.some((field) => field.name === name)) ?? null;
    // A key is put right by another one.
    const keyAct = agent.hasKey && pointed === keyField(adapter)?.name ? 'replace' : 'keep';
    this.#open({ agent, isNew: false, adapter: adapter.name, name: agent.name, values, pointed, keyAct });
  }

  /** What was saved stays saved. */
  close(): void {
    this.#testing.abort();
    this.form.value = null;
  }

  change(part: Partial<Pick<AgentForm, 'name' | 'adapter' | 'key' | 'keyAct'>>): void {
    const form = this.form.value;
    if (!form) return;
    const righted = Object.entries(form.wrong).filter(([field]) => !Object.hasOwn(part, field));
    this.form.value = { ...form, ...part, wrong: part.adapter === undefined ? Object.fromEntries(righted) : {} };
  }

  changeValue(field: string, value: string | boolean | null): void {
    const form = this.form.value;
    if (!form) return;
    const values = { ...form.values, [form.adapter]: { ...this.valuesOf(form), [field]: value } };
    const { [field]: _righted, ...wrong } = form.wrong;
    this.form.value = { ...form, values, wrong };
  }

  adapterOf(form: AgentForm): Adapter | null {
    return this.adapters.value.find(({ name }) => name === form.adapter) ?? null;
  }

  valuesOf(form: AgentForm): Values {
    const adapter = this.adapterOf(form);
    return form.values[form.adapter] ?? (adapter ? valuesOf(adapter, {}) : {});
  }

  /** Another back end takes the place of the agent's own; a stored key was given to that one. */
  swaps(form: AgentForm): boolean {
    return form.agent !== null && form.adapter !== form.agent.adapter;
  }

  /** A stored key that was given for another address than the one typed here. */
  needsKeyAgain(form: AgentForm): boolean {
    const adapter = this.adapterOf(form);
    if (this.swaps(form)) return false;
    return Boolean(adapter && form.agent?.hasKey && movesAddress(adapter, form.agent.settings, this.valuesOf(form)));
  }

  /** Saves, then asks the agent for one answer: `sample`. */
  async save(sample: string): Promise<void> {
    const form = this.form.value;
    const adapter = form && this.adapterOf(form);
    if (!form || !adapter || form.phase !== 'typing') return;
    const read = settingsOf(adapter, this.valuesOf(form));
    const wrong = { ...(read.type === 'wrong' ? read.wrong : {}), ...this.#wrongAround(form, adapter) };
    if (read.type === 'wrong' || Object.keys(wrong).length > 0) {
      this.form.value = { ...form, wrong, refusals: form.refusals + 1, outcome: null };
      return;
    }
    this.form.value = { ...form, wrong: {}, phase: 'saving', outcome: null };
    const reply = await this.#send(form, read.settings);
    if (!reply.ok) {
      const keyAct = reply.fault.code === 'key-again' ? 'replace' : form.keyAct;
      const { problems = [] } = reply.fault;
      // What is wrong with a field stands under it, and goes when it is typed anew.
      const refused = Object.fromEntries(problems.map(({ field, problem }) => [field.split('.')[0] ?? field, problem]));
      const isShown = (field: string): boolean => field === 'name' || adapter.fields.some(({ name }) => name === field);
      const said = problems.length > 0 && Object.keys(refused).every(isShown);
      // What has no field of its own is told above the buttons.
      const outcome = said ? null : ({ type: 'refused', fault: reply.fault } as const);
      this.#update({ phase: 'typing', keyAct, wrong: refused, refusals: form.refusals + 1, outcome });
      return;
    }
    // The key is with the relay now, and has no business here.
    this.#update({ agent: reply.result, key: '', keyAct: 'keep', phase: 'testing' });
    await this.#test(reply.result, sample, form.isNew);
  }

  async #test(agent: AgentDetails, sample: string, isNew: boolean): Promise<void> {
    this.#testing = new AbortController();
    const { signal: stopped } = this.#testing;
    const { ask, now } = this.#deps;
    const began = now();
    const said = [{ author: 'contact', text: sample } as const];
    const reply = await ask(testAgent, { agent: agent.id, said }, { signal: stopped });
    if (stopped.aborted) return;
    if (!reply.ok) {
      this.#update({ phase: 'typing', outcome: { type: 'untested', fault: reply.fault } });
      return;
    }
    const { result } = reply;
    if (result.type === 'fault') {
      this.#update({ phase: 'typing', outcome: { type: 'failing', result } });
      return;
    }
    const texts = result.type === 'answer' ? result.texts : [];
    this.saved.value = { name: agent.name, isNew, texts, seconds: (now() - began) / 1_000 };
    this.form.value = null;
  }

  #send(form: AgentForm, settings: Readonly<Record<string, unknown>>): Promise<Asked<AgentDetails>> {
    const { ask } = this.#deps;
    const name = form.name.trim();
    const { agent } = form;
    if (!agent) {
      const key = form.key === '' ? {} : { key: form.key };
      return ask(addAgent, { name, adapter: form.adapter, settings, ...key });
    }
    if (this.swaps(form)) {
      const key = form.key === '' ? (agent.hasKey ? { key: null } : {}) : { key: form.key };
      return ask(editAgent, { agent: agent.id, name, adapter: form.adapter, settings, ...key });
    }
    const unset = Object.keys(agent.settings).filter((setting) => !Object.hasOwn(settings, setting));
    const key = form.keyAct === 'remove' ? { key: null } : form.key === '' ? {} : { key: form.key };
    return ask(editAgent, { agent: agent.id, name, settings, unset, ...key });
  }

  #wrongAround(form: AgentForm, adapter: Adapter): Wrong {
    const field = keyField(adapter);
    const hasKey = form.key !== '' || (form.agent?.hasKey && form.keyAct === 'keep' && !this.swaps(form));
    return {
      ...(form.name.trim() === '' ? { name: 'missing' } : {}),
      ...(field?.required && !hasKey ? { [field.name]: 'missing' } : {}),
    };
  }

  async #loadAdapters(): Promise<boolean> {
    const reply = await this.#deps.ask(adapters, {});
    this.fault.value = reply.ok ? null : reply.fault;
    if (reply.ok) this.adapters.value = reply.result.adapters;
    return reply.ok;
  }

  #open(
    part: Pick<AgentForm, 'agent' | 'isNew' | 'adapter' | 'name' | 'values'> &
      Partial<Pick<AgentForm, 'pointed' | 'keyAct'>>,
  ): void {
    this.#testing.abort();
    this.saved.value = null;
    const fresh = { key: '', keyAct: 'keep', pointed: null, wrong: {}, refusals: 0, phase: 'typing' } as const;
    this.form.value = { ...fresh, ...part, outcome: null };
  }

  #update(part: Partial<AgentForm>): void {
    const form = this.form.value;
    if (form) this.form.value = { ...form, ...part };
  }
}

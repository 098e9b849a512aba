/** The form in which an agent is added or changed: keeps everything typed until the agent has answered once, or is saved all the same. */
import { type Signal, signal } from '@preact/signals';
import {
  type AgentDetails,
  adapters,
  addAgent,
  editAgent,
  type ShownAdapter,
  status,
  tryAgent,
} from '../../shared/contract/commands/setup-commands.ts';
import type { Preset } from '../../shared/contract/preset.ts';
import { suggestedModel } from '../../shared/rules/model-choice.ts';
import type { Ask, CommandFault, CommandResult } from '../relay-connection/command-asking.ts';
import { type FieldValues, keyField, movesAddress, settingsIn, settingsOf, valuesOf } from './agent-fields.ts';
import { type AgentForm, keyFor, swaps, wrongAround } from './agent-form.ts';
import type { Trade } from './brief-field.tsx';
import { type FieldPlace, fieldIn } from './fault-fields.ts';
import { KnowledgeFiles } from './knowledge-files.ts';
import { ModelList } from './model-list.ts';
import { PresetChoice } from './preset-choice.ts';

/** The last agent that was saved here and answered. */
export type Saved = {
  readonly id: string;
  readonly name: string;
  readonly isNew: boolean;
  readonly texts: readonly string[];
  readonly seconds: number;
};

export type FormDeps = {
  readonly ask: Ask;
  /** Milliseconds that only grow. */
  now(): number;
  /** Resolves once the pointer presses nothing. */
  pressOver(): Promise<void>;
};

/** Faults of a test that have nothing to do with what was typed. */
const UNHEARD: ReadonlySet<CommandFault['code']> = new Set(['not-delivered', 'unknown-command', 'failed']);

export class AgentFormModel {
  readonly form: Signal<AgentForm | null> = signal(null);
  readonly adapters: Signal<readonly ShownAdapter[]> = signal([]);
  readonly saved: Signal<Saved | null> = signal(null);
  /** What kept the form from opening. */
  readonly fault: Signal<CommandFault | null> = signal(null);
  readonly choice: PresetChoice;
  readonly models: ModelList;
  readonly files: KnowledgeFiles;
  /** Whose example the last form began with. */
  readonly trade: Signal<Trade | null> = signal(null);
  readonly #deps: FormDeps;
  /** For which agent the choice is open; null: for a new one. */
  #chooser: AgentDetails | null = null;
  #testing = new AbortController();

  constructor(deps: FormDeps) {
    this.#deps = deps;
    this.choice = new PresetChoice(deps.ask);
    this.models = new ModelList(deps.ask);
    this.files = new KnowledgeFiles(deps.ask);
  }

  async add(): Promise<void> {
    if (!(await this.#loadAdapters())) return;
    this.saved.value = null;
    await this.#begin(null);
  }

  /** Something else is to answer: for the agent that is edited, or the new one. */
  async chooseAgain(): Promise<void> {
    await this.#begin(this.form.value?.agent ?? null);
  }

  async #begin(agent: AgentDetails | null): Promise<void> {
    this.#testing.abort();
    this.#chooser = agent;
    this.form.value = null;
    this.fault.value = await this.choice.begin();
  }

  /** The form, filled in as far as the preset goes. `settings`: where it was found. */
  choose(preset: Preset, name: string, settings: Readonly<Record<string, unknown>> = preset.settings): void {
    const adapter = this.adapters.value.find((each) => each.name === preset.adapter);
    if (!adapter) return;
    this.choice.end();
    const values = { [adapter.name]: valuesOf(adapter, settings) };
    const agent = this.#chooser;
    // A key that the new one has no use for goes.
    const keyAct = agent?.hasKey && preset.key === 'none' ? 'remove' : 'keep';
    const isNew = agent === null;
    this.#open({ agent, isNew, preset, adapter: adapter.name, name: agent?.name ?? name, values, keyAct });
    if (preset.key !== 'required') void this.askModels();
  }

  /** The same, tried and saved at once. What fails stands in the form. */
  async use(preset: Preset, name: string, settings: Readonly<Record<string, unknown>>, sample: string): Promise<void> {
    this.choose(preset, name, settings);
    await this.save(sample);
  }

  /** Asks the server for its models, where enough is filled in for it. The one that suits most people is chosen where none is. */
  async askModels(): Promise<void> {
    // The list makes room for itself, and would move the button that is being pressed.
    await this.#deps.pressOver();
    const form = this.form.value;
    const adapter = form && this.adapterOf(form);
    const field = adapter?.fields.find(({ role }) => role === 'model');
    if (!form || !adapter || !field) return;
    const key = keyField(adapter);
    // A service that wants a key tells nothing without one.
    if (key && Object.hasOwn(wrongAround(form, adapter), key.name)) return;
    const open = new Set(adapter.fields.filter(({ role }) => role === 'address').map(({ name }) => name));
    const values = this.valuesOf(form);
    if ([...open].some((name) => String(values[name] ?? '').trim() === '')) return;
    const { [field.name]: _chosen, ...settings } = settingsIn(adapter, values);
    const list = await this.models.load({
      ...(form.agent ? { agent: form.agent.id } : {}),
      adapter: form.adapter,
      settings,
      ...keyFor(form),
    });
    const now = this.form.value;
    if (list?.type !== 'models' || !now || now.adapter !== form.adapter) return;
    const best = suggestedModel(list.models);
    if (best && String(this.valuesOf(now)[field.name] ?? '').trim() === '') this.changeValue(field.name, best.id);
  }

  /** `places`: the first of them that the back end has a field for gets the focus. */
  async edit(id: string, places: readonly FieldPlace[] = []): Promise<void> {
    if (!(await this.#loadAdapters())) return;
    const reply = await this.#deps.ask(status, {});
    this.fault.value = reply.ok ? null : reply.fault;
    const agent = reply.ok ? reply.result.agents.find((each) => each.id === id) : undefined;
    const adapter = this.adapters.value.find(({ name }) => name === agent?.adapter);
    if (!agent || !adapter) return;
    const values = { [adapter.name]: valuesOf(adapter, agent.settings) };
    const pointed = fieldIn(adapter, places);
    // A key is put right by another one.
    const keyAct = agent.hasKey && pointed === keyField(adapter)?.name ? 'replace' : 'keep';
    this.choice.end();
    this.#open({ agent, isNew: false, adapter: adapter.name, name: agent.name, values, pointed, keyAct });
    void this.askModels();
  }

  /** Closes the form; a saved agent stays saved. */
  close(): void {
    this.#testing.abort();
    this.form.value = null;
    this.choice.end();
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

  adapterOf(form: AgentForm): ShownAdapter | null {
    return this.adapters.value.find(({ name }) => name === form.adapter) ?? null;
  }

  valuesOf(form: AgentForm): FieldValues {
    const adapter = this.adapterOf(form);
    return form.values[form.adapter] ?? (adapter ? valuesOf(adapter, {}) : {});
  }

  /** A stored key that was given for another address than the one typed here. */
  needsKeyAgain(form: AgentForm): boolean {
    const adapter = this.adapterOf(form);
    if (swaps(form)) return false;
    return Boolean(adapter && form.agent?.hasKey && movesAddress(adapter, form.agent.settings, this.valuesOf(form)));
  }

  /** Asks the agent for one answer, to `sample`, and saves what answered. What fails is not saved: see `saveAnyway`. */
  async save(sample: string): Promise<void> {
    const ready = this.#ready();
    if (!ready) return;
    this.#update({ wrong: {}, phase: 'testing', outcome: null });
    this.#testing = new AbortController();
    const { signal: stopped } = this.#testing;
    const { ask, now } = this.#deps;
    const began = now();
    const { form, settings } = ready;
    const reply = await ask(
      tryAgent,
      {
        ...(form.agent ? { agent: form.agent.id } : {}),
        adapter: form.adapter,
        settings,
        ...keyFor(form),
        said: [{ author: 'contact', text: sample }],
      },
      { signal: stopped },
    );
    if (stopped.aborted) return;
    if (!reply.ok) {
      if (UNHEARD.has(reply.fault.code))
        this.#update({ phase: 'typing', outcome: { type: 'untested', fault: reply.fault } });
      else this.#refused(form, reply.fault);
      return;
    }
    const { result } = reply;
    if (result.type === 'fault') {
      this.#update({ phase: 'typing', outcome: { type: 'failing', result } });
      return;
    }
    const id = await this.#store(form, settings);
    if (id === null) return;
    const texts = result.type === 'answer' ? result.texts : [];
    this.saved.value = { id, name: form.name.trim(), isNew: form.isNew, texts, seconds: (now() - began) / 1_000 };
    this.form.value = null;
  }

  /** Saves what a test has failed on, or could not be tested. The agent is known to fail from then on. */
  async saveAnyway(): Promise<void> {
    const ready = this.#ready();
    if (ready && (await this.#store(ready.form, ready.settings)) !== null) this.form.value = null;
  }

  /** Null where something typed is wrong: it is shown. */
  #ready(): { readonly form: AgentForm; readonly settings: Readonly<Record<string, unknown>> } | null {
    const form = this.form.value;
    const adapter = form && this.adapterOf(form);
    if (!form || !adapter || form.phase !== 'typing') return null;
    const read = settingsOf(adapter, this.valuesOf(form));
    const wrong = { ...(read.type === 'wrong' ? read.wrong : {}), ...wrongAround(form, adapter) };
    if (read.type === 'wrong' || Object.keys(wrong).length > 0) {
      this.form.value = { ...form, wrong, refusals: form.refusals + 1, outcome: null };
      return null;
    }
    return { form, settings: read.settings };
  }

  /** The agent's id; null where it was refused. */
  async #store(form: AgentForm, settings: Readonly<Record<string, unknown>>): Promise<string | null> {
    this.#update({ wrong: {}, phase: 'saving', outcome: null });
    const reply = await this.#send(form, settings);
    const fault = reply.ok ? await this.#storeFiles(form, reply.result.id) : reply.fault;
    if (reply.ok && fault === null) return reply.result.id;
    // It is there from now on: to save again is to change it.
    if (reply.ok) this.#update({ agent: reply.result });
    if (fault) this.#refused(form, fault);
    return null;
  }

  async #storeFiles(form: AgentForm, agent: string): Promise<CommandFault | null> {
    return this.adapterOf(form)?.readsFiles ? this.files.store(agent) : null;
  }

  /** What is wrong with a field stands under it, and goes when it is typed anew; what has no field of its own is told above the buttons. */
  #refused(form: AgentForm, fault: CommandFault): void {
    const adapter = this.adapterOf(form);
    const keyAct = fault.code === 'key-again' ? 'replace' : form.keyAct;
    const { problems = [] } = fault;
    const refused = Object.fromEntries(problems.map(({ field, problem }) => [field.split('.')[0] ?? field, problem]));
    const isShown = (field: string): boolean =>
      field === 'name' || Boolean(adapter?.fields.some(({ name }) => name === field));
    const said = problems.length > 0 && Object.keys(refused).every(isShown);
    const outcome = said ? null : ({ type: 'refused', fault } as const);
    this.#update({ phase: 'typing', keyAct, wrong: refused, refusals: form.refusals + 1, outcome });
  }

  #send(form: AgentForm, settings: Readonly<Record<string, unknown>>): Promise<CommandResult<AgentDetails>> {
    const { ask } = this.#deps;
    const name = form.name.trim();
    const { agent } = form;
    const key = keyFor(form);
    if (!agent) return ask(addAgent, { name, adapter: form.adapter, settings, ...(key.key ? { key: key.key } : {}) });
    if (swaps(form)) return ask(editAgent, { agent: agent.id, name, adapter: form.adapter, settings, ...key });
    const unset = Object.keys(agent.settings).filter((setting) => !Object.hasOwn(settings, setting));
    return ask(editAgent, { agent: agent.id, name, settings, unset, ...key });
  }

  async #loadAdapters(): Promise<boolean> {
    const reply = await this.#deps.ask(adapters, {});
    this.fault.value = reply.ok ? null : reply.fault;
    if (reply.ok) this.adapters.value = reply.result.adapters;
    return reply.ok;
  }

  #open(
    part: Pick<AgentForm, 'agent' | 'isNew' | 'adapter' | 'name' | 'values'> &
      Partial<Pick<AgentForm, 'pointed' | 'keyAct' | 'preset'>>,
  ): void {
    this.#testing.abort();
    this.saved.value = null;
    this.models.forget();
    void this.files.begin(part.agent?.id ?? null);
    const fresh = {
      key: '',
      keyAct: 'keep',
      pointed: null,
      preset: null,
      wrong: {},
      refusals: 0,
      phase: 'typing',
    } as const;
    this.form.value = { ...fresh, ...part, outcome: null };
  }

  #update(part: Partial<AgentForm>): void {
    const form = this.form.value;
    if (form) this.form.value = { ...form, ...part };
  }
}

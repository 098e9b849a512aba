/** The form of one agent: where it comes from, its name, its fields, its key; and what it said when it was tried. */

import { useEffect, useRef } from 'preact/hooks';
import { httpStatusIn } from '../../shared/contract/agent.ts';
import type { ShownField } from '../../shared/contract/commands/setup-commands.ts';
import { faultAdvice } from '../../shared/locales/fault-advice.ts';
import { fill } from '../../shared/locales/format.ts';
import type { Ask } from '../relay-connection/command-asking.ts';
import { AgentField } from './agent-field.tsx';
import { keyField, settingsIn } from './agent-fields.ts';
import { type AgentForm, swaps } from './agent-form.ts';
import type { AgentFormModel } from './agent-form-model.ts';
import { AgentKey } from './agent-key.tsx';
import { Alert, FaultAlert } from './alert.tsx';
import { BriefField } from './brief-field.tsx';
import { ModelPicker } from './model-picker.tsx';
import { describeFault, sayWrong, useOptionsSpeech } from './options-speech.ts';
import { nameOf } from './preset-gallery.tsx';

/** The field of every language model that says what it should know. */
const BRIEF = 'instructions';

type Props = { readonly model: AgentFormModel; readonly form: AgentForm };

export function AgentFormCard({ model, form, ask }: Props & { readonly ask: Ask }) {
  const { options } = useOptionsSpeech();
  const { agents, actions } = options;
  const card = useRef<HTMLFormElement>(null);
  const adapter = model.adapterOf(form);
  const busy = form.phase !== 'typing';
  useEffect(() => {
    const pointed = card.current?.querySelector<HTMLElement>(`#field-${form.pointed}, [data-field="${form.pointed}"]`);
    (pointed ?? card.current)?.scrollIntoView({ block: pointed ? 'center' : 'nearest' });
    (pointed ?? card.current?.querySelector<HTMLElement>('h3'))?.focus();
  }, []);
  useEffect(() => card.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), [form.refusals]);
  if (!adapter) return null;
  const values = model.valuesOf(form);
  const fields = adapter.fields.filter(({ secret }) => !secret);
  const key = keyField(adapter);
  const field = (each: ShownField) =>
    each.role === 'model' ? (
      <ModelPicker
        key={`${adapter.name}.${each.name}`}
        list={model.models}
        value={String(values[each.name] ?? '')}
        wrong={form.wrong[each.name] ?? null}
        onValue={(value) => model.changeValue(each.name, value)}
      />
    ) : each.name === BRIEF ? (
      <BriefField
        key={`${adapter.name}.${each.name}`}
        value={String(values[each.name] ?? '')}
        backEnd={{ ask, agent: form.agent?.id ?? null, adapter: form.adapter, settings: settingsIn(adapter, values) }}
        files={adapter.readsFiles ? model.files : null}
        onValue={(value) => model.changeValue(each.name, value)}
        onTrade={(trade) => {
          model.trade.value = trade;
        }}
      />
    ) : (
      <AgentField
        key={`${adapter.name}.${each.name}`}
        adapter={adapter.name}
        field={each}
        value={values[each.name] ?? null}
        wrong={form.wrong[each.name] ?? null}
        onValue={(value) => model.changeValue(each.name, value)}
      />
    );
  // A preset has filled these in: nobody needs to look at them.
  const placed = fields.some(({ name, role }) => role === 'address' && form.preset?.settings[name] !== undefined);
  const isFirst = (each: ShownField): boolean =>
    isWanted(each) && !(placed && (each.role === 'address' || each.name === 'allowPrivateHttp'));
  const rest = fields.filter((each) => !isFirst(each));
  return (
    <form
      class="card"
      ref={card}
      noValidate
      autocomplete="off"
      aria-labelledby="form-title"
      onSubmit={(event) => {
        event.preventDefault();
        void model.save(agents.sample);
      }}
      // An address or a key is whole when it is left.
      onChange={({ target }) => {
        if (target instanceof HTMLInputElement && (target.type === 'password' || target.type === 'text'))
          void model.askModels();
      }}
    >
      <h3 id="form-title" tabIndex={-1}>
        {form.agent ? fill(agents.editTitle, { name: form.agent.name }) : agents.addTitle}
      </h3>
      <Chosen model={model} form={form} />
      {swaps(form) && <p class="hint">{agents.swaps}</p>}
      <div class="form">
        <NameField model={model} form={form} />
        {key && form.preset?.key === 'required' && <AgentKey model={model} form={form} adapter={adapter} field={key} />}
        {fields.filter(isFirst).map(field)}
        {key && form.preset?.key !== 'required' && <AgentKey model={model} form={form} adapter={adapter} field={key} />}
      </div>
      {rest.length > 0 && (
        <details
          open={
            rest.some(({ name }) => form.wrong[name] !== undefined || name === form.pointed) ||
            fields.length === rest.length
          }
        >
          <summary>{agents.more}</summary>
          <div class="form">{rest.map(field)}</div>
        </details>
      )}
      <Outcome form={form} />
      <div class="actions">
        <button type="submit" class="btn primary" disabled={busy}>
          {form.agent ? agents.testAndSave : agents.testAndAdd}
        </button>
        {(form.outcome?.type === 'failing' || form.outcome?.type === 'untested') && (
          <button type="button" class="btn" disabled={busy} onClick={() => void model.saveAnyway()}>
            {agents.saveAnyway}
          </button>
        )}
        <button type="button" class="btn quiet" onClick={() => model.close()}>
          {form.agent ? actions.close : actions.cancel}
        </button>
        <p class="hint" role="status">
          {busy && (form.phase === 'testing' ? agents.trying : agents.loading)}
        </p>
      </div>
    </form>
  );
}

/** Fields that are required, are written most, or are a decision of the owner. */
function isWanted({ name, required }: ShownField): boolean {
  return required || name === 'owner' || name === BRIEF || name === 'allowPrivateHttp' || name === 'keyUse';
}

/** Names what answers, links to the page of its key, and leads to everything else that could. */
function Chosen({ model, form: { preset, adapter } }: Props) {
  const { options, fields } = useOptionsSpeech();
  const { presets: words } = options;
  const kind = fields.adapters[adapter];
  return (
    <p class="chosen">
      <b>{preset ? nameOf(preset, words) : (kind?.label ?? adapter)}</b>
      <span>{preset ? words.costs[preset.cost] : kind?.meaning}</span>
      {preset?.keyPage && (
        <a href={preset.keyPage} target="_blank" rel="noreferrer">
          {words.keyPage}
        </a>
      )}
      <button type="button" class="btn small" onClick={() => void model.chooseAgain()}>
        {words.others}
      </button>
    </p>
  );
}

function NameField({ model, form }: Props) {
  const speech = useOptionsSpeech();
  const { options } = speech;
  const wrong = form.wrong.name;
  return (
    <div>
      <label class="label" for="agent-name">
        {options.agents.name}
      </label>
      <input
        class="field"
        id="agent-name"
        maxLength={60}
        value={form.name}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong === undefined ? undefined : 'agent-name-wrong'}
        onInput={({ currentTarget }) => model.change({ name: currentTarget.value })}
      />
      {wrong !== undefined && (
        <p class="wrong" id="agent-name-wrong">
          {sayWrong(wrong, speech)}
        </p>
      )}
    </div>
  );
}

function Outcome({ form }: { readonly form: AgentForm }) {
  const speech = useOptionsSpeech();
  const { agentFaults } = speech;
  const { agents, faults } = speech.options;
  const { outcome } = form;
  if (outcome === null || outcome.type === 'refused') return <FaultAlert fault={outcome?.fault ?? null} />;
  const name = form.agent?.name ?? form.name;
  const why =
    outcome.type === 'failing'
      ? Object.values(faultAdvice(agentFaults, outcome.result.fault, httpStatusIn(outcome.result.detail))).join(' ')
      : outcome.fault.code === 'not-delivered'
        ? faults.notTested
        : describeFault(outcome.fault, speech);
  return <Alert text={`${fill(agents.failing, { name })} ${why}`} />;
}

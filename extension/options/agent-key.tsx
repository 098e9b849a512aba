/** An agent's key: goes in and never comes out. A stored one is kept, replaced or erased. */

import type { ShownAdapter, ShownField } from '../../shared/contract/commands/setup-commands.ts';
import { meaningOf } from './agent-field.tsx';
import { type AgentForm, swaps } from './agent-form.ts';
import type { AgentFormModel } from './agent-form-model.ts';
import { sayWrong, useOptionsSpeech } from './options-speech.ts';

type Props = {
  readonly model: AgentFormModel;
  readonly form: AgentForm;
  readonly adapter: ShownAdapter;
  readonly field: ShownField;
};

export function AgentKey({ model, form, adapter, field }: Props) {
  const speech = useOptionsSpeech();
  const { key: words, fields } = speech.options;
  const { label, meaning } = meaningOf(adapter.name, field, speech);
  const stored = form.agent?.hasKey === true && !swaps(form);
  const again = model.needsKeyAgain(form);
  const typed = !stored || form.keyAct === 'replace' || (again && form.keyAct === 'keep');
  const wrong = form.wrong[field.name] !== undefined;
  // A service that a preset names does not answer without one.
  const required = field.required || form.preset?.key === 'required';
  const act = (keyAct: AgentForm['keyAct']) => () => model.change({ keyAct, key: '' });
  const name = (
    <>
      {label} {!required && <span class="aside">{fields.optional}</span>}
    </>
  );
  return (
    <div class="wide">
      {typed ? (
        <label class="label" for="agent-key">
          {name}
        </label>
      ) : (
        <p class="label">{name}</p>
      )}
      {again && form.keyAct !== 'remove' && <p class="hint">{words.again}</p>}
      {typed && (
        <input
          class="field"
          id="agent-key"
          data-field={field.name}
          type="password"
          autocomplete="off"
          spellcheck={false}
          value={form.key}
          aria-invalid={wrong}
          aria-describedby="key-hint"
          onInput={({ currentTarget, inputType }) => {
            model.change({ key: currentTarget.value });
            // What is pasted is whole.
            if (inputType === 'insertFromPaste') void model.askModels();
          }}
        />
      )}
      {wrong && <p class="wrong">{sayWrong(form.wrong[field.name] ?? 'other', speech)}</p>}
      {stored && !typed && (
        <p class="stored">
          <span>{form.keyAct === 'remove' ? words.removed : words.stored}</span>
          {form.keyAct === 'keep' && (
            <button type="button" class="btn small" onClick={act('replace')}>
              {words.replace}
            </button>
          )}
          {form.keyAct === 'keep' && !field.required && (
            <button type="button" class="btn small" onClick={act('remove')}>
              {words.remove}
            </button>
          )}
          {form.keyAct === 'remove' && (
            <button type="button" class="btn small" onClick={act('keep')}>
              {words.keep}
            </button>
          )}
        </p>
      )}
      {stored && typed && (
        <p class="stored">
          {!again && (
            <button type="button" class="btn small" onClick={act('keep')}>
              {words.keep}
            </button>
          )}
          {!field.required && (
            <button type="button" class="btn small" onClick={act('remove')}>
              {words.remove}
            </button>
          )}
        </p>
      )}
      <p class="hint" id="key-hint">
        {!required && meaning} {words.where}
      </p>
    </div>
  );
}

/** One field of a back end, drawn by its kind; named in the page's language, or in the relay's own words where it is new. */

import { useSignal } from '@preact/signals';
import * as v from 'valibot';
import type { ShownField } from '../../shared/contract/commands/setup-commands.ts';
import { DAYS, type Day } from '../../shared/contract/schedule.ts';
import { Days } from '../components/days.tsx';
import { isShippedText } from './agent-fields.ts';
import type { OptionsSpeech } from './options-speech.ts';
import { sayWrong, useOptionsSpeech } from './options-speech.ts';
import { readRules } from './rule-lines.ts';

type Value = string | boolean | null;

type Props = {
  readonly adapter: string;
  readonly field: ShownField;
  readonly value: Value;
  readonly wrong: string | null;
  readonly onValue: (value: Value) => void;
};

const LONG_ROWS = 4;

export function meaningOf(adapter: string, field: ShownField, { fields }: OptionsSpeech) {
  return (
    fields.fields[`${adapter}.${field.name}`] ??
    fields.fields[field.name] ?? { label: field.name, meaning: field.meaning }
  );
}

export function AgentField(props: Props) {
  const speech = useOptionsSpeech();
  const { options } = speech;
  const { adapter, field, wrong } = props;
  const id = `field-${field.name}`;
  const { label, meaning } = meaningOf(adapter, field, speech);
  const wide = field.kind === 'structure' || field.kind === 'yes-or-no' || field.role === 'sentences';
  const access = { id, 'aria-invalid': wrong !== null, 'aria-describedby': `${id}-hint` };
  const hint =
    field.kind === 'structure' && field.name === 'rules' ? `${options.fields.rulesFormat} ${meaning}` : meaning;
  const below = (
    <>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      {wrong && <p class="wrong">{sayWrong(wrong, speech)}</p>}
    </>
  );
  if (field.kind === 'yes-or-no') {
    return (
      <div class="wide tick-box">
        <label>
          <input
            type="checkbox"
            {...access}
            checked={props.value === true}
            onChange={({ currentTarget }) => props.onValue(currentTarget.checked)}
          />
          {label}
        </label>
        {below}
      </div>
    );
  }
  return (
    <div class={wide ? 'wide' : undefined}>
      <label class="label" for={id}>
        {label}
      </label>
      {isShippedText(field) ? (
        <ShippedText {...props} access={access} label={label} />
      ) : (
        <Control {...props} access={access} label={label} />
      )}
      {below}
    </div>
  );
}

type Access = { readonly access: { readonly id: string } };

function Control({ field, value, onValue, access, label }: Props & Access & { readonly label: string }) {
  const { options, fields } = useOptionsSpeech();
  const text = typeof value === 'string' ? value : '';
  if (field.kind === 'choice') {
    return (
      <select class="field" {...access} value={text} onChange={({ currentTarget }) => onValue(currentTarget.value)}>
        {!field.required && field.default === null && <option value="">{options.fields.byDefault}</option>}
        {(field.choices ?? []).map((choice) => (
          <option key={choice} value={choice}>
            {fields.choices[`${field.name}.${choice}`] ?? choice}
          </option>
        ))}
      </select>
    );
  }
  if (field.role === 'days')
    return <Days days={readDays(text)} label={label} onDays={(days) => onValue(writeDays(days))} />;
  if (field.kind === 'structure' || field.role === 'sentences') {
    return (
      <textarea
        class="field"
        {...access}
        rows={LONG_ROWS}
        value={text}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
    );
  }
  return (
    <input
      class="field"
      {...access}
      inputMode={field.kind === 'number' ? 'decimal' : undefined}
      autocomplete="off"
      spellcheck={false}
      value={text}
      onInput={({ currentTarget }) => onValue(currentTarget.value)}
    />
  );
}

/** As their field holds them, and back again; what cannot be read is no day. */
function readDays(text: string): readonly Day[] {
  const days = v.safeParse(v.array(v.picklist(DAYS)), readRules(text));
  return days.success ? days.output : [];
}

function writeDays(days: readonly Day[]): string {
  return days.length === 0 ? '' : JSON.stringify(days);
}

/** The relay ships a text: it is taken, left out, or replaced by one's own. */
function ShippedText({ value, onValue, access, label, field }: Props & Access & { readonly label: string }) {
  const { options } = useOptionsSpeech();
  const { shipped, none, own } = options.fields;
  const chosen = useSignal<'shipped' | 'none' | 'own'>(value === null ? 'shipped' : value === '' ? 'none' : 'own');
  return (
    <div class="shipped">
      <select
        class="field"
        {...access}
        value={chosen.value}
        onChange={({ currentTarget }) => {
          const next = currentTarget.value;
          chosen.value = next === 'own' || next === 'none' ? next : 'shipped';
          onValue(next === 'shipped' ? null : '');
        }}
      >
        <option value="shipped">{shipped}</option>
        <option value="none">{none}</option>
        <option value="own">{own}</option>
      </select>
      {chosen.value === 'own' && (
        <textarea
          class="field"
          aria-label={label}
          name={field.name}
          rows={LONG_ROWS}
          value={typeof value === 'string' ? value : ''}
          onInput={({ currentTarget }) => onValue(currentTarget.value)}
        />
      )}
    </div>
  );
}

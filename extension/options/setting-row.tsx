/** One setting: its meaning, its value, and what is true of it now if that differs. */
import { useSignal } from '@preact/signals';
import type { Setting } from '../../shared/contract/commands/setup-commands.ts';
import { fill } from '../../shared/locales/format.ts';
import { useSpeech } from '../components/layout.tsx';
import { FaultAlert } from './alert.tsx';
import { useOptionsSpeech } from './options-speech.ts';
import { unitOf, writeField, writeValue } from './quantities.ts';
import type { SettingsModel } from './settings-model.ts';

type Props = { readonly model: SettingsModel; readonly setting: Setting };

export function SettingRow({ model, setting }: Props) {
  const speech = useOptionsSpeech();
  const { options, fields } = speech;
  const { name, value, next, source, least, most } = setting;
  const { label, meaning } = fields.settings[name] ?? { label: name, meaning: setting.meaning };
  const tried = model.tries.value[name];
  const fixed = source === 'flag' || source === 'environment';
  const refused = tried?.phase === 'refused' && tried.fault.code === 'setting-refused';
  const bounds = fill(options.settings.bounds, {
    least: writeField(speech.speech.language, least),
    most: writeField(speech.speech.language, most),
  });
  return (
    <li>
      <div>
        <label for={`setting-${name}`}>{label}</label>
        <small id={`setting-${name}-text`}>{meaning}</small>
        {fixed && <small>{options.settings.fixed}</small>}
        {setting.needsRestart && next === value && !fixed && <small>{options.settings.needsRestart}</small>}
        {next !== value && (
          <small class="waiting">{fill(options.settings.waiting, { value: writeValue(setting, value, speech) })}</small>
        )}
        <FaultAlert fault={tried?.phase === 'refused' ? tried.fault : null} />
        {refused && least !== null && <small>{bounds}</small>}
        {!fixed && next !== setting.default && setting.default !== null && (
          <button type="button" class="in-line" onClick={() => void model.change(setting, '')}>
            {fill(options.settings.back, { value: writeValue(setting, setting.default, speech) })}
          </button>
        )}
      </div>
      {setting.choices ? (
        <Choice model={model} setting={setting} disabled={fixed} />
      ) : (
        <Typed key={String(next)} model={model} setting={setting} disabled={fixed} />
      )}
    </li>
  );
}

function Choice({ model, setting, disabled }: Props & { readonly disabled: boolean }) {
  const { fields } = useOptionsSpeech();
  const { name, next } = setting;
  return (
    <select
      class="field"
      id={`setting-${name}`}
      aria-describedby={`setting-${name}-text`}
      disabled={disabled}
      value={String(next)}
      onChange={({ currentTarget }) => void model.change(setting, currentTarget.value)}
    >
      {(setting.choices ?? []).map((choice) => (
        <option key={choice} value={choice}>
          {fields.choices[`${name}.${choice}`] ?? fields.choices[choice] ?? choice}
        </option>
      ))}
    </select>
  );
}

/** Taken when the field is left or Enter is pressed, and only if it is another value. */
function Typed({ model, setting, disabled }: Props & { readonly disabled: boolean }) {
  const speech = useOptionsSpeech();
  const { language } = useSpeech();
  const { name, next } = setting;
  const stored = writeField(language, next);
  const typed = useSignal(stored);
  const wrong = model.tries.value[name]?.phase === 'refused';
  return (
    <span class="qty" data-text={setting.kind === 'text' || undefined}>
      <input
        class="field"
        id={`setting-${name}`}
        inputMode={setting.kind === 'number' ? 'decimal' : undefined}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={`setting-${name}-text`}
        aria-invalid={wrong}
        disabled={disabled}
        value={typed.value}
        onInput={({ currentTarget }) => {
          typed.value = currentTarget.value;
        }}
        onChange={() => {
          if (typed.value.trim() !== stored || wrong) void model.change(setting, typed.value);
        }}
      />
      {unitOf(setting, speech)}
    </span>
  );
}

/** A model chosen from those that the server offers, the likeliest first; any other name can be typed. */
import { useState } from 'preact/hooks';
import type { OfferedModel } from '../../shared/contract/offered-model.ts';
import { faultAdvice } from '../../shared/locales/fault-advice.ts';
import { fill } from '../../shared/locales/format.ts';
import { suggestedModel, talkingModels } from '../../shared/rules/model-choice.ts';
import { useSpeech } from '../components/layout.tsx';
import type { ModelList } from './model-list.ts';
import { sayWrong, useOptionsSpeech } from './options-speech.ts';
import { writeSize } from './quantities.ts';

const SHOWN = 6;

type Props = {
  readonly list: ModelList;
  readonly value: string;
  readonly wrong: string | null;
  readonly onValue: (value: string) => void;
};

export function ModelPicker({ list, value, wrong, onValue }: Props) {
  const speech = useOptionsSpeech();
  const { models: words } = speech.options;
  const [sought, setSought] = useState('');
  const offered = list.list.value;
  const models = offered !== null && offered !== 'asked' && offered.type === 'models' ? offered.models : [];
  const suggested = suggestedModel(models);
  const fitting = talkingModels(models).filter(({ id }) => id.toLowerCase().includes(sought.trim().toLowerCase()));
  const ordered = [...fitting].sort((one, other) => Number(other === suggested) - Number(one === suggested));
  const chosen = models.find(({ id }) => id === value);
  const first = ordered.slice(0, SHOWN);
  // What is chosen stays in sight.
  const shown = chosen && sought === '' && !first.includes(chosen) ? [chosen, ...first.slice(1)] : first;
  return (
    <div class="wide">
      <label class="label" for="field-model">
        {speech.fields.fields.model?.label ?? 'model'}
      </label>
      <input
        class="field"
        id="field-model"
        data-field="model"
        autocomplete="off"
        spellcheck={false}
        placeholder={models.length > 0 ? words.search : undefined}
        value={models.length > 0 && chosen ? sought : value}
        aria-invalid={wrong !== null}
        aria-describedby="model-hint"
        onInput={({ currentTarget }) => {
          setSought(currentTarget.value);
          // A name that no list has is a name all the same; with nothing sought, the one that is chosen stays.
          if (currentTarget.value.trim() !== '' || !chosen) onValue(currentTarget.value);
        }}
      />
      {wrong !== null && <p class="wrong">{sayWrong(wrong, speech)}</p>}
      {shown.length > 0 && (
        <fieldset class="models">
          <legend class="sr">{fill(words.offered, { count: models.length })}</legend>
          {shown.map((model) => (
            <label key={model.id}>
              <input
                type="radio"
                name="model"
                value={model.id}
                checked={model.id === value}
                onChange={() => {
                  setSought('');
                  onValue(model.id);
                }}
              />
              <span>{model.id}</span>
              <Facts model={model} suggested={model === suggested} />
            </label>
          ))}
        </fieldset>
      )}
      <p class="hint" id="model-hint" role="status">
        {offered === 'asked' && words.asking}
        {models.length > 0 &&
          ordered.length > shown.length &&
          fill(words.more, { count: ordered.length - shown.length })}
        {models.length > 0 && ordered.length === 0 && words.unlisted}
        {offered !== null && offered !== 'asked' && offered.type === 'models' && models.length === 0 && words.none}
        {offered !== null &&
          offered !== 'asked' &&
          offered.type === 'fault' &&
          Object.values(faultAdvice(speech.agentFaults, offered.fault, null)).join(' ')}
      </p>
    </div>
  );
}

function Facts({ model: { bytes, loaded }, suggested }: { readonly model: OfferedModel; readonly suggested: boolean }) {
  const { options } = useOptionsSpeech();
  const { language } = useSpeech();
  const facts = [bytes === null ? '' : writeSize(language, bytes), loaded === true ? options.models.loaded : ''];
  return (
    <small>
      {facts.filter(Boolean).join(', ')}
      {suggested && <b class="badge">{options.models.suggested}</b>}
    </small>
  );
}

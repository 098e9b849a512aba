/** What this browser keeps for itself: the language that Recado speaks in it, and where it looks for the relay. */
import { useSignal } from '@preact/signals';
import { fill } from '../../shared/locales/format.ts';
import { LANGUAGE_CODES, LANGUAGES } from '../../shared/locales/languages.ts';
import { Alert } from './alert.tsx';
import type { OptionsModel } from './options-model.ts';
import { useOptionsSpeech } from './options-speech.ts';

/** `alone`: under no section of the page. `withPort`: false where the port is asked for anyway. */
export function ThisBrowserSection({
  model,
  alone = false,
  withPort = true,
}: {
  readonly model: OptionsModel;
  readonly alone?: boolean;
  readonly withPort?: boolean;
}) {
  const { options } = useOptionsSpeech();
  const { browsers } = options;
  return (
    <section aria-labelledby="here-title">
      {alone ? <h2 id="here-title">{browsers.here}</h2> : <h3 id="here-title">{browsers.here}</h3>}
      <ul class="list knobs">
        <li>
          <div>
            <label for="language">{browsers.language}</label>
            <small id="language-text">{browsers.languageText}</small>
          </div>
          <select
            class="field"
            id="language"
            aria-describedby="language-text"
            value={model.language.value ?? ''}
            onChange={({ currentTarget: { value } }) =>
              void model.speak(LANGUAGE_CODES.find((language) => language === value) ?? null)
            }
          >
            <option value="">{browsers.browserLanguage}</option>
            {LANGUAGE_CODES.map((language) => (
              <option key={language} value={language} lang={language}>
                {LANGUAGES[language]}
              </option>
            ))}
          </select>
        </li>
        {withPort && <PortKnob model={model} />}
      </ul>
    </section>
  );
}

function PortKnob({ model }: { readonly model: OptionsModel }) {
  const { options, pair } = useOptionsSpeech();
  const { browsers, actions } = options;
  const outcome = useSignal<'none' | 'kept' | 'wrong'>('none');
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const port = Number(new FormData(event.currentTarget).get('relay-port'));
    // What it came to is told below; whether the relay is there, the page shows.
    void model.lookAt(port).then((kept) => {
      outcome.value = kept ? 'kept' : 'wrong';
    });
  };
  return (
    <li>
      <div>
        <label for="relay-port">{browsers.port}</label>
        <small id="relay-port-text">{browsers.portText}</small>
        <Alert text={outcome.value === 'wrong' ? pair.faults['not-a-port'] : null} />
        <p class="hint" role="status">
          {outcome.value === 'kept' && fill(browsers.portSaved, { port: model.session.port.value })}
        </p>
      </div>
      <form class="qty" onSubmit={onSubmit} noValidate>
        <input
          class="field"
          id="relay-port"
          name="relay-port"
          inputMode="numeric"
          autocomplete="off"
          defaultValue={model.session.port.value}
          aria-describedby="relay-port-text"
          aria-invalid={outcome.value === 'wrong'}
        />
        <button type="submit" class="btn small">
          {actions.save}
        </button>
      </form>
    </li>
  );
}

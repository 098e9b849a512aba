/** The page: what is simulated, what to try next, the two phones, and a place for the popup. */
import type { Signal } from '@preact/signals';
import { fill } from '../../../shared/locales/format.ts';
import { LANGUAGES, type Language } from '../../../shared/locales/languages.ts';
import type { PopupWords } from '../../../shared/locales/words.ts';
import type { Act, PageState } from '../frames.ts';
import { DEMO_WORDS } from '../words/all.ts';
import type { DemoWords } from '../words/demo-words.ts';
import { OtherPhone, OwnerPhone } from './phone.tsx';

export type PopupNames = PopupWords;

type Props = {
  readonly state: Signal<PageState | null>;
  readonly names: Signal<PopupNames | null>;
  act(act: Act): void;
};

export function DemoPage({ state: { value: state }, names: { value: names }, act }: Props) {
  if (!state || !names) return null;
  const words = DEMO_WORDS[state.language];
  /** The popup's buttons by the names that stand on them. */
  const named = (sentence: string): string =>
    fill(sentence, {
      scan: names.card.scan,
      why: names.reasons.title,
      unlink: names.menu.unlink,
      hour: names.menu.offForAnHour,
    });
  return (
    <div class="demo">
      <section class="demo-head" aria-label={words.title}>
        <h1 class="demo-title">{words.title}</h1>
        <p class="demo-simulated">{words.simulated}</p>
        <LanguageChoice words={words} language={state.language} act={act} />
      </section>
      <section class="demo-guide" aria-label={words.next}>
        <p class="demo-say" role="status">
          {state.scene ? (
            words.scenes[state.scene]
          ) : (
            <>
              <b>{words.next}</b> {named(words.guide[state.next])}
            </>
          )}
        </p>
        <button type="button" class="btn" onClick={() => act({ do: state.playing ? 'stop' : 'play' })}>
          {state.playing ? words.stop : words.showMe}
        </button>
      </section>
      {state.fault && (
        <p class="demo-fault" role="alert">
          {named(words.faults[state.fault])}
        </p>
      )}
      <div class="demo-stage" data-popup={state.popup}>
        <OwnerPhone words={words} state={state} act={act} />
        <PopupPlace words={words} state={state} act={act} />
        <OtherPhone words={words} state={state} act={act} />
      </div>
    </div>
  );
}

function PopupPlace({
  words,
  state,
  act,
}: {
  readonly words: DemoWords;
  readonly state: PageState;
  act(act: Act): void;
}) {
  return (
    <div class="demo-popup">
      <section class="demo-over demo-line" aria-label={words.popupTitle}>
        <h2>{words.popupTitle}</h2>
        <button type="button" class="btn" disabled={state.devices === 0} onClick={() => act({ do: 'cut' })}>
          {words.cut}
        </button>
      </section>
      {state.popup === 'here' ? (
        <div class="demo-window">
          <div id="popup" />
        </div>
      ) : (
        <div class="demo-beside">
          <p>{words.beside.text}</p>
          <button type="button" class="btn" onClick={() => act({ do: 'front' })}>
            {words.beside.open}
          </button>
        </div>
      )}
    </div>
  );
}

function LanguageChoice({
  words,
  language,
  act,
}: {
  readonly words: DemoWords;
  readonly language: Language;
  act(act: Act): void;
}) {
  const onChange = ({ currentTarget }: { readonly currentTarget: HTMLSelectElement }): void => {
    const chosen = Object.keys(LANGUAGES).find((code) => code === currentTarget.value);
    if (chosen) act({ do: 'language', language: chosen as Language });
  };
  return (
    <label class="demo-language">
      <span class="sr">{words.language}</span>
      <select class="field" value={language} onChange={onChange}>
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The stage: whoever writes on the left, the browser in the middle, the owner on the right; what happens is told below. */
import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Mark } from '../../../extension/components/icons.tsx';
import { fill } from '../../../shared/locales/format.ts';
import { LANGUAGES, type Language } from '../../../shared/locales/languages.ts';
import type { PopupWords } from '../../../shared/locales/words.ts';
import type { Act, PageState } from '../frames.ts';
import { DEMO_WORDS } from '../words/all.ts';
import type { DemoWords } from '../words/demo-words.ts';
import { Chapters } from './chapters.tsx';
import { LockSign, PuzzleSign } from './drawings.tsx';
import { OtherPhone, OwnerPhone } from './phone.tsx';
import { Ways } from './ways.tsx';
import { Yours } from './yours.tsx';

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
    <div class="demo" data-popup={state.popup}>
      <div class="demo-scene" inert={state.ended}>
        <section class="demo-head" aria-label={words.title}>
          <h1 class="demo-title">
            <Mark />
            {words.title}
          </h1>
          <p class="demo-simulated">{words.simulated}</p>
          <button type="button" class="btn small" disabled={state.devices === 0} onClick={() => act({ do: 'cut' })}>
            {words.cut}
          </button>
          <LanguageChoice words={words} language={state.language} act={act} />
        </section>
        <div class="demo-stage">
          <OtherPhone words={words} state={state} act={act} />
          <Ways state={state} />
          <PopupPlace words={words} state={state} act={act} />
          <OwnerPhone words={words} state={state} act={act} />
        </div>
        {state.fault && (
          <p class="demo-fault" role="alert">
            {named(words.faults[state.fault])}
          </p>
        )}
        <Subtitle
          text={state.scene ? words.scenes[state.scene] : `${words.next} ${named(words.guide[state.next])}`}
          small={state.scene === null}
        />
        <Chapters words={words} story={state.story} act={act} />
      </div>
      {state.ended && <Yours words={words} act={act} />}
    </div>
  );
}

/** Told to ears too. It comes anew, so that it is seen to change. */
function Subtitle({ text, small }: { readonly text: string; readonly small: boolean }) {
  return (
    <p class={small ? 'demo-subtitle small' : 'demo-subtitle'} role="status">
      <span key={text}>{text}</span>
    </p>
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
      <section aria-labelledby="popup-title">
        <h2 class="demo-over" id="popup-title">
          {words.popupTitle}
        </h2>
      </section>
      <p class="demo-edge" aria-hidden="true">
        <LockSign />
        <span>{words.browser}</span>
        <PuzzleSign />
        <span class="demo-button">
          <Mark />
        </span>
      </p>
      {state.popup === 'here' ? (
        <PopupWindow />
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

/** What the popup asks of its window is this place's, not the page's. */
function PopupWindow() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const observer = new MutationObserver(() => {
      const { height } = document.body.style;
      if (height === '') return;
      place.current?.style.setProperty('--wanted', height);
      document.body.style.height = '';
    });
    observer.observe(document.body, { attributes: true, attributeFilter: ['style'] });
    return () => observer.disconnect();
  }, []);
  return (
    <div class="demo-window" ref={place}>
      <div id="popup" />
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
      <select value={language} onChange={onChange}>
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

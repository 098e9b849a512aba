/** The options page, in a tab of its own: opens its line, loads its words, and speaks another language as soon as one is chosen. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { browserLink } from '../../relay-link/browser-link.ts';
import { onChanged, tellChanged } from '../../relay-link/changed-message.ts';
import { pairBrowser } from '../../relay-link/pairing-browser.ts';
import { SpeechContext } from '../../screens/frame.tsx';
import { OptionsModel } from '../../screens/options/options-model.ts';
import { OptionsPage } from '../../screens/options/options-page.tsx';
import { OptionsSpeechContext } from '../../screens/options/options-speech.ts';
import { BrowserStore } from '../../storage/browser-store.ts';
import { optionsSpeechIn } from '../../words/options-language.ts';
import { languageOf } from '../../words/popup-language.ts';
import '../../look/tokens.css';
import '../../look/page.css';
import '../../look/note.css';
import '../../look/controls.css';
import '../../look/text.css';
import '../../look/panels.css';
import '../../look/lists.css';
import '../../look/icons.css';
import '../../look/options.css';
import '../../look/options-lists.css';
import '../../look/options-form.css';
import '../../look/options-narrow.css';

const store = new BrowserStore();
const model = new OptionsModel({
  store,
  link: browserLink,
  pair: (typed, port) => pairBrowser(typed, port, store),
  tellChanged,
  now: () => performance.now(),
});
await model.start();
onChanged(() => void model.start());

let wanted = 0;
effect(() => {
  const language = model.language.value ?? languageOf(navigator.language);
  wanted += 1;
  const mine = wanted;
  void optionsSpeechIn(language).then((speech) => {
    // Whoever chose twice gets the later one, however the files arrive.
    if (mine !== wanted) return;
    document.documentElement.lang = language;
    document.title = speech.options.title;
    const page = document.getElementById('options');
    if (!page) return;
    render(
      <SpeechContext.Provider value={speech.speech}>
        <OptionsSpeechContext.Provider value={speech}>
          <OptionsPage model={model} />
        </OptionsSpeechContext.Provider>
      </SpeechContext.Provider>,
      page,
    );
  });
});

/** The options page, in a tab of its own: opens its connection, loads its words, and speaks another language as soon as one is chosen. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { SpeechContext } from '../../components/layout.tsx';
import { PointerPress } from '../../components/pointer-press.ts';
import { wishIn } from '../../options/opening-wish.ts';
import { OptionsModel } from '../../options/options-model.ts';
import { OptionsPage } from '../../options/options-page.tsx';
import { OptionsSpeechContext, optionsSpeechIn } from '../../options/options-speech.ts';
import { after, browserConnection } from '../../relay-connection/browser-connection.ts';
import { onPageMessage, tellPages } from '../../relay-connection/page-message.ts';
import { pairBrowser } from '../../relay-connection/pairing-browser.ts';
import { BrowserStore, languageOf } from '../../storage/browser-store.ts';
import '../../styles/tokens.css';
import '../../styles/page.css';
import '../../styles/note.css';
import '../../styles/controls.css';
import '../../styles/choices.css';
import '../../styles/text.css';
import '../../styles/panels.css';
import '../../styles/lists.css';
import '../../styles/icons.css';
import '../../styles/options.css';
import '../../styles/options-lists.css';
import '../../styles/options-presets.css';
import '../../styles/options-form.css';
import '../../styles/options-narrow.css';
import '../../styles/touch.css';

const store = new BrowserStore();
const press = new PointerPress(window);
const model = new OptionsModel({
  store,
  connect: browserConnection,
  after,
  pair: (typed, port) => pairBrowser(typed, port, store),
  tellChanged: () => tellPages('changed'),
  now: () => performance.now(),
  pressOver: () => press.over(),
});
await model.start(wishIn(location.hash));
window.addEventListener('hashchange', () => {
  const wish = wishIn(location.hash);
  if (wish) model.open(wish);
});
onPageMessage('changed', () => void model.start());

let wanted = 0;
effect(() => {
  const language = languageOf(model.language.value);
  wanted += 1;
  const mine = wanted;
  void optionsSpeechIn(language).then((speech) => {
    // The later of two choices counts, in whatever order the files arrive.
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

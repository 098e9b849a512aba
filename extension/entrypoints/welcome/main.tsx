/** The page that opens once, after the extension is installed: its connection, its words, its model. */
import { render } from 'preact';
import { loadFirstPageWords } from '../../../shared/locales/load.ts';
import { SpeechContext } from '../../components/layout.tsx';
import { speechIn } from '../../components/speech.ts';
import { FirstPage } from '../../first-page/first-page.tsx';
import { PopupModel } from '../../popup/popup-model.ts';
import { after, browserConnection } from '../../relay-connection/browser-connection.ts';
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
import '../../styles/first-page.css';
import '../../styles/touch.css';

const store = new BrowserStore();
const model = new PopupModel({
  store,
  connect: browserConnection,
  pair: (typed, port) => pairBrowser(typed, port, store),
  after,
});
const opening = await store.opening();
const language = languageOf(opening.preferences.language);
const [speech, words] = await Promise.all([speechIn(language), loadFirstPageWords(language)]);
model.start(opening);
document.documentElement.lang = language;
document.title = words.title;
const page = document.getElementById('welcome');
if (page)
  render(
    <SpeechContext.Provider value={speech}>
      <FirstPage model={model} words={words} />
    </SpeechContext.Provider>,
    page,
  );

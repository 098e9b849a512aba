/** The popup: opens its line at once, so that the relay's first word comes with the first paint. */
import { render } from 'preact';
import { SpeechContext } from '../../screens/frame.tsx';
import { Popup } from '../../screens/popup.tsx';
import { PopupModel } from '../../screens/popup-model.ts';
import { BrowserStore } from '../../storage/browser-store.ts';
import { languageOf, speechIn } from '../../words/popup-language.ts';
import '../../look/tokens.css';
import '../../look/page.css';
import '../../look/note.css';
import '../../look/controls.css';
import '../../look/text.css';
import '../../look/panels.css';
import '../../look/lists.css';
import '../../look/icons.css';

document.title = 'Recado';

const store = new BrowserStore();
const model = new PopupModel(store);
// Side by side: what was known last, what was chosen, and the words that are most likely needed.
const likely = languageOf(navigator.language);
const [likelySpeech, { language: chosen }] = await Promise.all([speechIn(likely), store.preferences(), model.start()]);
const speech = chosen === null || chosen === likely ? likelySpeech : await speechIn(chosen);
document.documentElement.lang = speech.language;
const popup = document.getElementById('popup');
if (popup) {
  render(
    <SpeechContext.Provider value={speech}>
      <Popup model={model} />
    </SpeechContext.Provider>,
    popup,
  );
}

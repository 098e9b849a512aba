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
void model.start();
const { language: chosen } = await store.preferences();
const speech = await speechIn(chosen ?? languageOf(navigator.language));
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

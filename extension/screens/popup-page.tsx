/** The popup: opens its line at once, so that the relay's first word comes with the first paint. */
import { render } from 'preact';
import { BrowserStore } from '../storage/browser-store.ts';
import { languageOf, speechIn } from '../words/popup-language.ts';
import { SpeechContext } from './frame.tsx';
import { Popup } from './popup.tsx';
import { PopupModel } from './popup-model.ts';

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

/** The popup: opens its line at once, so that the relay's first word comes with the first paint. */
import { render } from 'preact';
import { DEFAULT_PORT } from '../../../shared/protocol.ts';
import { wordsIn } from '../../../shared/words/language.ts';
import { SpeechContext } from '../../screens/frame.tsx';
import { Popup } from '../../screens/popup.tsx';
import { PopupModel } from '../../screens/popup-model.ts';
import { BrowserStore } from '../../storage/browser-store.ts';
import { languageOf, popupWordsIn } from '../../words/popup-language.ts';
import '../../look/tokens.css';
import '../../look/parts.css';

const language = languageOf(navigator.language);
const speech = { language, words: popupWordsIn(language), shared: wordsIn(language) };
document.documentElement.lang = language;
document.title = 'Recado';

const model = new PopupModel(new BrowserStore(), DEFAULT_PORT);
const popup = document.getElementById('popup');
if (popup) {
  render(
    <SpeechContext.Provider value={speech}>
      <Popup model={model} />
    </SpeechContext.Provider>,
    popup,
  );
}
void model.start();

/** The popup: opens its connection at once, so that the relay's first word comes with the first paint. */
import { render } from 'preact';
import { SpeechContext } from '../components/layout.tsx';
import { speechIn } from '../components/speech.ts';
import { after, browserConnection } from '../relay-connection/browser-connection.ts';
import type { EarlyDial } from '../relay-connection/early-dial.ts';
import { BrowserStore, languageOf } from '../storage/browser-store.ts';
import { Popup } from './popup.tsx';
import { PopupModel } from './popup-model.ts';

export async function showPopup(popup: Element, early: EarlyDial): Promise<void> {
  document.title = 'Recado';
  const store = new BrowserStore();
  const model = new PopupModel({
    store,
    connect: (changed) => browserConnection(changed, early.dial),
    pair: async (typed, port) => {
      // Once in a browser's life: the popup opens without its weight.
      const { pairBrowser } = await import('../relay-connection/pairing-browser.ts');
      return pairBrowser(typed, port, store);
    },
    after,
  });
  // Side by side: what is kept here, and the words that are most likely needed.
  const likely = languageOf(null);
  const begun = store.opening().then((opening) => {
    model.start(opening);
    early.drop();
    return opening.preferences;
  });
  const [likelySpeech, { language: chosen }] = await Promise.all([speechIn(likely), begun]);
  const speech = chosen === null || chosen === likely ? likelySpeech : await speechIn(chosen);
  document.documentElement.lang = speech.language;
  render(
    <SpeechContext.Provider value={speech}>
      <Popup model={model} />
    </SpeechContext.Provider>,
    popup,
  );
}

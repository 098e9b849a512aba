/** The page of one linking that WhatsApp asks a passkey for, in a tab of its own: the popup would close when the browser asks. */
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { loadPasskeyWords } from '../../../shared/locales/load.ts';
import { SpeechContext } from '../../components/layout.tsx';
import { speechIn } from '../../components/speech.ts';
import { PasskeyModel } from '../../passkey/passkey-model.ts';
import { PasskeyPage } from '../../passkey/passkey-page.tsx';
import { askPermission, dropPermission } from '../../passkey/passkey-permission.ts';
import { signInTab } from '../../passkey/passkey-tab.ts';
import { after, browserConnection } from '../../relay-connection/browser-connection.ts';
import { BrowserStore, languageOf } from '../../storage/browser-store.ts';
import '../../styles/tokens.css';
import '../../styles/page.css';
import '../../styles/note.css';
import '../../styles/controls.css';
import '../../styles/text.css';
import '../../styles/panels.css';
import '../../styles/lists.css';
import '../../styles/icons.css';
import '../../styles/options.css';
import '../../styles/options-form.css';
import '../../styles/options-narrow.css';
import '../../styles/touch.css';

const store = new BrowserStore();
const [pairing, preferences] = await Promise.all([store.pairing(), store.preferences()]);
const language = languageOf(preferences.language);
const [speech, words] = await Promise.all([speechIn(language), loadPasskeyWords(language)]);
const model = new PasskeyModel({
  agent: new URLSearchParams(location.hash.replace(/^#/, '')).get('agent') ?? '',
  connect: browserConnection,
  after,
  askPermission,
  dropPermission,
  // A browser that opens none leaves the tab, which says where Recado is.
  openPopup: () => (browser.action ?? browser.browserAction).openPopup().catch(() => undefined),
  sign: (options, signal) => signInTab(options, { ...words.tab, language }, signal),
});
model.start(pairing);
window.addEventListener('pagehide', () => void dropPermission());
document.documentElement.lang = language;
document.title = words.title;
const page = document.getElementById('passkey');
if (page)
  render(
    <SpeechContext.Provider value={speech}>
      <PasskeyPage model={model} words={words} />
    </SpeechContext.Provider>,
    page,
  );

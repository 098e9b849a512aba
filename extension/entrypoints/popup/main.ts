/** The bar in the HTML is drawn as soon as its styles are there: a browser shows a popup when it has loaded, and what is imported later does not hold that up. */
import '../../styles/tokens.css';
import '../../styles/page.css';
import '../../styles/note.css';
import '../../styles/controls.css';
import '../../styles/choices.css';
import '../../styles/text.css';
import '../../styles/panels.css';
import '../../styles/lists.css';
import '../../styles/icons.css';
import '../../styles/touch.css';
import { EarlyDial } from '../../relay-connection/early-dial.ts';

const popup = document.getElementById('popup');
// After the frame with the bar: what comes then keeps this thread for a while, and a frame that waits for it is a late one.
if (popup)
  requestAnimationFrame(() => {
    const early = new EarlyDial(localStorage, (url) => new WebSocket(url));
    void import('../../popup/popup-page.tsx').then(({ showPopup }) => showPopup(popup, early));
  });

/** The bar in the HTML is drawn as soon as its styles are there: a browser shows a popup when it has loaded, and what is imported later does not hold that up. */
import '../../look/tokens.css';
import '../../look/page.css';
import '../../look/note.css';
import '../../look/controls.css';
import '../../look/text.css';
import '../../look/panels.css';
import '../../look/lists.css';
import '../../look/icons.css';
import { EarlyDial } from '../../relay-link/early-dial.ts';

const popup = document.getElementById('popup');
// After the frame with the bar: what comes then keeps this thread for a while, and a frame that waits for it is a late one.
if (popup)
  requestAnimationFrame(() => {
    const early = new EarlyDial(localStorage, (url) => new WebSocket(url));
    void import('../../screens/popup-page.tsx').then(({ showPopup }) => showPopup(popup, early));
  });

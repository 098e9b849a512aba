/** The bar in the HTML is drawn as soon as its styles are there: a browser shows a popup when it has loaded, and what is imported later does not hold that up. */
import '../../look/tokens.css';
import '../../look/page.css';
import '../../look/note.css';
import '../../look/controls.css';
import '../../look/text.css';
import '../../look/panels.css';
import '../../look/lists.css';
import '../../look/icons.css';

void import('../../screens/popup-page.tsx');

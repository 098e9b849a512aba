/** The popup on the demo's page: the extension's own code, paired with the demo's relay. */
import '../../../extension/styles/tokens.css';
import '../../../extension/styles/page.css';
import '../../../extension/styles/note.css';
import '../../../extension/styles/controls.css';
import '../../../extension/styles/choices.css';
import '../../../extension/styles/text.css';
import '../../../extension/styles/panels.css';
import '../../../extension/styles/lists.css';
import '../../../extension/styles/icons.css';
import './relay-socket.ts';
import { showPopup } from '../../../extension/popup/popup-page.tsx';
import { EarlyDial } from '../../../extension/relay-connection/early-dial.ts';
import { pairBrowser } from '../../../extension/relay-connection/pairing-browser.ts';
import { BrowserStore } from '../../../extension/storage/browser-store.ts';
import type { Language } from '../../../shared/locales/languages.ts';
import type { HandOrder, PagePairing } from '../frames.ts';
import { HAND_MS } from '../hand.ts';
import { showPress } from './pressing.ts';

const RUN = 'run';
const PICTURE_SIDE = 400;
const LOOK_MS = 40;

/** Pairs with this run's relay, where that has not happened, and shows the popup in `place`. */
export async function showPopupHere(place: Element, language: Language): Promise<void> {
  const store = new BrowserStore();
  const { run, port, code } = (await (await fetch('/pairing')).json()) as PagePairing;
  if (localStorage.getItem(RUN) !== run) {
    const result = await pairBrowser(code, port, store);
    if (result.type === 'fault') throw new Error(`pairing failed: ${result.fault}`);
    localStorage.setItem(RUN, run);
  }
  await store.keepPreferences({ port, language });
  localStorage.removeItem('relay');
  await showPopup(place, new EarlyDial(localStorage, (url) => new WebSocket(url)));
}

/** Does to the popup what a finger would; resolves to a PNG in base64 where a picture was asked for. */
export async function obey(order: HandOrder): Promise<string | null> {
  if (order.do === 'picture') return picture();
  const element = await found(`#popup ${order.place.replaceAll(', ', ', #popup ')}`);
  if (order.do === 'press') {
    if (order.shown) await showPress(element);
    element.click();
  }
  return null;
}

async function found(place: string): Promise<HTMLElement> {
  const deadline = performance.now() + HAND_MS;
  while (performance.now() < deadline) {
    const element = document.querySelector<HTMLElement>(place);
    // What cannot be pressed yet is not there yet.
    if (element && !element.matches(':disabled, [aria-busy="true"]')) return element;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error(`not there: ${place}`);
}

/** The code as it is drawn, in pixels. */
async function picture(): Promise<string | null> {
  const drawn = document.querySelector('#popup .qr svg');
  if (!drawn) return null;
  const copy = drawn.cloneNode(true);
  if (!(copy instanceof SVGElement)) return null;
  copy.setAttribute('width', String(PICTURE_SIDE));
  copy.setAttribute('height', String(PICTURE_SIDE));
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = PICTURE_SIDE;
  canvas.height = PICTURE_SIDE;
  const paper = canvas.getContext('2d');
  if (!paper) return null;
  paper.fillStyle = '#fff';
  paper.fillRect(0, 0, PICTURE_SIDE, PICTURE_SIDE);
  paper.drawImage(image, 0, 0);
  return canvas.toDataURL('image/png').split(',')[1] ?? null;
}

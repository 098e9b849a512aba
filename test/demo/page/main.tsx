/** The demo's page: two phones and, where no window has it, the popup. Shows what the server tells, and tells it what is done here. */
import '../../../extension/styles/tokens.css';
import '../../../extension/styles/page.css';
import '../../../extension/styles/controls.css';
import '../../../extension/styles/text.css';
import './demo.css';
import './phone.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { loadPopupWords } from '../../../shared/locales/opening-words.ts';
import type { Act, PageState, ServerFrame } from '../frames.ts';
import { DemoPage, type PopupNames } from './demo-page.tsx';

const state = signal<PageState | null>(null);
const names = signal<PopupNames | null>(null);
const socket = new WebSocket(`ws://${location.host}/events`);
let popup: Promise<typeof import('./popup-here.ts')> | null = null;
let spoken: string | null = null;

const act = (done: Act): void => socket.send(JSON.stringify({ type: 'act', act: done }));

socket.addEventListener('message', ({ data }) => {
  const frame = JSON.parse(String(data)) as ServerFrame;
  if (frame.type === 'hand') void obey(frame);
  else void show(frame.state);
});
socket.addEventListener('close', () => {
  // The demo has ended, or was started anew: a page that comes back by itself would show another run.
  document.body.dataset.ended = '';
});

async function show(next: PageState): Promise<void> {
  // The popup takes its language when it opens.
  if (spoken !== null && spoken !== next.language) location.reload();
  if (spoken === null) {
    spoken = next.language;
    document.documentElement.lang = next.language;
    names.value = (await loadPopupWords(next.language)).popup;
    if (next.popup === 'here') popup = import('./popup-here.ts');
    const root = document.getElementById('demo');
    if (root) render(<DemoPage state={state} names={names} act={act} />, root);
  }
  state.value = next;
  document.body.toggleAttribute('data-playing', next.story !== null);
  await popupShown(next);
}

let shown = false;

/** Once, when its place is drawn. */
async function popupShown({ language }: PageState): Promise<void> {
  if (shown || !popup) return;
  shown = true;
  const { showPopupHere } = await popup;
  const place = document.getElementById('popup');
  if (place) await showPopupHere(place, language);
}

async function obey({ id, order }: Extract<ServerFrame, { type: 'hand' }>): Promise<void> {
  try {
    if (!popup) throw new Error('the popup is not on this page');
    const result = await (await popup).obey(order);
    socket.send(JSON.stringify({ type: 'done', id, error: null, result }));
  } catch (error) {
    socket.send(JSON.stringify({ type: 'done', id, error: String(error), result: null }));
  }
}

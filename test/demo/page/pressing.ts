/** Shows somebody who watches what is about to be pressed: a pointer goes there, rests, and a halo closes around it. */
const TRAVEL_MS = 600;
const REST_MS = 300;
const HALO_MS = 350;
const MARGIN = 7;
const POINTER =
  '<svg viewBox="0 0 22 26"><path d="M2 1.5v19l5-4.6 3.4 8 3.6-1.6-3.4-7.8h7Z" fill="#17140f" stroke="#fff" stroke-width="1.6" stroke-linejoin="round"/></svg>';

let pointer: HTMLElement | null = null;

/** Resolves when it may be pressed. The halo goes by itself. */
export async function showPress(element: HTMLElement): Promise<void> {
  element.scrollIntoView({ block: 'nearest' });
  const { left, top, width, height } = element.getBoundingClientRect();
  pointer ??= newPointer();
  putOver(pointer);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  pointer.style.translate = `${left + Math.min(width * 0.6, width - 8)}px ${top + height * 0.55}px`;
  await rest(still ? REST_MS : TRAVEL_MS + REST_MS);
  const halo = document.createElement('div');
  halo.className = 'demo-halo';
  Object.assign(halo.style, {
    left: `${left - MARGIN}px`,
    top: `${top - MARGIN}px`,
    width: `${width + 2 * MARGIN}px`,
    height: `${height + 2 * MARGIN}px`,
  });
  putOver(halo);
  await rest(HALO_MS);
  setTimeout(() => halo.remove(), HALO_MS);
}

function newPointer(): HTMLElement {
  const drawn = document.createElement('div');
  drawn.className = 'demo-pointer';
  drawn.innerHTML = POINTER;
  drawn.style.translate = `${innerWidth / 2}px ${innerHeight * 0.8}px`;
  return drawn;
}

/** Over the popup's questions too, which lie over everything else: what was put there last is on top. */
function putOver(element: HTMLElement): void {
  const { translate } = element.style;
  element.popover = 'manual';
  if (element.isConnected) element.hidePopover();
  else document.body.append(element);
  element.style.translate = translate;
  element.showPopover();
  // Drawn where it was, or it would not travel from there.
  element.getBoundingClientRect();
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What every screen is made of: the bar, the line to copy, and the words that all of them need. */
import { useSignal } from '@preact/signals';
import { type ComponentChildren, createContext, type RefObject } from 'preact';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import { BackSign, Icon, Mark } from './icons.tsx';
import type { Speech } from './speech.ts';

export const SpeechContext = createContext<Speech | null>(null);

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error('a screen without a language');
  return speech;
}

export function Bar({
  children,
  title = 'Recado',
  onBack = null,
  heading,
}: {
  readonly children?: ComponentChildren;
  readonly title?: string;
  readonly onBack?: (() => void) | null;
  /** The heading takes the focus. */
  readonly heading?: RefObject<HTMLHeadingElement | null>;
}) {
  return (
    <header class="bar">
      {onBack && <BackButton onBack={onBack} />}
      <h1 ref={heading ?? null} tabIndex={heading && -1}>
        {!onBack && <Mark />}
        {title}
      </h1>
      <div class="end">{children}</div>
    </header>
  );
}

function BackButton({ onBack }: { readonly onBack: () => void }) {
  const { words } = useSpeech();
  return (
    <button type="button" class="icon-btn" aria-label={words.card.back} onClick={onBack}>
      <BackSign />
    </button>
  );
}

/** True where a screen of the popup is a part of another page, which has its own main part. */
export const WithinPage = createContext(false);

/** What scrolls when it is longer than the popup. The keyboard reaches it by itself, or, where `by` says so, by what it holds. */
export function Main({
  children,
  by = 'itself',
}: {
  readonly children: ComponentChildren;
  readonly by?: 'itself' | 'content';
}) {
  const main = useRef<HTMLElement & HTMLDivElement>(null);
  const isWithin = useContext(WithinPage);
  useLayoutEffect(() => (main.current ? followHeight(main.current) : undefined), []);
  if (isWithin)
    return (
      <div class="inside" ref={main}>
        {children}
      </div>
    );
  return (
    <main ref={main} tabIndex={by === 'itself' ? 0 : undefined}>
      <div class="inside">{children}</div>
    </main>
  );
}

/** A window is as tall as its content, within these bounds, in CSS pixels: a browser gives a popup no more than 600. */
const LEAST_HEIGHT = 300;
const MOST_HEIGHT = 600;

/** Asks for a window in which `main` need not scroll. Returns what ends it. */
function followHeight(main: HTMLElement): () => void {
  const [content] = main.children;
  const screen = main.parentElement;
  // A page that shows the same in a tab has a size of its own.
  if (!content || !screen || screen.id !== 'popup') return () => undefined;
  const beside = [...screen.children].filter((part) => part !== main && getComputedStyle(part).position === 'static');
  const ask = (): void => {
    const { paddingTop, paddingBottom } = getComputedStyle(main);
    const inside =
      content.getBoundingClientRect().height + Number.parseFloat(paddingTop) + Number.parseFloat(paddingBottom);
    const outside = beside.reduce((sum, part) => sum + part.getBoundingClientRect().height, 0);
    document.body.style.height = `${Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, Math.ceil(inside + outside)))}px`;
  };
  const observer = new ResizeObserver(ask);
  for (const part of [content, ...beside]) observer.observe(part);
  return () => observer.disconnect();
}

/** One line for the Terminal, and a button that takes it along. */
export function CommandLine({ line }: { readonly line: string }) {
  const { words } = useSpeech();
  const copied = useSignal(false);
  const copy = (): void => {
    navigator.clipboard.writeText(line).then(
      () => {
        copied.value = true;
      },
      // Refused by the browser: the line can still be selected.
      () => undefined,
    );
  };
  return (
    <div class="command">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a line longer than the popup is scrolled with the keyboard */}
      <code tabIndex={0}>{line}</code>
      <button type="button" class="btn small" onClick={copy} aria-label={`${words.card.copy}: ${line}`}>
        <Icon of="copy" />
        {copied.value ? words.card.copied : words.card.copy}
      </button>
    </div>
  );
}

/** As people write numbers where it is Brazil's, else with a plus. It never breaks at the end of a line. */
export function writeNumber(number: string): string {
  const brazil = /^55(\d{2})(\d{4,5})(\d{4})$/.exec(number);
  return brazil ? `+55\u00a0${brazil[1]}\u00a0${brazil[2]}\u2011${brazil[3]}` : `+${number}`;
}

/** What every screen is made of: the bar, the line to copy, and the words that all of them need. */
import { useSignal } from '@preact/signals';
import { type ComponentChildren, createContext, type RefObject } from 'preact';
import { useContext } from 'preact/hooks';
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

/** What scrolls when it is longer than the popup. The keyboard reaches it by itself, or, where `by` says so, by what it holds. */
export function Main({
  children,
  by = 'itself',
}: {
  readonly children: ComponentChildren;
  readonly by?: 'itself' | 'content';
}) {
  return <main tabIndex={by === 'itself' ? 0 : undefined}>{children}</main>;
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

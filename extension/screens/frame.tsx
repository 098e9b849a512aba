/** What every screen is made of: the bar, the line to copy, and the words that all of them need. */
import { useSignal } from '@preact/signals';
import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Speech } from '../words/popup-language.ts';
import { Mark } from './signs.tsx';

export const SpeechContext = createContext<Speech | null>(null);

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error('a screen without a language');
  return speech;
}

export function Bar({
  children,
  title = 'Recado',
}: {
  readonly children?: ComponentChildren;
  readonly title?: string;
}) {
  return (
    <header class="bar">
      <h1>
        <Mark />
        {title}
      </h1>
      {children}
    </header>
  );
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
      <button type="button" class="btn small" onClick={copy} aria-label={`${words.pair.copy}: ${line}`}>
        {copied.value ? words.pair.copied : words.pair.copy}
      </button>
    </div>
  );
}

/** As people write numbers where it is Brazil's, else with a plus. It never breaks at the end of a line. */
export function writeNumber(number: string): string {
  const brazil = /^55(\d{2})(\d{4,5})(\d{4})$/.exec(number);
  return brazil ? `+55\u00a0${brazil[1]}\u00a0${brazil[2]}\u2011${brazil[3]}` : `+${number}`;
}

/** Words that only some screens need: loaded when such a screen is shown. */
import { useEffect, useState } from 'preact/hooks';
import type { Language } from '../../shared/locales/languages.ts';
import { useSpeech } from './layout.tsx';

/** Null until they are there. */
export function useWords<Of>(load: (language: Language) => Promise<Of>): Of | null {
  const { language } = useSpeech();
  const [words, setWords] = useState<Of | null>(null);
  useEffect(() => {
    // A file of the extension's own: where it cannot be loaded there is no extension.
    void load(language).then((loaded) => setWords(() => loaded));
  }, [load, language]);
  return words;
}

/** The help's words in one language, loaded only when help is opened. */
import type { Language } from '../../shared/words/words.ts';
import type { HelpWords } from './help-words.ts';

const WORDS: Readonly<Record<Language, () => Promise<HelpWords>>> = {
  'pt-BR': async () => (await import('./help-pt-BR.ts')).helpPtBR,
  en: async () => (await import('./help-en.ts')).helpEn,
  es: async () => (await import('./help-es.ts')).helpEs,
};

export function helpWordsIn(language: Language): Promise<HelpWords> {
  return WORDS[language]();
}

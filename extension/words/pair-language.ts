/** The pairing's words in one language, loaded only by a browser that is not paired. */
import type { Language } from '../../shared/words/words.ts';
import type { PairWords } from './pair-words.ts';

const WORDS: Readonly<Record<Language, () => Promise<PairWords>>> = {
  'pt-BR': async () => (await import('./pair-pt-BR.ts')).pairPtBR,
  en: async () => (await import('./pair-en.ts')).pairEn,
  es: async () => (await import('./pair-es.ts')).pairEs,
};

export function pairWordsIn(language: Language): Promise<PairWords> {
  return WORDS[language]();
}

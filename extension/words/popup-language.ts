/** Which language this browser speaks, of those that there are. */
import type { Language } from '../../shared/words/words.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import type { PopupWords } from './popup-words.ts';
import { ptBR } from './pt-BR.ts';

const WORDS: Readonly<Record<Language, PopupWords>> = { 'pt-BR': ptBR, en, es };

/** Portuguese and Spanish of whatever country; English for everyone else. */
export function languageOf(locale: string): Language {
  if (/^pt\b/i.test(locale)) return 'pt-BR';
  return /^es\b/i.test(locale) ? 'es' : 'en';
}

export function popupWordsIn(language: Language): PopupWords {
  return WORDS[language];
}

/** Which language this browser speaks, of those that there are. Each is a file of its own, so that a page loads one. */
import type { Language, Words } from '../../shared/words/words.ts';
import type { PopupWords } from './popup-words.ts';

export type Speech = { readonly language: Language; readonly words: PopupWords; readonly shared: Words };

type Loaded = Omit<Speech, 'language'>;

const WORDS: Readonly<Record<Language, () => Promise<Loaded>>> = {
  'pt-BR': () => import('./pt-BR.ts').then(({ ptBRPopup }) => ptBRPopup),
  en: () => import('./en.ts').then(({ enPopup }) => enPopup),
  es: () => import('./es.ts').then(({ esPopup }) => esPopup),
};

/** Portuguese and Spanish of whatever country; English for everyone else. */
export function languageOf(locale: string): Language {
  if (/^pt\b/i.test(locale)) return 'pt-BR';
  return /^es\b/i.test(locale) ? 'es' : 'en';
}

export async function speechIn(language: Language): Promise<Speech> {
  return { language, ...(await WORDS[language]()) };
}

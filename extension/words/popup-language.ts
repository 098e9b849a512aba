/** Which language this browser speaks, of those that there are. Each is a file of its own, so that a page loads one. */
import type { Language, Words } from '../../shared/words/words.ts';
import type { PopupWords } from './popup-words.ts';

export type Speech = { readonly language: Language; readonly words: PopupWords; readonly shared: Words };

const WORDS: Readonly<Record<Language, () => Promise<PopupWords>>> = {
  'pt-BR': async () => (await import('./pt-BR.ts')).ptBR,
  en: async () => (await import('./en.ts')).en,
  es: async () => (await import('./es.ts')).es,
};

const SHARED: Readonly<Record<Language, () => Promise<Words>>> = {
  'pt-BR': async () => (await import('../../shared/words/pt-BR.ts')).ptBR,
  en: async () => (await import('../../shared/words/en.ts')).en,
  es: async () => (await import('../../shared/words/es.ts')).es,
};

/** Portuguese and Spanish of whatever country; English for everyone else. */
export function languageOf(locale: string): Language {
  if (/^pt\b/i.test(locale)) return 'pt-BR';
  return /^es\b/i.test(locale) ? 'es' : 'en';
}

export async function speechIn(language: Language): Promise<Speech> {
  const [words, shared] = await Promise.all([WORDS[language](), SHARED[language]()]);
  return { language, words, shared };
}

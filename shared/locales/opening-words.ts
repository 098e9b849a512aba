/** Loads what every page of the extension opens with, in one language: apart from the words that are wanted later, which would be weight. */
import type { Language } from './languages.ts';
import type { PopupWords, StatusWords, Words } from './words.ts';

type Opening = { readonly popup: PopupWords; readonly status: StatusWords };

const OPENINGS: Readonly<Record<Language, () => Promise<{ readonly opening: Opening }>>> = {
  'pt-BR': () => import('./pt-BR/popup.ts'),
  en: () => import('./en/popup.ts'),
  es: () => import('./es/popup.ts'),
};

/** The popup's own words, and those that both sides say. */
export async function loadPopupWords(
  language: Language,
): Promise<{ readonly popup: PopupWords; readonly status: Words }> {
  const { popup, status } = (await OPENINGS[language]()).opening;
  return { popup, status: { ...status, language } };
}

/** What every screen says, in one language: loaded whole before anything is drawn. */
import type { Language } from '../../shared/locales/languages.ts';
import { loadPopupWords } from '../../shared/locales/opening-words.ts';
import type { PopupWords, Words } from '../../shared/locales/words.ts';

export type Speech = { readonly language: Language; readonly words: PopupWords; readonly shared: Words };

export async function speechIn(language: Language): Promise<Speech> {
  const { popup, status } = await loadPopupWords(language);
  return { language, words: popup, shared: status };
}

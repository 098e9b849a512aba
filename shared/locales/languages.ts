/** The languages of Recado, each by its own name, for those who read no other. A folder beside this file has the words of each. */
export const LANGUAGES = { 'pt-BR': 'Português (Brasil)', en: 'English', es: 'Español' } as const;

export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_CODES = Object.keys(LANGUAGES) as readonly Language[];

/** The language of a locale of whatever country, as `pt-PT` or `es_MX`; null where Recado does not speak it. */
export function spokenIn(locale: string): Language | null {
  const [spoken] = locale.toLowerCase().split(/[-_.@]/);
  return LANGUAGE_CODES.find((code) => code.toLowerCase().split('-')[0] === spoken) ?? null;
}

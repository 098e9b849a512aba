/** Why a command was not done, in one language; loaded when it happens. */
import type { CommandWords, Language } from '../../shared/words/words.ts';

const WORDS: Readonly<Record<Language, () => Promise<CommandWords>>> = {
  'pt-BR': async () => (await import('../../shared/words/command-pt-BR.ts')).commandPtBR,
  en: async () => (await import('../../shared/words/command-en.ts')).commandEn,
  es: async () => (await import('../../shared/words/command-es.ts')).commandEs,
};

export function commandWordsIn(language: Language): Promise<CommandWords> {
  return WORDS[language]();
}

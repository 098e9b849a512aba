/** The command line's words of a language. */
import type { Language } from '../../../shared/words/words.ts';
import type { CliWords } from './cli-words.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { ptBR } from './pt-BR.ts';

const WORDS: Readonly<Record<Language, CliWords>> = { 'pt-BR': ptBR, en, es };

export function cliWordsIn(language: Language): CliWords {
  return WORDS[language];
}

/** The words of every language at once: for a program on disk. A page loads one language's file instead. */
import { en } from './en.ts';
import { es } from './es.ts';
import { ptBR } from './pt-BR.ts';
import type { Language, Words } from './words.ts';

const WORDS: Readonly<Record<Language, Words>> = { 'pt-BR': ptBR, en, es };

export function wordsIn(language: Language): Words {
  return WORDS[language];
}

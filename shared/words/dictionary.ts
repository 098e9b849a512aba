/** The words of every language at once: for a program on disk. A page loads one language's file instead. */
import { commandEn } from './command-en.ts';
import { commandEs } from './command-es.ts';
import { commandPtBR } from './command-pt-BR.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { ptBR } from './pt-BR.ts';
import type { CommandWords, Language, Words } from './words.ts';

const WORDS: Readonly<Record<Language, Words>> = { 'pt-BR': ptBR, en, es };

export function wordsIn(language: Language): Words {
  return WORDS[language];
}

const COMMAND_WORDS: Readonly<Record<Language, CommandWords>> = { 'pt-BR': commandPtBR, en: commandEn, es: commandEs };

export function commandWordsIn(language: Language): CommandWords {
  return COMMAND_WORDS[language];
}

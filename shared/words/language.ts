/** The words of a language, and how blanks are filled. Knows no sentence itself. */
import { en } from './en.ts';
import { es } from './es.ts';
import { ptBR } from './pt-BR.ts';
import type { Language, Words } from './words.ts';

const WORDS: Readonly<Record<Language, Words>> = { 'pt-BR': ptBR, en, es };

export function wordsIn(language: Language): Words {
  return WORDS[language];
}

/** Puts values into a sentence's `{blanks}`. A blank without a value stays as it is, so that a test finds it. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>> = {}): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (blank, name: string) => String(values[name] ?? blank));
}

/** The last day that JavaScript can name. */
const END_OF_TIME_MS = 8.64e15;

/** A point in time (epoch milliseconds) as people of that language write it, in the machine's time zone; `…` where there is no such day. */
export function writeTime(language: Language, at: number): string {
  if (!(Math.abs(at) <= END_OF_TIME_MS)) return '…';
  return new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(at);
}

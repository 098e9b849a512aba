/** The demo's words in every language of the product. */
import type { Language } from '../../../shared/locales/languages.ts';
import type { DemoWords } from './demo-words.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { ptBr } from './pt-BR.ts';

export const DEMO_WORDS: Readonly<Record<Language, DemoWords>> = { 'pt-BR': ptBr, en, es };

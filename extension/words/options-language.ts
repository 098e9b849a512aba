/** Everything that the options page says, in one language: its own words, and those that it shares with the toolbar. */
import type { CommandWords, Language } from '../../shared/words/words.ts';
import { commandWordsIn } from './command-language.ts';
import { helpWordsIn } from './help-language.ts';
import type { HelpWords } from './help-words.ts';
import type { MeaningWords } from './meanings-words.ts';
import type { OptionsWords } from './options-words.ts';
import { pairWordsIn } from './pair-language.ts';
import type { PairWords } from './pair-words.ts';
import { type Speech, speechIn } from './popup-language.ts';

export type OptionsSpeech = {
  readonly speech: Speech;
  readonly options: OptionsWords;
  readonly meanings: MeaningWords;
  readonly faults: CommandWords;
  readonly help: HelpWords;
  readonly pair: PairWords;
};

const WORDS: Readonly<Record<Language, () => Promise<readonly [OptionsWords, MeaningWords]>>> = {
  'pt-BR': async () => [
    (await import('./options-pt-BR.ts')).optionsPtBR,
    (await import('./meanings-pt-BR.ts')).meaningsPtBR,
  ],
  en: async () => [(await import('./options-en.ts')).optionsEn, (await import('./meanings-en.ts')).meaningsEn],
  es: async () => [(await import('./options-es.ts')).optionsEs, (await import('./meanings-es.ts')).meaningsEs],
};

export async function optionsSpeechIn(language: Language): Promise<OptionsSpeech> {
  const [speech, [options, meanings], faults, help, pair] = await Promise.all([
    speechIn(language),
    WORDS[language](),
    commandWordsIn(language),
    helpWordsIn(language),
    pairWordsIn(language),
  ]);
  return { speech, options, meanings, faults, help, pair };
}

/** The page's words, wherever one of its parts wants to say something. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { SettingProblem } from '../../shared/contract/setting-problem.ts';
import { fill } from '../../shared/locales/format.ts';
import type { Language } from '../../shared/locales/languages.ts';
import {
  loadAgentFaultWords,
  loadCommandWords,
  loadFieldWords,
  loadHelpWords,
  loadOptionsWords,
  loadPairingWords,
  loadProblemWords,
  loadSkipReasons,
} from '../../shared/locales/load.ts';
import type { AgentFaultWords, FieldWords, SettingProblemWords, SkipReasonWords } from '../../shared/locales/shapes.ts';
import type { CommandWords, HelpWords, OptionsWords, PairingWords } from '../../shared/locales/words.ts';
import { COMMAND_LINE, START_LINE } from '../../shared/start-line.ts';
import { type Speech, speechIn } from '../components/speech.ts';
import type { CommandFault } from '../relay-connection/command-asking.ts';

/** Everything that the options page says: its own words, and those that it shares with the toolbar. */
export type OptionsSpeech = {
  readonly speech: Speech;
  readonly options: OptionsWords;
  readonly fields: FieldWords;
  readonly faults: CommandWords;
  readonly agentFaults: AgentFaultWords;
  readonly problems: SettingProblemWords;
  readonly skipReasons: SkipReasonWords;
  readonly help: HelpWords;
  readonly pair: PairingWords;
};

export async function optionsSpeechIn(language: Language): Promise<OptionsSpeech> {
  const [speech, options, fields, faults, agentFaults, problems, skipReasons, help, pair] = await Promise.all([
    speechIn(language),
    loadOptionsWords(language),
    loadFieldWords(language),
    loadCommandWords(language),
    loadAgentFaultWords(language),
    loadProblemWords(language),
    loadSkipReasons(language),
    loadHelpWords(language),
    loadPairingWords(language),
  ]);
  return { speech, options, fields, faults, agentFaults, problems, skipReasons, help, pair };
}

export const OptionsSpeechContext = createContext<OptionsSpeech | null>(null);

export function useOptionsSpeech(): OptionsSpeech {
  const speech = useContext(OptionsSpeechContext);
  if (!speech) throw new Error('a page without a language');
  return speech;
}

/** What went wrong, and what to do, in the page's language. */
export function describeFault({ code, problems = [] }: CommandFault, speech: OptionsSpeech): string {
  const { options, faults } = speech;
  if (code === 'not-delivered') return options.faults.notDelivered;
  if (code === 'not-confirmed') return options.faults.notConfirmed;
  if (code === 'too-long') return options.faults.tooLong;
  const { sentence, remedy } = faults[code];
  const wrong = code === 'bad-value' ? problems.map(({ problem }) => sayWrong(problem, speech)) : [];
  return fill([sentence, ...wrong, remedy].join(' '), { recado: COMMAND_LINE, start: START_LINE });
}

/** What is wrong with a field, in the page's language. */
export function sayWrong(wrong: string, { options, problems }: OptionsSpeech): string {
  if (wrong === 'unreadable') return options.agents.unreadable;
  return Object.hasOwn(problems, wrong) ? problems[wrong as SettingProblem] : problems.other;
}

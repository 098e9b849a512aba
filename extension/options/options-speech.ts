/** The page's words, wherever one of its parts wants to say something. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { CommandFaultCode } from '../../shared/command-fault.ts';
import { COMMAND_LINE, START_LINE } from '../../shared/start-line.ts';
import { fill } from '../../shared/words/language.ts';
import type { OptionsSpeech } from '../words/options-language.ts';
import type { Trouble } from './relay-asker.ts';

export const OptionsSpeechContext = createContext<OptionsSpeech | null>(null);

export function useOptionsSpeech(): OptionsSpeech {
  const speech = useContext(OptionsSpeechContext);
  if (!speech) throw new Error('a page without a language');
  return speech;
}

/** Their own sentence says only that something is wrong; what it is, the relay has written. */
const WITH_DETAILS: readonly string[] = ['bad-settings', 'bad-request', 'setting-refused'] satisfies CommandFaultCode[];

/** What went wrong, and what to do, in the page's language. */
export function describeTrouble({ code, detail }: Trouble, { options, faults }: OptionsSpeech): string {
  if (code === 'not-delivered') return options.trouble.notDelivered;
  if (code === 'not-confirmed') return options.trouble.notConfirmed;
  if (code === 'too-long') return options.trouble.tooLong;
  const { sentence, remedy } = faults[isKnown(code, faults) ? code : 'failed'];
  const told = fill(`${sentence} ${remedy}`, { recado: COMMAND_LINE, start: START_LINE });
  return WITH_DETAILS.includes(code) ? `${told} ${fill(options.trouble.detail, { detail })}` : told;
}

function isKnown(code: string, faults: OptionsSpeech['faults']): code is CommandFaultCode {
  return Object.hasOwn(faults, code);
}

/** The words for a link's state with its reasons: loaded when a screen that tells them is shown. */
import { loadLinkReasonWords } from '../../shared/locales/load.ts';
import type { ReportWords } from '../../shared/locales/words.ts';
import { useSpeech } from './layout.tsx';
import { useWords } from './loaded-words.ts';

/** Null until they are there. */
export function useReportWords(): ReportWords | null {
  const { shared } = useSpeech();
  const reasons = useWords(loadLinkReasonWords);
  return reasons && { ...shared, ...reasons };
}

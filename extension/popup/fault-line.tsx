/** A click that came to nothing, in a line and with what to do. */

import { useEffect, useState } from 'preact/hooks';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill } from '../../shared/locales/format.ts';
import { loadCommandWords } from '../../shared/locales/load.ts';
import type { CommandWords } from '../../shared/locales/words.ts';
import { COMMAND_LINE, START_LINE } from '../../shared/start-line.ts';
import { useSpeech } from '../components/layout.tsx';
import type { PopupModel } from './popup-model.ts';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot };

export function FaultLine({ model, agent }: Props) {
  const { words } = useSpeech();
  const refused = useRefusal(model, agent);
  const failed = model.session.switching.value?.agent === agent.id && model.session.switching.value.phase === 'failed';
  const sentence = failed ? words.card.notConfirmed : refused;
  return (
    <p class="say" role="alert">
      {sentence}
    </p>
  );
}

/** Empty until its words are there. */
function useRefusal(model: PopupModel, agent: AgentSnapshot): string {
  const { words, language } = useSpeech();
  const { fault: refused } = model.session;
  const fault = refused.value?.agent === agent.id ? refused.value.fault : null;
  const [faults, setFaults] = useState<CommandWords | null>(null);
  const wanted = fault !== null && fault.code !== 'not-delivered';
  useEffect(() => {
    if (wanted) void loadCommandWords(language).then(setFaults);
  }, [wanted, language]);
  if (fault?.code === 'not-delivered') return words.card.notDelivered;
  if (!fault || !faults) return '';
  const { code } = fault;
  const { sentence, remedy } = faults[code === 'too-long' || code === 'not-confirmed' ? 'failed' : code];
  return fill(`${sentence} ${remedy}`, { recado: COMMAND_LINE, start: START_LINE });
}

/** What went wrong with an agent, in a line and with what to do: a click that came to nothing, or a back end that fails. */

import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { faultAdvice } from '../../shared/locales/fault-advice.ts';
import { fill, writeMoment } from '../../shared/locales/format.ts';
import { loadAgentFaultWords, loadCommandWords } from '../../shared/locales/load.ts';
import type { AgentFaultWords } from '../../shared/locales/shapes.ts';
import type { CommandWords } from '../../shared/locales/words.ts';
import { COMMAND_LINE, START_LINE } from '../../shared/start-line.ts';
import { StatusIcon } from '../components/icons.tsx';
import { useSpeech } from '../components/layout.tsx';
import { MoreAbout } from '../components/more-about.tsx';
import { hashOf } from '../components/options-link.ts';
import type { PopupModel } from './popup-model.ts';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot };

export function FaultLine({ model, agent }: Props) {
  const { words } = useSpeech();
  const refused = useRefusal(model, agent);
  const failed = model.session.switching.value?.agent === agent.id && model.session.switching.value.phase === 'failed';
  const sentence = failed ? words.card.notConfirmed : refused;
  return (
    <>
      <p class="say" role="alert">
        {sentence}
      </p>
      {agent.on && agent.lastFault && <AgentFault {...agent.lastFault} agent={agent.id} retryAt={agent.retryAt} />}
    </>
  );
}

/** Empty until its words are there. */
type AgentFaultProps = NonNullable<AgentSnapshot['lastFault']> &
  Pick<AgentSnapshot, 'retryAt'> & { readonly agent: string };

function AgentFault({ agent, fault, at, httpStatus, retryAt }: AgentFaultProps) {
  const { words, language } = useSpeech();
  const [faults, setFaults] = useState<AgentFaultWords | null>(null);
  useEffect(() => {
    void loadAgentFaultWords(language).then(setFaults);
  }, [language]);
  if (!faults) return null;
  const toField = (): void => {
    const page = `${browser.runtime.getURL('/options.html')}${hashOf({ agent, fault })}`;
    void browser.tabs.create({ url: page }).then(() => window.close());
  };
  const { sentence, remedy } = faultAdvice(faults, fault, httpStatus);
  return (
    <div class="fault">
      <p class="status" data-is="attention">
        <StatusIcon of="attention" />
        {sentence}
        <time class="number">{writeMoment(language, at, Date.now())}</time>
      </p>
      <p class="say">
        {remedy} {retryAt !== null && fill(words.card.triesAgain, { at: writeMoment(language, retryAt, Date.now()) })}{' '}
        <button type="button" class="in-line" onClick={toField}>
          {words.card.toOptions}
        </button>
        <MoreAbout trouble="agent" />
      </p>
    </div>
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

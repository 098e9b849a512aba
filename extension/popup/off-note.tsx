/** Under the note of an agent that is off: since when or why, what that means, and how it goes on again. */

import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill, writeMoment } from '../../shared/locales/format.ts';
import { onAgainAt } from '../../shared/rules/answering.ts';
import { Icon } from '../components/icons.tsx';
import { useSpeech } from '../components/layout.tsx';
import { useNow } from '../components/use-now.ts';
import type { PopupModel } from './popup-model.ts';

const MINUTE_STEP_MS = 10_000;
const HOUR_MS = 3_600_000;

export function OffNote({ model, agent }: { readonly model: PopupModel; readonly agent: AgentSnapshot }) {
  const { words, language } = useSpeech();
  const now = useNow(MINUTE_STEP_MS);
  const { card } = words;
  const dropped = model.session.dropped.value?.agent === agent.id ? model.session.dropped.value.count : 0;
  const heads = {
    // Who is answered is said with the first switch-on: without it there was none.
    person: agent.scope === null ? card.offYet : card.offSince,
    clock: card.offSince,
    schedule: card.offSince,
    'answers-limit': card.answersLimit,
    'tokens-limit': card.tokensLimit,
    unlinked: agent.scope === null ? card.offYet : card.offUnlinked,
  };
  const byLimit = agent.switchedBy === 'answers-limit' || agent.switchedBy === 'tokens-limit';
  const longer = (): void => void model.switchTo(agent, false, { until: Math.max(agent.backOnAt ?? 0, now) + HOUR_MS });
  const lines = [
    byLimit ? card.untilYou : '',
    card.nothingKept,
    // If WhatsApp does not let the relay in, there is nothing to be glad of.
    agent.link.status === 'offline' ? '' : card.staysLinked,
    agent.ignoredWhileOff > 0 ? fill(card.ignored, { count: agent.ignoredWhileOff }) : '',
    dropped > 0 ? fill(card.dropped, { count: dropped }) : '',
  ];
  return (
    <section class="callout soft pictured" data-is={byLimit ? 'attention' : undefined}>
      <Icon of={byLimit ? 'alert' : 'switch'} />
      <h3>{fill(heads[agent.switchedBy], { at: writeMoment(language, agent.switchedAt, now) })}</h3>
      <p>{lines.filter(Boolean).join(' ')}</p>
      {onAgainAt(agent) !== null && (
        <p class="side-by-side">
          {agent.backOnAt !== null && (
            <button type="button" class="btn small" onClick={longer}>
              {card.anHourMore}
            </button>
          )}
          <button type="button" class="btn small" onClick={() => void model.switchTo(agent, true)}>
            {card.onNow}
          </button>
        </p>
      )}
    </section>
  );
}

/** What the last switching-off has dropped, and, off until a time, that it may be later. Loaded when it is shown. */
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill } from '../../shared/locales/format.ts';
import { tomorrowMorning } from '../../shared/rules/switch-times.ts';
import { useSpeech } from '../components/layout.tsx';
import type { PopupModel } from './popup-model.ts';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot; readonly now: number };

const HOUR_MS = 3_600_000;

export function WhileOff({ model, agent, now }: Props) {
  const { words } = useSpeech();
  const { face, card } = words;
  const dropped = model.session.dropped.value?.agent === agent.id ? model.session.dropped.value.count : 0;
  const { backOnAt } = agent;
  const until = (at: number) => (): void => void model.switchTo(agent, false, { until: at });
  return (
    <>
      {dropped > 0 && <p class="say">{fill(card.dropped, { count: dropped })}</p>}
      {backOnAt !== null && (
        <p class="row-2 later">
          <button type="button" class="btn small" onClick={until(Math.max(backOnAt, now) + HOUR_MS)}>
            {face.anHourMore}
          </button>
          <button type="button" class="btn small" onClick={until(tomorrowMorning(now))}>
            {face.untilTomorrow}
          </button>
        </p>
      )}
    </>
  );
}

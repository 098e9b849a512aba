/** The times of a week in which the agent is on: several a day, over midnight where one ends before it begins. */
import { useState } from 'preact/hooks';
import { schedule as setSchedule } from '../../shared/contract/commands/schedule-command.ts';
import type { Span } from '../../shared/contract/schedule.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill, writeMoment } from '../../shared/locales/format.ts';
import { loadScheduleWords } from '../../shared/locales/load.ts';
import type { ScheduleWords } from '../../shared/locales/words.ts';
import { isOnAt } from '../../shared/rules/schedule.ts';
import { Days } from '../components/days.tsx';
import { useSpeech } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { SubScreen } from '../components/sub-screen.tsx';
import { FaultLine } from './fault-line.tsx';
import type { PopupModel } from './popup-model.ts';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot };

const OFFICE_HOURS: Span = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' };

export function ScheduleScreen({ model, agent }: Props) {
  const { words } = useSpeech();
  const said = useWords(loadScheduleWords);
  return (
    <SubScreen title={words.menu.schedule} onBack={() => model.closePanel()}>
      {said && <Times model={model} agent={agent} said={said} />}
      <FaultLine model={model} agent={agent} />
    </SubScreen>
  );
}

function Times({ model, agent, said }: Props & { readonly said: ScheduleWords }) {
  const { language } = useSpeech();
  const [spans, setSpans] = useState<readonly Span[]>(agent.schedule);
  const [told, setTold] = useState<'' | 'saved' | 'no-day'>('');
  const change = (at: number, span: Span | null): void => {
    setTold('');
    setSpans(spans.flatMap((each, nth) => (nth === at ? (span ? [span] : []) : [each])));
  };
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (spans.some(({ days }) => days.length === 0)) return setTold('no-day');
    if (await model.session.act(setSchedule, { agent: agent.id, spans: [...spans] })) setTold('saved');
  };
  if (agent.scope === null) return <p class="lede">{said.firstScope}</p>;
  const next = agent.nextEdge;
  const unlinked = !agent.on && agent.switchedBy === 'unlinked';
  const saved = unlinked ? said.savedUnlinked : agent.on ? said.savedOn : said.savedOff;
  const within =
    spans.length > 0 && spans.every(({ days }) => days.length > 0) ? isOnAt([...spans], Date.now()) : agent.on;
  return (
    <form class="stack times" onSubmit={(event) => void save(event)}>
      <p class="fine">{said.lede}</p>
      {spans.length === 0 && <p class="lede">{said.none}</p>}
      {spans.map((span, at) => (
        <Time key={at} span={span} said={said} onChange={(changed) => change(at, changed)} />
      ))}
      {told !== 'saved' && !unlinked && within !== agent.on && (
        <p class="fine">{within ? said.switchesOn : said.switchesOff}</p>
      )}
      <div class="actions">
        <button type="button" class="btn" onClick={() => setSpans([...spans, OFFICE_HOURS])}>
          {said.add}
        </button>
        <button type="submit" class="btn primary">
          {said.save}
        </button>
      </div>
      <p class="fine" role="status">
        {told === 'no-day' && said.noDay}
        {told === 'saved' && (spans.length === 0 ? said.saved : saved)}{' '}
        {next && fill(next.on ? said.nextOn : said.nextOff, { at: writeMoment(language, next.at, Date.now()) })}
      </p>
    </form>
  );
}

function Time({
  span,
  said,
  onChange,
}: {
  readonly span: Span;
  readonly said: ScheduleWords;
  readonly onChange: (span: Span | null) => void;
}) {
  return (
    <fieldset class="time">
      <legend class="sr">{`${span.from}–${span.to}`}</legend>
      <Days days={span.days} onDays={(days) => onChange({ ...span, days })} />
      <div class="hours">
        <label>
          {said.from}
          <input
            class="field small"
            type="time"
            required
            value={span.from}
            onChange={({ currentTarget }) => onChange({ ...span, from: currentTarget.value || span.from })}
          />
        </label>
        <label>
          {said.to}
          <input
            class="field small"
            type="time"
            required
            value={span.to === '24:00' ? '00:00' : span.to}
            onChange={({ currentTarget }) => onChange({ ...span, to: currentTarget.value || span.to })}
          />
        </label>
        <button
          type="button"
          class="btn quiet"
          aria-label={said.remove}
          title={said.remove}
          onClick={() => onChange(null)}
        >
          ×
        </button>
      </div>
      {span.to <= span.from && <small class="fine">{said.nextDay}</small>}
    </fieldset>
  );
}

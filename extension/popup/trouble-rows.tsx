/** Draws the rows of a card on which something is wrong: an agent that fails or has reached a limit, a number that is not connected or restricted. Loaded when one is shown. */
import type { Limit } from '../../shared/contract/switched-by.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { describeClock, describeReport } from '../../shared/locales/description.ts';
import { faultAdvice } from '../../shared/locales/fault-advice.ts';
import { fill, writeMoment } from '../../shared/locales/format.ts';
import { loadAgentFaultWords, loadCostWords } from '../../shared/locales/load.ts';
import { writeMoney } from '../../shared/locales/money.ts';
import { answering } from '../../shared/rules/answering.ts';
import { Chevron, Icon, StatusIcon } from '../components/icons.tsx';
import { useSpeech, writeNumber } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { useReportWords } from '../components/report-words.ts';
import { openAgent } from './agent-tab.ts';
import { isAlarming, limitReached } from './face.ts';
import { PlainNumberRow } from './plain-number-row.tsx';

/** A try that is nearer needs no time of day. */
const SOON_MS = 60_000;

type AgentProps = { readonly agent: AgentSnapshot; readonly name: string; readonly count: Intl.NumberFormat };

/** A fault comes before a limit: while the agent is on, no limit has turned it off. */
export function AgentTroubleRow({ agent, name, count }: AgentProps) {
  if (agent.on && agent.lastFault) return <FailingRow agent={agent} name={name} {...agent.lastFault} />;
  return <LimitRow agent={agent} name={name} count={count} />;
}

function LimitRow({ agent, name, count }: AgentProps) {
  const { language } = useSpeech();
  const words = useWords(loadCostWords);
  const limit = limitReached(agent) ?? 'answers';
  const write = (value: number | null): string => {
    if (value === null) return '…';
    const isMoney = limit === 'money' || limit === 'month';
    return isMoney ? writeMoney(language, agent.cost?.currency ?? 'USD', value) : count.format(value);
  };
  const [spent, most] = spentOf(agent, limit);
  return (
    <li data-is="reconnecting" data-wrong>
      <button type="button" onClick={() => openAgent(agent.id, null)}>
        <Icon of="brake" />
        <span class="what">
          {words && fill(words.limits[limit], { count: write(spent), limit: write(most) })}
          <small>{name}</small>
        </span>
        <span class="aside">
          <Chevron />
        </span>
      </button>
    </li>
  );
}

/** Tells how much the agent has spent, and how much it may; null where an older relay does not say. */
function spentOf({ today, limits, cost }: AgentSnapshot, limit: Limit): readonly [number | null, number | null] {
  switch (limit) {
    case 'answers':
      return [today.answers, limits?.answers ?? null];
    case 'tokens':
      return [today.inputTokens + today.outputTokens, limits?.tokens ?? null];
    case 'money':
      return [cost?.day ?? null, cost?.dayLimit ?? null];
    case 'month':
      return [cost?.month ?? null, cost?.monthLimit ?? null];
  }
}

type FailingProps = NonNullable<AgentSnapshot['lastFault']> & { readonly agent: AgentSnapshot; readonly name: string };

function FailingRow({ agent, name, fault, at, httpStatus }: FailingProps) {
  const { words, language } = useSpeech();
  const faults = useWords(loadAgentFaultWords);
  const alarming = answering(agent, Date.now()) !== 'answering';
  const advice = faults && faultAdvice(faults, fault, httpStatus);
  return (
    <li data-is={alarming ? 'attention' : 'reconnecting'} data-wrong>
      <button type="button" onClick={() => openAgent(agent.id, fault)}>
        <StatusIcon of="attention" />
        <span class="what">
          {advice && withoutStop(advice.sentence)}
          <small>{fill(words.face.since, { what: name, at: writeMoment(language, at, Date.now()) })}</small>
          {advice && <small>{advice.remedy}</small>}
        </span>
        <span class="aside">
          <Chevron />
        </span>
      </button>
    </li>
  );
}

type NumberProps = { readonly agent: AgentSnapshot; readonly now: number };

/** The number's row while it is not connected, or while WhatsApp restricts it. */
export function NumberTroubleRow(props: NumberProps) {
  return props.agent.link.status === 'connected' ? <RestrictedRow {...props} /> : <LostNumberRow {...props} />;
}

/** The status' own sentence, or why it is not connected. */
function LostNumberRow({ agent, now }: NumberProps) {
  const { words, language } = useSpeech();
  const shared = useReportWords();
  const { link } = agent;
  if (!shared) return <PlainNumberRow agent={agent} />;
  const { label, description, remedy } = describeReport(link, shared);
  const own = description === shared.statuses[link.status].description || link.status === 'connecting';
  const since = fill(words.face.statusSince, { status: label, at: writeMoment(language, link.since, now) });
  const nextTry =
    link.retryAt !== null && link.retryAt - now > SOON_MS
      ? fill(words.card.nextTry, { at: writeMoment(language, link.retryAt, now) })
      : '';
  const small = own ? [description, nextTry] : [since, remedy ?? '', nextTry];
  return (
    <li class="status" data-is={isAlarming(link) ? 'attention' : link.status} data-wrong>
      <p>
        <StatusIcon of={isAlarming(link) ? 'attention' : link.status} />
        <span class="what">
          {own ? label : withoutStop(description)}
          <small>{small.filter(Boolean).join(' ')}</small>
        </span>
      </p>
    </li>
  );
}

function RestrictedRow({ agent: { link } }: Pick<NumberProps, 'agent'>) {
  const { words } = useSpeech();
  return (
    <li class="status" data-is="attention" data-wrong>
      <p>
        <StatusIcon of="attention" />
        <span class="what">
          {words.face.restricted}
          <small>{link.account && fill(words.face.linkedOn, { number: writeNumber(link.account.number) })}</small>
        </span>
      </p>
    </li>
  );
}

/** That this computer's clock is wrong. */
export function ClockLine({ link }: Pick<AgentSnapshot, 'link'>) {
  const words = useReportWords();
  return words && <p class="say">{describeClock(link, words)}</p>;
}

/** A sentence as a heading. */
function withoutStop(sentence: string): string {
  return sentence.endsWith('.') ? sentence.slice(0, -1) : sentence;
}

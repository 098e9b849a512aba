/** Draws a row for each thing that an answer needs: whom, with what, through which number. The one that is wrong says so, and the others stay as they are. */
import { useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { AgentFault } from '../../shared/contract/agent.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { describeReport } from '../../shared/locales/description.ts';
import { faultAdvice } from '../../shared/locales/fault-advice.ts';
import { fill, writeMoment } from '../../shared/locales/format.ts';
import { loadAgentFaultWords } from '../../shared/locales/load.ts';
import type { PopupWords } from '../../shared/locales/words.ts';
import { answering } from '../../shared/rules/answering.ts';
import { Chevron, Icon, StatusIcon } from '../components/icons.tsx';
import { useSpeech, writeNumber } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { hashOf } from '../components/options-link.ts';
import { isAlarming, limitReached, type Need } from './face.ts';
import type { PopupModel } from './popup-model.ts';

type Props = {
  readonly model: PopupModel;
  readonly agent: AgentSnapshot;
  readonly fresh: boolean;
  readonly wrong: Need | null;
  readonly now: number;
};

/** A try that is nearer needs no time of day. */
const SOON_MS = 60_000;

export function FaceRows(props: Props) {
  return (
    <ul class="rows">
      {props.agent.link.account && <WhomRow {...props} />}
      <AgentRow {...props} />
      <NumberRow {...props} />
    </ul>
  );
}

function WhomRow({ model, agent, fresh, wrong, now }: Props) {
  const { words } = useSpeech();
  const { face } = words;
  const isWrong = fresh && wrong === 'whom';
  const scope = scopeOf(agent, face);
  return (
    <li data-is={isWrong ? 'reconnecting' : undefined} data-wrong={isWrong || undefined}>
      <button type="button" disabled={!fresh} onClick={() => model.open({ type: 'answered', agent: agent.id })}>
        <Icon of="sieve" />
        <span class="what">
          {isWrong ? (answering(agent, now) === 'nobody-chosen' ? face.nobodyChosen : face.contactsUnknown) : scope}
          {isWrong && <small>{scope}</small>}
        </span>
        <span class="aside">
          <Chevron />
        </span>
      </button>
    </li>
  );
}

function scopeOf({ scope }: AgentSnapshot, face: PopupWords['face']): string {
  return scope === 'everyone' || scope === 'listed' || scope === 'unknown-people' ? face.scope[scope] : face.noScope;
}

/** One cause is shown: a fault of the agent's, or a limit, where nothing before it is wrong. */
function AgentRow({ agent, fresh, wrong }: Props) {
  const { words, language } = useSpeech();
  const { face } = words;
  const name = nameOfAgent(agent, face);
  const isFirst = fresh && (wrong === null || wrong === 'agent');
  const limit = isFirst ? limitReached(agent) : null;
  const count = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const tokens = agent.today.inputTokens + agent.today.outputTokens;
  const spent =
    agent.adapter === 'built-in' ? face.free : tokens > 0 && fill(face.tokens, { count: count.format(tokens) });
  if (isFirst && agent.on && agent.lastFault) return <FailingRow agent={agent} name={name} {...agent.lastFault} />;
  if (limit !== null)
    return (
      <li data-is="reconnecting" data-wrong>
        <button type="button" onClick={() => openAgent(agent.id, null)}>
          <Icon of="brake" />
          <span class="what">
            {limitText(agent, limit, face, count)}
            <small>{name}</small>
          </span>
          <span class="aside">
            <Chevron />
          </span>
        </button>
      </li>
    );
  return (
    <li>
      <button
        type="button"
        disabled={!fresh}
        title={tokens > 0 ? face.tokensMeaning : undefined}
        onClick={() => openAgent(agent.id, null)}
      >
        <Icon of="chip" />
        <span class="what">{name}</span>
        <span class="aside">{spent}</span>
      </button>
    </li>
  );
}

function limitText(
  { limits, today }: AgentSnapshot,
  limit: 'answers' | 'tokens',
  face: PopupWords['face'],
  count: Intl.NumberFormat,
): string {
  const spent = limit === 'answers' ? today.answers : today.inputTokens + today.outputTokens;
  const sentence = limit === 'answers' ? face.ofAnswers : face.ofTokens;
  return fill(sentence, { count: count.format(spent), limit: limits === null ? '…' : count.format(limits[limit]) });
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

/** The name that the first agent is given is the product's own: it tells nobody anything. */
const FIRST_NAME = 'Recado';

function nameOfAgent({ name, adapter, model }: AgentSnapshot, { backEnds }: PopupWords['face']): string {
  const what = model ?? (Object.hasOwn(backEnds, adapter) ? backEnds[adapter as keyof typeof backEnds] : adapter);
  return name === FIRST_NAME ? what : `${name} · ${what}`;
}

/** The agent's form in the options, at the field that a fault is about. */
export function openAgent(agent: string, fault: AgentFault | null): void {
  const page = `${browser.runtime.getURL('/options.html')}${hashOf({ agent, fault })}`;
  void browser.tabs.create({ url: page }).then(() => window.close());
}

function NumberRow(props: Props) {
  const { agent, fresh, wrong } = props;
  const { link } = agent;
  if (!fresh) return <StaleNumberRow agent={agent} />;
  if (link.status !== 'connected') return <LostNumberRow {...props} />;
  if (wrong === 'number') return <RestrictedRow agent={agent} />;
  return <ConnectedRow model={props.model} agent={agent} />;
}

function StaleNumberRow({ agent: { link } }: Pick<Props, 'agent'>) {
  const { shared } = useSpeech();
  return (
    <li data-is={link.status} class="status">
      <p>
        <StatusIcon of={link.status} />
        <span class="what">{shared.statuses[link.status].label}</span>
        <span class="aside number">{link.account && writeNumber(link.account.number)}</span>
      </p>
    </li>
  );
}

/** The status' own sentence, or why it is not connected. */
function LostNumberRow({ agent, now }: Props) {
  const { words, shared, language } = useSpeech();
  const { link } = agent;
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

function RestrictedRow({ agent: { link } }: Pick<Props, 'agent'>) {
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

/** Its sentence is told as a tooltip and to ears, and stands there when the row is pressed. */
function ConnectedRow({ model, agent }: Pick<Props, 'model' | 'agent'>) {
  const { words, shared } = useSpeech();
  const [open, setOpen] = useState(false);
  const { link } = agent;
  const { label, description } = describeReport(link, shared);
  return (
    <li class="status" data-is="connected" data-open={open || undefined}>
      <button type="button" aria-expanded={open} title={description} onClick={() => setOpen(!open)}>
        <StatusIcon of="connected" />
        <span class="what">{label}</span>
        <span class="aside number">{link.account && writeNumber(link.account.number)}</span>
        {!open && <span class="sr">{description}</span>}
      </button>
      {open && (
        <p class="opens">
          {description}
          <button type="button" class="btn small" onClick={() => model.open({ type: 'unlinking', agent: agent.id })}>
            {words.unlink.act}
          </button>
        </p>
      )}
    </li>
  );
}

/** A sentence as a heading. */
function withoutStop(sentence: string): string {
  return sentence.endsWith('.') ? sentence.slice(0, -1) : sentence;
}

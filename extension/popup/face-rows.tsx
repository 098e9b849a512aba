/** Draws a row for each thing that an answer needs: whom, with what, through which number. The one that is wrong says so, and the others stay as they are. */
import { useState } from 'preact/hooks';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill } from '../../shared/locales/format.ts';
import { describeState } from '../../shared/locales/state-description.ts';
import type { PopupWords } from '../../shared/locales/words.ts';
import { answering } from '../../shared/rules/answering.ts';
import { Chevron, Icon, StatusIcon } from '../components/icons.tsx';
import { useSpeech, writeNumber } from '../components/layout.tsx';
import { hasAgentTrouble, type Need } from './face.ts';
import { Lazy } from './lazy.tsx';
import { PlainNumberRow } from './plain-number-row.tsx';
import type { PopupModel } from './popup-model.ts';

type Props = {
  readonly model: PopupModel;
  readonly agent: AgentSnapshot;
  readonly fresh: boolean;
  readonly wrong: Need | null;
  readonly now: number;
};

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

/** Less than it is something as well: in millionths. */
const CENT = 10_000;

/** One cause is shown: a fault of the agent's, or a limit, where nothing before it is wrong. */
function AgentRow({ agent, fresh, wrong }: Props) {
  const { words, language } = useSpeech();
  const { face } = words;
  const name = nameOfAgent(agent, face);
  const isFirst = fresh && (wrong === null || wrong === 'agent');
  const count = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const tokens = agent.today.inputTokens + agent.today.outputTokens;
  const { cost } = agent;
  const spent =
    agent.adapter === 'built-in'
      ? face.free
      : cost?.day
        ? new Intl.NumberFormat(language, { style: 'currency', currency: cost.currency }).format(
            Math.max(cost.day, CENT) / 1e6,
          )
        : tokens > 0 && fill(face.tokens, { count: count.format(tokens) });
  const row = (
    <li>
      <button
        type="button"
        disabled={!fresh}
        title={tokens > 0 ? face.tokensMeaning : undefined}
        onClick={() => void import('./agent-tab.ts').then(({ openAgent }) => openAgent(agent.id, null))}
      >
        <Icon of="chip" />
        <span class="what">{name}</span>
        <span class="aside">{spent}</span>
      </button>
    </li>
  );
  if (!isFirst || !hasAgentTrouble(agent)) return row;
  return (
    <Lazy
      key="trouble"
      load={async () => (await import('./trouble-rows.tsx')).AgentTroubleRow}
      with={{ agent, name, count }}
      meanwhile={row}
    />
  );
}

/** The name that the first agent is given is the product's own: it tells nobody anything. */
const FIRST_NAME = 'Recado';

function nameOfAgent({ name, adapter, model }: AgentSnapshot, { backEnds }: PopupWords['face']): string {
  const what =
    model ?? (Object.hasOwn(backEnds, adapter) ? backEnds[adapter as keyof typeof backEnds] : nameOf(adapter));
  return name === FIRST_NAME ? what : `${name} · ${what}`;
}

/** Most are called as the service is. */
function nameOf(adapter: string): string {
  return `${adapter.charAt(0).toUpperCase()}${adapter.slice(1)}`;
}

function NumberRow({ model, agent, fresh, wrong, now }: Props) {
  if (fresh && wrong !== 'number') return <ConnectedRow model={model} agent={agent} />;
  const row = <PlainNumberRow agent={agent} />;
  if (!fresh) return row;
  return (
    <Lazy
      key="trouble"
      load={async () => (await import('./trouble-rows.tsx')).NumberTroubleRow}
      with={{ agent, now }}
      meanwhile={row}
    />
  );
}

/** Its sentence is told as a tooltip and to ears, and stands there when the row is pressed. */
function ConnectedRow({ model, agent }: Pick<Props, 'model' | 'agent'>) {
  const { words, shared } = useSpeech();
  const [open, setOpen] = useState(false);
  const { link } = agent;
  const { label } = shared.statuses.connected;
  const description = describeState(link, shared) ?? '';
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
            {words.menu.unlink}
          </button>
        </p>
      )}
    </li>
  );
}

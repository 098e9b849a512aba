/** Which screen stands there: the connection's state decides, then the panel, then how many agents there are. */

import { useRef } from 'preact/hooks';
import type { AgentSnapshot, Snapshot } from '../../shared/contract/wire.ts';
import { countOf, describeState, sayTruth } from '../../shared/locales/state-description.ts';
import type { Words } from '../../shared/locales/words.ts';
import { Bar, useSpeech } from '../components/layout.tsx';
import { AgentScreen } from './agent-screen.tsx';
import { Lazy } from './lazy.tsx';
import type { PopupModel } from './popup-model.ts';

export function Popup({ model }: { readonly model: PopupModel }) {
  return (
    <>
      <Screen model={model} />
      <LiveRegion model={model} />
    </>
  );
}

function Screen({ model }: { readonly model: PopupModel }) {
  const state = model.session.state.value;
  const last = model.last.value;
  if (model.panel.value?.type === 'help')
    return <Lazy key="help" load={async () => (await import('./help-screen.tsx')).HelpScreen} with={{ model }} />;
  if (state.type === 'refused') {
    const screen = async () => (await import('./pair-screen.tsx')).PairScreen;
    return <Lazy key="pair" load={screen} with={{ model, why: state.why }} />;
  }
  if (state.type === 'ready') return <Agents model={model} snapshot={state.snapshot} asOf={null} />;
  const tried = state.type === 'waiting' || ('attempt' in state && state.attempt > 0);
  if (tried) {
    const screen = async () => (await import('./no-relay-screen.tsx')).NoRelayScreen;
    return <Lazy key="no-relay" load={screen} with={{ model, last }} />;
  }
  // The first moments: what was true last, and said to be so.
  return last ? <Agents model={model} snapshot={last} asOf={last.at} /> : <Bar />;
}

function Agents({
  model,
  snapshot,
  asOf,
}: {
  readonly model: PopupModel;
  readonly snapshot: Snapshot;
  readonly asOf: number | null;
}) {
  const panel = model.panel.value;
  const { agents } = snapshot;
  const wanted = panel?.agent ?? model.chosen.value;
  const agent = agents.find(({ id }) => id === wanted) ?? (agents.length === 1 ? agents[0] : undefined);
  const choose = (id: string | null): void => {
    model.chosen.value = id;
  };
  if (agent && panel?.type === 'linking') {
    const screen = async () => (await import('./linking-screen.tsx')).LinkingScreen;
    return <Lazy key="linking" load={screen} with={{ model, agent, code: panel.code, named: agents.length > 1 }} />;
  }
  if (agent && panel?.type === 'answered') {
    const screen = async () => (await import('./answered-screen.tsx')).AnsweredScreen;
    return <Lazy key="answered" load={screen} with={{ model, agent }} />;
  }
  if (agent && panel?.type === 'schedule') {
    const screen = async () => (await import('./schedule-screen.tsx')).ScheduleScreen;
    return <Lazy key="schedule" load={screen} with={{ model, agent }} />;
  }
  if (agent && panel?.type === 'reasons') {
    const screen = async () => (await import('./reasons-screen.tsx')).ReasonsScreen;
    return <Lazy key="reasons" load={screen} with={{ model, agent }} />;
  }
  return (
    <>
      {agent ? (
        <AgentScreen
          model={model}
          agent={agent}
          others={agents.filter((other) => other !== agent)}
          asOf={asOf}
          onChoose={choose}
        />
      ) : (
        <Lazy
          key="list"
          load={async () => (await import('./agent-list-screen.tsx')).AgentListScreen}
          with={{ model, agents, asOf, onChoose: choose }}
        />
      )}
      {agent && panel?.type === 'unlinking' && (
        <Lazy
          key="unlinking"
          load={async () => (await import('./unlink-sheet.tsx')).UnlinkSheet}
          with={{ model, agent }}
          meanwhile={null}
        />
      )}
      {agent && panel?.type === 'scope' && (
        <Lazy
          key="scope"
          load={async () => (await import('../components/dialogs.tsx')).ScopeSheet}
          with={{ model, agent }}
          meanwhile={null}
        />
      )}
    </>
  );
}

/** What WhatsApp asks the person for while a number is linked; empty where it asks for nothing new. Ends in another space each second time: the same words again are told again. */
function linkingNews({ link }: AgentSnapshot, shared: Words): string {
  const renewals = link.qr?.renewals ?? 0;
  const isNews = renewals > 0 || link.phase === 'code-typed' || link.phase === 'code-worn';
  if (link.status !== 'connecting' || !isNews) return '';
  return `${describeState(link, shared) ?? ''}${renewals % 2 === 0 ? '\u00a0' : ' '}`;
}

/** The same for ears: told politely whenever it changes, and only on a fresh word from the relay. Of several agents those that changed. */
function LiveRegion({ model }: { readonly model: PopupModel }) {
  const { words, shared } = useSpeech();
  const state = model.session.state.value;
  const heard = useRef({ agents: new Map<string, string>(), text: '' });
  const agents = state.type === 'ready' ? state.snapshot.agents : [];
  const sentences = new Map(
    agents.map((agent) => {
      const status = `${shared.statuses[agent.link.status].label}. ${linkingNews(agent, shared)}${sayTruth(agent, shared, Date.now())}.`;
      return [agent.id, agents.length > 1 ? `${agent.name}: ${status}` : status] as const;
    }),
  );
  const before = heard.current;
  const changed = [...sentences].filter(([id, sentence]) => before.agents.get(id) !== sentence).map(([, each]) => each);
  const isFirst = before.agents.size === 0 && agents.length > 1;
  const text =
    state.type === 'waiting'
      ? `${words.noRelay.sign}. ${words.noRelay.title}.`
      : isFirst
        ? `${countOf(agents, words.agents, Date.now())}.`
        : changed.length > 0
          ? changed.join(' ')
          : before.text;
  heard.current = { agents: state.type === 'waiting' ? new Map() : sentences, text };
  return (
    <p class="sr" role="status">
      {text}
    </p>
  );
}

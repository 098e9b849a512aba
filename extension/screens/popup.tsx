/** Which screen stands there: the line's state decides, then the panel, then how many agents there are. */
import { useSignal } from '@preact/signals';
import type { Snapshot } from '../../shared/wire.ts';
import { describeReport } from '../../shared/words/describe.ts';
import { AgentScreen } from './agent-screen.tsx';
import { Bar, useSpeech } from './frame.tsx';
import { LinkingScreen } from './linking-screen.tsx';
import { NoRelayScreen } from './no-relay-screen.tsx';
import { PairScreen } from './pair-screen.tsx';
import type { Agent, PopupModel } from './popup-model.ts';
import { ScopeSheet, UnlinkSheet } from './sheets.tsx';
import { StatusSign } from './signs.tsx';

export function Popup({ model }: { readonly model: PopupModel }) {
  const state = model.state.value;
  const last = model.last.value;
  if (state.type === 'refused') return <PairScreen model={model} why={state.why} />;
  if (state.type === 'ready') return <Agents model={model} snapshot={state.snapshot} asOf={null} />;
  const tried = state.type === 'waiting' || ('attempt' in state && state.attempt > 0);
  if (tried) return <NoRelayScreen model={model} last={last} />;
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
  const chosen = useSignal<string | null>(null);
  const panel = model.panel.value;
  const { agents } = snapshot;
  const only = agents.length === 1;
  const agent = agents.find(({ id }) => id === (panel?.agent ?? chosen.value)) ?? (only ? agents[0] : undefined);
  const back = only
    ? null
    : () => {
        chosen.value = null;
      };
  if (agent && panel?.type === 'linking') return <LinkingScreen model={model} agent={agent} code={panel.code} />;
  return (
    <>
      {agent ? (
        <AgentScreen model={model} agent={agent} asOf={asOf} onBack={back} />
      ) : (
        <AgentList
          agents={agents}
          asOf={asOf}
          onChoose={(id) => {
            chosen.value = id;
          }}
        />
      )}
      {agent && panel?.type === 'unlinking' && <UnlinkSheet model={model} agent={agent} />}
      {agent && panel?.type === 'scope' && <ScopeSheet model={model} agent={agent} />}
    </>
  );
}

function AgentList({
  agents,
  asOf,
  onChoose,
}: {
  readonly agents: readonly Agent[];
  readonly asOf: number | null;
  readonly onChoose: (id: string) => void;
}) {
  const { words, shared } = useSpeech();
  return (
    <>
      <Bar />
      <main>
        <h2 class="head">{words.card.agents}</h2>
        <ul class="agents">
          {agents.map(({ id, name, on, link }) => (
            <li key={id}>
              <button
                type="button"
                class="note agent"
                data-lit={(asOf === null && on && link.status === 'connected') || undefined}
                data-stale={asOf !== null || undefined}
                onClick={() => onChoose(id)}
              >
                <b>{name}</b>
                <span class="status" data-is={link.status}>
                  <StatusSign of={link.status} />
                  {describeReport(link, shared).label}
                  <span class="number">{on ? shared.guidance.switchedOn : shared.guidance.switchedOff}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </main>
    </>
  );
}

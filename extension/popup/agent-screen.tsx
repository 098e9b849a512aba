import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill } from '../../shared/locales/format.ts';
import { Chevron } from '../components/icons.tsx';
import { Bar, Main, useSpeech } from '../components/layout.tsx';
import { AgentNote } from './agent-note.tsx';
import { Lazy } from './lazy.tsx';
import { Menu } from './popup-menu.tsx';
import type { PopupModel } from './popup-model.ts';
import { isUnsteady } from './unsteady.ts';

type Props = {
  readonly model: PopupModel;
  readonly agent: AgentSnapshot;
  readonly others: readonly AgentSnapshot[];
  /** When this was true, epoch ms, where the relay has not spoken yet; null while it speaks. */
  readonly asOf: number | null;
  readonly onChoose: (id: string | null) => void;
};

export function AgentScreen({ model, agent, others, asOf, onChoose }: Props) {
  const { words } = useSpeech();
  const { link } = agent;
  const fresh = asOf === null;
  const inUse = fresh && link.cause === 'number-in-use' && link.status === 'offline';
  const holder = onlyHolder(others);
  const primary = link.status !== 'connected' && (
    <Lazy
      key="primary"
      load={async () => (await import('./primary-action.tsx')).PrimaryAction}
      with={{ model, agent, disabled: !fresh }}
      meanwhile={null}
    />
  );
  return (
    <>
      <Bar title={others.length > 0 ? agent.name : 'Recado'} onBack={others.length > 0 ? () => onChoose(null) : null}>
        <Menu model={model} agent={fresh ? agent : null} />
      </Bar>
      <Main by={link.account ? 'content' : 'itself'}>
        {inUse ? (
          <Lazy
            key="in-use"
            load={async () => (await import('./in-use-note.tsx')).InUseNote}
            with={{ holder }}
            meanwhile={null}
          />
        ) : (
          <AgentNote model={model} agent={agent} asOf={asOf}>
            {primary}
            {fresh && holder && link.status === 'offline' && link.account === null && (
              <Lazy
                key="take"
                load={async () => (await import('./unlinked-agent.tsx')).TakeNumber}
                with={{ model, agent, holder }}
                meanwhile={null}
              />
            )}
          </AgentNote>
        )}
        {link.account && <Linked model={model} agent={agent} fresh={fresh} />}
        {!link.account && !inUse && (
          <Lazy
            key="advice"
            load={async () => (await import('./unlinked-agent.tsx')).LinkingAdvice}
            with={{}}
            meanwhile={null}
          />
        )}
      </Main>
      <footer>
        {inUse && (
          <div class="act">
            {primary}
            {holder && (
              <Lazy
                key="ways"
                load={async () => (await import('./unlinked-agent.tsx')).InUseWays}
                with={{ model, agent, holder, onChoose }}
                meanwhile={null}
              />
            )}
          </div>
        )}
        {link.account && (
          <div class="foot">
            <button
              type="button"
              class="go"
              disabled={!fresh}
              onClick={() => model.open({ type: 'reasons', agent: agent.id })}
            >
              {words.reasons.title}
              <span class="aside">
                {agent.skippedToday > 0 && fill(words.reasons.today, { count: agent.skippedToday })}
              </span>
              <Chevron />
            </button>
          </div>
        )}
      </footer>
    </>
  );
}

/** Under the note of a linked agent: help when the connection is unsteady, and the latest chats. */
function Linked({ model, agent, fresh }: Pick<Props, 'model' | 'agent'> & { readonly fresh: boolean }) {
  if (!fresh) return null;
  return (
    <>
      {isUnsteady(agent, Date.now()) && (
        <Lazy
          key="unsteady"
          load={async () => (await import('./unsteady-help.tsx')).UnsteadyHelp}
          with={{ model, agent }}
          meanwhile={null}
        />
      )}
      <Lazy
        key="latest"
        load={async () => (await import('./latest-chats.tsx')).LatestChats}
        with={{ model, agent }}
        meanwhile={null}
      />
    </>
  );
}

/** With one linked agent beside, it is plain who has the number; with several the relay alone knows. */
function onlyHolder(others: readonly AgentSnapshot[]): AgentSnapshot | null {
  const linked = others.filter(({ link }) => link.account !== null);
  return linked.length === 1 ? (linked[0] ?? null) : null;
}

/** One agent filling the popup: its face, the latest chats, and the way to the reasons. */
import { handOver, takeOver } from '../../shared/contract/commands/link-commands.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill } from '../../shared/locales/format.ts';
import { type NextAction, nextAction } from '../../shared/rules/next-action.ts';
import { useFirstFocus } from '../components/first-focus.ts';
import { Chevron, Icon } from '../components/icons.tsx';
import { Bar, Main, useSpeech, writeNumber } from '../components/layout.tsx';
import { AgentNote } from './agent-note.tsx';
import { Lazy } from './lazy.tsx';
import { openPasskeyPage } from './passkey-page-tab.ts';
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
  const holder = inUse ? onlyHolder(others) : null;
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
            <PrimaryAction model={model} agent={agent} disabled={!fresh} />
            {fresh && link.status === 'offline' && link.account === null && (
              <TakeNumber {...{ model, agent, others }} />
            )}
          </AgentNote>
        )}
        {link.account ? <Linked model={model} agent={agent} fresh={fresh} /> : !inUse && <Advice />}
      </Main>
      <footer>
        {inUse && (
          <div class="act">
            <PrimaryAction model={model} agent={agent} disabled={!fresh} />
            {holder && (
              <>
                <button
                  type="button"
                  class="btn"
                  disabled={model.session.acting.value}
                  onClick={() => void model.session.act(handOver, { agent: holder.id, to: agent.id })}
                >
                  {fill(words.inUse.handOver, { name: agent.name })}
                </button>
                <button type="button" class="btn" onClick={() => onChoose(holder.id)}>
                  {fill(words.inUse.open, { name: holder.name })}
                </button>
              </>
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

type PrimaryActionProps = Pick<Props, 'model' | 'agent'> & { readonly disabled: boolean };

/** The one thing to do next about the link, where there is one. */
function PrimaryAction({ model, agent, disabled }: PrimaryActionProps) {
  const { words } = useSpeech();
  const way = nextAction(agent.link);
  const first = useFirstFocus<HTMLButtonElement>(!disabled);
  if (way === null) return null;
  const labels: Record<NonNullable<NextAction>, string> = {
    code: words.card.showCode,
    passkey: words.card.passkeyGo,
    scan: words.card.scan,
    again: words.card.again,
    'take-over': words.card.takeOver,
    'try-now': words.card.tryNow,
  };
  const act = (): void => {
    if (way === 'passkey') openPasskeyPage(agent.id);
    else if (way === 'take-over' || way === 'try-now') void model.session.act(takeOver, { agent: agent.id });
    else void model.openLinking(agent.id);
  };
  // A connection that is being restored needs nobody.
  const isQuiet = agent.link.status === 'reconnecting';
  return (
    <div class="note-act">
      <button
        type="button"
        class={isQuiet ? 'btn' : 'btn primary'}
        ref={isQuiet ? null : first}
        disabled={disabled || model.session.acting.value}
        onClick={act}
      >
        {(way === 'scan' || way === 'code') && <Icon of="code" />}
        {labels[way]}
      </button>
    </div>
  );
}

/** A number that another agent has can become this one's, without a scan. */
function TakeNumber({ model, agent, others }: Pick<Props, 'model' | 'agent' | 'others'>) {
  const { words } = useSpeech();
  const holder = onlyHolder(others);
  if (!holder?.link.account) return null;
  return (
    <button
      type="button"
      class="btn below"
      disabled={model.session.acting.value}
      onClick={() => void model.session.act(handOver, { agent: holder.id, to: agent.id })}
    >
      {fill(words.inUse.take, { number: writeNumber(holder.link.account.number), name: holder.name })}
    </button>
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

function Advice() {
  const { words, shared } = useSpeech();
  return (
    <>
      <section class="callout soft pictured">
        <Icon of="phone" />
        <h3>{shared.guidance.dedicatedNumberHeading}</h3>
        <p>{shared.guidance.dedicatedNumber}</p>
      </section>
      <section class="callout pictured">
        <Icon of="bubble" />
        <h3>{words.card.replyOnly}</h3>
        <p>{words.card.replyOnlyText}</p>
      </section>
      <p class="fine push">{words.card.beta}</p>
    </>
  );
}

/** With one linked agent beside, it is plain who has the number; with several the relay alone knows. */
function onlyHolder(others: readonly AgentSnapshot[]): AgentSnapshot | null {
  const linked = others.filter(({ link }) => link.account !== null);
  return linked.length === 1 ? (linked[0] ?? null) : null;
}

/** The note: who answers, what an answer needs, the one act, the switch and what happens now. Lit only on a fresh word from the relay that the agent answers. */
import type { ComponentChildren } from 'preact';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill, writeMoment } from '../../shared/locales/format.ts';
import { answering } from '../../shared/rules/answering.ts';
import { AgentSwitch } from '../components/agent-switch.tsx';
import { useSpeech } from '../components/layout.tsx';
import { useNow } from '../components/use-now.ts';
import { limitReached, sayWhoAnswers, wrongNeed } from './face.ts';
import { FaceRows } from './face-rows.tsx';
import { Lazy } from './lazy.tsx';
import { LiveLine } from './live-line.tsx';
import type { PopupModel } from './popup-model.ts';

type Props = {
  readonly model: PopupModel;
  readonly agent: AgentSnapshot;
  /** When this was true, epoch ms, where the relay has not spoken yet; null while it speaks. */
  readonly asOf: number | null;
  /** The act that the link needs next. */
  readonly children: ComponentChildren;
};

const MINUTE_STEP_MS = 10_000;

export function AgentNote({ model, agent, asOf, children }: Props) {
  const speech = useSpeech();
  const { shared, language, words } = speech;
  const now = useNow(MINUTE_STEP_MS);
  const { link } = agent;
  const fresh = asOf === null;
  const truth = answering(agent, now);
  const wrong = wrongNeed(agent, now);
  return (
    <section
      class="note"
      data-lit={(fresh && truth === 'answering') || undefined}
      data-stale={!fresh || undefined}
      aria-label={shared.guidance.cardTitle}
    >
      <div class="title">
        <h2>{shared.guidance.cardTitle}</h2>
        <span class="badge">{shared.guidance.betaBadge}</span>
      </div>
      <p class="truth">{sayWhoAnswers(agent, speech, now)}</p>
      {!fresh && <p class="say">{fill(words.card.asOf, { at: writeMoment(language, asOf, now) })}</p>}
      {agent.link.account && (
        <AgentSwitch
          model={model}
          agent={agent}
          fresh={fresh}
          onCut={() => model.open({ type: 'unlinking', agent: agent.id })}
        >
          {fresh && <LiveLine agent={agent} />}
        </AgentSwitch>
      )}
      <FaceRows model={model} agent={agent} fresh={fresh} wrong={wrong} now={now} />
      {fresh && link.clockAhead !== null && (
        <Lazy
          key="clock"
          load={async () => (await import('./trouble-rows.tsx')).ClockLine}
          with={{ link }}
          meanwhile={null}
        />
      )}
      {children}
      {fresh && link.status !== 'connected' && link.cause && link.cause !== 'not-linked' && (
        <p class="say more">
          <Lazy
            key={link.cause}
            load={async () => (await import('./more-about-cause.tsx')).MoreAboutCause}
            with={{ cause: link.cause }}
            meanwhile={null}
          />
        </p>
      )}
      {fresh &&
        link.status === 'connected' &&
        (wrong === 'whom' || wrong === 'agent' || limitReached(agent) !== null) && (
          <Lazy
            key="act"
            load={async () => (await import('./need-act.tsx')).NeedAct}
            with={{ model, agent, now }}
            meanwhile={null}
          />
        )}
      {fresh && truth === 'answering' && agent.now.catchingUp !== null && (
        <progress
          class="catch"
          value={agent.now.catchingUp.done}
          max={agent.now.catchingUp.of}
          aria-label={fill(words.live.catchingUp, agent.now.catchingUp)}
        />
      )}
      {fresh && !agent.on && (agent.backOnAt !== null || model.session.dropped.value?.agent === agent.id) && (
        <Lazy
          key="off"
          load={async () => (await import('./while-off.tsx')).WhileOff}
          with={{ model, agent, now }}
          meanwhile={null}
        />
      )}
      {fresh && hasRefusal(model, agent) && (
        <Lazy
          key="fault"
          load={async () => (await import('./fault-line.tsx')).FaultLine}
          with={{ model, agent }}
          meanwhile={null}
        />
      )}
    </section>
  );
}

/** A click came to nothing. */
function hasRefusal({ session }: PopupModel, { id }: AgentSnapshot): boolean {
  const { switching, fault } = session;
  const isFailed = switching.value?.agent === id && switching.value.phase === 'failed';
  return isFailed || fault.value?.agent === id;
}

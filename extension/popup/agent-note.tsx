/** The note: who answers, what an answer needs, the one act, the switch and what happens now. Lit only on a fresh word from the relay that the agent answers. */
import type { ComponentChildren } from 'preact';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { describeClock } from '../../shared/locales/description.ts';
import { fill, writeMoment } from '../../shared/locales/format.ts';
import type { Trouble } from '../../shared/locales/help-page.ts';
import { loadAgentFaultWords } from '../../shared/locales/load.ts';
import { answering } from '../../shared/rules/answering.ts';
import { tomorrowMorning } from '../../shared/rules/switch-times.ts';
import { AgentSwitch } from '../components/agent-switch.tsx';
import { useSpeech } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { useNow } from '../components/use-now.ts';
import { limitReached, sayWhoAnswers, wrongNeed } from './face.ts';
import { FaceRows, openAgent } from './face-rows.tsx';
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
const HOUR_MS = 3_600_000;

export function AgentNote({ model, agent, asOf, children }: Props) {
  const speech = useSpeech();
  const { shared, language, words } = speech;
  const now = useNow(MINUTE_STEP_MS);
  const { link } = agent;
  const fresh = asOf === null;
  const truth = answering(agent, now);
  const clock = describeClock(agent.link, shared);
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
      <FaceRows model={model} agent={agent} fresh={fresh} wrong={wrongNeed(agent, now)} now={now} />
      {fresh && clock && <p class="say">{clock}</p>}
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
      {fresh && <NeedAct model={model} agent={agent} now={now} />}
      {fresh && truth === 'answering' && agent.now.catchingUp !== null && (
        <progress
          class="catch"
          value={agent.now.catchingUp.done}
          max={agent.now.catchingUp.of}
          aria-label={fill(words.live.catchingUp, agent.now.catchingUp)}
        />
      )}
      {fresh && <Later model={model} agent={agent} now={now} />}
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

type PartProps = Pick<Props, 'model' | 'agent'> & { readonly now: number };

/** The one act for a need that is wrong while the number is connected, or for a limit that is reached. */
function NeedAct({ model, agent, now }: PartProps) {
  const { words } = useSpeech();
  const { face } = words;
  const truth = answering(agent, now);
  const { lastFault } = agent;
  if (agent.link.status !== 'connected') return null;
  if (limitReached(agent) !== null) return <Act label={face.goOn} onPress={() => void model.switchTo(agent, true)} />;
  if (truth === 'nobody-chosen' || truth === 'contacts-unknown')
    return <Act label={face.chooseChats} onPress={() => model.open({ type: 'answered', agent: agent.id })} />;
  if ((truth === 'key-refused' || truth === 'agent-failing') && lastFault !== null)
    return (
      <AgentAct
        label={truth === 'key-refused' ? face.changeKey : face.fixAgent}
        onPress={() => openAgent(agent.id, lastFault.fault)}
      />
    );
  return null;
}

type ActProps = { readonly label: string; readonly onPress: () => void };

/** Comes with the words above it, not before: a button that moves under a finger is pressed beside. */
function AgentAct(props: ActProps) {
  const words = useWords(loadAgentFaultWords);
  if (!words) return null;
  return (
    <>
      <Act {...props} />
      <More of="agent" />
    </>
  );
}

/** Leads to the place in the documents that explains it. */
function More({ of }: { readonly of: Trouble }) {
  return (
    <p class="say more">
      <Lazy
        key={of}
        load={async () => (await import('../components/more-about.tsx')).MoreAbout}
        with={{ trouble: of }}
        meanwhile={null}
      />
    </p>
  );
}

function Act({ label, onPress }: ActProps) {
  return (
    <div class="note-act">
      <button type="button" class="btn primary" onClick={onPress}>
        {label}
      </button>
    </div>
  );
}

/** Off until a time: it may be later. And what the last switching-off has dropped. */
function Later({ model, agent, now }: PartProps) {
  const { words } = useSpeech();
  const { face, card } = words;
  const dropped = model.session.dropped.value?.agent === agent.id ? model.session.dropped.value.count : 0;
  const { backOnAt } = agent;
  const until = (at: number) => (): void => void model.switchTo(agent, false, { until: at });
  if (agent.on) return null;
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

/** A click came to nothing. */
function hasRefusal({ session }: PopupModel, { id }: AgentSnapshot): boolean {
  const { switching, fault } = session;
  const isFailed = switching.value?.agent === id && switching.value.phase === 'failed';
  return isFailed || fault.value?.agent === id;
}

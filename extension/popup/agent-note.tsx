/** The note: one sentence of truth, the link, the switch. Lit only on a fresh word from the relay that the agent answers. */

import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { describeReport, sayTruth } from '../../shared/locales/description.ts';
import { fill, writeAgo, writeMoment } from '../../shared/locales/format.ts';
import { type Answering, answering } from '../../shared/rules/answering.ts';
import { AgentSwitch } from '../components/agent-switch.tsx';
import { StatusIcon } from '../components/icons.tsx';
import { useSpeech, writeNumber } from '../components/layout.tsx';
import { useNow } from '../components/use-now.ts';
import { Lazy } from './lazy.tsx';
import type { PopupModel } from './popup-model.ts';

type Props = {
  readonly model: PopupModel;
  readonly agent: AgentSnapshot;
  /** When this was true, epoch ms, where the relay has not spoken yet; null while it speaks. */
  readonly asOf: number | null;
};

const MINUTE_STEP_MS = 10_000;
/** The reasons that another choice of who is answered would end. */
const CHOOSING: ReadonlySet<Answering> = new Set(['nobody-chosen', 'contacts-unknown']);

export function AgentNote({ model, agent, asOf }: Props) {
  const { shared, language, words } = useSpeech();
  const { link } = agent;
  const { description, remedy, note } = describeReport(link, shared);
  const now = useNow(MINUTE_STEP_MS);
  const fresh = asOf === null;
  const truth = answering(agent, now);
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
      <p class="truth">
        {sayTruth(agent, shared, now)}
        {fresh && CHOOSING.has(truth) && (
          <>
            {' '}
            <button type="button" class="in-line" onClick={() => model.open({ type: 'answered', agent: agent.id })}>
              {words.card.choose}
            </button>
          </>
        )}
      </p>
      <LinkLine agent={agent} now={now} />
      <p class="say">
        {fresh ? description : fill(words.card.asOf, { at: writeMoment(language, asOf, now) })}
        {fresh && remedy && ` ${remedy}`}
        {fresh && link.cause && link.status !== 'connected' && (
          <Lazy
            key={link.cause}
            load={async () => (await import('./more-about-cause.tsx')).MoreAboutCause}
            with={{ cause: link.cause }}
            meanwhile={null}
          />
        )}
      </p>
      {fresh && note && <p class="say">{note}</p>}
      {link.account && (
        <AgentSwitch
          model={model}
          agent={agent}
          fresh={fresh}
          onCut={() => model.open({ type: 'unlinking', agent: agent.id })}
        />
      )}
      {fresh && agent.on && (agent.now.answering !== null || agent.now.heldChats > 0) && (
        <Lazy
          key="now"
          load={async () => (await import('./now-lines.tsx')).NowLines}
          with={{ model, agent }}
          meanwhile={null}
        />
      )}
      {fresh && hasFault(model, agent) && (
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

function LinkLine({ agent: { link }, now }: { readonly agent: AgentSnapshot; readonly now: number }) {
  const { shared, language, words } = useSpeech();
  const since = { at: writeMoment(language, link.since, now), ago: writeAgo(language, link.since, now) };
  const aside =
    link.status === 'reconnecting' ? fill(words.card.since, since) : link.account && writeNumber(link.account.number);
  return (
    <p class="status" data-is={link.status}>
      <StatusIcon of={link.status} />
      {shared.statuses[link.status].label}
      {aside && <span class="number">{aside}</span>}
    </p>
  );
}

/** A click that came to nothing, or a back end that fails. */
function hasFault({ session }: PopupModel, { id, on, lastFault }: AgentSnapshot): boolean {
  const { switching, fault } = session;
  const isFailed = switching.value?.agent === id && switching.value.phase === 'failed';
  return isFailed || fault.value?.agent === id || (on && lastFault !== null);
}

/** The note: one sentence of truth, the link, the switch. Lit only on a fresh word from the relay that the agent answers. */

import { describeReport } from '../../shared/locales/description.ts';
import { fill, writeAgo, writeMoment } from '../../shared/locales/format.ts';
import type { AgentSnapshot } from '../../shared/wire.ts';
import { AgentSwitch } from '../components/agent-switch.tsx';
import { StatusIcon } from '../components/icons.tsx';
import { useSpeech, writeNumber } from '../components/layout.tsx';
import { useNow } from '../components/use-now.ts';
import { FaultLine } from './fault-line.tsx';
import type { PopupModel } from './popup-model.ts';

type Props = {
  readonly model: PopupModel;
  readonly agent: AgentSnapshot;
  /** When this was true, epoch ms, where the relay has not spoken yet; null while it speaks. */
  readonly asOf: number | null;
};

const MINUTE_STEP_MS = 10_000;

export function AgentNote({ model, agent, asOf }: Props) {
  const { shared, language, words } = useSpeech();
  const { link } = agent;
  const { description, remedy, note } = describeReport(link, shared);
  const now = useNow(MINUTE_STEP_MS);
  const fresh = asOf === null;
  return (
    <section
      class="note"
      data-lit={(fresh && isAnswering(agent)) || undefined}
      data-stale={!fresh || undefined}
      aria-label={shared.guidance.cardTitle}
    >
      <div class="title">
        <h2>{shared.guidance.cardTitle}</h2>
        <span class="badge">{shared.guidance.betaBadge}</span>
      </div>
      <p class="truth">{truthOf(agent, words.truths)}</p>
      <LinkLine agent={agent} now={now} />
      <p class="say">
        {fresh ? description : fill(words.card.asOf, { at: writeMoment(language, asOf, now) })}
        {fresh && remedy && ` ${remedy}`}
      </p>
      {fresh && note && <p class="say">{note}</p>}
      {link.account && <AgentSwitch model={model} agent={agent} fresh={fresh} />}
      {fresh && <FaultLine model={model} agent={agent} />}
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

/** A scan is invited only where it would help: not under a ban, nor while another program holds the connection. */
const NO_SCAN = ['replaced', 'banned', 'banned-until', 'relay-outdated', 'unlinking', 'multi-device-off'];

export function mayScan({ link }: AgentSnapshot): boolean {
  return link.account === null && !NO_SCAN.includes(link.cause ?? '') && link.status !== 'reconnecting';
}

export function isAnswering({ on, link }: AgentSnapshot): boolean {
  return on && link.status === 'connected';
}

export function truthOf({ on, link }: AgentSnapshot, truths: ReturnType<typeof useSpeech>['words']['truths']): string {
  if (link.account === null) return link.status === 'connecting' ? truths.linking : truths.none;
  if (!on) return truths.off;
  return link.status === 'connected' ? truths.on : truths.lineDown;
}

/** What stands on the card of an agent without a number: advice before a number is linked, and another agent's number to be had. Loaded when it is shown. */
import { handOver } from '../../shared/contract/commands/link-commands.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill } from '../../shared/locales/format.ts';
import { loadLinkWords } from '../../shared/locales/load.ts';
import { Icon } from '../components/icons.tsx';
import { writeNumber } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import type { PopupModel } from './popup-model.ts';

export function LinkingAdvice() {
  const advice = useWords(loadLinkWords)?.advice;
  if (!advice) return null;
  return (
    <>
      <section class="callout soft pictured">
        <Icon of="phone" />
        <h3>{advice.dedicatedNumberHeading}</h3>
        <p>{advice.dedicatedNumber}</p>
      </section>
      <section class="callout pictured">
        <Icon of="bubble" />
        <h3>{advice.replyOnly}</h3>
        <p>{advice.replyOnlyText}</p>
      </section>
      <p class="fine push">{advice.beta}</p>
    </>
  );
}

type Props = {
  readonly model: PopupModel;
  readonly agent: AgentSnapshot;
  /** The agent that has a number. */
  readonly holder: AgentSnapshot;
};

/** A number that another agent has can become this one's, without a scan. */
export function TakeNumber({ model, agent, holder }: Props) {
  const words = useWords(loadLinkWords);
  if (!words || !holder.link.account) return null;
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

/** The two ways out where a scan met a number that `holder` has. */
export function InUseWays({ model, agent, holder, onChoose }: Props & { readonly onChoose: (id: string) => void }) {
  const words = useWords(loadLinkWords);
  if (!words) return null;
  return (
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
  );
}

/** The switch. It never runs ahead of the truth: it waits halfway until the relay has said so. */

import type { AgentSnapshot } from '../../shared/wire.ts';
import type { PopupModel } from '../popup/popup-model.ts';
import { useSpeech } from './layout.tsx';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot };

export function AgentSwitch({ model, agent, fresh }: Props & { readonly fresh: boolean }) {
  const { words, shared } = useSpeech();
  const { on, link } = agent;
  const means = on
    ? link.status === 'connected'
      ? words.card.answersAtOnce
      : words.card.answersLater
    : words.card.ignoresAll;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control
    <label class="power">
      <span>
        <span class="word">{on ? shared.guidance.switchedOn : shared.guidance.switchedOff}</span>
        <small>{means}</small>
      </span>
      <Switch model={model} agent={agent} disabled={!fresh} />
    </label>
  );
}

export function Switch({
  model,
  agent,
  disabled = false,
  named = false,
}: {
  readonly model: Pick<PopupModel, 'switching' | 'switchTo'>;
  readonly agent: AgentSnapshot;
  readonly disabled?: boolean;
  readonly named?: boolean;
}) {
  const { shared } = useSpeech();
  const { on } = agent;
  const asked = model.switching.value?.agent === agent.id && model.switching.value.phase === 'asked';
  const word = on ? shared.guidance.switchedOn : shared.guidance.switchedOff;
  return (
    <input
      class={named ? 'switch small' : 'switch'}
      type="checkbox"
      role="switch"
      checked={on}
      disabled={disabled}
      aria-checked={on}
      aria-busy={asked}
      aria-label={named ? `${agent.name}: ${word}` : word}
      onClick={(event) => {
        // It moves when the relay says so.
        event.preventDefault();
        if (!asked) void model.switchTo(agent, !on);
      }}
    />
  );
}

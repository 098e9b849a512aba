/** The switch. It never runs ahead of the truth: it waits halfway until the relay has said so. */

import type { AgentSnapshot } from '../../shared/wire.ts';
import type { RelaySession, SwitchChange } from '../relay-connection/relay-session.ts';
import { useSpeech } from './layout.tsx';

/** What moves the switch; a first time may be asked who is answered before anything is said to the relay. */
export type SwitchModel = {
  readonly session: Pick<RelaySession, 'switching'>;
  switchTo(agent: AgentSnapshot, on: boolean, change?: SwitchChange): Promise<void>;
};

type Props = { readonly model: SwitchModel; readonly agent: AgentSnapshot };

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
}: Props & { readonly disabled?: boolean; readonly named?: boolean }) {
  const { shared } = useSpeech();
  const { session } = model;
  const { on } = agent;
  const asked = session.switching.value?.agent === agent.id && session.switching.value.phase === 'asked';
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

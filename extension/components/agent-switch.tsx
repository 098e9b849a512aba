/** The switch. It never runs ahead of the truth: it waits halfway until the relay has said so. */

import { useEffect, useRef } from 'preact/hooks';
import { answering } from '../../shared/answering.ts';
import type { AgentSnapshot } from '../../shared/wire.ts';
import type { RelaySession, SwitchChange } from '../relay-connection/relay-session.ts';
import { useSpeech } from './layout.tsx';

/** What moves the switch; a first time may be asked who is answered before anything is said to the relay. */
export type SwitchModel = {
  readonly session: Pick<RelaySession, 'switching'>;
  switchTo(agent: AgentSnapshot, on: boolean, change?: SwitchChange): Promise<void>;
};

/** Nobody pressed a key yet: the ring comes with the first. `focusVisible` is not in the DOM's types. */
const QUIETLY: FocusOptions & { readonly focusVisible: boolean } = { preventScroll: true, focusVisible: false };

type Props = { readonly model: SwitchModel; readonly agent: AgentSnapshot };

export function AgentSwitch({ model, agent, fresh }: Props & { readonly fresh: boolean }) {
  const { words, shared } = useSpeech();
  const { on } = agent;
  const label = useRef<HTMLLabelElement>(null);
  // The space bar flips it as soon as the popup is open; a focus that somebody has is left where it is.
  useEffect(() => {
    if (fresh && document.activeElement === document.body) label.current?.querySelector('input')?.focus(QUIETLY);
  }, [fresh]);
  const truth = answering(agent, Date.now());
  const means = on
    ? truth === 'answering'
      ? words.card.answersAtOnce
      : truth === 'line-down'
        ? words.card.answersLater
        : words.card.answersNobody
    : words.card.ignoresAll;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control
    <label class="power" ref={label}>
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

/** The switch. It never runs ahead of the truth: it waits halfway until the relay has said so. */

import type { ComponentChildren } from 'preact';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import type { RelaySession, SwitchChange } from '../relay-connection/relay-session.ts';
import { useFirstFocus } from './first-focus.ts';
import { useSpeech } from './layout.tsx';

/** What moves the switch; a first time may be asked who is answered before anything is said to the relay. */
export type SwitchModel = {
  readonly session: Pick<RelaySession, 'switching'>;
  switchTo(agent: AgentSnapshot, on: boolean, change?: SwitchChange): Promise<void>;
};

type Props = { readonly model: SwitchModel; readonly agent: AgentSnapshot };

/** `onCut`: the key that takes away was pressed on it. `children`: what happens now. */
export function AgentSwitch({
  model,
  agent,
  fresh,
  onCut,
  children,
}: Props & { readonly fresh: boolean; readonly onCut: () => void; readonly children: ComponentChildren }) {
  const { shared } = useSpeech();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control
    <label class="power">
      <span>
        <span class="word">{agent.on ? shared.guidance.switchedOn : shared.guidance.switchedOff}</span>
        {children}
      </span>
      <SwitchButton model={model} agent={agent} disabled={!fresh} onCut={onCut} />
    </label>
  );
}

export function SwitchButton({
  model,
  agent,
  disabled = false,
  named = false,
  onCut,
}: Props & { readonly disabled?: boolean; readonly named?: boolean; readonly onCut?: () => void }) {
  const { shared } = useSpeech();
  const { session } = model;
  const { on } = agent;
  const asked = session.switching.value?.agent === agent.id && session.switching.value.phase === 'asked';
  const word = on ? shared.guidance.switchedOn : shared.guidance.switchedOff;
  // The space bar flips it as soon as the popup is open; of several none is the first.
  const first = useFirstFocus<HTMLInputElement>(!disabled && !named);
  return (
    <input
      ref={first}
      class={named ? 'switch small' : 'switch'}
      type="checkbox"
      role="switch"
      checked={on}
      disabled={disabled}
      aria-checked={on}
      aria-busy={asked}
      aria-label={named ? `${agent.name}: ${word}` : word}
      aria-keyshortcuts={onCut && 'Delete'}
      onKeyDown={({ key }) => {
        // Apple's keyboards have one key for both.
        if (key === 'Delete' || key === 'Backspace') onCut?.();
      }}
      onClick={(event) => {
        // It moves when the relay says so.
        event.preventDefault();
        if (!asked) void model.switchTo(agent, !on);
      }}
    />
  );
}

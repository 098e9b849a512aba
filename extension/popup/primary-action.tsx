/** The one thing to do next about the link, where there is one. Loaded when it is shown: a connected number needs nothing. */
import { takeOver } from '../../shared/contract/commands/link-commands.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { type NextAction, nextAction } from '../../shared/rules/next-action.ts';
import { useFirstFocus } from '../components/first-focus.ts';
import { Icon } from '../components/icons.tsx';
import { useSpeech } from '../components/layout.tsx';
import { openPasskeyPage } from './passkey-page-tab.ts';
import type { PopupModel } from './popup-model.ts';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot; readonly disabled: boolean };

export function PrimaryAction({ model, agent, disabled }: Props) {
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

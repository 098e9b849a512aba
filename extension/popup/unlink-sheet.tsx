/** The question whether a number is really to be unlinked. */

import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill } from '../../shared/locales/format.ts';
import { loadQuestionsWords } from '../../shared/locales/load.ts';
import { Sheet } from '../components/dialogs.tsx';
import { Icon } from '../components/icons.tsx';
import { useSpeech, writeNumber } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import type { PopupModel } from './popup-model.ts';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot };

export function UnlinkSheet({ model, agent }: Props) {
  const { words } = useSpeech();
  const unlink = useWords(loadQuestionsWords)?.unlink;
  const number = agent.link.account ? writeNumber(agent.link.account.number) : '';
  if (!unlink) return null;
  return (
    <Sheet title={fill(unlink.ask, { number })} onClose={() => model.closePanel()}>
      <ul>
        <li>
          <Icon of="unlink" />
          {unlink.leaves}
        </li>
        <li>
          <Icon of="code" />
          {unlink.back}
        </li>
        <li>
          <Icon of="phone" />
          {unlink.chats}
        </li>
      </ul>
      <p class="callout soft">{unlink.pause}</p>
      <div class="row-2">
        <button type="button" class="btn" data-first onClick={() => model.closePanel()}>
          {words.card.cancel}
        </button>
        <button
          type="button"
          class="btn danger"
          disabled={model.session.acting.value}
          onClick={() => void model.unlink(agent.id)}
        >
          {words.menu.unlink}
        </button>
      </div>
    </Sheet>
  );
}

/** The question whether a number is really to be unlinked. */

import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill } from '../../shared/locales/format.ts';
import { Sheet } from '../components/dialogs.tsx';
import { Icon } from '../components/icons.tsx';
import { useSpeech, writeNumber } from '../components/layout.tsx';
import type { PopupModel } from './popup-model.ts';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot };

export function UnlinkSheet({ model, agent }: Props) {
  const { words } = useSpeech();
  const number = agent.link.account ? writeNumber(agent.link.account.number) : '';
  return (
    <Sheet title={fill(words.unlink.ask, { number })} onClose={() => model.closePanel()}>
      <ul>
        <li>
          <Icon of="unlink" />
          {words.unlink.leaves}
        </li>
        <li>
          <Icon of="code" />
          {words.unlink.back}
        </li>
        <li>
          <Icon of="phone" />
          {words.unlink.chats}
        </li>
      </ul>
      <p class="callout soft">{words.unlink.pause}</p>
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
          {words.unlink.act}
        </button>
      </div>
    </Sheet>
  );
}

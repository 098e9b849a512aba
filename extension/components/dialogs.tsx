/** The two questions: whether a number is really to be unlinked, and who is answered. */

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AgentSnapshot } from '../../shared/wire.ts';
import { fill } from '../../shared/words/language.ts';
import type { PopupModel } from '../popup/popup-model.ts';
import { Icon } from './icons.tsx';
import { useSpeech, writeNumber } from './layout.tsx';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot };

export function Sheet({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    // The milder way is the one under the finger; browsers ignore `autofocus` in a document that has a focus already.
    dialog.current?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, []);
  return (
    <dialog class="sheet" ref={dialog} aria-labelledby="ask" onCancel={onClose}>
      <h2 id="ask">{title}</h2>
      {children}
    </dialog>
  );
}

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
          {words.linking.cancel}
        </button>
        <button type="button" class="btn danger" onClick={() => void model.unlink(agent.id)}>
          {words.unlink.act}
        </button>
      </div>
    </Sheet>
  );
}

export function ScopeSheet({
  model,
  agent,
}: {
  readonly model: Pick<PopupModel, 'switchTo' | 'closePanel'>;
  readonly agent: AgentSnapshot;
}) {
  const { words } = useSpeech();
  return (
    <Sheet title={words.scope.ask} onClose={() => model.closePanel()}>
      <button
        type="button"
        class="btn primary"
        data-first
        onClick={() => void model.switchTo(agent, true, { scope: 'listed' })}
      >
        {words.scope.listed}
      </button>
      <button type="button" class="btn" onClick={() => void model.switchTo(agent, true, { scope: 'everyone' })}>
        {words.scope.everyone}
      </button>
      <p class="fine">{words.scope.note}</p>
      <button type="button" class="btn quiet" onClick={() => model.closePanel()}>
        {words.linking.cancel}
      </button>
    </Sheet>
  );
}

/** A question that stands over a page, and the one that both pages ask: who is answered. */

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { loadQuestionsWords } from '../../shared/locales/load.ts';
import type { SwitchModel } from './agent-switch.tsx';
import { useSpeech } from './layout.tsx';
import { useWords } from './loaded-words.ts';

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
    const before = document.activeElement;
    dialog.current?.showModal();
    // The milder way is the one under the finger; browsers ignore `autofocus` in a document that has a focus already.
    dialog.current?.querySelector<HTMLElement>('[data-first]')?.focus();
    // It is taken out of the page, which leaves the focus nowhere.
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog class="sheet" ref={dialog} aria-labelledby="ask" onCancel={onClose}>
      <h2 id="ask">{title}</h2>
      {children}
    </dialog>
  );
}

export function ScopeSheet({
  model,
  agent,
}: {
  readonly model: Pick<SwitchModel, 'switchTo'> & { closePanel(): void };
  readonly agent: AgentSnapshot;
}) {
  const { words } = useSpeech();
  const scope = useWords(loadQuestionsWords)?.scope;
  if (!scope) return null;
  return (
    <Sheet title={scope.ask} onClose={() => model.closePanel()}>
      <button
        type="button"
        class="btn primary"
        data-first
        onClick={() => void model.switchTo(agent, true, { scope: 'unknown-people' })}
      >
        {scope['unknown-people']}
      </button>
      <button type="button" class="btn" onClick={() => void model.switchTo(agent, true, { scope: 'listed' })}>
        {scope.listed}
      </button>
      <button type="button" class="btn" onClick={() => void model.switchTo(agent, true, { scope: 'everyone' })}>
        {scope.everyone}
      </button>
      <p class="fine">{scope.note}</p>
      <button type="button" class="btn quiet" onClick={() => model.closePanel()}>
        {words.card.cancel}
      </button>
    </Sheet>
  );
}

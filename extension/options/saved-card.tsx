/** An agent that was saved and has answered: what it said, as the proof that it works. */
import { useEffect, useRef } from 'preact/hooks';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill } from '../../shared/locales/format.ts';
import { useSpeech, writeNumber } from '../components/layout.tsx';
import type { AgentFormModel, Saved } from './agent-form-model.ts';
import { useOptionsSpeech } from './options-speech.ts';
import { writeSeconds } from './quantities.ts';

type Props = {
  readonly model: AgentFormModel;
  readonly saved: Saved;
  /** Who has the number that it may have; null where that is nobody, or a question. */
  readonly holder: AgentSnapshot | null;
  readonly onTalk: (id: string) => void;
  readonly onUse: (holder: AgentSnapshot, to: string) => void;
};

export function SavedCard({ model, saved, holder, onTalk, onUse }: Props) {
  const { options } = useOptionsSpeech();
  const { language } = useSpeech();
  const { agents, actions } = options;
  const { name, isNew, texts } = saved;
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    card.current?.scrollIntoView({ block: 'center' });
    card.current?.focus();
  }, []);
  return (
    <div class="card" role="status" tabIndex={-1} ref={card}>
      <p>
        <b>{fill(isNew ? agents.added : agents.saved, { name })}</b>{' '}
        {texts.length > 0 ? fill(agents.answered, { seconds: writeSeconds(language, saved.seconds) }) : agents.silent}
      </p>
      {texts.length > 0 && <blockquote>{texts.join('\n')}</blockquote>}
      <div class="actions">
        {holder?.link.account && (
          <button type="button" class="btn small primary" onClick={() => onUse(holder, saved.id)}>
            {fill(agents.useFor, { number: writeNumber(holder.link.account.number) })}
          </button>
        )}
        <button type="button" class="btn small" onClick={() => onTalk(saved.id)}>
          {actions.test}
        </button>
        <button
          type="button"
          class="btn small quiet"
          onClick={() => {
            model.saved.value = null;
          }}
        >
          {actions.close}
        </button>
      </div>
    </div>
  );
}

/** An agent that was saved and has answered: what it said, as the proof that it works. */
import { useEffect, useRef } from 'preact/hooks';
import { fill } from '../../shared/locales/format.ts';
import { useSpeech } from '../components/layout.tsx';
import type { AgentFormModel, Saved } from './agent-form-model.ts';
import { useOptionsSpeech } from './options-speech.ts';
import { writeSeconds } from './quantities.ts';

export function SavedCard({ model, saved }: { readonly model: AgentFormModel; readonly saved: Saved }) {
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
        <button
          type="button"
          class="btn small"
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

/** The relay does not answer: how to start it, and where it may be instead. What was typed on the page waits. */
import { loadPairingWords } from '../../shared/locales/load.ts';
import { Icon } from '../components/icons.tsx';
import { CommandLine, useSpeech } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { useStartLines } from '../components/start-lines.ts';
import type { OptionsModel } from './options-model.ts';
import { ThisBrowserSection } from './this-browser-section.tsx';

export function NoRelaySection({ model }: { readonly model: OptionsModel }) {
  const { words } = useSpeech();
  const more = useWords(loadPairingWords)?.noRelay;
  const lines = useStartLines();
  return (
    <>
      <section class="narrow">
        <div class="opening">
          <h2 class="truth">{words.noRelay.title}</h2>
          <p class="lede">{words.noRelay.lede}</p>
        </div>
        <p class="head">{more?.again}</p>
        <CommandLine line={lines.start} />
        <div class="actions">
          <button type="button" class="btn primary" onClick={() => model.session.retry()}>
            <Icon of="again" />
            {more?.retry}
          </button>
          <p class="hint">{more?.byItself}</p>
        </div>
      </section>
      <ThisBrowserSection model={model} alone />
    </>
  );
}

/** The relay does not answer: how to start it, and where it may be instead. What was typed on the page waits. */
import { loadPairingWords } from '../../shared/locales/load.ts';
import { Icon } from '../components/icons.tsx';
import { useSpeech } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { WakeAct, WakeLine } from '../components/wake-act.tsx';
import { useWaking } from '../components/waking.ts';
import type { OptionsModel } from './options-model.ts';
import { ThisBrowserSection } from './this-browser-section.tsx';

export function NoRelaySection({ model }: { readonly model: OptionsModel }) {
  const { words } = useSpeech();
  const more = useWords(loadPairingWords)?.noRelay;
  const waking = useWaking();
  return (
    <>
      <section class="narrow">
        <div class="opening">
          <h2 class="truth">{words.noRelay.title}</h2>
          <p class="lede">{words.noRelay.lede}</p>
        </div>
        <WakeLine waking={waking} />
        <div class="actions">
          <WakeAct waking={waking} session={model.session} />
          <button
            type="button"
            class={waking.isThere === false ? 'btn primary' : 'btn'}
            onClick={() => model.session.retry()}
          >
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

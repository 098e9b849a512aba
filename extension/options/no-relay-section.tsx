/** The relay does not answer: how to start it, and where it may be instead. What was typed on the page waits. */
import { loadPairingWords } from '../../shared/locales/load.ts';
import { Icon, StatusIcon } from '../components/icons.tsx';
import { CommandLine, useSpeech } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { useStartLines } from '../components/start-lines.ts';
import { useWaking } from '../components/waking.ts';
import { findWoken } from '../relay-connection/woken-relay.ts';
import type { OptionsModel } from './options-model.ts';
import { ThisBrowserSection } from './this-browser-section.tsx';

export function NoRelaySection({ model }: { readonly model: OptionsModel }) {
  const { words } = useSpeech();
  const pairing = useWords(loadPairingWords);
  const more = pairing?.noRelay;
  const lines = useStartLines();
  const waking = useWaking();
  const wake = (): void => waking.press('start', ({ port }) => void findWoken(model.session, port));
  return (
    <>
      <section class="narrow">
        <div class="opening">
          <h2 class="truth">{words.noRelay.title}</h2>
          <p class="lede">{words.noRelay.lede}</p>
        </div>
        {waking.isThere !== true && (
          <>
            <p class="head">{more?.again}</p>
            <CommandLine line={lines.start} />
          </>
        )}
        {waking.fault && pairing && (
          <p class="status" data-is="attention" role="alert">
            <StatusIcon of="attention" />
            {pairing.begin.faults[waking.fault]}
          </p>
        )}
        <div class="actions">
          {waking.isThere !== false && (
            <button type="button" class="btn primary" disabled={waking.isAsked} onClick={wake}>
              {waking.isAsked ? more?.waking : more?.wake}
            </button>
          )}
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

/** The relay does not answer: what was known last, as past, and how to start it again. Nothing on it pretends to work. */

import type { Snapshot } from '../../shared/contract/wire.ts';
import { writeAgo, writeMoment } from '../../shared/locales/format.ts';
import { loadPairingWords } from '../../shared/locales/load.ts';
import type { PairingWords } from '../../shared/locales/words.ts';
import { Icon, StatusIcon } from '../components/icons.tsx';
import { Bar, Main, useSpeech, writeNumber } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { MoreAbout } from '../components/more-about.tsx';
import { useNow } from '../components/use-now.ts';
import { WakeAct, WakeLine } from '../components/wake-act.tsx';
import { useWaking } from '../components/waking.ts';
import { Menu } from './popup-menu.tsx';
import type { PopupModel } from './popup-model.ts';

const MINUTE_STEP_MS = 10_000;

export function NoRelayScreen({ model, last }: { readonly model: PopupModel; readonly last: Snapshot | null }) {
  const { words } = useSpeech();
  const more = useWords(loadPairingWords)?.noRelay;
  const waking = useWaking();
  const state = model.session.state.value;
  const crowded = 'crowded' in state && state.crowded === true;
  if (!more || waking.isThere === undefined) return <Bar />;
  const isWakable = waking.isThere !== false && !crowded;
  return (
    <>
      <Bar>
        <Menu model={model} agent={null} />
      </Bar>
      <Main>
        <div class="opening">
          <p class="status" data-is="attention">
            <StatusIcon of="attention" />
            {crowded ? more.crowded : words.noRelay.sign}
          </p>
          <p class="truth">{words.noRelay.title}</p>
          <p class="lede">
            {crowded ? more.crowdedText : words.noRelay.lede}
            <MoreAbout trouble="relay-not-running" />
          </p>
        </div>
        {last && <Past last={last} words={more} />}
        {!crowded && <WakeLine waking={waking} />}
      </Main>
      <footer class="act">
        {!crowded && <WakeAct waking={waking} session={model.session} />}
        {!isWakable && (
          <button type="button" class="btn primary" onClick={() => model.session.retry()}>
            <Icon of="again" />
            {more.retry}
          </button>
        )}
        <p class="fine mid">{more.byItself}</p>
      </footer>
    </>
  );
}

function Past({ last, words }: { readonly last: Snapshot; readonly words: PairingWords['noRelay'] }) {
  const { shared, language } = useSpeech();
  const now = useNow(MINUTE_STEP_MS);
  return (
    <section class="note" data-stale aria-labelledby="last">
      <div class="title">
        <h2 id="last">{words.last}</h2>
      </div>
      <p class="say">
        <time dateTime={new Date(last.at).toISOString()}>{writeMoment(language, last.at, now)}</time>,{' '}
        {writeAgo(language, last.at, now)}
      </p>
      {last.agents.map(({ id, name, link, on }) => (
        <dl class="facts" key={id} aria-label={name}>
          <dt>{words.number}</dt>
          <dd>{link.account ? writeNumber(link.account.number) : '–'}</dd>
          <dt>{words.link}</dt>
          <dd>{shared.statuses[link.status].label}</dd>
          <dt>{words.agent}</dt>
          <dd>
            {last.agents.length > 1 ? `${name}: ` : ''}
            {on ? shared.guidance.switchedOn : shared.guidance.switchedOff}
          </dd>
        </dl>
      ))}
    </section>
  );
}

/** Opens once, after the extension is installed, and goes on by itself: begin, pin, link, switch on. The lit note is the end of it. */
import { useState } from 'preact/hooks';
import type { Scope } from '../../shared/contract/chat.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { loadQuestionsWords } from '../../shared/locales/load.ts';
import type { FirstPageWords } from '../../shared/locales/words.ts';
import { Icon, Mark, StatusIcon } from '../components/icons.tsx';
import { useSpeech, WithinPage } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { PairForm, usePairingWay } from '../components/pair-steps.tsx';
import { usePinned } from '../components/pinned.ts';
import { WakeAct, WakeLine } from '../components/wake-act.tsx';
import { useWaking } from '../components/waking.ts';
import { AgentNote } from '../popup/agent-note.tsx';
import { openAgent } from '../popup/agent-tab.ts';
import { LinkingScreen } from '../popup/linking-screen.tsx';
import type { PopupModel } from '../popup/popup-model.ts';
import { LinkingAdvice } from '../popup/unlinked-agent.tsx';
import type { Refusal } from '../relay-connection/connection-state.ts';
import { ComputerDrawing, ToolbarDrawing } from './drawings.tsx';
import { FIRST_STEPS, type FirstPlace, firstPlace, stepOf } from './first-steps.ts';

type Props = { readonly model: PopupModel; readonly words: FirstPageWords };

export function FirstPage({ model, words }: Props) {
  const state = model.session.state.value;
  const isPinned = usePinned();
  const [pinsLater, setPinsLater] = useState(false);
  const [staysOff, setStaysOff] = useState(false);
  const place = firstPlace({ state, isPinned, pinsLater, staysOff });
  return (
    <div class="first">
      <header>
        <Mark />
        <h1>Recado</h1>
        <Stops place={place} words={words} />
      </header>
      <main key={place.type} class="step">
        {place.type === 'begin' && <Begin model={model} why={state.type === 'refused' ? state.why : 'not-paired'} />}
        {place.type === 'stopped' && <Stopped model={model} words={words} />}
        {place.type === 'pin' && <Pin words={words} onLater={() => setPinsLater(true)} />}
        {place.type === 'link' && <Link model={model} words={words} agent={place.agent} />}
        {place.type === 'on' && (
          <SwitchOn model={model} words={words} agent={place.agent} onOff={() => setStaysOff(true)} />
        )}
        {place.type === 'end' && <End model={model} words={words} agent={place.agent} />}
      </main>
      <footer class="fine">{words.fine}</footer>
    </div>
  );
}

function Stops({ place, words }: { readonly place: FirstPlace; readonly words: FirstPageWords }) {
  const now = stepOf(place);
  const reached = now === 'done' ? FIRST_STEPS.length : now === null ? -1 : FIRST_STEPS.indexOf(now);
  return (
    <ol class="stops" aria-label={words.stepsLabel}>
      {FIRST_STEPS.map((step, index) => (
        <li key={step} data-done={index < reached || undefined} aria-current={step === now ? 'step' : undefined}>
          {index < reached && <Icon of="done" />}
          {words.steps[step]}
        </li>
      ))}
    </ol>
  );
}

function Begin({ model, why }: { readonly model: PopupModel; readonly why: Refusal }) {
  const way = usePairingWay(model.session);
  if (!way) return null;
  return (
    <div class="two">
      <section class="words">
        <PairForm way={way} why={why} saysPin={false} />
      </section>
      <ComputerDrawing isThere={way.by === 'click'} />
    </div>
  );
}

function Stopped({ model, words }: Props) {
  const waking = useWaking();
  return (
    <section class="words">
      <h2 class="truth">{words.stopped.title}</h2>
      <p class="lede">{words.stopped.lede}</p>
      <WakeLine waking={waking} />
      <WakeAct waking={waking} session={model.session} />
    </section>
  );
}

function Pin({ words: { pin }, onLater }: { readonly words: FirstPageWords; readonly onLater: () => void }) {
  return (
    <div class="two">
      <section class="words">
        <h2 class="truth">{pin.title}</h2>
        <p class="lede">{pin.lede}</p>
        <ol class="path">
          <li>{pin.puzzle}</li>
          <li>{pin.pin}</li>
        </ol>
        <p class="status" data-is="connecting" role="status">
          <StatusIcon of="connecting" />
          {pin.waits}
        </p>
        <button type="button" class="btn" onClick={onLater}>
          {pin.later}
        </button>
      </section>
      <ToolbarDrawing />
    </div>
  );
}

function Link({ model, words: { link }, agent }: Props & { readonly agent: AgentSnapshot }) {
  const { words } = useSpeech();
  const panel = model.panel.value;
  if (panel?.type === 'linking')
    return (
      <div class="frame">
        <WithinPage.Provider value={true}>
          <LinkingScreen model={model} agent={agent} code={panel.code} named={false} />
        </WithinPage.Provider>
      </div>
    );
  return (
    <section class="words">
      <h2 class="truth">{link.title}</h2>
      <p class="lede">{link.lede}</p>
      <LinkingAdvice />
      <button type="button" class="btn primary" onClick={() => void model.openLinking(agent.id)}>
        {words.card.scan}
      </button>
    </section>
  );
}

const SCOPES: readonly Scope[] = ['unknown-people', 'listed', 'everyone'];

type SwitchOnProps = Props & { readonly agent: AgentSnapshot; readonly onOff: () => void };

function SwitchOn({ model, words: { on }, agent, onOff }: SwitchOnProps) {
  const scope = useWords(loadQuestionsWords)?.scope;
  const [chosen, setChosen] = useState<Scope>('unknown-people');
  if (!scope) return null;
  return (
    <form
      class="words"
      onSubmit={(event) => {
        event.preventDefault();
        void model.switchTo(agent, true, { scope: chosen });
      }}
    >
      <fieldset class="choices">
        <legend class="truth">{on.title}</legend>
        {SCOPES.map((each) => (
          <label key={each}>
            <input type="radio" name="scope" checked={chosen === each} onChange={() => setChosen(each)} />
            <span>
              <b>{scope[each]}</b>
              <small>{on.about[each]}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="actions">
        <button type="submit" class="btn primary" disabled={model.session.switching.value?.phase === 'asked'}>
          {on.on}
        </button>
        <button type="button" class="btn quiet" onClick={onOff}>
          {on.off}
        </button>
      </div>
      <p class="fine">{on.each}</p>
    </form>
  );
}

function End({ model, words: { end }, agent }: Props & { readonly agent: AgentSnapshot }) {
  return (
    <div class="two">
      <section class="words">
        <h2 class="truth">{end.title}</h2>
        <p class="lede">{end.lit}</p>
        {agent.adapter === 'built-in' && <p class="lede">{end.rules}</p>}
        <div class="actions">
          {agent.adapter === 'built-in' && (
            <button type="button" class="btn primary" onClick={() => openAgent(agent.id, null)}>
              {end.chooseAgent}
            </button>
          )}
          <button type="button" class="btn quiet" onClick={() => window.close()}>
            {end.close}
          </button>
        </div>
      </section>
      <AgentNote model={model} agent={agent} asOf={null}>
        {null}
      </AgentNote>
    </div>
  );
}

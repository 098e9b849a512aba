/** The page as a whole: whether the relay speaks, the way to each section, and one clear state where it does not. */

import { useEffect } from 'preact/hooks';
import { answering } from '../../shared/rules/answering.ts';
import { Mark, StatusIcon } from '../components/icons.tsx';
import { useSpeech } from '../components/layout.tsx';
import { PairForm, usePairingWay } from '../components/pair-steps.tsx';
import { useNow } from '../components/use-now.ts';
import type { ConnectionState, Refusal } from '../relay-connection/connection-state.ts';
import { AgentsSection } from './agents-section.tsx';
import { BrowsersSection } from './browsers-section.tsx';
import { DataSection } from './data-section.tsx';
import { LimitsSection } from './limits-section.tsx';
import { NoRelaySection } from './no-relay-section.tsx';
import type { OptionsModel } from './options-model.ts';
import { useOptionsSpeech } from './options-speech.ts';
import { Questions } from './questions.tsx';
import { SectionNav } from './section-nav.tsx';
import { SettingsSection } from './settings-section.tsx';
import { TalkSection } from './talk-section.tsx';
import { ThisBrowserSection } from './this-browser-section.tsx';

const MINUTE_STEP_MS = 10_000;

export function OptionsPage({ model }: { readonly model: OptionsModel }) {
  const state = model.session.state.value;
  const ready = state.type === 'ready';
  const now = useNow(MINUTE_STEP_MS);
  const lit = state.type === 'ready' && state.snapshot.agents.some((agent) => answering(agent, now) === 'answering');
  useEffect(() => {
    document.querySelector('link[rel="icon"]')?.setAttribute('href', `/icons/${lit ? 'connected' : 'off'}-32.png`);
  }, [lit]);
  return (
    <div class="page">
      <header>
        <Mark />
        <h1>Recado</h1>
        <RelaySign state={state} />
      </header>
      {ready && <SectionNav />}
      <main data-whole={!ready || undefined}>
        <Content model={model} state={state} />
      </main>
      {ready && <Questions model={model} snapshot={state.snapshot} />}
    </div>
  );
}

function Pairing({ model, why }: { readonly model: OptionsModel; readonly why: Refusal }) {
  const way = usePairingWay(model.session);
  return way && <PairForm way={way} why={why} />;
}

function Content({ model, state }: { readonly model: OptionsModel; readonly state: ConnectionState }) {
  const { pair } = useOptionsSpeech();
  if (state.type === 'refused') {
    return (
      <>
        <section class="narrow">
          {model.keeping.allForgotten.value && (
            <p class="callout soft" role="status">
              {model.keeping.logoutsLeft.value ? pair.forgottenButLogouts : pair.forgotten}
            </p>
          )}
          <Pairing model={model} why={state.why} />
        </section>
        <ThisBrowserSection model={model} alone withPort={false} />
      </>
    );
  }
  if (state.type === 'ready') {
    return (
      <>
        <AgentsSection model={model} snapshot={state.snapshot} />
        <TalkSection model={model} agents={state.snapshot.agents} />
        <SettingsSection model={model.settings} />
        <LimitsSection />
        <BrowsersSection model={model} />
        <DataSection model={model} />
      </>
    );
  }
  const tried = state.type === 'waiting' || ('attempt' in state && state.attempt > 0);
  // The first moments show nothing rather than something that may not be so.
  return tried ? <NoRelaySection model={model} /> : null;
}

function RelaySign({ state }: { readonly state: ConnectionState }) {
  const { options } = useOptionsSpeech();
  const { words } = useSpeech();
  if (state.type === 'ready') {
    return (
      <p class="status" data-is="connected" role="status">
        <StatusIcon of="connected" />
        {options.relay.running} <span>{options.relay.here}</span>
      </p>
    );
  }
  if (state.type === 'refused') {
    return (
      <p class="status" data-is="offline" role="status">
        <StatusIcon of="offline" />
        {options.relay.notPaired}
      </p>
    );
  }
  const tried = state.type === 'waiting' || ('attempt' in state && state.attempt > 0);
  return (
    <p class="status" data-is={tried ? 'attention' : 'offline'} role="status">
      {tried && <StatusIcon of="attention" />}
      {tried ? words.noRelay.sign : options.relay.looking}
    </p>
  );
}

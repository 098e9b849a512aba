/** The page of one linking with a passkey: why, what will happen, whose turn it is, and one clear end. */

import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { describeReport } from '../../shared/locales/description.ts';
import { fill } from '../../shared/locales/format.ts';
import type { PasskeyWords } from '../../shared/locales/words.ts';
import { useFirstFocus } from '../components/first-focus.ts';
import { Icon, Mark, StatusIcon } from '../components/icons.tsx';
import { useSpeech, writeNumber } from '../components/layout.tsx';
import { useReportWords } from '../components/report-words.ts';
import type { PasskeyModel } from './passkey-model.ts';

type Props = { readonly model: PasskeyModel; readonly words: PasskeyWords };

export function PasskeyPage({ model, words }: Props) {
  return (
    <div class="page">
      <header>
        <Mark />
        <h1>{words.title}</h1>
        <span class="badge">{words.fresh}</span>
      </header>
      <main data-whole>
        <section class="narrow">
          <Content model={model} words={words} />
        </section>
      </main>
    </div>
  );
}

function Content({ model, words }: Props) {
  const { words: own } = useSpeech();
  const state = model.session.state.value;
  const { agent } = model;
  if (state.type === 'ready' && !agent) return <Ended title={words.nothing} text={words.nothingText} />;
  if (!agent) {
    const gone = state.type === 'waiting' || state.type === 'refused';
    return gone ? <Ended title={own.noRelay.title} text={own.noRelay.lede} /> : <p class="lede">{words.looking}</p>;
  }
  const { link } = agent;
  if (link.phase === 'passkey-asked' && model.turn.value.type !== 'under-way')
    return <Question model={model} words={words} agent={agent} />;
  if (link.phase.startsWith('passkey-')) return <UnderWay model={model} words={words} agent={agent} />;
  return <Outcome model={model} words={words} agent={agent} />;
}

/** Before anything is sent: why, what will happen, and the owner's yes. */
function Question({ model, words, agent }: Props & { readonly agent: AgentSnapshot }) {
  const shared = useReportWords();
  const turn = model.turn.value;
  const again = agent.link.cause !== null;
  const first = useFirstFocus<HTMLButtonElement>(turn.type !== 'permission');
  return (
    <>
      <div class="opening">
        <h2 class="truth">{again ? words.again : words.why}</h2>
        <p class="lede" role={again ? 'alert' : undefined}>
          {again ? shared && describeReport({ ...agent.link, qr: null }, shared).description : words.whyText}
        </p>
      </div>
      <ol class="path">
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
        {again && <li>{words.compareLater}</li>}
      </ol>
      <p class="callout soft">{words.neverSeen}</p>
      {turn.type === 'not-permitted' && (
        <p class="alert" role="alert">
          <StatusIcon of="attention" />
          {words.notPermitted}
        </p>
      )}
      {turn.type === 'refused' && (
        <p class="alert" role="alert">
          <StatusIcon of="attention" />
          {turn.fault.code === 'passkey-elsewhere' ? words.elsewhere : words.notNow}
        </p>
      )}
      <div class="actions">
        <button
          type="button"
          class="btn primary"
          ref={first}
          disabled={turn.type === 'permission'}
          onClick={() => void model.begin()}
        >
          {again ? words.tryAgain : words.go}
        </button>
        <Cancel model={model} />
      </div>
    </>
  );
}

function UnderWay({ model, words, agent }: Props & { readonly agent: AgentSnapshot }) {
  const { shared } = useSpeech();
  const reportWords = useReportWords();
  const code = model.code.value;
  if (code !== null) {
    return (
      <>
        <div class="opening">
          <h2 class="truth">{words.compare}</h2>
          <p class="lede">{words.compareText}</p>
        </div>
        <p class="compared" role="status">
          {code}
        </p>
        <div class="actions">
          <button type="button" class="btn primary" onClick={() => void model.compared(true)}>
            {words.same}
          </button>
          <button type="button" class="btn" onClick={() => void model.compared(false)}>
            {words.notSame}
          </button>
        </div>
      </>
    );
  }
  return (
    <>
      <div class="opening">
        <h2 class="truth">{words.wait}</h2>
        <p class="lede" role="status">
          {reportWords && describeReport({ ...agent.link, qr: null }, reportWords).description}
        </p>
      </div>
      {model.shown.value !== null && (
        <>
          <p class="lede">{words.shown}</p>
          <p class="compared" role="status">
            {model.shown.value}
          </p>
        </>
      )}
      <p class="status" data-is="connecting">
        <StatusIcon of="connecting" />
        {shared.statuses.connecting.label}
      </p>
      <div class="actions">
        <Cancel model={model} />
      </div>
    </>
  );
}

function Outcome({ model, words, agent }: Props & { readonly agent: AgentSnapshot }) {
  const shared = useReportWords();
  const { link } = agent;
  if (link.status === 'connected') {
    const number = link.account ? writeNumber(link.account.number) : '';
    return (
      <>
        <Ended title={fill(words.done, { number })} text={words.doneText} good />
        <div class="actions">
          <button type="button" class="btn primary" onClick={() => model.leave()}>
            {words.open}
          </button>
        </div>
      </>
    );
  }
  if (!shared) return null;
  const { description, remedy } = describeReport({ ...link, qr: null }, shared);
  if (link.status === 'offline' && link.cause !== null && link.cause !== 'not-linked')
    return <Ended title={words.failed} text={[description, remedy].filter(Boolean).join(' ')} />;
  if (link.phase === 'finishing' || link.phase === 'opening')
    return (
      <p class="lede" role="status">
        {description}
      </p>
    );
  return <Ended title={words.nothing} text={words.nothingText} />;
}

function Ended({
  title,
  text,
  good = false,
}: {
  readonly title: string;
  readonly text: string;
  readonly good?: boolean;
}) {
  return (
    <div class="opening" role="status">
      <h2 class="truth">
        {good && <Icon of="phone" />}
        {title}
      </h2>
      <p class="lede">{text}</p>
    </div>
  );
}

function Cancel({ model }: { readonly model: PasskeyModel }) {
  const { words } = useSpeech();
  return (
    <button type="button" class="btn quiet" onClick={() => model.cancel()}>
      {words.card.cancel}
    </button>
  );
}

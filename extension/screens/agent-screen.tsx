/** One agent filling the popup: the note with its truth, the switch, today, and the one thing to do next. */
import { useSignal } from '@preact/signals';
import { describeReport } from '../../shared/words/describe.ts';
import { fill, writeTime } from '../../shared/words/language.ts';
import { Bar, useSpeech, writeNumber } from './frame.tsx';
import type { Agent, PopupModel } from './popup-model.ts';
import { Dots, StatusSign } from './signs.tsx';

type Props = {
  readonly model: PopupModel;
  readonly agent: Agent;
  /** When this was true, epoch ms, where the relay has not spoken yet; null while it speaks. */
  readonly asOf: number | null;
  readonly onBack: (() => void) | null;
};

/** A scan is invited only where it would help: not under a ban, nor while another program holds the connection. */
const NO_SCAN = ['replaced', 'banned', 'banned-until', 'relay-outdated', 'unlinking', 'multi-device-off'];

export function AgentScreen({ model, agent, asOf, onBack }: Props) {
  const { words, shared } = useSpeech();
  const { link } = agent;
  const fresh = asOf === null;
  const scans = fresh && link.account === null && !NO_SCAN.includes(link.cause ?? '') && link.status !== 'reconnecting';
  return (
    <>
      <Bar title={onBack ? agent.name : 'Recado'}>
        <div class="end">
          {onBack && (
            <button type="button" class="btn small" onClick={onBack}>
              {words.card.back}
            </button>
          )}
          {fresh && link.account && <Menu model={model} agent={agent} />}
        </div>
      </Bar>
      <main>
        <Note model={model} agent={agent} asOf={asOf} />
        {link.account === null ? <Advice /> : <Today agent={agent} />}
      </main>
      {fresh && link.cause === 'replaced' && (
        <footer class="act">
          <button type="button" class="btn primary" onClick={() => void model.takeOver(agent)}>
            {words.card.takeOver}
          </button>
        </footer>
      )}
      {scans && (
        <footer class="act">
          <button type="button" class="btn primary" onClick={() => void model.openLinking(agent)}>
            {words.card.scan}
          </button>
        </footer>
      )}
      <p class="sr" role="status">
        {fresh &&
          `${shared.statuses[link.status].label}. ${agent.on ? shared.guidance.switchedOn : shared.guidance.switchedOff}`}
      </p>
    </>
  );
}

function Note({ model, agent, asOf }: Pick<Props, 'model' | 'agent' | 'asOf'>) {
  const { words, shared, language } = useSpeech();
  const { link, on } = agent;
  const { label, description, remedy, note } = describeReport(link, shared);
  const lit = asOf === null && on && link.status === 'connected';
  const failed = model.switching.value?.agent === agent.id && model.switching.value.phase === 'failed';
  return (
    <section
      class="note"
      data-lit={lit || undefined}
      data-stale={asOf !== null || undefined}
      aria-label={shared.guidance.cardTitle}
    >
      <div class="title">
        <h2>{shared.guidance.cardTitle}</h2>
        <span class="badge">{shared.guidance.betaBadge}</span>
      </div>
      <p class="truth">{truthOf(agent, words.truths)}</p>
      <p class="status" data-is={link.status}>
        <StatusSign of={link.status} />
        {label}
        {link.account && <span class="number">{writeNumber(link.account.number)}</span>}
      </p>
      <p class="say">{asOf === null ? description : fill(words.card.asOf, { at: writeTime(language, asOf) })}</p>
      {asOf === null && remedy && <p class="say">{remedy}</p>}
      {asOf === null && note && <p class="say">{note}</p>}
      {link.account && asOf === null && <Power model={model} agent={agent} />}
      {failed && (
        <p class="say" role="alert">
          {words.card.notConfirmed}
        </p>
      )}
      {asOf === null && agent.lastFault && on && (
        <p class="say">
          {shared.agentFaults[agent.lastFault.fault].sentence} {shared.agentFaults[agent.lastFault.fault].remedy}
        </p>
      )}
    </section>
  );
}

function Power({ model, agent }: Pick<Props, 'model' | 'agent'>) {
  const { words, shared } = useSpeech();
  const { on, link } = agent;
  const asked = model.switching.value?.agent === agent.id && model.switching.value.phase === 'asked';
  const word = on ? shared.guidance.switchedOn : shared.guidance.switchedOff;
  const means = on
    ? link.status === 'connected'
      ? words.card.answersAtOnce
      : words.card.answersLater
    : words.card.ignoresAll;
  return (
    <label class="power">
      <span>
        <span class="word">{word}</span>
        <small>{means}</small>
      </span>
      <input
        class="switch"
        type="checkbox"
        role="switch"
        checked={on}
        aria-checked={on}
        aria-busy={asked}
        aria-label={word}
        onClick={(event) => {
          // It moves when the relay says so.
          event.preventDefault();
          if (!asked) void model.switchTo(agent, !on);
        }}
      />
    </label>
  );
}

function Today({ agent }: { readonly agent: Agent }) {
  const { words, language } = useSpeech();
  const { messages, answers, inputTokens, outputTokens } = agent.today;
  const count = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  return (
    <section class="stack" aria-labelledby="today">
      <h2 class="head" id="today">
        {words.card.today}
      </h2>
      <dl class="today">
        <div>
          <dt>{words.card.messages}</dt>
          <dd>{count.format(messages)}</dd>
        </div>
        <div>
          <dt>{words.card.answers}</dt>
          <dd>{count.format(answers)}</dd>
        </div>
        <div>
          <dt>{words.card.tokens}</dt>
          <dd>{count.format(inputTokens + outputTokens)}</dd>
        </div>
      </dl>
    </section>
  );
}

function Advice() {
  const { words, shared } = useSpeech();
  return (
    <>
      <section class="callout soft">
        <h3>{shared.guidance.dedicatedNumberHeading}</h3>
        <p>{shared.guidance.dedicatedNumber}</p>
      </section>
      <section class="callout">
        <h3>{words.card.replyOnly}</h3>
        <p>{words.card.replyOnlyText}</p>
      </section>
      <p class="fine push">{words.card.beta}</p>
    </>
  );
}

function Menu({ model, agent }: Pick<Props, 'model' | 'agent'>) {
  const { words } = useSpeech();
  const open = useSignal(false);
  const close = (): void => {
    open.value = false;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Escape closes the menu, not the popup.
    if (event.key !== 'Escape' || !open.value) return;
    event.preventDefault();
    close();
  };
  return (
    <div class="menu-holder">
      <button
        type="button"
        class="icon-btn"
        aria-label={words.card.menu}
        onKeyDown={onKeyDown}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Dots />
      </button>
      {open.value && (
        <div class="menu" role="menu">
          <button
            type="button"
            role="menuitem"
            class="cut"
            onKeyDown={onKeyDown}
            onClick={() => {
              close();
              model.askUnlink(agent);
            }}
          >
            {words.unlink.act}
          </button>
        </div>
      )}
    </div>
  );
}

function truthOf({ on, link }: Agent, truths: ReturnType<typeof useSpeech>['words']['truths']): string {
  if (link.account === null) return link.status === 'connecting' ? truths.linking : truths.none;
  if (!on) return truths.off;
  return link.status === 'connected' ? truths.on : truths.lineDown;
}

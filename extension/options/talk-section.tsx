/** A talk with an agent right here, as a contact would have it: nothing is sent, nothing is kept. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { httpStatusIn } from '../../shared/contract/agent.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { faultAdvice } from '../../shared/locales/fault-advice.ts';
import { fill } from '../../shared/locales/format.ts';
import { loadBriefWords } from '../../shared/locales/load.ts';
import { writeMoney } from '../../shared/locales/money.ts';
import { useSpeech } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { Alert } from './alert.tsx';
import type { Trade } from './brief-field.tsx';
import type { OptionsModel } from './options-model.ts';
import { describeFault, useOptionsSpeech } from './options-speech.ts';
import { writeSeconds } from './quantities.ts';
import { Section } from './section.tsx';
import type { TalkLine, TalkModel, TalkOutcome } from './talk-model.ts';

type Props = { readonly model: OptionsModel; readonly agents: readonly AgentSnapshot[] };

export function TalkSection({ model, agents }: Props) {
  const { options } = useOptionsSpeech();
  const { talk } = model;
  const agent = agents.find(({ id }) => id === talk.agent.value) ?? agents[0];
  // A person who leaves the page does not wait for the answer.
  useEffect(() => () => talk.stop(), [talk]);
  if (!agent) return null;
  const pick = (
    <label class="pick">
      <span class="sr">{options.test.agent}</span>
      <select class="field" value={agent.id} onChange={({ currentTarget }) => talk.choose(currentTarget.value)}>
        {agents.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
  const lines = talk.lines.value;
  return (
    <Section name="test" title={options.sections.test} lede={options.test.lede} aside={pick}>
      <div class="card">
        {lines.length > 0 && (
          <ol class="talk" aria-label={options.test.talk} aria-live="polite">
            {lines.map((line, index) => (
              <Line key={index} line={line} />
            ))}
          </ol>
        )}
        <Ask talk={talk} agent={agent} />
        <Questions talk={talk} agent={agent} trade={model.form.trade.value} />
        <Alert text={useOutcome(talk.outcome.value)} />
      </div>
    </Section>
  );
}

function Line({ line }: { readonly line: TalkLine }) {
  const { options, agentFaults, skipReasons } = useOptionsSpeech();
  const { language } = useSpeech();
  const { test } = options;
  if (line.by === 'contact') {
    return (
      <li>
        <span>{test.you}</span>
        <p>{line.text}</p>
      </li>
    );
  }
  const seconds = fill(test.seconds, { seconds: writeSeconds(language, line.seconds) });
  const tokens = line.tokens === null ? null : new Intl.NumberFormat(language).format(line.tokens);
  const cost = line.cost && writeMoney(language, line.cost.currency, line.cost.micros);
  return (
    <li data-by="agent">
      <span>{test.said}</span>
      <div>
        {line.reason && <p class="aside">{fill(test.nothingSent, { reason: skipReasons[line.reason] })}</p>}
        {line.texts.map((text, index) => (
          <p key={index}>{text}</p>
        ))}
        {line.asksOwner && <p class="aside">{test.asksOwner}</p>}
        {line.shortened && <p class="aside">{Object.values(agentFaults[line.shortened]).join(' ')}</p>}
        <small>
          {[seconds, tokens !== null && fill(test.tokens, { count: tokens }), cost].filter(Boolean).join(', ')}
        </small>
      </div>
    </li>
  );
}

function Ask({ talk, agent }: { readonly talk: TalkModel; readonly agent: AgentSnapshot }) {
  const { options } = useOptionsSpeech();
  const { test, actions } = options;
  const typed = useSignal('');
  const asking = talk.asking.value;
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = typed.value.trim();
    if (text === '' || asking) return;
    void talk.say(agent.id, text).then((answered) => {
      if (answered && typed.value.trim() === text) typed.value = '';
    });
  };
  return (
    <form class="ask" onSubmit={onSubmit}>
      <input
        class="field"
        id="test-say"
        autocomplete="off"
        maxLength={2_000}
        aria-label={fill(test.write, { name: agent.name })}
        placeholder={test.example}
        value={typed.value}
        onInput={({ currentTarget }) => {
          typed.value = currentTarget.value;
        }}
      />
      {asking ? (
        <button type="button" class="btn" onClick={() => talk.restart()}>
          {actions.stop}
        </button>
      ) : (
        <button type="submit" class="btn primary">
          {actions.test}
        </button>
      )}
      <p class="hint" role="status">
        {asking && test.asking}
      </p>
      {!asking && talk.lines.value.length > 0 && (
        <button type="button" class="in-line" onClick={() => talk.restart()}>
          {test.again}
        </button>
      )}
    </form>
  );
}

/** What people ask, to be tried with one press: of the trade that was begun with, else in general. */
function Questions({
  talk,
  agent,
  trade,
}: {
  readonly talk: TalkModel;
  readonly agent: AgentSnapshot;
  readonly trade: Trade | null;
}) {
  const words = useWords(loadBriefWords);
  if (words === null) return null;
  return (
    <div class="samples">
      {(trade ?? words).questions.split(' | ').map((question) => (
        <button
          key={question}
          type="button"
          class="btn small"
          disabled={talk.asking.value}
          onClick={() => void talk.say(agent.id, question)}
        >
          {question}
        </button>
      ))}
    </div>
  );
}

function useOutcome(outcome: TalkOutcome | null): string | null {
  const speech = useOptionsSpeech();
  if (outcome === null) return null;
  if (outcome.type === 'refused') return describeFault(outcome.fault, speech);
  const { sentence, remedy } = faultAdvice(speech.agentFaults, outcome.fault, httpStatusIn(outcome.detail));
  return `${sentence} ${remedy}`;
}

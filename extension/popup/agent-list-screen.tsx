/** Several agents: how many answer, and each as a small note with its own switch. */

import { browser } from 'wxt/browser';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill, writeMoment } from '../../shared/locales/format.ts';
import { countOf, sayTruth } from '../../shared/locales/state-description.ts';
import type { PopupWords } from '../../shared/locales/words.ts';
import { answering, onAgainAt } from '../../shared/rules/answering.ts';
import { type NextAction, nextAction } from '../../shared/rules/next-action.ts';
import { SwitchButton } from '../components/agent-switch.tsx';
import { useFirstFocus } from '../components/first-focus.ts';
import { Chevron, Icon, StatusIcon } from '../components/icons.tsx';
import { Bar, Main, useSpeech, writeNumber } from '../components/layout.tsx';
import { useNow } from '../components/use-now.ts';
import { openPasskeyPage } from './passkey-page-tab.ts';
import { Menu } from './popup-menu.tsx';
import type { PopupModel } from './popup-model.ts';

const MINUTE_STEP_MS = 10_000;
const LINKS: ReadonlySet<NextAction> = new Set(['scan', 'again', 'code', 'passkey']);

type Props = {
  readonly model: PopupModel;
  readonly agents: readonly AgentSnapshot[];
  readonly asOf: number | null;
  readonly onChoose: (id: string) => void;
};

export function AgentListScreen({ model, agents, asOf, onChoose }: Props) {
  const { words, shared, language } = useSpeech();
  const now = useNow(MINUTE_STEP_MS);
  const first = useFirstFocus<HTMLButtonElement>(true);
  return (
    <>
      <Bar>
        <Menu model={model} agent={null} />
      </Bar>
      <Main>
        <div class="opening">
          <p class="truth">
            {asOf === null
              ? countOf(agents, words.agents, now)
              : fill(words.card.asOf, { at: writeMoment(language, asOf, Date.now()) })}
          </p>
        </div>
        <ul class="agents">
          {agents.map((agent, at) => (
            <li key={agent.id}>
              <article
                class="note agent"
                data-lit={(asOf === null && answering(agent, now) === 'answering') || undefined}
                data-stale={asOf !== null || undefined}
              >
                <h2>
                  <button type="button" class="whole" ref={at === 0 ? first : null} onClick={() => onChoose(agent.id)}>
                    {agent.name}
                  </button>
                </h2>
                <p class="status" data-is={agent.link.status}>
                  <StatusIcon of={agent.link.status} />
                  {shared.statuses[agent.link.status].label}
                  {agent.link.account && <span class="more">{writeNumber(agent.link.account.number)}</span>}
                </p>
                {asOf === null && hasMoreToSay(agent, now) && <p class="say">{sayTruth(agent, shared, now)}</p>}
                {agent.link.account && <SwitchButton model={model} agent={agent} disabled={asOf !== null} named />}
                {LINKS.has(nextAction(agent.link)) && (
                  <button
                    type="button"
                    class="btn small"
                    disabled={asOf !== null}
                    onClick={() => {
                      if (nextAction(agent.link) === 'passkey') openPasskeyPage(agent.id);
                      else void model.openLinking(agent.id);
                    }}
                  >
                    {labelOf(nextAction(agent.link), words.card)}
                  </button>
                )}
              </article>
            </li>
          ))}
        </ul>
      </Main>
      <footer class="foot">
        <button type="button" class="go" onClick={() => void browser.runtime.openOptionsPage()}>
          <Icon of="plus" />
          {words.agents.add}
          <span class="aside">{shared.guidance.oneNumberPerAgent}</span>
          <Chevron />
        </button>
      </footer>
    </>
  );
}

function labelOf(way: NextAction, card: PopupWords['card']): string {
  if (way === 'passkey') return card.passkeyGo;
  return way === 'code' ? card.showCode : card.scan;
}

/** What the switch beside it does not say: that it is on and nobody is answered, or when it goes on by itself. */
function hasMoreToSay(agent: AgentSnapshot, now: number): boolean {
  if (agent.link.account === null) return false;
  return agent.on ? answering(agent, now) !== 'answering' : onAgainAt(agent) !== null;
}

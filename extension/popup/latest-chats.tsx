/** Lists the latest chats below the note: what became of each, and one act. Never a text. */
import { useRef, useState } from 'preact/hooks';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill, writeMoment } from '../../shared/locales/format.ts';
import { loadChatWords } from '../../shared/locales/load.ts';
import type { ChatWords } from '../../shared/locales/words.ts';
import { answering } from '../../shared/rules/answering.ts';
import { Icon } from '../components/icons.tsx';
import { useSpeech } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { useNow } from '../components/use-now.ts';
import { nameOfChat } from './chat-name.ts';
import { ChatSign, performAct } from './chat-sign.tsx';
import { type ChatAct, type ChatRow, chatRow, type ShownChat } from './latest-chat.ts';
import type { PopupModel } from './popup-model.ts';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot };

const MINUTE_STEP_MS = 10_000;
const SECOND_MS = 1_000;

export function LatestChats({ model, agent }: Props) {
  const { language } = useSpeech();
  const words = useWords(loadChatWords);
  const now = useNow(agent.now.forOwner > 0 ? SECOND_MS : MINUTE_STEP_MS);
  const [rested, setRested] = useState(true);
  const chats = useOrder(agent.recent, rested);
  const asks = useAsking(agent.recent, rested);
  if (!words) return null;
  const said = words.latest;
  if (chats.length === 0) return agent.on ? <p class="fine">{said.none}</p> : null;
  const truth = answering(agent, now);
  const rows = chats.map((chat) => ({ chat, row: chatRow(chat, { truth, now, said, language }) }));
  const asking = rows.filter(({ chat }) => asks.has(chat.chat));
  const others = rows.filter(({ chat }) => !asks.has(chat.chat));
  const waits = others.filter(({ row }) => row.act?.name === 'open').length;
  const draw = ({ chat, row }: (typeof rows)[number]) => (
    <Row key={chat.chat} {...{ model, agent, chat, row, words, now }} />
  );
  return (
    <section
      class="latest"
      aria-label={said.title}
      onPointerEnter={() => setRested(false)}
      onPointerLeave={() => setRested(true)}
      onFocusIn={() => setRested(false)}
      onFocusOut={() => setRested(true)}
    >
      {agent.on && agent.outage !== null && agent.outage.tooLate > 0 && (
        <OutageOffer model={model} agent={agent} outage={agent.outage} said={said} />
      )}
      {asking.length > 0 && (
        <>
          <h2 class="head">{countOf(agent.now.asks, said.asksOne, said.asksMany)}</h2>
          <ul>{asking.map(draw)}</ul>
        </>
      )}
      {others.length > 0 && (
        <>
          <h2 class="head">
            {headOf(agent, said, (at) => writeMoment(language, at, now))}
            <span class="aside">
              {waits > 0 ? countOf(waits, said.waits, said.wait) : agent.on && countsOf(agent, said)}
            </span>
          </h2>
          <ul>{others.map(draw)}</ul>
        </>
      )}
    </section>
  );
}

function Row({
  model,
  agent,
  chat,
  row,
  words,
  now,
}: Props & { readonly chat: ShownChat; readonly row: ChatRow; readonly words: ChatWords; readonly now: number }) {
  const name = nameOfChat(chat, words.reasons.someone);
  const { act, ownerFirst } = row;
  const button = (which: ChatAct, label: string, wanted: boolean) => (
    <button
      type="button"
      class={wanted ? 'btn small' : 'btn small quiet'}
      aria-label={`${label}: ${name}`}
      disabled={model.session.acting.value}
      onClick={() => void performAct(which, model.session, { agent: agent.id, chat: chat.chat })}
    >
      {label}
      {which === 'open' && <Icon of="leave" />}
    </button>
  );
  return (
    <li class={ownerFirst && 'two'}>
      <ChatSign row={row} left={(chat.heldUntil ?? now) - now} />
      <p class="who">
        <b>{name}</b>
        <small>{row.text}</small>
      </p>
      {ownerFirst ? (
        <div class="acts">
          {button('answer', words.latest.answerNow, false)}
          {button('take', words.latest.leaveToMe, false)}
        </div>
      ) : (
        act && button(act.name, words.latest.acts[act.name], act.wanted)
      )}
    </li>
  );
}

/** Leads to the chats that came too late by an outage: the owner chooses. */
function OutageOffer({
  model,
  agent,
  outage: { from, until, tooLate },
  said,
}: Props & { readonly outage: NonNullable<AgentSnapshot['outage']>; readonly said: ChatWords['latest'] }) {
  const { language } = useSpeech();
  const moment = (at: number): string => writeMoment(language, at, Date.now());
  return (
    <div class="offer">
      <p>
        <b class="sum">{fill(said.outage, { from: moment(from), until: moment(until) })}</b>
        {countOf(tooLate, said.late, said.lateMany)}
      </p>
      <button type="button" class="btn small" onClick={() => model.open({ type: 'reasons', agent: agent.id })}>
        {said.choose}
      </button>
    </div>
  );
}

function headOf(
  { on, link, switchedAt }: AgentSnapshot,
  said: ChatWords['latest'],
  moment: (at: number) => string,
): string {
  if (!on) return `${said.beforeOff}, ${moment(switchedAt)}`;
  return link.status === 'connected' ? said.title : fill(said.before, { at: moment(link.since) });
}

function countsOf({ today }: AgentSnapshot, said: ChatWords['latest']): string {
  if (today.messages === 0) return '';
  return fill(said.counts, {
    messages: countOf(today.messages, said.message, said.messages),
    answers: countOf(today.answers, said.answer, said.answers),
  });
}

function countOf(count: number, one: string, many: string): string {
  return fill(count === 1 ? one : many, { count });
}

/** The list is not sorted anew under a pointer or the focus: what somebody is about to press stays where it is. */
function useOrder(chats: readonly ShownChat[], rested: boolean): readonly ShownChat[] {
  const order = useRef<readonly string[]>([]);
  if (!rested) {
    const kept = order.current.flatMap((id) => chats.filter(({ chat }) => chat === id));
    if (kept.length === order.current.length) return kept;
  }
  order.current = chats.map(({ chat }) => chat);
  return chats;
}

/** Which of them stand on top, since they ask for the owner. Under a pointer or the focus none comes to stand there. */
function useAsking(chats: readonly ShownChat[], rested: boolean): ReadonlySet<string> {
  const asking = useRef<ReadonlySet<string>>(new Set());
  const now = chats.flatMap(({ chat, asksSince }) => (asksSince === null ? [] : [chat]));
  asking.current = new Set(rested ? now : now.filter((chat) => asking.current.has(chat)));
  return asking.current;
}

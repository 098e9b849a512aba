/** "Why was there no answer?": a row a chat, its reasons, and the act that helps; never a text. The time off is a line with a count. */

import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { answerChat, listSkips } from '../../shared/contract/commands/chat-commands.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { describeSkip } from '../../shared/locales/description.ts';
import { fill, fillMoment, writeMoment } from '../../shared/locales/format.ts';
import { loadChatWords, loadSkipReasons } from '../../shared/locales/load.ts';
import type { SkipReasonWords } from '../../shared/locales/shapes.ts';
import type { ChatWords } from '../../shared/locales/words.ts';
import { answering } from '../../shared/rules/answering.ts';
import { Icon } from '../components/icons.tsx';
import { useSpeech } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { MoreAbout } from '../components/more-about.tsx';
import { SubScreen } from '../components/sub-screen.tsx';
import { useNow } from '../components/use-now.ts';
import { nameOfChat } from './chat-name.ts';
import { ChatSign } from './chat-sign.tsx';
import { FaultLine } from './fault-line.tsx';
import { type ChatAct, type ChatRow, chatRow, signOf } from './latest-chat.ts';
import type { PopupModel } from './popup-model.ts';
import { countToday, type Reasons, type SkippedChat, skippedChats } from './reasons.ts';
import { type Acted, type Done, performHere, remember } from './reasons-acts.ts';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot };
type Said = { readonly said: ChatWords; readonly sentences: SkipReasonWords };

const SECOND_MS = 1_000;

export function ReasonsScreen({ model, agent }: Props) {
  const { words } = useSpeech();
  const said = useWords(loadChatWords);
  const sentences = useWords(loadSkipReasons);
  const [reasons, setReasons] = useState<Reasons | 'asked' | null>('asked');
  const acted: Acted = useSignal(new Map());
  // A new skip, an answer, or an act here is a new list.
  useEffect(() => {
    let wanted = true;
    void model.session
      .ask(listSkips, { agent: agent.id, also: [...acted.value.keys()] })
      .then((list) => wanted && setReasons(list.ok ? list.result : null));
    return () => {
      wanted = false;
    };
  }, [model, agent.id, JSON.stringify([agent.skippedToday, agent.ignoredWhileOff, agent.recent]), acted.value]);
  return (
    <SubScreen title={words.reasons.title} onBack={() => model.closePanel()}>
      {said && sentences && (
        <>
          {reasons === 'asked' && <p class="lede">{said.reasons.loading}</p>}
          {reasons === null && (
            <p class="lede" role="alert">
              {said.reasons.failed}
            </p>
          )}
          {reasons !== null && reasons !== 'asked' && <List {...{ model, agent, reasons, said, sentences, acted }} />}
        </>
      )}
    </SubScreen>
  );
}

function List({
  model,
  agent,
  reasons,
  said,
  sentences,
  acted,
}: Props & Said & { readonly reasons: Reasons; readonly acted: Acted }) {
  const { language } = useSpeech();
  const now = useNow(SECOND_MS);
  const chats = skippedChats(
    reasons,
    [...acted.value.values()].map(({ chat }) => chat),
  );
  const count = countToday(chats, now);
  const times = reasons.off.map(({ from, until, ignored }) => ({ at: until ?? now, from, until, ignored }));
  const rows = [...chats, ...times].sort((one, other) => other.at - one.at);
  const row = (chat: SkippedChat): ChatRow =>
    rowOf(chat, acted.value.get(chat.chat), { agent, said, sentences, now, language });
  const wanting = chats.filter((chat) => row(chat).act?.name === 'answer');
  return (
    <>
      <p class="fine">
        {count > 0 && <b class="sum">{fill(count === 1 ? said.reasons.today : said.reasons.todayMany, { count })}</b>}
        {said.reasons.note}
        <MoreAbout trouble="nobody-answered" />
      </p>
      {rows.length === 0 && (
        <div class="nothing">
          <Icon of="done" />
          <p class="truth">{said.reasons.none}</p>
          <p class="lede">{said.reasons.noneText}</p>
        </div>
      )}
      {wanting.length > 1 && <AnswerAll {...{ model, agent, said, wanting, acted }} />}
      <FaultLine model={model} agent={agent} />
      <ul class="latest causes">
        {rows.map((each) =>
          'chat' in each ? (
            <Row key={each.chat} chat={each} row={row(each)} {...{ model, agent, said, sentences, acted, now }} />
          ) : (
            <li key={each.at} class="off">
              <Icon of="switch" />
              <p>
                {each.until === null
                  ? fillMoment(said.reasons.offSince, { language, at: each.from, now })
                  : fill(said.reasons.offFrom, {
                      from: writeMoment(language, each.from, now),
                      until: writeMoment(language, each.until, now),
                    })}
              </p>
              <span class="aside">
                {fill(each.ignored === 1 ? said.reasons.ignored : said.reasons.ignoredMany, { count: each.ignored })}
              </span>
            </li>
          ),
        )}
      </ul>
    </>
  );
}

/** One after the other: each asks the gate for itself. */
function AnswerAll({
  model,
  agent,
  said,
  wanting,
  acted,
}: Props & Pick<Said, 'said'> & { readonly wanting: readonly SkippedChat[]; readonly acted: Acted }) {
  const all = async (): Promise<void> => {
    for (const chat of wanting) {
      // Why one was refused stands there; those behind it would meet the same.
      if (!(await model.session.act(answerChat, { agent: agent.id, chat: chat.chat }))) return;
      remember(acted, chat, { text: null, undo: null, until: 0 });
    }
  };
  const count = wanting.length;
  return (
    <div class="offer">
      <p>
        <b class="sum">{fill(said.reasons.want, { count })}</b>
        {said.reasons.oneByOne}
      </p>
      <button type="button" class="btn primary small" disabled={model.session.acting.value} onClick={() => void all()}>
        {fill(said.reasons.answerAll, { count })}
      </button>
    </div>
  );
}

type RowProps = Props &
  Said & { readonly chat: SkippedChat; readonly row: ChatRow; readonly acted: Acted; readonly now: number };

/** Pressed, it opens: each reason with its time, and what else may be done. */
function Row({ model, agent, chat, row, said, sentences, acted, now }: RowProps) {
  const { language } = useSpeech();
  const [open, setOpen] = useState(false);
  const name = chat.isGroup ? said.reasons.group : nameOfChat(chat, said.reasons.someone);
  const done = acted.value.get(chat.chat);
  const which = { agent: agent.id, chat: chat.chat };
  const undo = done?.undo && done.until > now ? done.undo : null;
  const act = (act: ChatAct | 'never') => (): void => void performHere(act, { model, which, chat, said, acted });
  const undone = async (): Promise<void> => {
    await undo?.();
    remember(acted, chat, { text: null, undo: null, until: 0 });
  };
  const acting = model.session.acting.value;
  return (
    <li>
      <ChatSign row={row} left={(chat.standing?.heldUntil ?? now) - now} />
      <button type="button" class="who" aria-expanded={open} onClick={() => setOpen(!open)}>
        <b>{name}</b>
        <small>{row.text}</small>
      </button>
      {undo !== null ? (
        <button
          type="button"
          class="btn small quiet"
          disabled={acting}
          onClick={() => void undone()}
          aria-label={`${said.reasons.undo}: ${name}`}
        >
          {said.reasons.undo}
        </button>
      ) : (
        row.act && (
          <button
            type="button"
            class={row.act.wanted ? 'btn small' : 'btn small quiet'}
            aria-label={`${said.latest.acts[row.act.name]}: ${name}`}
            disabled={acting}
            onClick={act(row.act.name)}
          >
            {said.latest.acts[row.act.name]}
            {row.act.name === 'open' && <Icon of="leave" />}
          </button>
        )
      )}
      {open && (
        <div class="opened">
          <ol>
            {chat.skips.map(({ reason, at, messages }) => (
              <li key={reason}>
                <time dateTime={new Date(at).toISOString()}>{writeMoment(language, at, now)}</time>
                {sentenceOf(describeSkip(reason, sentences), language)}
                {messages > 1 && ` (${fill(said.latest.messages, { count: messages })})`}
              </li>
            ))}
          </ol>
          {chat.standing && chat.standing.rule !== 'never' && (
            <button type="button" class="btn small" disabled={acting} onClick={act('never')}>
              {said.reasons.never}
            </button>
          )}
        </div>
      )}
    </li>
  );
}

/** How the chat stands where an act may still change something, else why it had no answer. */
function rowOf(
  chat: SkippedChat,
  done: Done | undefined,
  {
    agent,
    said,
    now,
    language,
  }: Pick<RowProps, 'agent' | 'said' | 'sentences' | 'now'> & {
    readonly language: ReturnType<typeof useSpeech>['language'];
  },
): ChatRow {
  const { standing, skips, at } = chat;
  if (standing && (done || standing.outcome !== 'answered')) {
    const row = chatRow(standing, { truth: answering(agent, now), now, said: said.latest, language });
    return done?.text ? { sign: 'done', text: done.text, act: null } : row;
  }
  const reason = chat.isGroup ? 'group' : (skips[0]?.reason ?? '');
  const sentence = Object.hasOwn(said.latest.skipped, reason)
    ? said.latest.skipped[reason as keyof typeof said.latest.skipped]
    : said.latest.other;
  return {
    sign: signOf(reason),
    text: fillMoment(chat.isGroup ? said.reasons.groups : sentence, { language, at, now }),
    act: null,
  };
}

function sentenceOf(why: string, language: string): string {
  return why === '' ? '' : `${why.charAt(0).toLocaleUpperCase(language)}${why.slice(1)}`;
}

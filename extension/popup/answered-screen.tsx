/** Who is answered: everyone or the chosen chats, and each chat's own rule over that. */

import { useEffect, useState } from 'preact/hooks';
import type { Scope } from '../../shared/contract/chat.ts';
import { type Chat, listChats, releaseChat, ruleChat } from '../../shared/contract/commands/chat-commands.ts';
import { setScope } from '../../shared/contract/commands/link-commands.ts';
import { leaveOwnerTime } from '../../shared/contract/commands/owner-first-command.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill, writeMoment } from '../../shared/locales/format.ts';
import { loadChatWords, loadQuestionsWords } from '../../shared/locales/load.ts';
import type { ChatWords } from '../../shared/locales/words.ts';
import { useSpeech, writeNumber } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { SubScreen } from '../components/sub-screen.tsx';
import { useNow } from '../components/use-now.ts';
import { nameOfChat } from './chat-name.ts';
import { FaultLine } from './fault-line.tsx';
import type { PopupModel } from './popup-model.ts';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot };

const PAGE = 50;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The page offers these, in minutes. */
const OWNER_MINUTES: readonly number[] = [0, 2, 5, 10, 15, 30, 60];
const SCOPES: readonly Scope[] = ['unknown-people', 'listed', 'everyone'];

export function AnsweredScreen({ model, agent }: Props) {
  const { words } = useSpeech();
  const said = useWords(loadChatWords);
  const asked = useWords(loadQuestionsWords)?.scope;
  const choose = (scope: Scope) => (): void => void model.session.act(setScope, { agent: agent.id, scope });
  return (
    <SubScreen title={words.menu.answered} onBack={() => model.closePanel()}>
      {asked && (
        <fieldset class="choices">
          <legend class="head">{asked.ask}</legend>
          {SCOPES.map((scope) => (
            <label key={scope}>
              <input type="radio" name="scope" value={scope} checked={agent.scope === scope} onChange={choose(scope)} />
              {asked[scope]}
            </label>
          ))}
        </fieldset>
      )}
      {said && <OwnerFirst model={model} agent={agent} said={said} />}
      <FaultLine model={model} agent={agent} />
      {said && <Chats model={model} agent={agent} said={said} />}
    </SubScreen>
  );
}

/** How long the agent leaves the owner to answer themselves. One that was chosen elsewhere is among the choices. */
function OwnerFirst({ model, agent, said }: Props & { readonly said: ChatWords }) {
  const { answered } = said;
  const choices = [...new Set([...OWNER_MINUTES, agent.ownerMinutes])].sort((one, other) => one - other);
  return (
    <section class="stack">
      <label class="stack">
        <span class="head">{answered.ownerFirst}</span>
        <select
          class="field"
          value={agent.ownerMinutes}
          onChange={({ currentTarget }) =>
            void model.session.act(leaveOwnerTime, { agent: agent.id, minutes: Number(currentTarget.value) })
          }
        >
          {choices.map((minutes) => (
            <option key={minutes} value={minutes}>
              {minutes === 0 ? answered.atOnce : fill(answered.onlyIfNot, { minutes })}
            </option>
          ))}
        </select>
      </label>
      {agent.ownerMinutes > 0 && <p class="fine">{answered.ownerFirstNote}</p>}
    </section>
  );
}

function Chats({ model, agent, said }: Props & { readonly said: ChatWords }) {
  const [chats, setChats] = useState<readonly Chat[] | 'asked' | null>('asked');
  const [more, setMore] = useState(false);
  const load = async (known: readonly Chat[]): Promise<void> => {
    const before = known.at(-1)?.lastMessageAt;
    const params = { agent: agent.id, limit: PAGE, ...(before === undefined ? {} : { before }) };
    const page = await model.session.ask(listChats, params);
    setChats(page.ok ? [...known, ...page.result.chats] : null);
    setMore(page.ok && page.result.chats.length === PAGE);
  };
  useEffect(() => void load([]), [agent.id]);
  if (chats === 'asked') return <p class="lede">{said.reasons.loading}</p>;
  if (chats === null)
    return (
      <p class="lede" role="alert">
        {said.reasons.failed}
      </p>
    );
  const choose = async (chat: Chat, rule: Chat['rule']): Promise<void> => {
    if (await model.session.act(ruleChat, { agent: agent.id, chat: chat.chatId, rule }))
      setChats(chats.map((each) => (each === chat ? { ...each, rule } : each)));
    // A choice that was not made goes back to the one that holds.
    else setChats([...chats]);
  };
  const release = async (chat: Chat): Promise<void> => {
    if (await model.session.act(releaseChat, { agent: agent.id, chat: chat.chatId }))
      setChats(
        chats.map((each) => (each === chat ? { ...each, heldUntil: null, mutedUntil: null, asksSince: null } : each)),
      );
  };
  return (
    <section class="stack">
      <h2 class="head">{said.answered.chats}</h2>
      {chats.length === 0 && <p class="lede">{said.answered.none}</p>}
      <ul class="chats">
        {chats.map((chat) => (
          <ChatLine
            key={chat.chatId}
            chat={chat}
            said={said}
            onChoose={(rule) => void choose(chat, rule)}
            onRelease={() => void release(chat)}
          />
        ))}
      </ul>
      {more && (
        <button type="button" class="btn" onClick={() => void load(chats)}>
          {said.answered.more}
        </button>
      )}
    </section>
  );
}

function ChatLine({
  chat,
  said,
  onChoose,
  onRelease,
}: {
  readonly chat: Chat;
  readonly said: ChatWords;
  readonly onChoose: (rule: Chat['rule']) => void;
  readonly onRelease: () => void;
}) {
  const rest = useRest(chat, said);
  const automatic = useAutomatic(chat, said);
  const number = chat.number === null ? null : writeNumber(chat.number);
  const handle = chat.username === null ? null : `@${chat.username}`;
  const name = chat.kind === 'group' ? said.reasons.group : nameOfChat(chat, said.reasons.someone);
  return (
    <li>
      <span>
        <b>{name}</b>
        {number !== null && number !== name && <small>{number}</small>}
        {handle !== null && <small>{fill(said.answered.username, { name: handle })}</small>}
        {rest !== null && <small>{rest}</small>}
        {rest === null && automatic !== null && <small>{automatic}</small>}
      </span>
      <select
        class="field small"
        aria-label={name}
        value={chat.rule ?? ''}
        onChange={({ currentTarget }) => onChoose(ruleOf(currentTarget.value))}
      >
        <option value="">{said.answered.byScope}</option>
        <option value="answer">{said.answered.always}</option>
        <option value="never">{said.answered.never}</option>
      </select>
      {rest !== null && (
        <button type="button" class="btn quiet" onClick={onRelease}>
          {said.answered.giveBack}
        </button>
      )}
    </li>
  );
}

/** Until when the chat is the owner's, or rests; null where it is the agent's. */
function useRest({ heldUntil, mutedUntil, asksSince }: Chat, { answered, latest }: ChatWords): string | null {
  const { language } = useSpeech();
  const now = useNow(MINUTE_MS);
  if (heldUntil !== null && heldUntil > now) return fill(answered.held, { at: writeMoment(language, heldUntil, now) });
  if (asksSince !== null) return fill(latest.asks, { at: writeMoment(language, asksSince, now) });
  if (mutedUntil !== null && mutedUntil > now)
    return fill(answered.rests, { at: writeMoment(language, mutedUntil, now) });
  return null;
}

/** That what WhatsApp Business wrote for the owner has not taken the chat; null where that is long ago, or never was. */
function useAutomatic({ automaticAt }: Chat, { answered }: ChatWords): string | null {
  const { language } = useSpeech();
  const now = useNow(MINUTE_MS);
  if (automaticAt === null || automaticAt <= now - DAY_MS) return null;
  return fill(answered.automatic, { at: writeMoment(language, automaticAt, now) });
}

function ruleOf(value: string): Chat['rule'] {
  return value === 'answer' || value === 'never' ? value : null;
}

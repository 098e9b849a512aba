/** Who is answered: everyone or the chosen chats, and each chat's own rule over that. */

import { useEffect, useState } from 'preact/hooks';
import type { Scope } from '../../shared/chat.ts';
import { type Chat, listChats, ruleChat } from '../../shared/commands/chat-commands.ts';
import { setScope } from '../../shared/commands/link-commands.ts';
import type { AgentSnapshot } from '../../shared/wire.ts';
import { SubScreen, useSpeech, writeNumber } from '../components/layout.tsx';
import { FaultLine } from './fault-line.tsx';
import type { PopupModel } from './popup-model.ts';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot };

const PAGE = 50;
const SCOPES: readonly Scope[] = ['listed', 'everyone'];

export function AnsweredScreen({ model, agent }: Props) {
  const { words } = useSpeech();
  const choose = (scope: Scope) => (): void => void model.session.act(setScope, { agent: agent.id, scope });
  return (
    <SubScreen title={words.menu.answered} onBack={() => model.closePanel()}>
      <fieldset class="choices">
        <legend class="head">{words.scope.ask}</legend>
        {SCOPES.map((scope) => (
          <label key={scope}>
            <input type="radio" name="scope" value={scope} checked={agent.scope === scope} onChange={choose(scope)} />
            {words.scope[scope]}
          </label>
        ))}
      </fieldset>
      <FaultLine model={model} agent={agent} />
      <Chats model={model} agent={agent} />
    </SubScreen>
  );
}

function Chats({ model, agent }: Props) {
  const { words } = useSpeech();
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
  if (chats === 'asked') return <p class="lede">{words.reasons.loading}</p>;
  if (chats === null)
    return (
      <p class="lede" role="alert">
        {words.reasons.failed}
      </p>
    );
  const choose = async (chat: Chat, rule: Chat['rule']): Promise<void> => {
    if (await model.session.act(ruleChat, { agent: agent.id, chat: chat.chatId, rule }))
      setChats(chats.map((each) => (each === chat ? { ...each, rule } : each)));
    // What was not done goes back to what holds.
    else setChats([...chats]);
  };
  return (
    <section class="stack">
      <h2 class="head">{words.answered.chats}</h2>
      {chats.length === 0 && <p class="lede">{words.answered.none}</p>}
      <ul class="chats">
        {chats.map((chat) => (
          <ChatLine key={chat.chatId} chat={chat} onChoose={(rule) => void choose(chat, rule)} />
        ))}
      </ul>
      {more && (
        <button type="button" class="btn" onClick={() => void load(chats)}>
          {words.answered.more}
        </button>
      )}
    </section>
  );
}

function ChatLine({ chat, onChoose }: { readonly chat: Chat; readonly onChoose: (rule: Chat['rule']) => void }) {
  const { words } = useSpeech();
  const number = chat.number === null ? null : writeNumber(chat.number);
  const name = chat.kind === 'group' ? words.reasons.group : (chat.name ?? number ?? words.reasons.someone);
  return (
    <li>
      <span>
        <b>{name}</b>
        {number !== null && number !== name && <small>{number}</small>}
      </span>
      <select
        class="field small"
        aria-label={name}
        value={chat.rule ?? ''}
        onChange={({ currentTarget }) => onChoose(ruleOf(currentTarget.value))}
      >
        <option value="">{words.answered.byScope}</option>
        <option value="answer">{words.answered.always}</option>
        <option value="never">{words.answered.never}</option>
      </select>
    </li>
  );
}

function ruleOf(value: string): Chat['rule'] {
  return value === 'answer' || value === 'never' ? value : null;
}

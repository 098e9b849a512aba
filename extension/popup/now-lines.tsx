/** What happens right now, under the switch: since when the agent has been thinking, and which chats the owner keeps. */
import { releaseChat } from '../../shared/contract/commands/chat-commands.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill, writeMoment } from '../../shared/locales/format.ts';
import { loadChatWords } from '../../shared/locales/load.ts';
import { useSpeech } from '../components/layout.tsx';
import { useWords } from '../components/loaded-words.ts';
import { useNow } from '../components/use-now.ts';
import type { PopupModel } from './popup-model.ts';

type Props = { readonly model: PopupModel; readonly agent: AgentSnapshot };

const SECOND_MS = 1_000;
const MINUTE_STEP_MS = 10_000;
/** A person thinks as long without being asked whether they are there. */
const SHORT_MS = 3_000;
const LONG_MS = 20_000;

export function NowLines({ model, agent }: Props) {
  const words = useWords(loadChatWords)?.now;
  const { language } = useSpeech();
  const { answering, heldChats } = agent.now;
  const moment = useNow(MINUTE_STEP_MS);
  if (!words) return null;
  const held = agent.now.held.filter(({ until }) => until > moment);
  const count = heldChats - (agent.now.held.length - held.length);
  const [latest] = held;
  return (
    <>
      {answering !== null && <Thinking since={answering.since} words={words} />}
      {latest && (
        <p class="say">
          {fill(count === 1 ? words.heldOne : words.heldMany, {
            count,
            at: writeMoment(language, latest.until, Date.now()),
          })}{' '}
          {count === 1 ? (
            <button
              type="button"
              class="in-line"
              onClick={() => void model.session.act(releaseChat, { agent: agent.id, chat: latest.chat })}
            >
              {words.giveBack}
            </button>
          ) : (
            <button type="button" class="in-line" onClick={() => model.open({ type: 'answered', agent: agent.id })}>
              {words.see}
            </button>
          )}
        </p>
      )}
    </>
  );
}

function Thinking({
  since,
  words,
}: {
  readonly since: number;
  readonly words: Readonly<Record<'thinking' | 'noAnswer', string>>;
}) {
  const lasted = useNow(SECOND_MS) - since;
  if (lasted < SHORT_MS) return null;
  const seconds = Math.floor(lasted / SECOND_MS);
  // Told once when it becomes long, and not with each second.
  return (
    <p class="say">
      <span class="sr" role="status">
        {lasted >= LONG_MS && fill(words.noAnswer, { seconds: LONG_MS / SECOND_MS })}
      </span>
      <span aria-hidden="true">{fill(lasted >= LONG_MS ? words.noAnswer : words.thinking, { seconds })}</span>
    </p>
  );
}

/** Puts one chat to a row: the words for what became of it, and the one act that fits. Pure. */
import type { SkipReason } from '../../shared/contract/chat.ts';
import type { AgentSnapshot } from '../../shared/contract/wire.ts';
import { fill, fillMoment, writeLeft } from '../../shared/locales/format.ts';
import type { Language } from '../../shared/locales/languages.ts';
import type { ChatWords } from '../../shared/locales/words.ts';
import type { Answering } from '../../shared/rules/answering.ts';
import type { IconName } from '../components/icons.tsx';

export type ShownChat = AgentSnapshot['recent'][number];

/** `always`: the chat is answered whoever else is. `open`: in WhatsApp, by the owner. */
export type ChatAct = 'take' | 'release' | 'resume' | 'answer' | 'always' | 'open';

/** `ownerFirst`: the agent answers at `answersAt` unless the owner does; they may have it answer now, or keep the chat. */
export type ChatRow = {
  /** `held`: how long the chat is still the owner's; `busy`: its answer is being made. */
  readonly sign: IconName | 'held' | 'busy' | 'done';
  readonly text: string;
  /** `wanted`: somebody waits for it. */
  readonly act: { readonly name: ChatAct; readonly wanted: boolean } | null;
  readonly ownerFirst?: true;
};

const SIGNS: Readonly<Record<SkipReason, IconName>> = {
  'switched-off': 'switch',
  'too-old': 'clock',
  'owner-wrote': 'person',
  'not-in-scope': 'sieve',
  'in-contacts': 'contact',
  'contacts-unknown': 'sieve',
  group: 'group',
  brake: 'brake',
  'agent-error': 'alert',
  'agent-silent': 'bubble',
  'asked-for-you': 'person',
  undelivered: 'alert',
  unconfirmed: 'clock',
  'nothing-to-answer': 'bubble',
  'only-on-phone': 'phone',
  unreadable: 'phone',
  restricted: 'clock',
  'same-answer': 'twice',
  deleted: 'not',
  forgotten: 'not',
};
/** With these the owner may choose the chat, whoever else is answered. */
const OUT_OF_SCOPE: ReadonlySet<string> = new Set(['not-in-scope', 'in-contacts', 'contacts-unknown']);

/** Its owner has had it, or it rested. */
const RESTED: ReadonlySet<string> = new Set(['owner-wrote', 'brake', 'asked-for-you']);

/** A newer relay may know further reasons. */
export function signOf(reason: string): IconName {
  return Object.hasOwn(SIGNS, reason) ? SIGNS[reason as SkipReason] : 'not';
}

/** `truth`: how the agent stands, `now` in epoch ms. */
export function chatRow(
  chat: ShownChat,
  {
    truth,
    now,
    said,
    language,
  }: {
    readonly truth: Answering;
    readonly now: number;
    readonly said: ChatWords['latest'];
    readonly language: Language;
  },
): ChatRow {
  const write = (sentence: string, at: number): string =>
    fillMoment(sentence, { language, at, now }, { count: chat.waiting });
  const { heldUntil, mutedUntil, asksSince, outcome, lastMessageAt, openUntil } = chat;
  const on = truth !== 'off';
  if (on && heldUntil !== null && heldUntil > now)
    return { sign: 'held', text: write(said.yours, heldUntil), act: wanted('release') };
  if (asksSince !== null)
    return { sign: 'person', text: write(said.asks, asksSince), act: opening(chat) ?? wanted('release') };
  if (on && mutedUntil !== null && mutedUntil > now)
    return { sign: 'brake', text: write(said.rests, mutedUntil), act: quiet('resume') };
  if (outcome === null) {
    if (chat.answering)
      return {
        sign: 'busy',
        text: write(chat.waiting > 1 ? said.inARow : said.arrived, lastMessageAt),
        act: wanted('take'),
      };
    if (chat.answersAt !== null && truth === 'answering') {
      const text = fill(write(said.answersIn, lastMessageAt), { left: writeLeft(chat.answersAt - now) });
      return { sign: 'clock', text, act: quiet('answer'), ownerFirst: true };
    }
    if (truth !== 'answering' && openUntil !== null)
      return { sign: 'clock', text: write(said.stillTime, openUntil), act: opening(chat) };
    return { sign: 'clock', text: write(said.queued, lastMessageAt), act: quiet('take') };
  }
  if (outcome === 'answered')
    return {
      sign: 'done',
      text: write(said.answered, chat.outcomeAt ?? lastMessageAt),
      act: truth === 'answering' ? quiet('take') : null,
    };
  if (chat.rule === 'never') return { sign: 'sieve', text: write(said.never, lastMessageAt), act: null };
  const text = write(
    Object.hasOwn(said.skipped, outcome) ? said.skipped[outcome as SkipReason] : said.other,
    lastMessageAt,
  );
  return { sign: signOf(outcome), text, act: on ? actOf(chat, truth) : null };
}

/** Finds the act for a chat that got no answer. */
function actOf(chat: ShownChat, truth: Answering): ChatRow['act'] {
  if (OUT_OF_SCOPE.has(chat.outcome ?? '')) return chat.rule === null ? quiet('always') : null;
  // Its owner has had it, or nothing waits there for a word.
  if (chat.waiting === 0 || RESTED.has(chat.outcome ?? '')) return null;
  return truth === 'answering' ? wanted('answer') : opening(chat);
}

function opening({ number }: ShownChat): ChatRow['act'] {
  return number === null ? null : wanted('open');
}

function wanted(name: ChatAct): ChatRow['act'] {
  return { name, wanted: true };
}

function quiet(name: ChatAct): ChatRow['act'] {
  return { name, wanted: false };
}

/** What becomes of a message that arrived: pure. Judged before any text of it is written. */
import type { ChatId, ChatRule, Scope } from '../../shared/chat.ts';
import type { OffInterval } from '../store/agent-ledger.ts';
import type { ChatMessage } from '../store/chat-message.ts';
import type { Admission } from '../store/message-ledger.ts';

export type Circumstances = {
  readonly on: boolean;
  readonly offIntervals: readonly OffInterval[];
  readonly scope: Scope | null;
  readonly rules: ReadonlyMap<ChatId, ChatRule>;
  /** When the switch last went on, if the connection was open at that moment: what was sent before it had arrived before it. */
  readonly openEdge: number | null;
  readonly now: number;
  readonly freshMs: number;
};

/** WhatsApp's timestamps are whole seconds, cut off. */
const SECOND_MS = 1_000;

export function admit(message: ChatMessage, circumstances: Circumstances): Admission {
  const { on, offIntervals, openEdge, scope, rules, now, freshMs } = circumstances;
  if (!on || wasSentWhileOff(message, offIntervals, openEdge)) return { type: 'drop', message, reason: 'switched-off' };
  if (message.chatKind === 'group') return { type: 'drop', message, reason: 'group' };
  if (!isInScope(message.chatId, scope, rules)) return { type: 'drop', message, reason: 'not-in-scope' };
  if (message.author === 'owner') return { type: 'keep', message, settled: null };
  if (message.kind === 'phone-only') return { type: 'keep', message, settled: 'only-on-phone' };
  return { type: 'keep', message, settled: now - message.sentAt > freshMs ? 'too-old' : null };
}

/**
 * A message may have been sent at any moment of its second, so one from that second counts as sent while off. Not so one that
 * could only have been sent after the switch went on: it arrives live, or the connection was open then and had brought what came before.
 */
export function wasSentWhileOff(
  { sentAt, live }: Pick<ChatMessage, 'sentAt' | 'live'>,
  offIntervals: readonly OffInterval[],
  openEdge: number | null,
): boolean {
  const lastMoment = sentAt + SECOND_MS - 1;
  return offIntervals.some(({ from, until }) => {
    if (until === null) return lastMoment >= from;
    const end = live || (openEdge !== null && until <= openEdge) ? lastMoment : sentAt;
    return lastMoment >= from && end < until;
  });
}

/** A chat's own rule wins over the agent's scope; without a scope no chat is answered. */
export function isInScope(chatId: ChatId, scope: Scope | null, rules: ReadonlyMap<ChatId, ChatRule>): boolean {
  const rule = rules.get(chatId);
  if (scope === null || rule === 'never') return false;
  return scope === 'everyone' || rule === 'answer';
}

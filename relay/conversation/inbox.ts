/** What becomes of a message that arrived: pure. Judged before any text of it is written. */
import type { ChatId, ChatRule, Scope } from '../../shared/chat.ts';
import type { OffInterval } from '../store/agent-ledger.ts';
import type { ChatMessage } from '../store/chat-message.ts';
import type { Admission } from '../store/message-ledger.ts';
import { isInScope } from './scope.ts';

export type Circumstances = {
  readonly on: boolean;
  readonly offIntervals: readonly OffInterval[];
  readonly scope: Scope | null;
  readonly rules: ReadonlyMap<ChatId, ChatRule>;
  readonly now: number;
  readonly freshMs: number;
};

/** WhatsApp's timestamps are whole seconds, cut off. */
const SECOND_MS = 1_000;

export function admit(message: ChatMessage, circumstances: Circumstances): Admission {
  const { on, offIntervals, scope, rules, now, freshMs } = circumstances;
  if (!on || wasSentWhileOff(message, offIntervals)) return { type: 'drop', message, reason: 'switched-off' };
  if (message.chatKind === 'group') return { type: 'drop', message, reason: 'group' };
  if (!isInScope(message.chatId, scope, rules)) return { type: 'drop', message, reason: 'not-in-scope' };
  const old = message.author === 'contact' && now - message.sentAt > freshMs;
  return { type: 'keep', message, settled: old ? 'too-old' : null };
}

/**
 * A message may have been sent at any moment of its second. One from a queue counts as sent while off if any of those
 * moments was; one that arrives live, while on, in the very second of the switching, was sent after it but for its time on the way.
 */
export function wasSentWhileOff(
  message: Pick<ChatMessage, 'sentAt' | 'live'>,
  offIntervals: readonly OffInterval[],
): boolean {
  const earliest = message.live ? message.sentAt + SECOND_MS : message.sentAt;
  const latest = message.live ? message.sentAt : message.sentAt + SECOND_MS - 1;
  return offIntervals.some(({ from, until }) => latest >= from && (until === null || earliest < until));
}

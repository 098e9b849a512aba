/** What becomes of a message that arrived: pure. Judged before any text of it is written. */
import type { SkipReason } from '../../shared/contract/chat.ts';
import { isSeen } from '../../shared/rules/visible-text.ts';
import type { OffInterval } from '../store/agent-ledger.ts';
import type { ChatMessage } from '../store/chat-message.ts';
import type { Admission } from '../store/message-ledger.ts';

export type Circumstances = {
  readonly on: boolean;
  readonly offIntervals: readonly OffInterval[];
  /** When the switch last went on, if the connection was open at that moment: what was sent before it had arrived before it. */
  readonly openEdge: number | null;
  /** On for so long that whatever arrives as it is sent was sent while on. */
  readonly longOn: boolean;
  /** This computer's clock showed that when WhatsApp's showed `at`; both epoch ms. */
  local(at: number): number;
  /** True if the message's chat may be answered, were it the contact's. */
  mayAnswer(message: ChatMessage): 'yes' | SkipReason;
};

/** WhatsApp's timestamps are whole seconds, cut off. */
const SECOND_MS = 1_000;
/** Reasons for which nothing of a chat is kept. */
const DROPPED: ReadonlySet<SkipReason> = new Set([
  'switched-off',
  'group',
  'not-in-scope',
  'in-contacts',
  'contacts-unknown',
]);

export function admit(message: ChatMessage, circumstances: Circumstances): Admission {
  const { on, offIntervals, openEdge, longOn } = circumstances;
  const sent = { sentAt: circumstances.local(message.sentAt), live: message.live };
  // By the clock alone a message would be of an hour that comes twice, once the clock is set back.
  const isOfNow = longOn && message.live;
  if (!on || (!isOfNow && wasSentWhileOff(sent, offIntervals, openEdge)))
    return { type: 'drop', message, reason: 'switched-off' };
  const verdict = circumstances.mayAnswer(message);
  if (verdict !== 'yes' && DROPPED.has(verdict)) return { type: 'drop', message, reason: verdict };
  if (message.author === 'owner') return { type: 'keep', message, settled: null };
  if (message.kind === 'unreadable') return { type: 'keep', message, settled: 'unreadable' };
  if (message.kind === 'phone-only') return { type: 'keep', message, settled: 'only-on-phone' };
  if (verdict === 'yes' && message.kind === 'text' && message.shown.length === 0 && !isSeen(message.text ?? ''))
    return { type: 'keep', message, settled: 'nothing-to-answer' };
  return { type: 'keep', message, settled: verdict === 'yes' ? null : verdict };
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

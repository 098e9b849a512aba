/**
 * WhatsApp Business writes for the owner: a greeting where somebody writes for the first time in a while, a note while they are away. It is
 * sent by the phone as the owner's, and no source tells of a mark on it. So it is known by what no hand does: it comes within moments, to a
 * first message in days, or in the words of other chats. It is told to the agent as what this number said, and takes no chat. Pure.
 */

/** A line of the chat before it, oldest first; epoch ms. */
export type EarlierLine = { readonly author: 'contact' | 'owner' | 'agent'; readonly sentAt: number };

const SECOND_MS = 1_000;
const DAY_MS = 24 * 3_600 * SECOND_MS;
/** Nobody reads, writes and sends so many characters in that. */
const GREETING_MS = 3 * SECOND_MS;
const LEAST_GREETING = 20;
/** WhatsApp greets whoever has not written for two weeks; people set up others that greet sooner. */
const QUIET_MS = 3 * DAY_MS;
/** Words that are kept ready are sent by hand, too, but not so soon. */
const AWAY_MS = 10 * SECOND_MS;
const LEAST_OTHER_CHATS = 2;
/** Pieces of one message: what was said before them is the question. */
const BURST_MS = 60 * SECOND_MS;

/** `otherChats`: how many others got the same words from this number in the last month. */
export function isAutomatic(
  { sentAt, text }: { readonly sentAt: number; readonly text: string },
  before: readonly EarlierLine[],
  otherChats: number,
): boolean {
  // A note that one is away may follow a greeting.
  const heard = before.findLast((line) => line.author !== 'agent' && line.sentAt <= sentAt + SECOND_MS);
  if (heard?.author !== 'contact') return false;
  const afterMs = sentAt - heard.sentAt;
  if (afterMs > AWAY_MS) return false;
  if (otherChats >= LEAST_OTHER_CHATS) return true;
  if (text.length < LEAST_GREETING) return false;
  const earlier = before.filter(({ author, sentAt: at }) => author !== 'contact' || at < heard.sentAt - BURST_MS);
  const last = Math.max(...earlier.map(({ sentAt: at }) => at));
  return afterMs <= GREETING_MS && heard.sentAt - last > QUIET_MS;
}

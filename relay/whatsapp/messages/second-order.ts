/**
 * WhatsApp dates messages in whole seconds. Within one, the order in which it delivers a chat's messages is their order: each is dated a
 * millisecond after the one before it, so that whoever wrote last is known by the date alone.
 */
import type { ChatId } from '../../../shared/contract/chat.ts';

const SECOND_MS = 1_000;
/** The chat that was silent longest is forgotten first: its second is over. */
const MOST_CHATS = 1_000;

export class SecondOrder {
  readonly #latest = new Map<ChatId, { readonly second: number; readonly count: number }>();

  /** `sentAt`: whole seconds, epoch ms. In the order of delivery. */
  dateOf(chatId: ChatId, sentAt: number): number {
    const latest = this.#latest.get(chatId);
    const count = latest?.second === sentAt ? Math.min(latest.count + 1, SECOND_MS - 2) : 0;
    this.#latest.delete(chatId);
    this.#latest.set(chatId, { second: sentAt, count });
    const [oldest] = this.#latest.keys();
    if (oldest !== undefined && this.#latest.size > MOST_CHATS) this.#latest.delete(oldest);
    return sentAt + count;
  }
}

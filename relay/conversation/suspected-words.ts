/**
 * The owner's messages that are known by their envelopes alone: each holds its chat at once, as if it were read. What turns out to be no
 * message, such as a reaction or a setting of the chat, gives back what it took.
 */
import type { ChatId } from '../../shared/contract/chat.ts';
import type { OwnMessageSeen } from '../inbound.ts';
import type { ChatRest } from './resting-chats.ts';

type Suspected = { readonly chatId: ChatId; readonly before: ChatRest; readonly after: ChatRest };

/** Upper bound of suspected messages; the oldest beyond it are taken for messages. */
const MOST = 1_000;

export class SuspectedWords {
  readonly #suspected = new Map<string, Suspected>();

  add({ chatId, messageId }: OwnMessageSeen, before: ChatRest, after: ChatRest): void {
    // Sent again it is still the same: what it took, it took at first.
    const name = nameOf(chatId, messageId);
    this.#suspected.set(name, { chatId, before: this.#suspected.get(name)?.before ?? before, after });
    for (const oldest of this.#suspected.keys()) {
      if (this.#suspected.size <= MOST) return;
      this.#suspected.delete(oldest);
    }
  }

  /** The same is heard of once more, and how its chat rests since. */
  renew(chatId: ChatId, messageId: string, after: ChatRest): void {
    const name = nameOf(chatId, messageId);
    const found = this.#suspected.get(name);
    if (found) this.#suspected.set(name, { ...found, after });
  }

  /** True if it was seen before the owner gave its chat back: then it takes the chat no more. */
  wasSeenBefore(releasedAt: number, chatId: ChatId, messageId: string): boolean {
    const found = this.#suspected.get(nameOf(chatId, messageId));
    return found !== undefined && found.before.releasedAt < releasedAt;
  }

  /** It is a message, or never mattered. Null where it was not suspected. */
  take(chatId: ChatId, messageId: string): Suspected | null {
    const name = nameOf(chatId, messageId);
    const found = this.#suspected.get(name) ?? null;
    this.#suspected.delete(name);
    return found;
  }
}

function nameOf(chatId: ChatId, messageId: string): string {
  return `${chatId} ${messageId}`;
}

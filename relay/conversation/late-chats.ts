/** Counts the chats in which people wrote while the connection was away, and those of them that are dealt with. In memory alone. */
import type { ChatId } from '../../shared/contract/chat.ts';
import type { ChatMessage } from '../store/chat-message.ts';

export class LateChats {
  readonly #chats = new Set<ChatId>();

  /** Counts the chat of a contact's message that WhatsApp had kept. To be called when its work has begun. */
  add({ chatId, author, live }: Pick<ChatMessage, 'chatId' | 'author' | 'live'>): void {
    if (author === 'contact' && !live) this.#chats.add(chatId);
  }

  /** `busy`: chats that something is under way for. Null where nothing is left to be dealt with. */
  progress(busy: readonly ChatId[]): { readonly done: number; readonly of: number } | null {
    const left = busy.filter((chatId) => this.#chats.has(chatId)).length;
    if (left === 0) this.#chats.clear();
    return left === 0 ? null : { done: this.#chats.size - left, of: this.#chats.size };
  }
}

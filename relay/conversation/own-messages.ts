/**
 * The owner's own messages, as they come from another device: each holds its chat at once, from its envelope on. What turns out to be no
 * message, or nobody's hand has written, gives back what it took.
 */
import type { ChatId } from '../../shared/contract/chat.ts';
import type { OwnMessageSeen } from '../inbound.ts';
import type { ChatMessage } from '../store/chat-message.ts';
import type { RestingChats } from './resting-chats.ts';
import { SuspectedWords } from './suspected-words.ts';

export class OwnMessages {
  readonly #resting: RestingChats;
  readonly #suspected = new SuspectedWords();

  constructor(resting: RestingChats) {
    this.#resting = resting;
  }

  /** Known by its envelope alone. */
  seen(envelope: OwnMessageSeen): void {
    const { chatId } = envelope;
    const before = this.#resting.restOf(chatId);
    this.#resting.ownerWrote(chatId, envelope);
    this.#suspected.add(envelope, before, this.#resting.restOf(chatId));
  }

  /** A message that was read takes its chat, unless the owner gave the chat back since its envelope came. */
  take(message: ChatMessage): void {
    const { chatId, messageId } = message;
    const { releasedAt } = this.#resting.restOf(chatId);
    if (!this.#suspected.wasSeenBefore(releasedAt, chatId, messageId)) this.#resting.ownerWrote(chatId, message);
  }

  /** The stanza that was seen has come: as a message, or as one that cannot be read yet and may still turn out to be none. */
  taken({ chatId, messageId, kind }: ChatMessage): void {
    if (kind === 'unreadable') this.#suspected.renew(chatId, messageId, this.#resting.restOf(chatId));
    else this.#suspected.take(chatId, messageId);
  }

  /** What an envelope has held, and nobody's hand has written. `suspected`: it was held; `freed`: the chat rests no longer. */
  async giveBack(chatId: ChatId, messageId: string): Promise<{ readonly suspected: boolean; readonly freed: boolean }> {
    const suspected = this.#suspected.take(chatId, messageId);
    if (!suspected) return { suspected: false, freed: false };
    return { suspected: true, freed: await this.#resting.takeBack(chatId, suspected.before, suspected.after) };
  }
}

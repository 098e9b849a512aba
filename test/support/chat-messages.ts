/** Messages as the conversation gets them, made of what a test cares about. */
import type { ChatMessage } from '../../relay/store/chat-message.ts';
import type { ChatId } from '../../shared/contract/chat.ts';

/** A text of a contact in the chat `chat-1`, live; `id` is its message id. */
export function messageFrom(id: string, changes: Partial<ChatMessage> = {}): ChatMessage {
  return {
    chatId: 'chat-1' as ChatId,
    chatKind: 'direct',
    messageId: id,
    author: 'contact',
    number: null,
    senderName: null,
    sentAt: 0,
    live: true,
    kind: 'text',
    text: `text ${id}`,
    shown: [],
    disappearsAfter: null,
    addressed: true,
    ...changes,
  };
}

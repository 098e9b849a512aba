/** What goes into the ledgers, made of what a test cares about. */
import type { Admission } from '../../relay/store/message-ledger.ts';
import type { ChatId } from '../../shared/contract/chat.ts';
import { messageFrom } from './chat-messages.ts';
import { AGENT } from './store.ts';

export const CHAT = 'chat-1' as ChatId;
export const DAY = '2026-11-24';

export function keep(id: string, changes: Parameters<typeof messageFrom>[1] = {}): Admission {
  return { type: 'keep', message: messageFrom(id, changes), settled: null };
}

export function drop(id: string, sentAt: number): Admission {
  return { type: 'drop', message: messageFrom(id, { sentAt }), reason: 'switched-off' };
}

/** One answer for each id, to the messages of the chat up to `row`. */
export function answer(row: number, ids: readonly string[], changes: object = {}) {
  const answers = ids.map((messageId) => ({ messageId, text: `answer ${messageId}`, notBefore: 0 }));
  return {
    agentId: AGENT,
    chatId: CHAT,
    row,
    answers,
    newestAt: null,
    now: 5_000,
    ...changes,
  };
}

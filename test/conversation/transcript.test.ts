import { expect, test } from 'vitest';
import { turnOf } from '../../relay/conversation/transcript.ts';
import type { AgentId, ChatId } from '../../shared/contract/chat.ts';
import { messageFrom } from '../support/chat-messages.ts';

const parts = {
  agentId: 'agt_ONE' as AgentId,
  chatId: '110009999911557@lid' as ChatId,
  hashKey: new Uint8Array(32).fill(7),
  ownKey: '',
  lines: [{ row: 1, author: 'contact', open: true, message: messageFrom('3A01', { sentAt: 1_000 }) }] as never,
  answeredThrough: 0,
};

const keyOf = (changes: Partial<typeof parts> = {}): string | undefined =>
  turnOf({ ...parts, ...changes })?.turn.chatKey;

test('the key by which a back end knows a chat never changes: its memory of the chat hangs on it', () => {
  expect(keyOf()).toBe('6e070f5b2e1e1935c8dedded69d3fe79');
});

test('another agent, chat, number of the owner or relay is another key', () => {
  const keys = [
    keyOf(),
    keyOf({ agentId: 'agt_TWO' as AgentId }),
    keyOf({ chatId: '110009999911558@lid' as ChatId }),
    keyOf({ ownKey: 'abc' }),
    keyOf({ hashKey: new Uint8Array(32).fill(8) }),
  ];
  expect(new Set(keys).size).toBe(5);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
});

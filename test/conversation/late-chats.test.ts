import { expect, test } from 'vitest';
import { LateChats } from '../../relay/conversation/late-chats.ts';
import type { ChatId } from '../../shared/contract/chat.ts';

const CAIO = 'caio' as ChatId;
const BIA = 'bia' as ChatId;

test('what is caught up with are chats in which people wrote, not those in which only their owner did', () => {
  const late = new LateChats();
  late.add({ chatId: CAIO, author: 'contact', live: false });
  late.add({ chatId: BIA, author: 'owner', live: false });
  expect(late.progress([CAIO, BIA])).toEqual({ done: 0, of: 1 });
  expect(late.progress([BIA])).toBeNull();
});

test('what comes while the connection is there is not caught up with', () => {
  const late = new LateChats();
  late.add({ chatId: CAIO, author: 'contact', live: true });
  expect(late.progress([CAIO])).toBeNull();
});

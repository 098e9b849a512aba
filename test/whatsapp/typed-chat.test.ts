import { expect, test } from 'vitest';
import { chatIdOfText } from '../../relay/whatsapp/typed-chat.ts';
import type { ChatId } from '../../shared/contract/chat.ts';

const chatOfUsername = async (username: string) => (username === 'maria.s' ? ('77003@lid' as ChatId) : null);
const lidOf = async (number: string) => (number === '5511988880001' ? '77001' : null);

test.each([
  ['a number in any writing, by its LID', '+55 (11) 98888-0001', '77001@lid'],
  ['a number nobody has seen', '5511988880002', '5511988880002@s.whatsapp.net'],
  ['a chat as lists show it', '77001@lid', '77001@lid'],
  ['a group', '120363000000000001@g.us', '120363000000000001@g.us'],
  ['a status', 'status@broadcast', null],
  ['a name', 'Caio', null],
  ['a username that is known', '@maria.s', '77003@lid'],
  ['a username of nobody who has written', '@joao', null],
  ['no username at all', '@', null],
  ['too few digits', '1234', null],
  ['a number without its country', '011988880001', null],
])('%s', async (_what, typed, chatId) => {
  expect(await chatIdOfText(typed, { lidOf, chatOfUsername })).toBe(chatId);
});

/** Addresses, and what is none. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountOf, aliasOf, chatIdOf, isMe, lidOf, numberOf } from '../../relay/whatsapp/chat-id.ts';

const ME = { id: '5511999990001:7@s.whatsapp.net', lid: '100000000000001:7@lid' };

test('an account is its number and its LID, without device (S14)', () => {
  expect(accountOf(ME)).toEqual({ number: '5511999990001', lid: '100000000000001' });
  expect(accountOf({ id: '5511999990001@s.whatsapp.net', lid: null })).toEqual({ number: '5511999990001', lid: null });
  expect(accountOf({ id: '100000000000001@lid', lid: null })).toBeNull();
});

test.each([
  ['5511988880001@s.whatsapp.net', undefined, '5511988880001@s.whatsapp.net'],
  ['5511988880001:12@s.whatsapp.net', undefined, '5511988880001@s.whatsapp.net'],
  ['5511988880001@c.us', undefined, '5511988880001@s.whatsapp.net'],
  ['5511988880001@hosted', undefined, '5511988880001@s.whatsapp.net'],
  ['200000000000002:5@lid', '5511988880001@s.whatsapp.net', '200000000000002@lid'],
  ['200000000000002@hosted.lid', null, '200000000000002@lid'],
  ['5511988880001@s.whatsapp.net', '200000000000002@lid', '200000000000002@lid'],
  ['120363000000000001@g.us', '200000000000002@lid', '120363000000000001@g.us'],
  ['5511988880001-1500000000@g.us', undefined, '5511988880001-1500000000@g.us'],
])('%s with %s is the chat %s', (jid, alternative, chatId) => {
  expect(chatIdOf(jid, alternative)).toBe(chatId);
});

test.each([
  'status@broadcast',
  '120363000000000009@newsletter',
  '0@s.whatsapp.net',
  '867051314767696@bot',
  'caio@lid',
  '@lid',
  '5511988880001',
  '',
])('%j is no chat', (jid) => {
  expect(chatIdOf(jid, '5511988880001@s.whatsapp.net')).toBeNull();
});

test('me is me by either address and on any device, and nobody else is', () => {
  expect(isMe('5511999990001@s.whatsapp.net', ME)).toBe(true);
  expect(isMe('100000000000001:3@lid', ME)).toBe(true);
  expect(isMe('5511999990001@lid', ME)).toBe(false);
  expect(isMe('100000000000001@s.whatsapp.net', ME)).toBe(false);
  expect(isMe('nonsense', { id: 'nonsense', lid: null })).toBe(false);
});

test('a pair of addresses is one person only where one is a LID and the other a number', () => {
  const pair = { lid: '200000000000002', number: '5511988880001' };
  expect(aliasOf('200000000000002:1@lid', '5511988880001@s.whatsapp.net')).toEqual(pair);
  expect(aliasOf('5511988880001:9@s.whatsapp.net', '200000000000002@lid')).toEqual(pair);
  expect(aliasOf('200000000000002@lid', '200000000000003@lid')).toBeNull();
  expect(aliasOf('120363000000000001@g.us', '5511988880001@s.whatsapp.net')).toBeNull();
});

test('whatever stands where an address should be, a chat id is one WhatsApp can be asked to send to', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((user) => `${user}@lid`),
      ),
      fc.string(),
      (jid, other) => {
        const chatId = chatIdOf(jid, other);
        expect(chatId === null || /^\d[\d-]*@(lid|s\.whatsapp\.net|g\.us)$/.test(chatId)).toBe(true);
        expect(numberOf(jid) !== null && lidOf(jid) !== null).toBe(false);
      },
    ),
  );
});

import { expect, test } from 'vitest';
import { ownReadingOf } from '../../../relay/whatsapp/messages/own-reading.ts';

const ME = { id: '5511999990001:7@s.whatsapp.net', lid: '9001:7@lid' };
const receipt = (attrs: Record<string, string>) => ({
  tag: 'receipt',
  attrs: { id: '3EB0', t: '1800000000', type: 'read', from: '9001@lid', recipient: '77@lid', ...attrs },
});

test.each([
  ['read, as most accounts tell it', {}],
  ['read-self, from an account that shows nobody what it reads', { type: 'read-self' }],
  ['from another computer of the owner’s', { from: '9001:12@lid' }],
])('the owner has read a chat elsewhere: %s', (_how, attrs) => {
  expect(ownReadingOf(receipt(attrs), ME)).toEqual({
    jid: '77@lid',
    alternative: undefined,
    readAt: 1_800_000_000_000,
    live: true,
  });
});

test('out of WhatsApp’s queue it is of the time that it names, and the person’s other address goes along', () => {
  const attrs = { from: '5511999990001@s.whatsapp.net', recipient: '5511988880001@s.whatsapp.net' };
  expect(ownReadingOf(receipt({ ...attrs, offline: '1', peer_recipient_lid: '77@lid' }), ME)).toMatchObject({
    jid: '5511988880001@s.whatsapp.net',
    alternative: '77@lid',
    live: false,
  });
});

test.each([
  ['the person has read what this number sent', { from: '77@lid', recipient: '' }],
  ['somebody’s receipt names a recipient', { from: '77@lid', recipient: '78@lid' }],
  ['a LID with the digits of the own number', { from: '5511999990001@lid' }],
  ['a message has only arrived at the phone', { type: 'sender' }],
  ['a voice message was played', { type: 'played-self' }],
  ['it names nobody', { recipient: '' }],
  ['it is about notes to oneself', { recipient: '9001@lid' }],
])('no reading of the owner’s: %s', (_what, attrs) => {
  expect(ownReadingOf(receipt(attrs), ME)).toBeNull();
});

/** What Baileys hands over, read: every kind of content, every reason to ignore, and whatever a sender may invent. */
import { proto, type WAMessage } from '@whiskeysockets/baileys';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Read, readMessage } from '../../../relay/whatsapp/messages/read-message.ts';

const ME = { id: '5511999990001:7@s.whatsapp.net', lid: '100000000000001:7@lid' };
const CAIO = '200000000000002@lid';
const CAIO_NUMBER = '5511988880001@s.whatsapp.net';
const GROUP = '120363000000000001@g.us';

type Parts = Partial<Omit<WAMessage, 'key'>> & { readonly key?: Partial<WAMessage['key']> };

function received(message: proto.IMessage | null, parts: Parts = {}): WAMessage {
  const { key, ...rest } = parts;
  return {
    messageTimestamp: 1_760_000_000,
    pushName: 'Caio',
    ...rest,
    key: { remoteJid: CAIO, remoteJidAlt: CAIO_NUMBER, fromMe: false, id: '3A01', ...key },
    // Through the wire and back, as Baileys gets it: fields that were not sent read as their defaults.
    message: message && proto.Message.decode(proto.Message.encode(proto.Message.fromObject(message)).finish()),
  };
}

function read(message: proto.IMessage | null, parts: Parts = {}): Read {
  return readMessage(received(message, parts), ME, true);
}

test('reads a text with its person, number, name and time', () => {
  expect(read({ conversation: 'oi' })).toEqual({
    type: 'message',
    message: {
      chatId: CAIO,
      chatKind: 'direct',
      messageId: '3A01',
      author: 'contact',
      number: '5511988880001',
      senderName: 'Caio',
      sentAt: 1_760_000_000_000,
      live: true,
      kind: 'text',
      text: 'oi',
      shown: [],
      disappearsAfter: 0,
      addressed: true,
    },
  });
});

const text = (words: string): proto.IMessage => ({ extendedTextMessage: { text: words } });

test.each<[string, proto.IMessage, string, string | null]>([
  ['a text with a link', text('veja https://example.com'), 'text', 'veja https://example.com'],
  ['a picture', { imageMessage: { caption: 'o portão' } }, 'image', 'o portão'],
  ['a picture without words', { imageMessage: {} }, 'image', null],
  ['a video', { videoMessage: { caption: 'olha' } }, 'video', 'olha'],
  ['a round video', { ptvMessage: {} }, 'video', null],
  ['a voice note', { audioMessage: { ptt: true } }, 'voice', null],
  ['a song', { audioMessage: { ptt: false } }, 'audio', null],
  ['a document', { documentMessage: { fileName: 'conta.pdf' } }, 'document', 'conta.pdf'],
  [
    'a document with a caption',
    { documentWithCaptionMessage: { message: { documentMessage: { fileName: 'a.pdf', caption: 'a conta' } } } },
    'document',
    'a.pdf\na conta',
  ],
  ['a sticker', { stickerMessage: {} }, 'sticker', null],
  ['a moving sticker', { lottieStickerMessage: { message: { stickerMessage: {} } } }, 'sticker', null],
  ['a place', { locationMessage: { name: 'Padaria' } }, 'location', null],
  ['a live place', { liveLocationMessage: {} }, 'location', null],
  ['a contact card', { contactMessage: { displayName: 'Duda' } }, 'contact', null],
  ['contact cards', { contactsArrayMessage: { displayName: '2 contatos' } }, 'contact', '2 contatos'],
  ['a poll', { pollCreationMessageV3: { name: 'Quando?' } }, 'poll', 'Quando?'],
  ['a chosen button', { buttonsResponseMessage: { selectedDisplayText: 'Sim' } }, 'text', 'Sim'],
  ['a chosen list row', { listResponseMessage: { title: 'Opção 2' } }, 'text', 'Opção 2'],
  ['words of a business', { buttonsMessage: { contentText: 'Escolha' } }, 'menu', 'Escolha'],
  ['an invitation', { groupInviteMessage: { groupName: 'Vizinhos' } }, 'invite', null],
  ['a payment', { sendPaymentMessage: {} }, 'payment', null],
  ['a disappearing text', { ephemeralMessage: { message: text('some') } }, 'text', 'some'],
  ['a picture seen once', { viewOnceMessageV2: { message: { imageMessage: {} } } }, 'image', null],
  ['an old picture seen once', { viewOnceMessage: { message: { imageMessage: {} } } }, 'image', null],
  [
    'a voice note heard once',
    { viewOnceMessageV2Extension: { message: { audioMessage: { ptt: true } } } },
    'voice',
    null,
  ],
  [
    'a text in three wrappers',
    {
      deviceSentMessage: {
        message: { ephemeralMessage: { message: { groupMentionedMessage: { message: text('a') } } } },
      },
    },
    'text',
    'a',
  ],
  ['a picture of an album', { associatedChildMessage: { message: { imageMessage: {} } } }, 'image', null],
])('reads %s', (_name, message, kind, words) => {
  expect(read(message)).toMatchObject({ type: 'message', message: { kind, text: words } });
});

const target = { remoteJid: CAIO, id: '3A00' };

test.each<[string, proto.IMessage, object]>([
  ['a reaction', { reactionMessage: { key: target, text: '👍' } }, { reason: 'reaction' }],
  ['an edit', { protocolMessage: { type: 14, key: target } }, { reason: 'edit', targetId: '3A00', text: null }],
  [
    'a wrapped edit',
    { editedMessage: { message: { protocolMessage: { type: 14, key: target, editedMessage: text('b') } } } },
    { reason: 'edit', targetId: '3A00', text: 'b' },
  ],
  [
    'an edit of a caption in its wrapper',
    {
      protocolMessage: {
        type: 14,
        key: target,
        editedMessage: {
          documentWithCaptionMessage: {
            message: { documentMessage: { fileName: 'a.pdf', caption: 'dois bolos' } },
          },
        },
      },
    },
    { reason: 'edit', targetId: '3A00', text: 'a.pdf\ndois bolos' },
  ],
  [
    'an edit that says of nothing',
    { editedMessage: { message: text('b') } },
    { reason: 'edit', targetId: null, text: null },
  ],
  [
    'an encrypted edit',
    { secretEncryptedMessage: { secretEncType: 2, targetMessageKey: target } },
    { reason: 'edit', targetId: '3A00', text: null },
  ],
  ['a deletion', { protocolMessage: { type: 0, key: target } }, { reason: 'deletion', targetId: '3A00' }],
  [
    'a change of disappearing messages',
    { protocolMessage: { type: 3, ephemeralExpiration: 86_400 } },
    { reason: 'timer', seconds: 86_400 },
  ],
  ['shared keys', { protocolMessage: { type: 6 } }, { reason: 'protocol' }],
  ['a call', { call: { callKey: Buffer.of(1) } }, { reason: 'call' }],
  ['a vote', { pollUpdateMessage: {} }, { reason: 'notice' }],
  ['a pinned message', { pinInChatMessage: { key: target } }, { reason: 'notice' }],
  ['an album, whose pictures come apart', { albumMessage: { expectedImageCount: 2 } }, { reason: 'notice' }],
  ['a group key', { senderKeyDistributionMessage: { groupId: GROUP } }, { reason: 'empty' }],
  ['bare context', { messageContextInfo: {} }, { reason: 'empty' }],
  ['an empty text', { conversation: '' }, { reason: 'empty' }],
  ['an empty wrapper', { ephemeralMessage: {} }, { reason: 'empty' }],
])('ignores %s', (_name, message, reason) => {
  expect(read(message)).toEqual({ type: 'ignored', ...reason });
});

test.each([
  ['a status', 'status@broadcast'],
  ['a broadcast list', '1234567890@broadcast'],
  ['a channel', '120363000000000009@newsletter'],
  ["WhatsApp's own account", '0@s.whatsapp.net'],
  ['a bot', '867051314767696@bot'],
  ['no address', 'nonsense'],
])('answers no chat with %s', (_name, remoteJid) => {
  const key = { remoteJid, remoteJidAlt: '', participant: CAIO };
  expect(read({ conversation: 'oi' }, { key })).toEqual({ type: 'ignored', reason: 'no-chat' });
});

test.each([ME.id, ME.lid])("ignores the owner's notes to themselves at %s", (remoteJid) => {
  const key = { remoteJid, remoteJidAlt: '', fromMe: true };
  expect(read({ conversation: 'leite' }, { key })).toEqual({ type: 'ignored', reason: 'own-chat' });
});

test("the owner's own words are the owner's, whatever name comes with them (S20, S21)", () => {
  const key = { fromMe: true, remoteJidAlt: '5511999990001@s.whatsapp.net' };
  const message = read({ deviceSentMessage: { message: { conversation: 'já vou' } } }, { key, pushName: 'Ana' });
  expect(message).toMatchObject({ message: { author: 'owner', senderName: null, chatId: CAIO, number: null } });
});

test('what cannot be decrypted is told of as that, and as nothing else', () => {
  const half = { senderKeyDistributionMessage: { groupId: GROUP } };
  for (const content of [null, half])
    expect(read(content, { messageStubType: 2, messageStubParameters: ['Bad MAC'] })).toMatchObject({
      type: 'message',
      message: { kind: 'unreadable', text: null, shown: [] },
    });
  const asked = { messageStubType: 2, messageStubParameters: ['Message absent from node'] };
  expect(read(null, asked)).toEqual({ type: 'ignored', reason: 'asked-for' });
  expect(read(null, { messageStubType: 40 })).toEqual({ type: 'ignored', reason: 'notice' });
});

test('in a group only a mention or a reply addresses the owner, by either address', () => {
  const key = { remoteJid: GROUP, remoteJidAlt: '', participant: CAIO };
  const said = (contextInfo: proto.IContextInfo): unknown => {
    const result = read({ extendedTextMessage: { text: 'e aí', contextInfo } }, { key });
    return result.type === 'message' && result.message.addressed;
  };
  expect(said({ mentionedJid: ['5511999990001@s.whatsapp.net'] })).toBe(true);
  expect(said({ mentionedJid: [CAIO, '100000000000001@lid'] })).toBe(true);
  expect(said({ stanzaId: '3EB0', participant: '100000000000001@lid' })).toBe(true);
  expect(said({ stanzaId: '3EB0', participant: CAIO })).toBe(false);
  // The same digits in the other space are somebody else.
  expect(said({ mentionedJid: ['5511999990001@lid', '100000000000001@s.whatsapp.net'] })).toBe(false);
  expect(read({ conversation: 'oi' }, { key })).toMatchObject({ message: { chatKind: 'group', addressed: false } });
});

test('a text is cut to 64 KiB between characters', () => {
  const result = read({ conversation: `${'a'.repeat(65_534)}😀😀` });
  expect(result).toMatchObject({ message: { text: 'a'.repeat(65_534) } });
});

test('an id that no client of WhatsApp makes is not kept', () => {
  expect(read({ conversation: 'oi' }, { key: { id: 'A'.repeat(128) } })).toMatchObject({ type: 'message' });
  expect(read({ conversation: 'oi' }, { key: { id: 'A'.repeat(129) } })).toEqual({ type: 'ignored', reason: 'broken' });
  const group = { remoteJid: `${'1'.repeat(25)}@g.us` };
  expect(read({ conversation: 'oi' }, { key: group })).toEqual({ type: 'ignored', reason: 'no-chat' });
});

test('a name is one line that turns nothing around, and not longer than a line', () => {
  const pushName = `Caio\n\u202egnirts${'😀'.repeat(200)}`;
  const result = read({ conversation: 'oi' }, { pushName });
  const name = result.type === 'message' ? (result.message.senderName ?? '') : '';
  expect([...name]).toHaveLength(100);
  expect(name.startsWith('Caio gnirts😀')).toBe(true);
  expect(name.isWellFormed()).toBe(true);
});

test.each([undefined, null, Number.NaN, -5, 1e300])('a time of %s is no reason to fail', (messageTimestamp) => {
  const result = read({ conversation: 'oi' }, { messageTimestamp } as Parts);
  expect(result).toMatchObject({ type: 'message' });
  expect(result.type === 'message' && new Date(result.message.sentAt).getTime()).not.toBeNaN();
});

test('reads a time that is a Long', () => {
  const long = proto.WebMessageInfo.decode(
    proto.WebMessageInfo.encode({ key: {}, messageTimestamp: 1_760_000_001 }).finish(),
  ).messageTimestamp;
  expect(read({ conversation: 'oi' }, { messageTimestamp: long } as Parts)).toMatchObject({
    message: { sentAt: 1_760_000_001_000 },
  });
});

const FIELDS = Object.keys(proto.Message.prototype).filter((name) => /Message|conversation|call/.test(name));

/** Messages within messages to any depth, with things in them that no client would write. */
const invented = fc.letrec<{ message: object }>((tie) => ({
  message: fc.dictionary(
    fc.constantFrom(...FIELDS),
    fc.oneof(
      { depthSize: 'large', withCrossShrink: true },
      fc.anything({ maxDepth: 2 }),
      fc.record({ message: tie('message') }),
      fc.record({ text: fc.anything(), caption: fc.anything(), key: fc.anything(), type: fc.anything() }),
    ),
    { maxKeys: 4 },
  ),
})).message;

test('whatever a sender invents is read or ignored, never thrown', () => {
  const key = fc.record(
    {
      remoteJid: fc.constantFrom(CAIO, GROUP, ME.id, '@', '@lid', ':@g.us', '_1@lid'),
      id: fc.string(),
      fromMe: fc.boolean(),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(key, invented, fc.anything(), (each, message, pushName) => {
      const result = readMessage({ key: each, message, pushName, messageTimestamp: 1 } as never, ME, false);
      if (result.type === 'ignored') return;
      expect(result.message.text === null || typeof result.message.text === 'string').toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('bytes that decode to a protobuf are read or ignored, never thrown', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      let message: proto.IMessage;
      try {
        message = proto.Message.decode(bytes);
      } catch {
        // Most bytes are no message: Baileys refuses these before us.
        return;
      }
      expect(readMessage({ key: received(null).key, message }, ME, true).type).toMatch(/message|ignored/);
    }),
    { numRuns: 3_000 },
  );
});

test('a message wrapped a thousand times is ignored', () => {
  let message: proto.IMessage = { conversation: 'fundo' };
  for (let depth = 0; depth < 1_000; depth++) message = { ephemeralMessage: { message } };
  expect(readMessage({ key: received(null).key, message }, ME, true)).toEqual({ type: 'ignored', reason: 'broken' });
});

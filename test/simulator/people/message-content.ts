/** Messages of every kind as WhatsApp's phones write them. Pure: what is sent where, a person decides. */
import type { proto } from '@whiskeysockets/baileys';
import type { Media } from '../media-host.ts';
import type { Person } from './person.ts';

/** The numbers of WhatsApp's ProtocolMessage.Type. */
const REVOKE = 0;
const EPHEMERAL_SETTING = 3;
const MESSAGE_EDIT = 14;

/** A message that another one refers to, and who wrote it. */
export type Referred = { readonly id: string; readonly by: Person; readonly to: Person };

export function plainText(text: string): proto.IMessage {
  return { conversation: text };
}

/** A text with mentions or a quote, as groups need them. */
export function richText(
  text: string,
  context: { readonly mentions?: readonly Person[]; readonly quotes?: Referred & { readonly text: string } },
): proto.IMessage {
  const { mentions = [], quotes } = context;
  return {
    extendedTextMessage: {
      text,
      contextInfo: {
        mentionedJid: mentions.map(({ phone }) => phone.address('lid')),
        ...(quotes
          ? {
              stanzaId: quotes.id,
              participant: quotes.by.phone.address('lid'),
              quotedMessage: { conversation: quotes.text },
            }
          : {}),
      },
    },
  };
}

export function image(media: Media, caption?: string): proto.IMessage {
  return {
    imageMessage: { ...media.reference, mimetype: 'image/jpeg', width: 1, height: 1, ...(caption ? { caption } : {}) },
  };
}

export function video(media: Media, caption?: string): proto.IMessage {
  return { videoMessage: { ...media.reference, mimetype: 'video/mp4', seconds: 1, ...(caption ? { caption } : {}) } };
}

export function voiceNote(media: Media): proto.IMessage {
  return { audioMessage: { ...media.reference, mimetype: 'audio/ogg; codecs=opus', seconds: 1, ptt: true } };
}

export function audioFile(media: Media): proto.IMessage {
  return { audioMessage: { ...media.reference, mimetype: 'audio/mpeg', seconds: 1, ptt: false } };
}

export function documentFile(media: Media, fileName: string): proto.IMessage {
  return { documentMessage: { ...media.reference, mimetype: 'application/pdf', fileName, title: fileName } };
}

export function sticker(media: Media): proto.IMessage {
  return { stickerMessage: { ...media.reference, mimetype: 'image/webp' } };
}

export function location(name: string): proto.IMessage {
  return { locationMessage: { degreesLatitude: -23.55, degreesLongitude: -46.63, name } };
}

export function contactCard(name: string): proto.IMessage {
  return { contactMessage: { displayName: name, vcard: `BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nEND:VCARD` } };
}

export function poll(question: string, options: readonly string[]): proto.IMessage {
  return {
    pollCreationMessageV3: {
      name: question,
      options: options.map((optionName) => ({ optionName })),
      selectableOptionsCount: 1,
    },
  };
}

/** `from` reacts; whose message it was decides how the key reads. */
export function reaction(from: Person, to: Referred, emoji: string): proto.IMessage {
  return { reactionMessage: { key: keyOf(to, to.by === from), text: emoji, senderTimestampMs: Date.now() } };
}

/** Goes out with the stanza attribute `edit` = 1. */
export function edit(of: Referred, text: string): proto.IMessage {
  return {
    protocolMessage: {
      key: keyOf(of),
      type: MESSAGE_EDIT,
      editedMessage: { conversation: text },
      timestampMs: Date.now(),
    },
  };
}

/** Goes out with the stanza attribute `edit` = 7. */
export function deletion(of: Referred): proto.IMessage {
  return { protocolMessage: { key: keyOf(of), type: REVOKE } };
}

/** What a chat gets when someone turns disappearing messages on; 0 turns them off. */
export function disappearing(seconds: number): proto.IMessage {
  return { protocolMessage: { type: EPHEMERAL_SETTING, ephemeralExpiration: seconds } };
}

/** A text in a chat whose messages disappear: each says after how long. */
export function disappearingText(text: string, seconds: number): proto.IMessage {
  return { extendedTextMessage: { text, contextInfo: { expiration: seconds } } };
}

/** A message in a chat whose messages disappear, as older phones write it. */
export function ephemeral(message: proto.IMessage): proto.IMessage {
  return { ephemeralMessage: { message } };
}

export function viewOnce(message: proto.IMessage): proto.IMessage {
  return { viewOnceMessageV2: { message } };
}

/** As the one who refers sees it: the chat is the other person's. */
function keyOf({ id, by, to }: Referred, fromMe = true): proto.IMessageKey {
  return { id, remoteJid: (fromMe ? to : by).phone.address('lid'), fromMe };
}

/** Messages that scripts can have sent, by the name of their kind. */
import type { proto } from '@whiskeysockets/baileys';
import type { MediaHost, MediaKind } from './media-host.ts';
import * as content from './people/message-content.ts';
import type { Person, SendOptions } from './people/person.ts';

type Wish = {
  readonly media: MediaHost;
  readonly from: Person;
  /** Caption, name, question, emoji or new text, as the kind has it. */
  readonly text: string;
  /** The message that a reaction, an edit or a deletion is about. */
  readonly of: content.Referred;
};

type Outgoing = { readonly message: proto.IMessage; readonly options?: SendOptions };

const KINDS = {
  image: ({ media, text }) => ({ message: content.image(file(media, 'Image'), text) }),
  video: ({ media, text }) => ({ message: content.video(file(media, 'Video'), text) }),
  voice: ({ media }) => ({ message: content.voiceNote(file(media, 'Audio')) }),
  audio: ({ media }) => ({ message: content.audioFile(file(media, 'Audio')) }),
  document: ({ media, text }) => ({ message: content.documentFile(file(media, 'Document'), text || 'a.pdf') }),
  sticker: ({ media }) => ({ message: content.sticker(file(media, 'Image')) }),
  location: ({ text }) => ({ message: content.location(text) }),
  contact: ({ text }) => ({ message: content.contactCard(text) }),
  poll: ({ text }) => ({ message: content.poll(text, ['1', '2']) }),
  reaction: ({ from, of, text }) => ({ message: content.reaction(from, of, text) }),
  edit: ({ of, text }) => ({ message: content.edit(of, text), options: { edit: '1' } }),
  deletion: ({ of }) => ({ message: content.deletion(of), options: { edit: '7' } }),
  disappearing: () => ({ message: content.disappearing(WEEK_SECONDS) }),
} satisfies Record<string, (wish: Wish) => Outgoing>;

const WEEK_SECONDS = 604_800;

export type SentKind = keyof typeof KINDS;
export const sentKinds = Object.keys(KINDS) as SentKind[];

export function messageOf(kind: SentKind, wish: Wish): Outgoing {
  return KINDS[kind](wish);
}

function file(media: MediaHost, kind: MediaKind) {
  return media.keep(kind, Buffer.from('some content'));
}

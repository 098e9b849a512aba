/** What Baileys hands over → a ChatMessage, or a reason why it is none. Pure, and never trusts what a sender wrote. */
import { isJidGroup, type proto, toNumber, type WAMessage } from '@whiskeysockets/baileys';
import { visibleText } from '../../../shared/rules/visible-text.ts';
import type { ChatMessage, Shown } from '../../store/chat-message.ts';
import { chatIdOf, isMe, type Me, numberOf } from '../chat-id.ts';
import { contentOf, type NoContent } from './message-content.ts';
import { withContext } from './message-context.ts';
import type { Told } from './message-lines.ts';

export type Ignored =
  | NoContent
  | {
      readonly type: 'ignored';
      readonly reason: 'no-chat' | 'own-chat' | 'asked-for';
    };

export type Read = { readonly type: 'message'; readonly message: ChatMessage } | Ignored;

/** WhatsApp's own clients make ids of at most 32 characters; this one is the sender's to choose. */
const MOST_ID_CHARACTERS = 128;
const MOST_TEXT_BYTES = 65_536;
const MOST_NAME_CHARACTERS = 100;
const MOST_SHOWN = 60;
const MOST_SHOWN_CHARACTERS = 8_000;
const SECOND_MS = 1_000;
/** Beyond it, a timestamp is no date that JavaScript knows. */
const LATEST_SECONDS = 8_640_000_000_000;
/** What linked devices are not shown, in WhatsApp's own words. */
const PHONE_ONLY: proto.IMessage = { placeholderMessage: { type: 0 } };
/** WhatsApp's StubType of a message that could not be decrypted; the others tell of calls, members, settings. */
const CIPHERTEXT = 2;
/** The parameter of such a message, of Baileys' own, where nothing was there to decrypt. */
const NO_CIPHERTEXT = 'Message absent from node';
/** The same id comes again once its sender has encrypted it anew. */
const UNREADABLE = {
  type: 'content',
  kind: 'unreadable',
  text: null,
  shown: [],
  context: null,
  disappearsAfter: null,
} as const;

/** `live`: it arrived as it was sent, not from a queue. */
export function readMessage(message: WAMessage, me: Me, live: boolean): Read {
  try {
    return read(message, me, live);
  } catch {
    // A protobuf can be valid and still nonsense; it gets no answer and costs nothing.
    return { type: 'ignored', reason: 'broken' };
  }
}

function read(received: WAMessage, me: Me, live: boolean): Read {
  const { message, messageStubType, messageStubParameters, messageTimestamp, pushName } = received;
  const { remoteJid, remoteJidAlt, participant, id, fromMe, isViewOnce } = received.key;
  // A message from the owner's phone may name the owner's own number beside the contact's address.
  const alternative = isMe(remoteJidAlt, me) ? null : remoteJidAlt;
  const chatId = chatIdOf(remoteJid, alternative);
  if (!remoteJid || !id || !chatId) return { type: 'ignored', reason: 'no-chat' };
  if (id.length > MOST_ID_CHARACTERS) return { type: 'ignored', reason: 'broken' };
  const group = isJidGroup(remoteJid) === true;
  if (isMe(remoteJid, me)) return { type: 'ignored', reason: 'own-chat' };
  if (messageStubType && (messageStubType !== CIPHERTEXT || group)) return { type: 'ignored', reason: 'notice' };
  // Without a ciphertext in it the phone is asked for it, and somebody else tells what comes of that.
  if (messageStubType && messageStubParameters?.includes(NO_CIPHERTEXT))
    return { type: 'ignored', reason: 'asked-for' };
  const content = messageStubType ? UNREADABLE : contentOf(message ?? (isViewOnce ? PHONE_ONLY : {}));
  if (content.type === 'ignored') return content;
  const told = withContext(content, content.context, { me, tell: toldAlone });
  return {
    type: 'message',
    message: {
      chatId,
      chatKind: group ? 'group' : 'direct',
      messageId: id,
      author: fromMe ? 'owner' : 'contact',
      number: group ? null : (numberOf(remoteJid) ?? numberOf(alternative)),
      senderName: fromMe ? null : clippedName(pushName),
      sentAt: sentAt(messageTimestamp),
      live,
      kind: told.kind,
      text: told.text ? withinBytes(told.text.toWellFormed()) : null,
      shown: clipped(told.shown ?? []),
      disappearsAfter: group ? null : content.disappearsAfter,
      addressed: !group || isAddressed(content.context, me, participant),
    },
  };
}

/** What is quoted, by itself: what it quotes in its turn is not shown in WhatsApp either. */
function toldAlone(message: proto.IMessage): Told | null {
  const content = contentOf(message);
  return content.type === 'content' ? content : null;
}

/** So much of it as anybody reads, without what hides. */
function clipped(shown: readonly Shown[]): readonly Shown[] {
  return shown
    .slice(0, MOST_SHOWN)
    .map((each) => ({ ...each, text: visibleText(each.text.slice(0, MOST_SHOWN_CHARACTERS)).trim() }))
    .filter(({ text }) => text !== '');
}

/** In a group: the owner is mentioned, or one of their messages is replied to. */
function isAddressed(context: proto.IContextInfo | null, me: Me, participant: string | null | undefined): boolean {
  if (!context || !participant) return false;
  const repliedTo = context.stanzaId || context.quotedMessage ? [context.participant] : [];
  return [...(context.mentionedJid ?? []), ...repliedTo].some((jid) => isMe(jid, me));
}

/** Epoch seconds, as a number or a Long; what is neither counts as very old, and is not answered. */
/** Epoch ms. */
export function sentAt(timestamp: WAMessage['messageTimestamp']): number {
  const seconds = Math.trunc(toNumber(timestamp));
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), LATEST_SECONDS) * SECOND_MS : 0;
}

/** A name is one line, and cannot turn the direction of the text around it. */
function clippedName(name: string | null | undefined): string | null {
  const clean = visibleText(name?.slice(0, MOST_NAME_CHARACTERS * 4) ?? '')
    .replaceAll(/[\t\n]/g, ' ')
    .trim();
  // As WhatsApp writes a name that is not there.
  if (clean === '-') return null;
  return [...clean].slice(0, MOST_NAME_CHARACTERS).join('') || null;
}

/** Cut between characters, never inside one. */
function withinBytes(text: string): string {
  if (Buffer.byteLength(text) <= MOST_TEXT_BYTES) return text;
  return new TextDecoder().decode(Buffer.from(text).subarray(0, MOST_TEXT_BYTES), { stream: true });
}

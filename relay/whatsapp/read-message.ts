/** What Baileys hands over → a ChatMessage, or a reason why it is none. Pure, and never trusts what a sender wrote. */
import { isJidGroup, normalizeMessageContent, type proto, type WAMessage } from '@whiskeysockets/baileys';
import type { ChatMessage, ContentKind } from '../store/chat-message.ts';
import { chatIdOf, isMe, type Me, numberOf } from './chat-id.ts';

export type Ignored = {
  readonly type: 'ignored';
  readonly reason:
    | 'no-chat'
    | 'own-chat'
    | 'undecryptable'
    | 'reaction'
    | 'edit'
    | 'deletion'
    | 'protocol'
    | 'notice'
    | 'empty'
    | 'broken';
};

export type Read = { readonly type: 'message'; readonly message: ChatMessage } | Ignored;

const MOST_TEXT_BYTES = 65_536;
const MOST_NAME_CHARACTERS = 100;
/** Beyond it, a timestamp is no date that JavaScript knows. */
const LATEST_SECONDS = 8_640_000_000_000;

/** `live`: it arrived as it was sent, not from a queue. */
export function readMessage(message: WAMessage, me: Me, live: boolean): Read {
  try {
    return read(message, me, live);
  } catch {
    // A protobuf can be valid and still nonsense; whoever sent it gets no answer and costs nothing.
    return ignored('broken');
  }
}

function read({ key, message, messageStubType, messageTimestamp, pushName }: WAMessage, me: Me, live: boolean): Read {
  const { remoteJid, remoteJidAlt, participant, id, fromMe } = key;
  const chatId = remoteJid ? chatIdOf(remoteJid, remoteJidAlt) : null;
  if (!remoteJid || !id || !chatId) return ignored('no-chat');
  const group = isJidGroup(remoteJid) === true;
  if (!group && isMe(remoteJid, me)) return ignored('own-chat');
  if (!message) return ignored(messageStubType ? 'undecryptable' : 'empty');
  const content = normalizeMessageContent(message);
  if (!content) return ignored('empty');
  const special = specialKind(message, content);
  if (special) return ignored(special);
  const found = contentOf(content);
  if (!found) return ignored('empty');
  return {
    type: 'message',
    message: {
      chatId,
      chatKind: group ? 'group' : 'direct',
      messageId: id,
      author: fromMe ? 'owner' : 'contact',
      number: group ? null : (numberOf(remoteJid) ?? numberOf(remoteJidAlt)),
      senderName: fromMe ? null : clipped(pushName),
      sentAt: sentAt(messageTimestamp),
      live,
      kind: found.kind,
      text: found.text ? withinBytes(found.text) : null,
      addressed: !group || isAddressed(content, me, participant),
    },
  };
}

function ignored(reason: Ignored['reason']): Ignored {
  return { type: 'ignored', reason };
}

function specialKind(message: proto.IMessage, content: proto.IMessage): Ignored['reason'] | null {
  if (content.reactionMessage || content.encReactionMessage) return 'reaction';
  if (message.editedMessage) return 'edit';
  if (content.protocolMessage) {
    // The numbers of WhatsApp's ProtocolMessage.Type: 0 REVOKE, 14 MESSAGE_EDIT.
    if (content.protocolMessage.type === 14) return 'edit';
    return content.protocolMessage.key && (content.protocolMessage.type ?? 0) === 0 ? 'deletion' : 'protocol';
  }
  if (content.pollUpdateMessage || content.keepInChatMessage || content.pinInChatMessage || content.call)
    return 'notice';
  return null;
}

function contentOf(content: proto.IMessage): { readonly kind: ContentKind; readonly text: string | null } | null {
  const text = content.conversation || content.extendedTextMessage?.text;
  if (text) return { kind: 'text', text };
  if (content.imageMessage) return { kind: 'image', text: content.imageMessage.caption ?? null };
  if (content.videoMessage || content.ptvMessage) return { kind: 'video', text: content.videoMessage?.caption ?? null };
  if (content.audioMessage) return { kind: content.audioMessage.ptt ? 'voice' : 'audio', text: null };
  if (content.documentMessage) {
    return { kind: 'document', text: content.documentMessage.caption || content.documentMessage.fileName || null };
  }
  if (content.stickerMessage) return { kind: 'sticker', text: null };
  if (content.locationMessage || content.liveLocationMessage)
    return { kind: 'location', text: content.locationMessage?.name ?? null };
  if (content.contactMessage || content.contactsArrayMessage) return { kind: 'contact', text: null };
  const poll = content.pollCreationMessage ?? content.pollCreationMessageV2 ?? content.pollCreationMessageV3;
  if (poll) return { kind: 'poll', text: poll.name ?? null };
  const others = Object.entries(content).filter(([name, value]) => value && !CARRIERS.has(name));
  return others.length > 0 ? { kind: 'other', text: null } : null;
}

/** Fields that accompany a message and are none by themselves. */
const CARRIERS: ReadonlySet<string> = new Set([
  'messageContextInfo',
  'senderKeyDistributionMessage',
  'conversation',
  'extendedTextMessage',
]);

/** In a group: the owner is mentioned, or one of their messages is replied to. */
function isAddressed(content: proto.IMessage, me: Me, participant: string | null | undefined): boolean {
  const context = Object.values(content)
    .map((value: unknown) =>
      typeof value === 'object' && value !== null && 'contextInfo' in value ? value.contextInfo : null,
    )
    .find((each): each is proto.IContextInfo => typeof each === 'object' && each !== null);
  if (!context || !participant) return false;
  const quoted = context.quotedMessage && context.participant ? [context.participant] : [];
  return [...(context.mentionedJid ?? []), ...quoted].some((jid) => isMe(jid, me));
}

function sentAt(timestamp: WAMessage['messageTimestamp']): number {
  const seconds = Number(timestamp ?? 0);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), LATEST_SECONDS) * 1_000 : 0;
}

function clipped(name: string | null | undefined): string | null {
  const clean = name
    ?.replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, MOST_NAME_CHARACTERS);
  return clean || null;
}

/** Cut between characters, never inside one. */
function withinBytes(text: string): string {
  if (Buffer.byteLength(text) <= MOST_TEXT_BYTES) return text;
  return new TextDecoder().decode(Buffer.from(text).subarray(0, MOST_TEXT_BYTES), { stream: true });
}

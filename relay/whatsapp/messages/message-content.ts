/**
 * What is in a WhatsApp message: a kind and its words, or the reason why it is nothing to answer. Pure.
 * Knows protobufs only: not who wrote, nor where.
 */
import type { proto } from '@whiskeysockets/baileys';
import type { ContentKind, Shown } from '../../store/chat-message.ts';
import { toldBy, VIEW_ONCE } from './message-kinds.ts';

export type Content = {
  readonly type: 'content';
  readonly kind: ContentKind;
  readonly text: string | null;
  readonly shown: readonly Shown[];
  /** See `ChatMessage`. */
  readonly disappearsAfter: number | null;
  /** Mentions and the message replied to. */
  readonly context: proto.IContextInfo | null;
};

/** A message that says nothing: it changes another message, or is WhatsApp's own bookkeeping. */
export type NoContent =
  | {
      readonly type: 'ignored';
      readonly reason: 'reaction' | 'call' | 'protocol' | 'notice' | 'empty' | 'broken';
    }
  | { readonly type: 'ignored'; readonly reason: 'deletion'; readonly targetId: string | null }
  /** `text`: the new words; null where this device is not told them. */
  | {
      readonly type: 'ignored';
      readonly reason: 'edit';
      readonly targetId: string | null;
      readonly text: string | null;
    }
  /** From now on the chat's messages disappear after so many seconds; 0: they stay. */
  | { readonly type: 'ignored'; readonly reason: 'timer'; readonly seconds: number };

type Message = proto.IMessage;

/** A sender can nest for ever; people's clients nest three deep at most. */
const MOST_WRAPPERS = 12;
/** WhatsApp's own timers end at 90 days. */
const LONGEST_TIMER_S = 365 * 86_400;

/** Numbers of WhatsApp's ProtocolMessage.Type and SecretEncryptedMessage.SecretEncType. */
const REVOKE = 0;
const EPHEMERAL_SETTING = 3;
const MESSAGE_EDIT = 14;
const SECRET_MESSAGE_EDIT = 2;

export function contentOf(message: Message): Content | NoContent {
  let inner = message;
  let isSeenOnce = false;
  for (let depth = 0; depth < MOST_WRAPPERS; depth++) {
    const wrapper = wrapperOf(inner);
    if (!wrapper) return changeOf(inner) ?? (isSeenOnce ? seenOnce(ownContent(inner)) : ownContent(inner));
    if (!wrapper.message) return ignored('empty');
    isSeenOnce ||= SEEN_ONCE.has(wrapper.name);
    inner = wrapper.message;
  }
  return ignored('broken');
}

/** Fields that hold a whole message and say nothing of their own. */
export const WRAPPERS = [
  'deviceSentMessage',
  'ephemeralMessage',
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
  'documentWithCaptionMessage',
  'associatedChildMessage',
  'groupMentionedMessage',
  'lottieStickerMessage',
  'pollCreationMessageV4',
  'botForwardedMessage',
  'botInvokeMessage',
  'botTaskMessage',
  'questionMessage',
  'questionReplyMessage',
] as const satisfies readonly (keyof Message)[];
const SEEN_ONCE: ReadonlySet<string> = new Set(['viewOnceMessage', 'viewOnceMessageV2', 'viewOnceMessageV2Extension']);

function wrapperOf(message: Message): { readonly name: string; readonly message: Message | null } | null {
  for (const name of WRAPPERS) {
    const wrapper = message[name];
    if (wrapper) return { name, message: wrapper.message ?? null };
  }
  return null;
}

function unwrapped(message: Message): Message {
  let inner = message;
  for (let depth = 0; depth < MOST_WRAPPERS; depth++) {
    const wrapper = wrapperOf(inner);
    if (!wrapper?.message) return inner;
    inner = wrapper.message;
  }
  return inner;
}

function seenOnce(content: Content | NoContent): Content | NoContent {
  if (content.type !== 'content' || content.shown.some(({ text }) => text === VIEW_ONCE)) return content;
  return { ...content, shown: [...content.shown, { as: 'note', of: null, text: VIEW_ONCE }] };
}

function ignored(reason: (NoContent & { targetId?: never; seconds?: never })['reason']): NoContent {
  return { type: 'ignored', reason };
}

function deletion(key: proto.IMessageKey | null | undefined): NoContent {
  return { type: 'ignored', reason: 'deletion', targetId: key?.id || null };
}

function edit(key: proto.IMessageKey | null | undefined, edited: Message | null | undefined): NoContent {
  const words = edited ? ownContent(unwrapped(edited)) : null;
  return {
    type: 'ignored',
    reason: 'edit',
    targetId: key?.id || null,
    text: words?.type === 'content' ? words.text : null,
  };
}

/** Fields that change another message, or tell of a call. */
export const CHANGES = [
  'reactionMessage',
  'encReactionMessage',
  'editedMessage',
  'protocolMessage',
  'secretEncryptedMessage',
  'call',
  'callLogMesssage',
  'bcallMessage',
  'scheduledCallCreationMessage',
] as const satisfies readonly (keyof Message)[];

function changeOf(message: Message): NoContent | null {
  const { protocolMessage: protocol, secretEncryptedMessage: secret } = message;
  if (message.reactionMessage || message.encReactionMessage) return ignored('reaction');
  if (message.editedMessage) {
    const inner = message.editedMessage.message?.protocolMessage;
    return edit(inner?.key, inner?.editedMessage);
  }
  if (protocol) {
    if (protocol.type === EPHEMERAL_SETTING)
      return { type: 'ignored', reason: 'timer', seconds: secondsOf(protocol.ephemeralExpiration) };
    if (protocol.type === MESSAGE_EDIT) return edit(protocol.key, protocol.editedMessage);
    // The type of a deletion is 0, which is also what an absent type reads as; a deletion names its message.
    return protocol.key && (protocol.type ?? REVOKE) === REVOKE ? deletion(protocol.key) : ignored('protocol');
  }
  if (secret?.secretEncType === SECRET_MESSAGE_EDIT) return edit(secret.targetMessageKey, null);
  if (message.call || message.callLogMesssage || message.bcallMessage || message.scheduledCallCreationMessage)
    return ignored('call');
  return null;
}

function ownContent(message: Message): Content | NoContent {
  const read = toldBy(message);
  if (read) {
    const context = read.part.contextInfo ?? null;
    const { kind, text, shown = [] } = read.told;
    return { type: 'content', kind, text: text || null, shown, disappearsAfter: timerOf(kind, context), context };
  }
  const names = Object.entries(message).flatMap(([name, value]) => (value && !CARRIERS.has(name) ? [name] : []));
  if (names.length === 0) return ignored('empty');
  if (names.some((name) => NOTICES.has(name))) return ignored('notice');
  // An unknown kind is told to the agent as such; it may be what the contact waits for an answer to.
  return { type: 'content', kind: 'other', text: null, shown: [], disappearsAfter: null, context: null };
}

/** In a chat whose messages disappear every text says so; other kinds may leave it out. */
function timerOf(kind: ContentKind, context: proto.IContextInfo | null): number | null {
  return secondsOf(context?.expiration) || (kind === 'text' ? 0 : null);
}

/** A sender can write any number. */
function secondsOf(value: number | null | undefined): number {
  return Number.isSafeInteger(value) && Number(value) > 0 ? Math.min(Number(value), LONGEST_TIMER_S) : 0;
}

/** Fields that accompany a message and are none by themselves. */
export const CARRIERS: ReadonlySet<string> = new Set([
  'messageContextInfo',
  'senderKeyDistributionMessage',
  'fastRatchetKeySenderKeyDistributionMessage',
  'stickerSyncRmrMessage',
  'chat',
  'conversation',
  'extendedTextMessage',
]);

/** Told about a chat or about other messages; an album announces pictures that come as messages of their own. */
export const NOTICES: ReadonlySet<string> = new Set([
  'albumMessage',
  'pollUpdateMessage',
  'pollCreationOptionImageMessage',
  'eventCoverImage',
  'pollResultSnapshotMessage',
  'pollResultSnapshotMessageV3',
  'keepInChatMessage',
  'pinInChatMessage',
  'encEventResponseMessage',
  'encCommentMessage',
  'commentMessage',
  'scheduledCallEditMessage',
  'secretEncryptedMessage',
  'messageHistoryBundle',
  'messageHistoryNotice',
  'declinePaymentRequestMessage',
  'cancelPaymentRequestMessage',
  'limitSharingMessage',
  'statusMentionMessage',
  'statusNotificationMessage',
  'statusAddYours',
  'statusQuestionAnswerMessage',
  'statusQuotedMessage',
  'statusStickerInteractionMessage',
  'groupStatusMentionMessage',
  'groupStatusMessage',
  'groupStatusMessageV2',
]);

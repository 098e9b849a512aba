/**
 * What is in a WhatsApp message: a kind and its words, or the reason why it is nothing to answer. Pure.
 * Knows protobufs only: not who wrote, nor where.
 */
import type { proto } from '@whiskeysockets/baileys';
import type { ContentKind } from '../store/chat-message.ts';

export type Content = {
  readonly type: 'content';
  readonly kind: ContentKind;
  readonly text: string | null;
  /** See `ChatMessage`. */
  readonly disappearsAfter: number | null;
  /** Mentions and the message replied to. */
  readonly context: proto.IContextInfo | null;
};

/** Not something said: it changes another message, or is WhatsApp's own bookkeeping. */
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
type Part = { readonly contextInfo?: proto.IContextInfo | null };

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
  for (let depth = 0; depth < MOST_WRAPPERS; depth++) {
    const wrapper = wrapperOf(inner);
    if (!wrapper) return changeOf(inner) ?? ownContent(inner);
    if (!wrapper.message) return ignored('empty');
    inner = wrapper.message;
  }
  return ignored('broken');
}

function wrapperOf(message: Message): { readonly message?: Message | null } | null | undefined {
  return (
    message.deviceSentMessage ??
    message.ephemeralMessage ??
    message.viewOnceMessage ??
    message.viewOnceMessageV2 ??
    message.viewOnceMessageV2Extension ??
    message.documentWithCaptionMessage ??
    message.associatedChildMessage ??
    message.groupMentionedMessage ??
    message.lottieStickerMessage ??
    message.pollCreationMessageV4 ??
    message.botForwardedMessage
  );
}

function ignored(reason: (NoContent & { targetId?: never; seconds?: never })['reason']): NoContent {
  return { type: 'ignored', reason };
}

function deletion(key: proto.IMessageKey | null | undefined): NoContent {
  return { type: 'ignored', reason: 'deletion', targetId: key?.id || null };
}

function edit(key: proto.IMessageKey | null | undefined, edited: Message | null | undefined): NoContent {
  const words = edited ? ownContent(edited) : null;
  return {
    type: 'ignored',
    reason: 'edit',
    targetId: key?.id || null,
    text: words?.type === 'content' ? words.text : null,
  };
}

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
  // What linked devices are not shown: someone wrote something.
  if (message.placeholderMessage) return content('phone-only', null, null);
  const found = textOf(message) ?? mediaOf(message) ?? placeOrPersonOf(message) ?? businessOf(message);
  if (found) return found;
  const names = Object.entries(message).flatMap(([name, value]) => (value && !CARRIERS.has(name) ? [name] : []));
  if (names.length === 0) return ignored('empty');
  // An unknown kind is told to the agent as such; it may be what the contact waits for an answer to.
  return names.some((name) => NOTICES.has(name)) ? ignored('notice') : content('other', null, null);
}

function content(kind: ContentKind, text: string | null | undefined, part: Part | null): Content {
  const context = part?.contextInfo ?? null;
  return { type: 'content', kind, text: text || null, disappearsAfter: timerOf(kind, context), context };
}

/** In a chat whose messages disappear every text says so; other kinds may leave it out. */
function timerOf(kind: ContentKind, context: proto.IContextInfo | null): number | null {
  return secondsOf(context?.expiration) || (kind === 'text' ? 0 : null);
}

/** A sender can write any number. */
function secondsOf(value: number | null | undefined): number {
  return Number.isSafeInteger(value) && Number(value) > 0 ? Math.min(Number(value), LONGEST_TIMER_S) : 0;
}

function textOf(message: Message): Content | null {
  const { extendedTextMessage: extended, buttonsResponseMessage: button, listResponseMessage: list } = message;
  const { templateButtonReplyMessage: reply, interactiveResponseMessage: interactive } = message;
  if (message.conversation) return content('text', message.conversation, extended ?? null);
  if (extended?.text) return content('text', extended.text, extended);
  if (button?.selectedDisplayText) return content('text', button.selectedDisplayText, button);
  if (list?.title) return content('text', list.title, list);
  if (reply?.selectedDisplayText) return content('text', reply.selectedDisplayText, reply);
  return interactive?.body?.text ? content('text', interactive.body.text, interactive) : null;
}

function mediaOf(message: Message): Content | null {
  const { imageMessage: image, audioMessage: audio, documentMessage: document, stickerMessage: sticker } = message;
  const video = message.videoMessage ?? message.ptvMessage;
  if (image) return content('image', image.caption, image);
  if (video) return content('video', video.caption, video);
  if (audio) return content(audio.ptt ? 'voice' : 'audio', null, audio);
  if (document) return content('document', document.caption || document.fileName, document);
  return sticker ? content('sticker', null, sticker) : null;
}

function placeOrPersonOf(message: Message): Content | null {
  const { locationMessage: place, liveLocationMessage: live } = message;
  const person = message.contactMessage ?? message.contactsArrayMessage;
  const poll = message.pollCreationMessage ?? message.pollCreationMessageV2 ?? message.pollCreationMessageV3;
  const anyPoll = poll ?? message.pollCreationMessageV5;
  if (place) return content('location', place.name || place.address, place);
  if (live) return content('location', live.caption, live);
  if (person) return content('contact', person.displayName, person);
  return anyPoll ? content('poll', anyPoll.name, anyPoll) : null;
}

/** What businesses and groups send: words with buttons, lists, events. */
function businessOf(message: Message): Content | null {
  const { buttonsMessage: buttons, listMessage: list, interactiveMessage: interactive, eventMessage: event } = message;
  const { templateMessage: template, groupInviteMessage: invite, orderMessage: order } = message;
  if (buttons) return content('other', buttons.contentText, buttons);
  if (list) return content('other', list.description || list.title, list);
  if (interactive) return content('other', interactive.body?.text, interactive);
  if (template) return content('other', template.hydratedTemplate?.hydratedContentText, template);
  if (event) return content('other', event.name, event);
  if (invite) return content('other', invite.caption || invite.groupName, invite);
  return order ? content('other', order.message, order) : null;
}

/** Fields that accompany a message and are none by themselves. */
const CARRIERS: ReadonlySet<string> = new Set([
  'messageContextInfo',
  'senderKeyDistributionMessage',
  'fastRatchetKeySenderKeyDistributionMessage',
  'stickerSyncRmrMessage',
  'chat',
  'conversation',
  'extendedTextMessage',
]);

/** Told about a chat or about other messages; an album announces pictures that come as messages of their own. */
const NOTICES: ReadonlySet<string> = new Set([
  'albumMessage',
  'pollUpdateMessage',
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

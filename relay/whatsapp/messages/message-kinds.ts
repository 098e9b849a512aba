/**
 * Every kind of message that says something, and how a person would read it: its kind, its sender's own words, and what it shows besides.
 * A table over the protobuf's fields; the first that is there counts. Pure, and never trusts what a sender wrote.
 */
import type { proto } from '@whiskeysockets/baileys';
import type { Shown } from '../../store/chat-message.ts';
import { business, businessForm } from './business-message.ts';
import { contactCard } from './contact-card.ts';
import { amount, linesOf, listed, momentOf, shown, type Told } from './message-lines.ts';

type Message = proto.IMessage;
type Part = { readonly contextInfo?: proto.IContextInfo | null };

type Reader<Field extends keyof Message> = (part: NonNullable<Message[Field]>) => Told | null;
type Readers = { readonly [Field in keyof Message]?: Reader<Field> };

const READERS: Readers = {
  // What linked devices are not shown: someone wrote something.
  placeholderMessage: () => ({ kind: 'phone-only' }),
  conversation: (text) => (text === '' ? null : { kind: 'text', text }),
  extendedTextMessage: (part) => (part.text ? { kind: 'text', text: part.text, shown: linkPreview(part) } : null),
  imageMessage: (part) => ({ kind: 'image', text: part.caption, shown: once(part.viewOnce) }),
  videoMessage: (part) => ({ kind: 'video', text: part.caption, shown: once(part.viewOnce) }),
  ptvMessage: (part) => ({ kind: 'video', text: part.caption, shown: once(part.viewOnce) }),
  audioMessage: (part) => ({ kind: part.ptt ? 'voice' : 'audio', shown: once(part.viewOnce) }),
  documentMessage: (part) => ({ kind: 'document', text: named(part.fileName || part.title, part.caption) }),
  stickerMessage: (part) => ({ kind: 'sticker', text: part.accessibilityLabel }),
  stickerPackMessage: (part) => ({
    kind: 'sticker',
    text: part.caption,
    shown: shown('sticker pack', linesOf(part.name, part.publisher && `by ${part.publisher}`, part.packDescription)),
  }),
  locationMessage: (part) => ({ kind: 'location', text: part.comment, shown: shown('place', placeLines(part)) }),
  liveLocationMessage: (part) => ({
    kind: 'location',
    text: part.caption,
    shown: shown('place, live', coordinates(part)),
  }),
  contactMessage: (part) => ({ kind: 'contact', shown: shown('contact card', contactCard(part)) }),
  contactsArrayMessage: (part) => ({
    kind: 'contact',
    text: part.displayName,
    shown: listed(part.contacts).flatMap((card) => shown('contact card', contactCard(card))),
  }),
  pollCreationMessage: poll,
  pollCreationMessageV2: poll,
  pollCreationMessageV3: poll,
  pollCreationMessageV5: poll,
  eventMessage: (part) => ({
    kind: 'event',
    text: linesOf(
      part.isCanceled && 'canceled',
      part.name,
      part.description,
      momentOf(part.startTime, 'from'),
      momentOf(part.endTime, 'until'),
      part.location && placeLines(part.location),
      part.joinLink,
    ),
  }),
  groupInviteMessage: (part) => ({ kind: 'invite', text: part.caption, shown: shown('group', part.groupName) }),
  newsletterAdminInviteMessage: channelInvite,
  newsletterFollowerInviteMessageV2: channelInvite,
  orderMessage: (part) => ({
    kind: 'order',
    text: part.message,
    shown: shown(
      'order',
      linesOf(
        part.orderTitle,
        part.itemCount && `items: ${part.itemCount}`,
        amount(part.totalAmount1000, part.totalCurrencyCode),
      ),
    ),
  }),
  productMessage: (part) => ({
    kind: 'product',
    text: part.body,
    shown: shown(
      'product',
      linesOf(
        part.product?.title,
        part.product?.description,
        amount(part.product?.salePriceAmount1000, part.product?.currencyCode) ||
          amount(part.product?.priceAmount1000, part.product?.currencyCode),
        part.product?.url,
        part.catalog?.title,
        part.catalog?.description,
        part.footer,
      ),
    ),
  }),
  requestPaymentMessage: (part) => ({
    kind: 'payment',
    text: noteOf(part.noteMessage),
    shown: shown(
      'payment asked for',
      amount(part.amount1000, part.currencyCodeIso4217) || moneyOf(part.amount) || 'no amount',
    ),
  }),
  sendPaymentMessage: (part) => ({ kind: 'payment', text: noteOf(part.noteMessage) }),
  paymentInviteMessage: () => ({ kind: 'payment', shown: shown('invitation', 'to WhatsApp’s payments') }),
  invoiceMessage: (part) => ({ kind: 'payment', text: part.note }),
  buttonsResponseMessage: (part) => chosen(part.selectedDisplayText || part.selectedButtonId),
  listResponseMessage: (part) => chosen(linesOf(part.title, part.description) || part.singleSelectReply?.selectedRowId),
  templateButtonReplyMessage: (part) => chosen(part.selectedDisplayText || part.selectedId),
  interactiveResponseMessage: businessForm,
  questionResponseMessage: (part) => chosen(part.text),
  buttonsMessage: business.buttons,
  listMessage: business.list,
  interactiveMessage: business.interactive,
  templateMessage: business.template,
  highlyStructuredMessage: business.highlyStructured,
  richResponseMessage: (part) => ({
    kind: 'text',
    text: linesOf(...listed(part.submessages).map(({ messageText }) => messageText)),
  }),
  requestPhoneNumberMessage: () => ({ kind: 'other', shown: shown('request', 'they ask for your phone number') }),
};

/** The fields that are read here, in order. */
export const READ_FIELDS: readonly string[] = Object.keys(READERS);

/** Null where nothing is said that a reader knows. `part`: the field that was read, for what accompanies it. */
export function toldBy(message: Message): { readonly told: Told; readonly part: Part } | null {
  for (const field of READ_FIELDS) {
    const told = readField(message, field as keyof Message);
    if (told) return told;
  }
  return null;
}

function readField<Field extends keyof Message>(
  message: Message,
  field: Field,
): { readonly told: Told; readonly part: Part } | null {
  const part = message[field];
  const reader: Reader<Field> | undefined = READERS[field];
  const told = part === null || part === undefined ? null : (reader?.(part) ?? null);
  // A plain text has no context; what stands beside it may.
  const accompanied = typeof part === 'object' ? part : message.extendedTextMessage;
  return told && { told, part: (accompanied ?? {}) as Part };
}

/** What is opened once and then gone, on the phone. */
export const VIEW_ONCE = 'view once';

function once(viewOnce: boolean | null | undefined): readonly Shown[] {
  return viewOnce ? shown('note', VIEW_ONCE) : [];
}

function linkPreview({ title, description, matchedText }: proto.Message.IExtendedTextMessage): readonly Shown[] {
  return matchedText || title ? shown('link', linesOf(title, description)) : [];
}

function named(name: string | null | undefined, caption: string | null | undefined): string {
  return linesOf(name, caption === name ? null : caption);
}

function placeLines(part: proto.Message.ILocationMessage): string {
  return linesOf(part.name, part.address, coordinates(part), part.url);
}

function coordinates({
  degreesLatitude: latitude,
  degreesLongitude: longitude,
}: Pick<proto.Message.ILocationMessage, 'degreesLatitude' | 'degreesLongitude'>): string {
  const isPlace = Number.isFinite(latitude) && Number.isFinite(longitude) && (latitude !== 0 || longitude !== 0);
  return isPlace ? `latitude ${latitude}, longitude ${longitude}` : '';
}

function poll({ name, options }: proto.Message.IPollCreationMessage): Told {
  return {
    kind: 'poll',
    text: linesOf(name, ...listed(options).map(({ optionName }) => optionName && `- ${optionName}`)),
  };
}

function channelInvite({
  newsletterName,
  caption,
}: Pick<proto.Message.INewsletterAdminInviteMessage, 'newsletterName' | 'caption'>): Told {
  return { kind: 'invite', text: caption, shown: shown('channel', newsletterName) };
}

function chosen(text: string | null | undefined): Told | null {
  return text ? { kind: 'text', text } : null;
}

function noteOf(note: Message | null | undefined): string | null {
  return note?.extendedTextMessage?.text || note?.conversation || null;
}

function moneyOf(money: proto.IMoney | null | undefined): string {
  const { value, offset, currencyCode } = money ?? {};
  return amount(value, currencyCode, offset || 1_000);
}

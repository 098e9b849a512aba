/**
 * What businesses send, and what people answer them: words with buttons, lists, templates, cards, and the forms that they fill in.
 * All that a person sees of them, as lines. Pure, and never trusts what a sender wrote.
 */
import type { proto } from '@whiskeysockets/baileys';
import { amount, linesOf, listed, type Told } from './message-lines.ts';

type Interactive = proto.Message.IInteractiveMessage;
type Hydrated = proto.Message.TemplateMessage.IHydratedFourRowTemplate;

const MOST_CARDS = 10;
const MOST_VALUES = 60;
const MOST_DEPTH = 6;
/** Names of what nobody sees in the JSON of buttons and forms: whole, how they begin, how they end. */
const UNSEEN: ReadonlySet<string> = new Set(['id', 'token', 'version', 'type', 'status', 'tag', 'icon', 'currency']);
const UNSEEN_BEGINNINGS = ['flow_', 'screen_', 'tap_target', 'has_multiple_buttons', 'bottom_sheet', 'limited_time'];
const UNSEEN_ENDS = ['_id', '_token', '_version', '_type', 'landing_page_url'];

export const business = {
  buttons: (part: proto.Message.IButtonsMessage): Told => ({
    kind: 'menu',
    text: linesOf(
      part.text,
      mediaIn(part),
      part.contentText,
      part.footerText,
      ...listed(part.buttons).map(
        ({ buttonText, nativeFlowInfo }) =>
          bullet(buttonText?.displayText) || nativeButton(nativeFlowInfo?.name, nativeFlowInfo?.paramsJson),
      ),
    ),
  }),
  list: (part: proto.Message.IListMessage): Told => ({
    kind: 'menu',
    text: linesOf(
      part.title,
      part.description,
      ...listed(part.sections).flatMap((section) => [
        section.title,
        ...listed(section.rows).map(({ title, description }) => bullet(joined(title, description))),
      ]),
      ...listed(part.productListInfo?.productSections).map(({ title }) => title),
      part.footerText,
    ),
  }),
  interactive: (part: Interactive): Told => ({ kind: 'menu', text: interactiveLines(part, 0) }),
  template: (part: proto.Message.ITemplateMessage): Told => templateTold(part),
  highlyStructured: (part: proto.Message.IHighlyStructuredMessage): Told =>
    part.hydratedHsm
      ? templateTold(part.hydratedHsm)
      : { kind: 'menu', text: linesOf(part.elementName, ...listed(part.params)) },
};

/** What a person chose or filled in; the words beside it (“Sent”) are WhatsApp's. */
export function businessForm({
  body,
  nativeFlowResponseMessage: flow,
}: proto.Message.IInteractiveResponseMessage): Told | null {
  const params = parsed(flow?.paramsJson);
  const choice = seenIn(params, ['display_text', 'title', 'description']);
  const values = valuesIn(params);
  if (choice !== '') return { kind: 'text', text: choice };
  if (values.length > 0) return { kind: 'form', text: linesOf(...values) };
  const text = body?.text || seenIn(params, ['id', 'selected_id', 'selectedRowId']);
  return text ? { kind: 'text', text } : null;
}

function templateTold(part: proto.Message.ITemplateMessage): Told {
  const { hydratedTemplate, hydratedFourRowTemplate, interactiveMessageTemplate, fourRowTemplate } = part;
  const hydrated = hydratedTemplate ?? hydratedFourRowTemplate;
  if (hydrated?.maskLinkedDevices) return { kind: 'phone-only' };
  if (hydrated) return { kind: 'menu', text: hydratedLines(hydrated) };
  if (interactiveMessageTemplate) return business.interactive(interactiveMessageTemplate);
  const content = fourRowTemplate?.content;
  return content ? business.highlyStructured(content) : { kind: 'menu' };
}

function hydratedLines(part: Hydrated): string {
  return linesOf(
    part.hydratedTitleText,
    mediaIn(part),
    part.hydratedContentText,
    part.hydratedFooterText,
    ...listed(part.hydratedButtons).map(({ quickReplyButton: reply, urlButton: link, callButton: call }) =>
      bullet(
        joined(reply?.displayText, null) ||
          joined(link?.displayText, link?.url) ||
          joined(call?.displayText, call?.phoneNumber),
      ),
    ),
  );
}

function interactiveLines(part: Interactive, depth: number): string {
  const { header, body, footer, nativeFlowMessage, carouselMessage } = part;
  const product = header?.productMessage?.product;
  return linesOf(
    header?.title,
    header?.subtitle,
    mediaIn(header ?? {}),
    product && linesOf(product.title, product.description, amount(product.priceAmount1000, product.currencyCode)),
    body?.text,
    ...(depth < 2 ? listed(carouselMessage?.cards).slice(0, MOST_CARDS) : []).map((card) =>
      interactiveLines(card, depth + 1),
    ),
    footer?.text,
    ...listed(nativeFlowMessage?.buttons).map(({ name, buttonParamsJson }) => nativeButton(name, buttonParamsJson)),
  );
}

/** The words of one button: what it says, and where it leads. */
function nativeButton(name: string | null | undefined, json: string | null | undefined): string {
  const params = parsed(json);
  const label = seenIn(params, ['display_text', 'title']);
  const leads = seenIn(params, ['url', 'merchant_url', 'phone_number', 'copy_code']);
  if (name === 'cta_url' || name === 'cta_call' || name === 'cta_copy' || name === 'quick_reply') {
    return bullet(joined(label, leads));
  }
  const pix = pixIn(params);
  return pix === null ? linesOf(...valuesIn(params).map(bullet)) : bullet(pix);
}

/** A card that offers Pix: to whom, by which key, how much. Null where there is no key. */
function pixIn(params: unknown): string | null {
  const settings = own(params, 'payment_settings');
  const code = listed(Array.isArray(settings) ? settings : [])
    .map((setting: unknown) => own(setting, 'pix_static_code') ?? own(setting, 'pix_dynamic_code'))
    .find((found) => found !== undefined);
  if (code === undefined) return null;
  const key = seenIn(code, ['key']);
  const copied = seenIn(code, ['code']);
  if (key === '' && copied === '') return null;
  const total = own(params, 'total_amount');
  const value = own(total, 'value');
  const offset = own(total, 'offset');
  const currency = seenIn(params, ['currency']);
  const money =
    typeof value === 'number' && value > 0 ? amount(value, currency, typeof offset === 'number' ? offset || 1 : 1) : '';
  const words = [
    `Pix to ${seenIn(code, ['merchant_name']) || 'somebody'}`,
    ...(key === '' ? [] : [`key ${key}`]),
    ...(copied === '' ? [] : [`code ${copied}`]),
    ...(money === '' ? [] : [money]),
  ];
  return words.join(', ');
}

function mediaIn(part: {
  readonly imageMessage?: proto.Message.IImageMessage | null;
  readonly videoMessage?: proto.Message.IVideoMessage | null;
  readonly documentMessage?: proto.Message.IDocumentMessage | null;
  readonly locationMessage?: proto.Message.ILocationMessage | null;
}): string {
  if (part.imageMessage) return linesOf('(with a picture)', part.imageMessage.caption);
  if (part.videoMessage) return linesOf('(with a video)', part.videoMessage.caption);
  if (part.documentMessage) return linesOf('(with a document)', part.documentMessage.fileName);
  return part.locationMessage ? linesOf('(with a place)', part.locationMessage.name, part.locationMessage.address) : '';
}

function bullet(words: string | null | undefined): string {
  return words ? `- ${words}` : '';
}

function joined(words: string | null | undefined, detail: string | null | undefined): string {
  return words && detail ? `${words}: ${detail}` : words || detail || '';
}

function parsed(json: string | null | undefined): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : undefined;
  } catch {
    // What is no JSON says nothing that a person sees.
    return undefined;
  }
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function seenIn(params: unknown, names: readonly string[]): string {
  const found = names.map((name) => own(params, name)).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : '';
}

/** `name: value` of all that is filled in or offered, money as money; a form nested in a text is opened. */
function valuesIn(params: unknown): readonly string[] {
  return linesIn(params, { name: '', currency: '', depth: 0 }).slice(0, MOST_VALUES);
}

type Place = { readonly name: string; readonly currency: string; readonly depth: number };

function linesIn(value: unknown, place: Place): readonly string[] {
  const { name, depth } = place;
  if (depth > MOST_DEPTH) return [];
  const nested = typeof value === 'string' && /^\s{0,5}[{[]/.test(value) ? parsed(value) : undefined;
  if (nested !== undefined) return linesIn(nested, { ...place, depth: depth + 1 });
  if (typeof value === 'string' || typeof value === 'number') {
    if (value === '') return [];
    return [name === '' ? String(value) : `${name}: ${value}`];
  }
  if (typeof value !== 'object' || value === null) return [];
  const held = own(value, 'currency');
  const currency = typeof held === 'string' ? held : place.currency;
  const money = own(value, 'value');
  const offset = own(value, 'offset');
  if (typeof money === 'number' && typeof offset === 'number') {
    return [`${name}: ${amount(money, currency, offset || 1)}`];
  }
  return Object.entries(value)
    .slice(0, MOST_VALUES)
    .filter(([key]) => !isUnseen(key))
    .flatMap(([key, inner]) => linesIn(inner, { name: Array.isArray(value) ? name : key, currency, depth: depth + 1 }));
}

function isUnseen(name: string): boolean {
  return (
    UNSEEN.has(name) ||
    UNSEEN_BEGINNINGS.some((beginning) => name.startsWith(beginning)) ||
    UNSEEN_ENDS.some((end) => name.endsWith(end))
  );
}

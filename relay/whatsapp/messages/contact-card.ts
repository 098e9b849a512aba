/**
 * A contact card (vCard 2.1, 3.0, 4.0) as a person sees it: name, firm, numbers, e-mail and address; of old phones in quoted-printable, of
 * others with a number in a parameter of WhatsApp's alone. Pure.
 */
import type { proto } from '@whiskeysockets/baileys';
import { linesOf } from './message-lines.ts';

/** A card with a picture in it is long; what a person reads of it is not. */
const MOST_CHARACTERS = 65_536;
const MOST_LINES = 30;
/** The fields of a card that are shown. */
const SHOWN_FIELDS: ReadonlySet<string> = new Set(['FN', 'N', 'ORG', 'TITLE', 'TEL', 'EMAIL', 'ADR', 'URL', 'NOTE']);
/** Family name, given name, further names: the order in which a person says them. */
const NAME_ORDER = [1, 2, 0];

export function contactCard({ displayName, vcard }: proto.Message.IContactMessage): string {
  const fields = typeof vcard === 'string' ? fieldsOf(vcard) : [];
  const name =
    displayName ||
    fields.find((field) => field.name === 'FN')?.value ||
    fields.find((field) => field.name === 'N')?.value;
  const lines = fields.filter((field) => field.name !== 'N').map(({ value }) => value);
  return linesOf(name, ...lines.filter((line) => line !== name));
}

type Field = { readonly name: string; readonly value: string };

function fieldsOf(vcard: string): readonly Field[] {
  const fields: Field[] = [];
  for (const line of unfolded(vcard.slice(0, MOST_CHARACTERS))) {
    if (fields.length >= MOST_LINES) break;
    const field = fieldIn(line);
    if (field) fields.push(field);
  }
  return fields;
}

/** A line that begins with a space goes on with the one before it; so does one in quoted-printable after a `=` at its end. */
function unfolded(vcard: string): readonly string[] {
  const lines: string[] = [];
  let goesOn = false;
  for (const line of vcard.split(/\r?\n/)) {
    const last = lines.length - 1;
    if (last >= 0 && goesOn) lines[last] = `${lines[last]?.slice(0, -1)}${line}`;
    else if (last >= 0 && (line.startsWith(' ') || line.startsWith('\t')))
      lines[last] = `${lines[last]}${line.slice(1)}`;
    else lines.push(line);
    const whole = lines.at(-1) ?? '';
    goesOn = whole.endsWith('=') && isQuotedPrintable(paramsOf(whole));
  }
  return lines;
}

/** `item1.TEL;type=CELL;waid=5511900000000:+55 11 90000-0000` */
function fieldIn(line: string): Field | null {
  const params = paramsOf(line);
  const [first = ''] = params;
  const name = first.replace(/^[\w-]{1,40}\./, '').toUpperCase();
  if (!SHOWN_FIELDS.has(name)) return null;
  const sent = line.slice(line.indexOf(':') + 1);
  const value = isQuotedPrintable(params) ? decoded(sent, params) : sent;
  const shown = name === 'N' ? nameIn(value) : plain(value);
  const waid = params.find((param) => /^waid=\d{3,20}$/i.test(param))?.slice('waid='.length);
  const number = name === 'TEL' ? shown.replace(/^tel:/i, '') || (waid ? `+${waid}` : '') : shown;
  return number === '' ? null : { name, value: number };
}

/** The name of a field and its parameters. */
function paramsOf(line: string): readonly string[] {
  return line.slice(0, Math.max(0, line.indexOf(':'))).split(';');
}

function isQuotedPrintable(params: readonly string[]): boolean {
  return params.some((param) => /^(?:encoding=)?quoted-printable$/i.test(param));
}

/** Bytes as `=C3`, in the charset that is named (RFC 2045, 6.7). */
function decoded(value: string, params: readonly string[]): string {
  const bytes: number[] = [];
  for (let at = 0; at < value.length; at += 1) {
    const hex = value.charAt(at) === '=' ? value.slice(at + 1, at + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(...Buffer.from(value.charAt(at)));
  }
  const charset = params.find((param) => /^charset=/i.test(param))?.slice('charset='.length) ?? '';
  return new TextDecoder(/^(?:iso-8859-1|latin1|windows-1252)$/i.test(charset) ? 'windows-1252' : 'utf-8').decode(
    Uint8Array.from(bytes),
  );
}

function nameIn(value: string): string {
  const parts = partsOf(value);
  return NAME_ORDER.map((at) => parts[at] ?? '')
    .filter((part) => part !== '')
    .join(' ');
}

/** Parts of a value are set apart by semicolons; commas, semicolons and line breaks in it are escaped. */
function plain(value: string): string {
  return partsOf(value)
    .filter((part) => part !== '')
    .join(', ');
}

function partsOf(value: string): readonly string[] {
  return value.split(/(?<!\\);/).map((part) =>
    part
      .replace(/\\n/gi, ' ')
      .replace(/\\([,;\\])/g, '$1')
      .trim(),
  );
}

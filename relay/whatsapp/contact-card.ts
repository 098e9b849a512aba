/** A contact card (vCard, RFC 6350 and older) as a person sees it: name, firm, numbers, e-mail and address. Pure. */
import type { proto } from '@whiskeysockets/baileys';
import { linesOf } from './message-lines.ts';

/** A card with a picture in it is long; what a person reads of it is not. */
const MOST_CHARACTERS = 65_536;
const MOST_LINES = 30;
/** What of a card is shown. */
const SHOWN_FIELDS: ReadonlySet<string> = new Set(['FN', 'ORG', 'TITLE', 'TEL', 'EMAIL', 'ADR', 'URL', 'NOTE']);

export function contactCard({ displayName, vcard }: proto.Message.IContactMessage): string {
  const fields = typeof vcard === 'string' ? fieldsOf(vcard) : [];
  const lines = fields.filter(({ name, value }) => name !== 'FN' || value !== displayName).map(({ value }) => value);
  const name = fields.find((field) => field.name === 'FN')?.value;
  return linesOf(displayName || name, ...lines.filter((line) => line !== name));
}

type Field = { readonly name: string; readonly value: string };

function fieldsOf(vcard: string): readonly Field[] {
  // A line that begins with a space goes on with the one before it.
  const lines = vcard
    .slice(0, MOST_CHARACTERS)
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/);
  const fields: Field[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    // `item1.TEL;type=CELL;waid=5511900000000:+55 11 90000-0000`
    const name = (line.slice(0, Math.max(0, colon)).split(';', 1)[0] ?? '').replace(/^[\w-]{1,40}\./, '').toUpperCase();
    if (!SHOWN_FIELDS.has(name) || fields.length >= MOST_LINES) continue;
    const value = plain(line.slice(colon + 1));
    if (value !== '') fields.push({ name, value });
  }
  return fields;
}

/** Parts of a value are set apart by semicolons; commas, semicolons and line breaks in it are escaped. */
function plain(value: string): string {
  return value
    .split(/(?<!\\);/)
    .map((part) =>
      part
        .replace(/\\n/gi, ' ')
        .replace(/\\([,;\\])/g, '$1')
        .trim(),
    )
    .filter((part) => part !== '')
    .join(', ');
}

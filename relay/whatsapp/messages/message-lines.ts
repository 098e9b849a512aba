/** Pieces of messages as lines of plain text: pure, and of whatever a sender put there. */
import { toNumber } from '@whiskeysockets/baileys';
import type { ContentKind, Shown } from '../../store/chat-message.ts';

/** What a message tells; `text` is its sender's own. */
export type Told = {
  readonly kind: ContentKind;
  readonly text?: string | null | undefined;
  readonly shown?: readonly Shown[];
};

/** As many parts of a list as anybody reads. */
const MOST_LISTED = 100;
const SECOND_MS = 1_000;
/** Beyond it, a timestamp is no date that JavaScript knows. */
const LATEST_MS = 8.64e15;

type Number64 = Parameters<typeof toNumber>[0];

export function shown(as: string, text: string | null | undefined): readonly Shown[] {
  return text ? [{ as, of: null, text }] : [];
}

/** What is there of these, a line each. */
export function linesOf(...parts: readonly unknown[]): string {
  return parts
    .filter((part): part is string => typeof part === 'string')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n');
}

export function listed<T>(list: readonly T[] | null | undefined): readonly T[] {
  return Array.isArray(list) ? list.slice(0, MOST_LISTED) : [];
}

/** An amount in thousandths (or other parts) of its currency, such as `BRL 75.00`; empty where there is none. */
export function amount(parts: Number64, currency: string | null | undefined, perUnit = 1_000): string {
  const value = toNumber(parts) / perUnit;
  return Number.isFinite(value) && value > 0
    ? `${typeof currency === 'string' ? `${currency} ` : ''}${value.toFixed(2)}`
    : '';
}

const MOMENT = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** Epoch seconds as a date on this computer's clock; empty where there is none. */
export function momentOf(seconds: Number64, word: string): string {
  const at = toNumber(seconds) * SECOND_MS;
  return Number.isFinite(at) && at > 0 && at <= LATEST_MS ? `${word} ${MOMENT.format(at)}` : '';
}

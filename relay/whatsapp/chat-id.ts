/**
 * WhatsApp's addresses to one ChatId: the LID where it is known, else the number. A LID is never read as a number.
 * Takes nothing from a sender on trust: an address is digits at a server it knows, or it is none.
 * Of Baileys only its file about addresses: the rest is loaded when there is something to connect.
 */
import { isJidGroup, jidDecode } from '@whiskeysockets/baileys/lib/WABinary/jid-utils.js';
import type { ChatId } from '../../shared/contract/chat.ts';
import type { Account } from '../../shared/contract/status.ts';
import type { Alias } from '../store/chat-ledger.ts';

/** The account's own two addresses. */
export type Me = { readonly id: string; readonly lid: string | null };

/** One of a person's addresses without device; `number` or `lid` are digits. */
type Address = { readonly space: 'number' | 'lid'; readonly digits: string };

/** Numbers and LIDs alike: no leading zero (WhatsApp itself writes as number 0), at most 20 digits. */
const DIGITS = /^[1-9]\d{2,19}$/;
const GROUP = /^\d{1,24}(-\d{1,24})?$/;

/** Accounts hosted by Meta have servers of their own; Baileys 7.0.0-rc14 maps them to the plain ones as well. */
const SPACES: ReadonlyMap<string, Address['space']> = new Map([
  ['s.whatsapp.net', 'number'],
  ['c.us', 'number'],
  ['hosted', 'number'],
  ['lid', 'lid'],
  ['hosted.lid', 'lid'],
]);

function addressOf(jid: string | null | undefined): Address | null {
  const decoded = jid ? jidDecode(jid) : undefined;
  const space = decoded && SPACES.get(decoded.server);
  return space && DIGITS.test(decoded.user) ? { space, digits: decoded.user } : null;
}

export function accountOf(me: Me): Account | null {
  const number = addressOf(me.id);
  if (number?.space !== 'number') return null;
  const lid = addressOf(me.lid);
  return { number: number.digits, lid: lid?.space === 'lid' ? lid.digits : null };
}

/** Compares the space as well: a LID may have the digits of somebody's number. */
export function isMe(jid: string | null | undefined, me: Me): boolean {
  const address = addressOf(jid);
  if (!address) return false;
  const own = addressOf(address.space === 'lid' ? me.lid : me.id);
  return own !== null && own.space === address.space && own.digits === address.digits;
}

/**
 * The chat of an address, with the same person's other address where one is known.
 * Null for statuses, broadcast lists, channels, bots, and whatever else is no chat with a person or a group.
 */
export function chatIdOf(jid: string | null | undefined, alternative: string | null | undefined): ChatId | null {
  const address = addressOf(jid);
  if (!address) return groupIdOf(jid);
  if (address.space === 'lid') return chatIdOfLid(address.digits);
  const other = addressOf(alternative);
  return other?.space === 'lid' ? chatIdOfLid(other.digits) : chatIdOfNumber(address.digits);
}

function groupIdOf(jid: string | null | undefined): ChatId | null {
  const user = jid && isJidGroup(jid) ? jidDecode(jid)?.user : undefined;
  return user && GROUP.test(user) ? (`${user}@g.us` as ChatId) : null;
}

export function chatIdOfLid(lid: string): ChatId {
  return `${lid}@lid` as ChatId;
}

export function chatIdOfNumber(number: string): ChatId {
  return `${number}@s.whatsapp.net` as ChatId;
}

/** The number in an address, without a look at aliases; null for a LID, a group, or anything else. */
export function numberOf(jid: string | null | undefined): string | null {
  const address = addressOf(jid);
  return address?.space === 'number' ? address.digits : null;
}

/** The LID in an address; null for a number, a group, or anything else. */
export function lidOf(jid: string | null | undefined): string | null {
  const address = addressOf(jid);
  return address?.space === 'lid' ? address.digits : null;
}

/** Two addresses of one person, where one is a LID and the other a number. */
export function aliasOf(one: string | null | undefined, other: string | null | undefined): Alias | null {
  const addresses = [addressOf(one), addressOf(other)];
  const lid = addresses.find((address) => address?.space === 'lid')?.digits;
  const number = addresses.find((address) => address?.space === 'number')?.digits;
  return lid && number ? { lid, number } : null;
}

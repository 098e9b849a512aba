/** WhatsApp's addresses to one ChatId: the LID where it is known, else the number. A LID is never read as a number. */
import { areJidsSameUser, isJidGroup, isLidUser, isPnUser, jidDecode } from '@whiskeysockets/baileys';
import type { ChatId } from '../../shared/chat.ts';
import type { Account } from '../../shared/status.ts';
import type { Alias } from '../store/chat-ledger.ts';

/** The account's own two addresses. */
export type Me = { readonly id: string; readonly lid: string | null };

export function accountOf(me: Me): Account | null {
  const number = jidDecode(me.id)?.user;
  if (!number) return null;
  return { number, lid: (me.lid && jidDecode(me.lid)?.user) || null };
}

export function isMe(jid: string, me: Me): boolean {
  return areJidsSameUser(jid, me.id) || (me.lid !== null && areJidsSameUser(jid, me.lid));
}

/** Null for statuses, broadcast lists, channels and whatever else is no chat with a person or a group. */
export function chatIdOf(jid: string, alternative: string | null | undefined): ChatId | null {
  const decoded = jidDecode(jid);
  if (!decoded?.user) return null;
  if (isJidGroup(jid)) return `${decoded.user}@g.us` as ChatId;
  const lid = [jid, alternative ?? ''].find((each) => isLidUser(each));
  if (lid) return chatIdOfLid(jidDecode(lid)?.user ?? '');
  return isPnUser(jid) ? chatIdOfNumber(decoded.user) : null;
}

export function chatIdOfLid(lid: string): ChatId {
  return `${lid}@lid` as ChatId;
}

export function chatIdOfNumber(number: string): ChatId {
  return `${number}@s.whatsapp.net` as ChatId;
}

/** The number behind a chat that is still addressed by it; null for a LID or a group. */
export function numberOfChat(chatId: ChatId): string | null {
  return isPnUser(chatId) ? (jidDecode(chatId)?.user ?? null) : null;
}

/** Two addresses of one person, where one is a LID and the other a number. */
export function aliasOf(one: string | null | undefined, other: string | null | undefined): Alias | null {
  const addresses = [one ?? '', other ?? ''];
  const lid = jidDecode(addresses.find((jid) => isLidUser(jid)))?.user;
  const number = jidDecode(addresses.find((jid) => isPnUser(jid)))?.user;
  return lid && number ? { lid, number } : null;
}

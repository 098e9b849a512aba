/** What a person types to mean a chat → its ChatId: the id as it stands, a phone number in any writing, or the `@username` of somebody whose chat is known. */
import { isJidGroup } from '@whiskeysockets/baileys/lib/WABinary/jid-utils.js';
import type { ChatId } from '../../shared/contract/chat.ts';
import { chatIdOf, chatIdOfLid, chatIdOfNumber } from './chat-id.ts';
import { readUsername } from './username.ts';

/** True if a chat is a group. */
export function isGroupChat(chatId: ChatId): boolean {
  return isJidGroup(chatId) === true;
}

/** Country code and number: E.164 allows fifteen digits; fewer than eight is no number anyone could call. */
const NUMBER = /^[1-9]\d{7,14}$/;

export type Known = {
  /** Which LID a number is known by. */
  lidOf(number: string): Promise<string | null>;
  /** Whose username it is, without the `@`. */
  chatOfUsername(username: string): Promise<ChatId | null>;
};

/** Null where it is none of them. */
export async function chatIdOfText(text: string, { lidOf, chatOfUsername }: Known): Promise<ChatId | null> {
  const typed = text.trim();
  const username = typed.startsWith('@') ? readUsername(typed) : null;
  if (username !== null) return chatOfUsername(username);
  if (typed.includes('@')) return chatIdOf(typed, null);
  const digits = typed.replaceAll(/[\s().+-]/g, '');
  if (!NUMBER.test(digits)) return null;
  const lid = await lidOf(digits);
  return lid === null ? chatIdOfNumber(digits) : chatIdOfLid(lid);
}

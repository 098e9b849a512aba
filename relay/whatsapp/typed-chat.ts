/** What a person types to mean a chat → its ChatId: the id as it stands, or a phone number in any writing. */
import { isJidGroup } from '@whiskeysockets/baileys/lib/WABinary/jid-utils.js';
import type { ChatId } from '../../shared/chat.ts';
import { chatIdOf, chatIdOfLid, chatIdOfNumber } from './chat-id.ts';

/** Whether a chat is a group. */
export function isGroupChat(chatId: ChatId): boolean {
  return isJidGroup(chatId) === true;
}

/** Country code and number: E.164 allows fifteen digits; fewer than eight is no number anyone could call. */
const NUMBER = /^[1-9]\d{7,14}$/;

/** Null where it is neither. `lidOf` says which LID a number is known by. */
export async function chatIdOfText(
  text: string,
  lidOf: (number: string) => Promise<string | null>,
): Promise<ChatId | null> {
  const typed = text.trim();
  if (typed.includes('@')) return chatIdOf(typed, null);
  const digits = typed.replaceAll(/[\s().+-]/g, '');
  if (!NUMBER.test(digits)) return null;
  const lid = await lidOf(digits);
  return lid === null ? chatIdOfNumber(digits) : chatIdOfLid(lid);
}
